"""Uploads on other pages: what waits for the user on her home page, and finding one by its number."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.pages.panels import Todo
from gansu_care.pages.screens.jobs import NAMES
from gansu_care.pages.search import LIMIT, Hit
from gansu_care.pages.wording import moment, number, recent
from gansu_care.spreadsheets.export_jobs import kept_until
from gansu_care.spreadsheets.job_words import address_of, left_in_words, title_of, with_things
from gansu_care.spreadsheets.models import ListExport, Upload, UploadState
from gansu_care.spreadsheets.uploads.refusals import Refusal

MOST = 5
SHORTEST_NUMBER = 4


def upload_todos(request: HttpRequest) -> list[Todo]:
    """Uploads that wait for this user: her own for her yes or for a mended file, others' for a second person."""
    user: Any = request.user
    if not user.may(Right.UPLOAD):
        return []
    own = Upload.objects.visible_to(user).filter(user=user, replaced_by=None).order_by("-id")
    back = own.filter(state=UploadState.REFUSED, refusal=Refusal.SENT_BACK, cleared_at=None)
    review = Upload.objects.to_be_reviewed_by(user).select_related("division").order_by("-id")
    return [
        *(_sent_back(upload) for upload in back[:MOST]),
        *(_to_review(upload) for upload in review[:MOST]),
        *(_to_name(upload) for upload in own.filter(state=UploadState.ASKING)[:MOST]),
        *(_todo(upload) for upload in own.waiting()[:MOST]),
    ]


def _sent_back(upload: Upload) -> Todo:
    title = _("%(file)s：复核没有通过") % {"file": upload.file_name}
    url = reverse("spreadsheets:detail", args=[upload.number])
    return Todo(title, upload.sent_back_why, _("去看"), url, tag=_("表格"), level="warn")


def _to_review(upload: Upload) -> Todo:
    words = {"place": upload.division.label, "file": upload.file_name, "n": number(upload.good)}
    title = _("%(place)s：%(file)s，%(n)s 行等待复核") % words
    note = _("%(number)s　%(time)s 确认") % {"number": upload.number, "time": recent(upload.confirmed_at)}
    url = reverse("spreadsheets:detail", args=[upload.number])
    return Todo(title, note, _("去复核"), url, tag=_("表格"), level="info")


def _to_name(upload: Upload) -> Todo:
    """Its headings wait for what they mean."""
    title = _("%(file)s：有的栏目认不准，等您选定") % {"file": upload.file_name}
    note = _("%(number)s　%(time)s 上传") % {"number": upload.number, "time": recent(upload.received_at)}
    url = reverse("spreadsheets:detail", args=[upload.number])
    return Todo(title, note, _("去选定"), url, tag=_("表格"), level="warn")


def _todo(upload: Upload) -> Todo:
    words = {"file": upload.file_name, "bad": number(upload.bad), "good": number(upload.good)}
    if upload.bad:
        title, action = _("%(file)s：%(bad)s 行需要修改") % words, _("去修改")
    else:
        title, action = _("%(file)s：检查通过，等待确认") % words, _("去确认")
    note = _("%(number)s　%(time)s 上传") % {"number": upload.number, "time": recent(upload.received_at)}
    url = reverse("spreadsheets:detail", args=[upload.number])
    return Todo(title, note, action, url, tag=_("表格"), level="warn" if upload.bad else "info")


def job_todos(request: HttpRequest) -> list[Todo]:
    """Files of long lists that wait to be fetched, and what is under way."""
    user: Any = request.user
    if not user.may(Right.UPLOAD):
        return []
    made = ListExport.objects.asked_by(user).filter(made_at__isnull=False, cleared_at=None, fetched_at=None)
    running = Job.objects.filter(user=user, state__in=(JobState.WAITING, JobState.RUNNING)).defer("result")
    return [
        *(_to_fetch(export) for export in made.defer("ids_json").order_by("-id")[:MOST]),
        *(_running(job) for job in with_things(running.order_by("-id")[:MOST])),
    ]


def _to_fetch(export: ListExport) -> Todo:
    until = _("%(time)s 以前可以下载") % {"time": moment(kept_until(export))}
    title = _("%(file)s 已经做好") % {"file": export.file_name}
    return Todo(title, until, _("下载"), address_of(export), tag=_("任务"), level="info")


def _running(job: Any) -> Todo:
    task, state = str(NAMES.get(job.kind, job.kind)), left_in_words(job) or job.get_state_display()
    url = address_of(job.thing) or reverse("spreadsheets:jobs")
    return Todo(
        title_of(job.thing) or task, f"{task}　{state}", _("看进度"), url, tag=_("任务"), level="info"
    )


def find_uploads(request: HttpRequest, text: str) -> list[Hit]:
    """By the beginning of the number, as it is cited on the telephone."""
    if not text.upper().startswith("U-") or len(text) < SHORTEST_NUMBER:
        return []
    found = Upload.objects.visible_to(request.user).filter(number__istartswith=text).order_by("-id")[:LIMIT]
    return [
        Hit(upload.number, upload.file_name, reverse("spreadsheets:detail", args=[upload.number]))
        for upload in found
    ]
