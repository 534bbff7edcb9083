"""What pages say of background jobs: their names, how long they will still take, where they are looked at."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.pages.wording import number
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import ListExport, Upload
from gansu_care.spreadsheets.models.list_export import JOB
from gansu_care.spreadsheets.models.upload import JOBS

HALF_A_MINUTE, A_MINUTE = 30, 60


def left_in_words(job: Job | None) -> str:
    """Rounded up, since too short a promise is worse than too long a one."""
    left = job.remaining if job else None
    if left is None:
        return ""
    seconds = int(left.total_seconds()) + 1
    if seconds <= HALF_A_MINUTE:
        return _("这一步还要不到半分钟")
    minutes = -(-seconds // A_MINUTE)
    return _("这一步大约还要 %(n)s 分钟") % {"n": number(minutes)}


def spent_in_words(job: Job | None) -> str:
    """Of a step whose length nobody knows: how long it has been under way."""
    if job is None or job.state != JobState.RUNNING or job.step_began_at is None or job.total:
        return ""
    seconds = max(0, int((timezone.now() - job.step_began_at).total_seconds()))
    return _("这一步已经用了 %(n)s 秒") % {"n": number(seconds)}


def done_in_words(job: Job) -> str:
    return f"{number(job.done)} / {number(job.total)}" if job.total else "—"


def with_things(jobs: Iterable[Job]) -> list[Job]:
    """Each job with `thing`, the upload or the export that it works on; two queries for all."""
    found = list(jobs)
    uploads = Upload.objects.in_bulk([job.object_id for job in found if job.kind in JOBS])
    exports = ListExport.objects.defer("ids_json").in_bulk(
        [job.object_id for job in found if job.kind == JOB]
    )
    for job in found:
        job.thing = (exports if job.kind == JOB else uploads).get(job.object_id)  # type: ignore[attr-defined]
    return found


def title_of(thing: Any) -> str:
    """The file as its sender named it; a list by its kind and its rows."""
    if isinstance(thing, Upload):
        return thing.file_name
    if isinstance(thing, ListExport):
        words = {"kind": KINDS[thing.kind].title if thing.kind in KINDS else "", "n": number(thing.rows)}
        return _("%(kind)s，%(n)s 行") % words
    return ""


def address_of(thing: Any) -> str:
    """Where it is looked at: the upload's own page, or the file itself."""
    if isinstance(thing, Upload):
        return reverse("spreadsheets:detail", args=[thing.number])
    if isinstance(thing, ListExport) and thing.is_ready:
        return reverse("spreadsheets:export_file", args=[thing.pk])
    return ""


def may_cancel(job: Job | None, user: Any) -> bool:
    """Whoever began it, and a second person of the scope of an upload."""
    if job is None or job.is_over or job.cancel_asked_at is not None:
        return False
    return job.user_id == user.pk or is_second_person(job, user)


def is_second_person(job: Job, user: Any) -> bool:
    if job.kind not in JOBS or not user.may(Right.ACCEPT_UPLOAD):
        return False
    return Upload.objects.visible_to(user).filter(pk=job.object_id).exists()
