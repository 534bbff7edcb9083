"""What hangs on a child, and what she keeps of it: her status, and the keys by which her name is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from children.facts import name_keys_of, proof_due_of, status_of
from children.models import Carer, Consent, Episode, Grandparent, NameKey, Parent, ParentState
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.hanging import Hanging

HANGS = (
    Hanging(
        Parent,
        "child",
        together=(("birth_date", "birth_precision"),),
        hangs=(Hanging(ParentState, "parent", in_turn=True, together=(("since", "since_precision"),)),),
    ),
    Hanging(Grandparent, "child"),
    Hanging(Carer, "child", in_turn=True),
    Hanging(Episode, "child", in_turn=True),
    Hanging(Consent, "child", in_turn=True),
    Hanging(NameKey, "child", derived=True),
)
TOGETHER = (("birth_date", "birth_precision"), ("name", "name_sort"))


def settle_status(children: Sequence[Any]) -> None:
    """The status follows from consent and episodes, as these stand now."""
    ids = [child.pk for child in children]
    consents = {one.child_id: one for one in Consent.objects.standing().filter(child__in=bulk.among(ids))}
    inside = Episode.objects.filter(child__in=bulk.among(ids), ended_on=None)
    in_register = set(inside.values_list("child", flat=True))
    for child in children:
        child.status = status_of(consents.get(child.pk), child.pk in in_register)
        child.proof_due_on = proof_due_of(child, consents.get(child.pk))


def rewrite_name_keys(children: Sequence[Any]) -> None:
    NameKey.objects.filter(child__in=bulk.among([child.pk for child in children])).delete()
    NameKey.objects.bulk_create(
        (key for child in children for key in name_keys_of(child)), ignore_conflicts=True
    )
