"""The one search box for children: record number, full ID number, name, pinyin, initials, told apart by their shape."""

import re
from typing import Any

from children.models import Child, NameKey
from children.querysets import ChildQuerySet
from gansu_care.divisions.models import Division
from gansu_care.pages.keyset import Along
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

ID_NUMBER = re.compile(r"\d{17}[\dXx]")
NUMBER = re.compile(r"GC\d{1,10}", re.IGNORECASE)


def search_children(children: ChildQuerySet, text: str, user: Any, *, anywhere: bool) -> ChildQuerySet:
    """The children that the text may mean. A search by full ID number leaves an event with the blind index only."""
    compact = _compact(text)
    if not compact:
        return children
    if ID_NUMBER.fullmatch(compact):
        field: Any = Child._meta.get_field("id_number")
        sealed = field.sealed(compact.upper())
        record_event(Action.SEARCH_ID, user, kind="child", number=sealed.digest)
        return children.filter(id_number=compact.upper())
    if NUMBER.fullmatch(compact):
        return children.filter(number__prefix=compact.upper())
    return children.called(compact, anywhere=anywhere)


def lines_along(text: str, division: Division, *, anywhere: bool) -> Along | None:
    """Where the names are that the text may mean, in the order of a list sorted by name; None for no name.

    Spelled in letters, among the keys; written, in an index of the children themselves that has their names.
    """
    compact = _compact(text)
    if not compact or ID_NUMBER.fullmatch(compact) or NUMBER.fullmatch(compact):
        return None
    if compact.isascii():
        return Along(NameKey.objects.around(division).spelled(compact), "child")
    return Along(Child.objects.around(division).in_force().called(compact, anywhere=anywhere))


def _compact(text: str) -> str:
    return text.strip().replace("\0", "").replace(" ", "")
