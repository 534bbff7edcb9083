"""Two records of one child: the losing one is voided and points at the one that stays.

Nothing is copied: what only the losing record knows has been entered by hand before, or is given up. There are no
chains: what was merged into the losing record earlier points at the staying one from now on.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from children.change_reasons import MERGED
from children.code_tables import ExitReason
from children.facts import settle
from children.models import Child
from gansu_care.pages.reasons import coded
from gansu_care.trail.registry import StaleRow

HISTORY_CHARACTERS = 100
"""What a line of the history holds of a reason."""


def merge(losing: Child, staying: Child, *, versions: tuple[Any, Any], reason: str) -> None:
    """Merge the two as they were shown, in the caller's transaction. Raises StaleRow if one was saved since.

    Both rows are held in the order of their keys: of two officers who merge the same two, or each into the other,
    exactly one does.
    """
    both = Child.objects.select_for_update(of=("self",)).filter(pk__in=(losing.pk, staying.pk))
    held = {child.pk: child for child in both.order_by("pk")}
    losing, staying = held[losing.pk], held[staying.pk]
    for child, seen in zip((losing, staying), versions, strict=True):
        if child.version != seen:
            raise StaleRow(child)
    _end_episode(losing, staying, reason)
    _void(losing, staying, reason)
    for earlier in Child.objects.filter(merged_into=losing).order_by("pk"):
        earlier.merged_into, earlier._change_reason = staying, reason
        earlier.save_version(earlier.version)
    _tell(staying, losing, reason)


def _end_episode(losing: Child, staying: Child, reason: str) -> None:
    episode = losing.episodes.filter(ended_on=None).first()
    if episode is None:
        return
    episode.ended_on = max(timezone.localdate(), episode.registered_on)
    episode.reason, episode.note = ExitReason.DUPLICATE, _("合并到 %(number)s") % {"number": staying.number}
    episode._change_reason = reason
    episode.save()


def _void(losing: Child, staying: Child, reason: str) -> None:
    losing.merged_into, losing.voided_on, losing.void_reason = staying, timezone.localdate(), reason
    settle(losing)
    losing._change_reason = reason
    losing.save_version(losing.version)


def _tell(staying: Child, losing: Child, reason: str) -> None:
    """The staying record changes in nothing: its history gets a line, its version stays."""
    why = coded(MERGED, f"{losing.number} {reason}")
    history: Any = Child.history
    history.bulk_history_create([staying], update=True, default_change_reason=why[:HISTORY_CHARACTERS])
