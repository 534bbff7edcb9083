"""A cell that names the center that takes over: by record number, or by its name in the same county.

An export writes both, GC0000000019 南门村留守儿童之家: the number decides, the name tells the reader.
"""

from __future__ import annotations

import re
from typing import Any

from centers.matching import CenterNames, NamedCenter
from centers.models import Center
from centers.resources.center_links import link
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import TextColumn
from gansu_care.spreadsheets.packing import RecordLink
from gansu_care.spreadsheets.places import division_of_part
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.stored_rows import ABSENT

_NUMBER = re.compile(r"GC\d{10}", re.IGNORECASE)


class SuccessorColumn(TextColumn):
    """The center that takes over; `link_successors` makes a RecordLink of the text."""

    ditto = False

    def render(self, value: Any) -> Any:
        return f"{value.number} {value.label}" if isinstance(value, RecordLink) else None

    def equal(self, stored: Any, read: Any) -> bool:
        return isinstance(read, RecordLink) and isinstance(stored, RecordLink) and stored.pk == read.pk


def link_successors(rows: Rows) -> None:
    """Turn the cells into RecordLinks of centers inside the scope; one of another county is as unknown as none."""
    cells = {index: str(text) for index, text in rows.given("successor")}
    numbers = {index: found[0].upper() for index, text in cells.items() if (found := _NUMBER.search(text))}
    centers = Center.objects.visible_to(rows.setting.user).within(rows.setting.division).in_force()
    known = CenterNames(centers, cells.values(), numbers.values())
    for index, text in cells.items():
        if index in numbers:
            center = known.by_number.get(numbers[index])
            meant = [center] if center else []
        else:
            meant = _named(known, text, rows, index)
        if len(meant) == 1:
            rows.values["successor"][index] = link(meant[0])
            continue
        nearest = [] if index in numbers or meant else known.nearest(text)
        code = "E_CENTER_AMBIGUOUS" if meant else "E_CENTER_UNKNOWN"
        rows.invalidate(index, "successor", code, **({"nearest": nearest} if nearest else {}))


def _named(known: CenterNames, name: str, rows: Rows, index: int) -> list[NamedCenter]:
    """In the row's own division first, then anywhere in its county."""
    own = rows.values["division"][index]
    division = own if isinstance(own, Division) else division_of_part(rows, index)
    meant = known.named(name, division)
    return meant or known.named(name, division.county or division)


def attach_successors(centers: dict[int, Any]) -> None:
    """Give the open fact of each center its successor as `successor_link`."""
    states = [center.state for center in centers.values() if center.state is not ABSENT]
    wanted = {state.successor_id for state in states} - {None}
    found = Center.objects.filter(pk__in=among(wanted)).values_list("pk", "number", "name")
    links = {pk: RecordLink(pk, number, name) for pk, number, name in found}
    for state in states:
        state.successor_link = links.get(state.successor_id)
