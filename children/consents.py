"""Consent is given, its paper brought, or it is withdrawn: what each of them does to the record, in one place.

Given: the new one stands, the one before it is kept as replaced. A restricted record becomes what it was.
Withdrawn: her stay in the register ends that day, the record is restricted at once (no list, no search, no export, no
full value; an export that is still kept is deleted), and its erasure is proposed; a second person confirms that.
"""

from datetime import date
from typing import Any

from django.utils import timezone

from children.change_reasons import CONSENT_WITHDRAWN
from children.code_tables import ErasureGround, ExitReason
from children.facts import settle, write_name_keys
from children.models import Child, Consent, ConsentScan, Erasure, ErasureState
from gansu_care.pages.reasons import coded
from gansu_care.sealed.papers import Paper
from gansu_care.spreadsheets.export_jobs import forget_exports
from gansu_care.spreadsheets.exports.handing_out import forget_files


def give(child: Child, consent: Consent, paper: Paper | None, *, version: int, user: Any) -> None:
    """`consent` stands from now on, in the caller's transaction. Raises StaleRow."""
    before = child.consent
    if before is not None:
        before.replaced_on = timezone.localdate()
        before.save()
    consent.child = child
    consent.save()
    if paper:
        _keep(consent, paper)
    _drop_proposals(child, user)
    settle(child)
    child.save_version(version)
    write_name_keys(child)


def bring_paper(child: Child, paper_place: str, paper: Paper | None, *, version: int) -> None:
    """The signed paper of the consent that stands. Raises StaleRow."""
    consent = child.consent
    consent.paper_place = paper_place or consent.paper_place
    if paper:
        _keep(consent, paper)
    consent.save()
    settle(child)
    child.save_version(version)


def withdraw(child: Child, *, on: date, by: str, how: str, version: int, user: Any) -> None:
    """The guardian takes her consent back. Raises StaleRow."""
    why = coded(CONSENT_WITHDRAWN)
    consent = child.consent
    consent.withdrawn_on, consent.withdrawn_by, consent.withdrawn_how = on, by, how
    consent._change_reason = why
    consent.save()
    for episode in child.episodes.filter(ended_on=None):
        episode.ended_on, episode.reason = max(on, episode.registered_on), ExitReason.CONSENT_WITHDRAWN
        episode._change_reason = why
        episode.save()
    if child.is_draft:  # nobody counted her so far, and nobody will
        child.voided_on, child.void_reason = timezone.localdate(), str(ExitReason.CONSENT_WITHDRAWN.label)
    settle(child)
    child._change_reason = why
    child.save_version(version)
    child.name_keys.all().delete()
    forget_exports(Child._meta.label, [child.pk])
    forget_files("children", child.division)
    if not child.erasures.open().exists():
        Erasure.objects.create(child=child, ground=ErasureGround.WITHDRAWN, proposed_by=user)


def _keep(consent: Consent, paper: Paper) -> None:
    """A later scan takes the place of the former."""
    values = {"content": paper.content, "content_type": paper.content_type, "size": len(paper.content)}
    ConsentScan.objects.filter(consent=consent).delete()
    ConsentScan.objects.create(consent=consent, **values)
    if not consent.has_scan:
        consent.has_scan = True
        consent.save()


def _drop_proposals(child: Child, user: Any) -> None:
    """A new consent leaves nothing to erase for want of one."""
    grounds = (ErasureGround.WITHDRAWN, ErasureGround.NO_CONSENT)
    for erasure in child.erasures.open().filter(ground__in=grounds):
        erasure.state, erasure.decided_by, erasure.decided_at = ErasureState.DROPPED, user, timezone.now()
        erasure.save()
