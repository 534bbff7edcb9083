"""Dated facts, written one way for pages and uploads alike: a change ends the open fact and begins the next."""

from datetime import date
from typing import Any

from children.models import Carer, Child, ChildStatus, Consent, NameKey, Parent, ParentState
from children.models.consent import proof_due
from children.name_keys import readings
from gansu_care.spreadsheets.bulk import blank


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


def status_of(consent: Consent | None, in_register: bool) -> str:
    """Restricted when consent was withdrawn, draft without a sufficient one; exited when the last episode has ended."""
    if consent is not None and consent.withdrawn_on:
        return ChildStatus.RESTRICTED
    if consent is None or not consent.suffices:
        return ChildStatus.DRAFT
    return ChildStatus.ACTIVE if in_register else ChildStatus.EXITED


def settled_status(child: Child) -> str:
    """What follows from her consent and her episodes; an erased record stays what it is."""
    if child.erased_on:
        return child.status
    return status_of(child.consent, child.episodes.filter(ended_on=None).exists())


def proof_due_of(child: Child, consent: Consent | None, today: date | None = None) -> date | None:
    """By when the paper must be brought: asked for while she is in the register, from the day it was first lacking."""
    if child.status != ChildStatus.ACTIVE or consent is None or consent.has_proof:
        return None
    return child.proof_due_on or proof_due(today)


def settle(child: Child) -> None:
    """Status and what is still to be brought, as consent and episodes now stand. The caller saves."""
    child.status = settled_status(child)
    child.proof_due_on = proof_due_of(child, child.consent)


def name_keys_of(child: Child) -> list[NameKey]:
    """One for each reading of her name, with the place and the sort key that she has now."""
    place = {"county_id": child.county_id, "prefecture_id": child.prefecture_id, "name_sort": child.name_sort}
    spelled = dict(readings(child.name))
    return [
        blank(NameKey, child_id=child.pk, pinyin=full, initials=initials, **place)
        for full, initials in spelled.items()
    ]


def write_name_keys(child: Child) -> None:
    """The child's name or place may have changed: its keys are written anew."""
    child.name_keys.all().delete()
    NameKey.objects.bulk_create(name_keys_of(child), ignore_conflicts=True)
