"""A cell that names a center, in a row of equipment or of money: by record number, or by name within a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from centers.matching import CenterNames, NamedCenter
from centers.models import Center
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import INVALID, TextColumn, is_nothing
from gansu_care.spreadsheets.models import Outcome
from gansu_care.spreadsheets.packing import RecordLink
from gansu_care.spreadsheets.places import Places, division_of_part
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.writing_rows import Batch, StaleRows

PLACE = ("prefecture", "county", "township", "")
CENTER = "center"
_LINKED = ("pk", "number", "name", "division")


class CenterColumn(TextColumn):
    """The name of a center; `link_centers` makes a RecordLink of it."""

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else str(value)

    def equal(self, stored: Any, read: Any) -> bool:
        return isinstance(read, RecordLink) and isinstance(stored, RecordLink) and stored.pk == read.pk


class CenterNumberColumn(TextColumn):
    """The record number of a center: it decides where a name would be ambiguous. Written out, never stored itself."""

    helps_only, exported = True, True


def link_centers(rows: Rows) -> None:
    """Turn the cells of `center` and `center_number` into RecordLinks of centers inside the scope.

    A center of another county and one that does not exist give the same answer. One that another sheet of the same
    workbook brings is linked by a negative key until it is written (`name_new_centers`).
    """
    numbers, names = rows.values["center_number"], rows.values["center"]
    centers = Center.objects.visible_to(rows.setting.user).within(rows.setting.division).in_force()
    known = CenterNames(
        centers,
        (str(name) for name in names if not is_nothing(name)),
        (str(number).upper() for number in numbers if not is_nothing(number)),
    )
    for center in new_centers(rows):
        known.by_name.setdefault(center.name, []).append(center)
    places = Places(rows.setting.division, PLACE)
    for index, (number, name) in enumerate(zip(numbers, names, strict=True)):
        if number is INVALID or name is INVALID:
            continue
        if not is_nothing(number) and str(number).upper() in known.by_number:
            names[index] = link(known.by_number[str(number).upper()])
        elif not is_nothing(name):
            _link_by_name(rows, index, str(name), known, places)
        elif not is_nothing(number):
            rows.invalidate(index, "center", "E_CENTER_UNKNOWN")


def _link_by_name(rows: Rows, index: int, name: str, known: CenterNames, places: Places) -> None:
    texts = tuple(
        "" if is_nothing(cell) else str(cell) for cell in (rows.values[part][index] for part in PLACE[:3])
    )
    within = division_of_part(rows, index)
    division: Division | None = within
    if any(texts):
        spot = places.spot((*texts, ""), within)
        rows.add_all(index, spot.notes)
        division = spot.division
    meant = known.named(name, division)
    if len(meant) == 1:
        rows.values["center"][index] = link(meant[0])
    elif meant:
        rows.invalidate(index, "center", "E_CENTER_AMBIGUOUS")
    else:
        nearest = known.nearest(name)
        rows.invalidate(index, "center", "E_CENTER_UNKNOWN", **({"nearest": nearest} if nearest else {}))


def attach_centers(records: dict[int, Any]) -> None:
    """Give each record its center as `center_link`, and that one's number as `center_no`."""
    wanted = {record.center_id for record in records.values()} - {None}
    found = Center.objects.filter(pk__in=among(wanted)).values_list("pk", "number", "name")
    links = {pk: RecordLink(pk, number, name) for pk, number, name in found}
    for record in records.values():
        record.center_link = links.get(record.center_id)
        record.center_no = record.center_link.number if record.center_link else None


def link(center: NamedCenter) -> RecordLink:
    return RecordLink(center.pk, center.number, center.name, center.division.pk)


def new_centers(rows: Rows) -> Iterator[NamedCenter]:
    """The centers that the same file brings and that were judged before these rows."""
    for other in rows.beside:
        if other is rows or other.resource.code != CENTER or not other.defaults:
            continue
        for index, name in other.given("name"):
            division = other.values["division"][index]
            division = other.defaults[index].get("division") if is_nothing(division) else division
            if other.outcome(index) == Outcome.NEW and isinstance(division, Division):
                yield NamedCenter(-(index + 1), "", name, division)


def name_new_centers(batch: Batch) -> None:
    """Give links of centers that were written a moment ago, by the same upload, their keys. Raises StaleRows."""
    values_of = [*batch.new, *(values for _pk, _version, values in batch.changed)]
    linked = [values for values in values_of if getattr(values.get("center"), "pk", 0) < 0]
    if not linked:
        return
    names = {values["center"].label for values in linked}
    written = Center.objects.filter(upload_number=batch.upload_number, name__in=among(names))
    found = {(name, division): (pk, number) for pk, number, name, division in written.values_list(*_LINKED)}
    for values in linked:
        center = values["center"]
        if (center.label, center.division_pk) not in found:
            raise StaleRows(len(linked))
        pk, number = found[center.label, center.division_pk]
        values["center"] = center._replace(pk=pk, number=number)
