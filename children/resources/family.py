"""Parents, grandparents and carer of many children: attached to them when read, written in bulk.

The dated facts follow children/facts.py: another condition ends the open fact and begins the next on the day the row
gives (外出起始年月 for a parent who is away, else the row's day); the same condition again only mends it. Another carer
ends the former entrustment.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any

from children.code_tables import DatePrecision, ParentCondition, Relation
from children.models import Carer, Grandparent, Parent, ParentState
from children.models.family import ParentKind
from gansu_care.spreadsheets.bulk import among, blank
from gansu_care.spreadsheets.columns import PartialDate
from gansu_care.spreadsheets.declaration import Values
from gansu_care.spreadsheets.stored_rows import ABSENT, stored_rows
from gansu_care.spreadsheets.writing_rows import DAY, Batch, Ledger

KINDS = (ParentKind.FATHER.value, ParentKind.MOTHER.value)
PARENT_FIELDS = ("name", "id_number", "phone", "return_frequency", "contact_frequency")
STATE_FIELDS = ("condition", "work_place", "since")
CARER_FIELDS = ("name", "relation", "phone", "id_number", "address")
GRANDPARENTS = {
    "grandfather": Relation.GRANDFATHER.value,
    "grandmother": Relation.GRANDMOTHER.value,
    "maternal_grandfather": Relation.MATERNAL_GRANDFATHER.value,
    "maternal_grandmother": Relation.MATERNAL_GRANDMOTHER.value,
}
STATES = tuple(f"{kind}_state" for kind in KINDS)
PERSONS_READ = frozenset((*KINDS, *STATES, "carer", *GRANDPARENTS))
"""Under these names a child has them when she is read."""
DEAD = "（已故）"
DASH = "—"


# --- read


def attach(children: dict[int, Any], named: AbstractSet[str], *, lock: bool) -> None:
    """Give each child father, mother, their open states, the carer of today and the grandparents, if they are named."""
    for child in children.values():
        for name in PERSONS_READ:
            setattr(child, name, ABSENT)
    if named & {*KINDS, *STATES}:
        _attach_parents(children, lock)
    if "carer" in named:
        for carer in stored_rows(Carer.objects.filter(until=None, child__in=among(children)), lock=lock):
            children[carer.child_id].carer = carer
    if named & GRANDPARENTS.keys():
        _attach_grandparents(children, lock)


def _attach_parents(children: dict[int, Any], lock: bool) -> None:
    parents = {}
    for parent in stored_rows(Parent.objects.filter(child__in=among(children)), lock=lock):
        parent.birth = _partial(parent.birth_date, parent.birth_precision)
        setattr(children[parent.child_id], parent.kind, parent)
        parents[parent.pk] = parent
    for state in stored_rows(ParentState.objects.filter(until=None, parent__in=among(parents)), lock=lock):
        parent = parents[state.parent_id]
        state.begun = _partial(state.since, state.since_precision)
        setattr(children[parent.child_id], f"{parent.kind}_state", state)


def _attach_grandparents(children: dict[int, Any], lock: bool) -> None:
    names = {relation: name for name, relation in GRANDPARENTS.items()}
    for person in stored_rows(Grandparent.objects.filter(child__in=among(children)), lock=lock):
        person.birth = _partial(person.birth_date, DatePrecision.DAY.value)
        person.said = (f"{person.name}{DEAD}" if person.name else DASH) if person.deceased else person.name
        if person.relation in names:
            setattr(children[person.child_id], names[person.relation], person)


def _partial(day: date | None, precision: str) -> PartialDate | None:
    return PartialDate(day, precision) if day else None


# --- write


def write(added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
    children = [*added, *changed]
    named: set[str] = set().union(*(batch.values_of[child.pk] for child in children))
    of_persons = {name for name in named if _person_of(name)[0]}
    family = [
        (child, parted(values))
        for child in children
        if not of_persons.isdisjoint(values := batch.values_of[child.pk])
    ]
    _write_parents(family, batch)
    _write_grandparents(family, batch)
    _write_carers(family, batch)


PERSONS = (*KINDS, *GRANDPARENTS, "carer")
Said = dict[str, Values]
"""The values of a row by person and field: said["father"]["phone"]."""


@cache
def _person_of(name: str) -> tuple[str, str]:
    """father_phone -> father, phone; a column of the child herself belongs to nobody else."""
    found = next(
        (person for person in sorted(PERSONS, key=len, reverse=True) if name.startswith(f"{person}_")), ""
    )
    return found, name[len(found) + 1 :]


def parted(values: Values) -> Said:
    said: Said = {person: {} for person in (*PERSONS, "")}
    for name, value in values.items():
        person, field = _person_of(name)
        said[person][field] = value
    return said


def _write_parents(family: Sequence[tuple[Any, Said]], batch: Batch) -> None:
    parents, states = Ledger(Parent, batch), Ledger(ParentState, batch)
    stated: list[tuple[Any, Any, Values, date]] = []
    for child, persons in family:
        for kind in KINDS:
            said = persons[kind]
            if not said:
                continue
            parent = _parent(child, kind, said, parents)
            if said.keys() & set(STATE_FIELDS):
                held = getattr(child, f"{kind}_state", ABSENT)
                stated.append((parent, held, said, batch.values_of[child.pk][DAY]))
    parents.write()
    for parent, held, said, day in stated:
        _state(parent, held, said, day, states)
    states.write()


def _parent(child: Any, kind: str, said: Values, parents: Ledger) -> Parent:
    held = getattr(child, kind, ABSENT)
    parent = blank(Parent, child_id=child.pk, kind=kind) if held is ABSENT else held
    for name in said.keys() & set(PARENT_FIELDS):
        setattr(parent, name, said[name] or (None if name in ("id_number", "phone") else ""))
    if "birth_date" in said:
        born = said["birth_date"]
        parent.birth_date, parent.birth_precision = born or (None, DatePrecision.DAY.value)
    if held is ABSENT:
        parents.add(parent)
    elif said.keys() & {*PARENT_FIELDS, "birth_date"}:
        parents.touch(parent)
    return parent


def _state(parent: Parent, held: Any, said: Values, day: date, states: Ledger) -> None:
    condition = said.get("condition") or (ParentCondition.UNKNOWN.value if held is ABSENT else held.condition)
    if held is not ABSENT and held.condition == condition:
        _mend(held, said)
        states.touch(held)
        return
    since, precision = _beginning(condition, said, day)
    if held is not ABSENT:
        held.until = max(held.since, since)
        since = held.until
        states.touch(held)
    place = said.get("work_place") or ""
    states.add(
        blank(
            ParentState,
            parent_id=parent.pk,
            condition=condition,
            since=since,
            since_precision=precision,
            work_place=place,
        )
    )


def _beginning(condition: str, said: Values, day: date) -> PartialDate:
    """外出起始年月 says since when a parent is away, and nothing about any other condition."""
    begun = said.get("since")
    return begun if begun and condition == ParentCondition.AWAY else PartialDate(day, DatePrecision.DAY.value)


def _mend(held: ParentState, said: Values) -> None:
    if "work_place" in said:
        held.work_place = said["work_place"] or ""
    if said.get("since"):
        held.since, held.since_precision = said["since"]


def _write_grandparents(family: Sequence[tuple[Any, Said]], batch: Batch) -> None:
    ledger = Ledger(Grandparent, batch)
    for child, persons in family:
        for name, relation in GRANDPARENTS.items():
            said = persons[name]
            if not said:
                continue
            held = getattr(child, name, ABSENT)
            person = blank(Grandparent, child_id=child.pk, relation=relation) if held is ABSENT else held
            _describe(person, said)
            (ledger.add if held is ABSENT else ledger.touch)(person)
    ledger.write()


def _describe(person: Grandparent, said: Values) -> None:
    if "name" in said:
        text = said["name"] or ""
        person.deceased = text == DASH or text.endswith(DEAD)
        person.name = person.name if text == DASH else text.removesuffix(DEAD)
    if "birth_date" in said:
        person.birth_date = said["birth_date"].date if said["birth_date"] else None


def _write_carers(family: Sequence[tuple[Any, Said]], batch: Batch) -> None:
    ledger = Ledger(Carer, batch)
    for child, persons in family:
        said = {name: value for name, value in persons["carer"].items() if name in CARER_FIELDS}
        if said:
            _entrust(child, said, batch.values_of[child.pk][DAY], ledger)
    ledger.write()


def _entrust(child: Any, said: Values, day: date, ledger: Ledger) -> None:
    held = getattr(child, "carer", ABSENT)
    is_same = held is not ABSENT and said.get("name", held.name) == held.name
    if held is not ABSENT and not is_same:
        held.until = max(held.since, day)
        ledger.touch(held)
        if said.get("name") is None:  # 清空: nobody is entrusted any more
            return
        day = held.until
    carer = held if is_same else blank(Carer, child_id=child.pk, since=day)
    for name, value in said.items():
        setattr(carer, name, value or (None if name in ("phone", "id_number", "address") else ""))
    (ledger.touch if is_same else ledger.add)(carer)
