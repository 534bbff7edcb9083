"""Dated facts, written one way for pages and uploads alike: a change ends the open fact and begins the next."""

from datetime import date
from typing import Any

from children.models import Carer, Child, ChildStatus, NameKey, Parent, ParentState
from children.name_keys import readings


def state_parent(parent: Parent, condition: str, since: date, work_place: str = "") -> None:
    """From `since` on the parent is in this condition. The same condition again only updates the place."""
    held = parent.states.filter(until=None).first()
    if held and held.condition == condition:
        if (held.work_place, held.since) != (work_place, since):
            held.work_place, held.since = work_place, since
            held.save()
        return
    if held:
        held.until = max(held.since, since)
        held.save()
    ParentState.objects.create(parent=parent, condition=condition, since=since, work_place=work_place)


def entrust_carer(child: Child, since: date, **facts: Any) -> None:
    """The child is in this person's care from `since`; another name ends the former entrustment."""
    held = child.carers.filter(until=None).first()
    if held and held.name == facts["name"]:
        for name, value in facts.items():
            setattr(held, name, value)
        held.save()
        return
    if held:
        held.until = max(held.since, since)
        held.save()
    Carer.objects.create(child=child, since=since, **facts)


def settled_status(child: Child) -> str:
    """Draft without sufficient consent; exited when the last episode has ended; else active."""
    consent = getattr(child, "consent", None)
    if consent is None or not consent.suffices:
        return ChildStatus.DRAFT
    return ChildStatus.ACTIVE if child.episodes.filter(ended_on=None).exists() else ChildStatus.EXITED


def name_keys_of(child: Child) -> list[NameKey]:
    return [NameKey(child=child, pinyin=full, initials=initials) for full, initials in readings(child.name)]


def write_name_keys(child: Child) -> None:
    """The child's name may have changed: its keys are written anew."""
    child.name_keys.all().delete()
    NameKey.objects.bulk_create(name_keys_of(child), ignore_conflicts=True)
