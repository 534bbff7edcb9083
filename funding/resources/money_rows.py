"""What receipts and allocations share: where a row belongs, and how its record is found.

With a number on the row (voucher, document): records with the same number, source, day and amount. Without one:
records without a number, of the same source, day, amount and recipient. Of several, none is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from funding.closing import closed_months, first_of, unit_of
from funding.models import FEN
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.declaration import NEW, Found, Values, meant_by
from gansu_care.spreadsheets.places import division_of_part
from gansu_care.spreadsheets.resources import RegistryResource
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.setting import Setting

PLACE = ("prefecture", "county", "township", "division")


class MoneyResource(RegistryResource):
    number_field: ClassVar[str] = ""
    date_field: ClassVar[str] = ""
    source_field: ClassVar[str] = "sources"
    # Whether the recipient belongs to the key even when the row has a number.
    recipient_always: ClassVar[bool] = False

    def missing(self, named: set[str]) -> list[str]:
        return [name for name in (self.source_field, "amount", self.date_field) if name not in named]

    def defaults(self, rows: Rows, index: int) -> Values:
        """Money stays with the unit that the sheet names, else with the uploader's own."""
        return {"division": known(division_of_part(rows, index))}

    # --- judging

    def cross_check(self, rows: Rows) -> None:
        judged = rows.judged()
        closed = closed_months(place for index in judged for place in self._places(rows, index))
        for index in judged:
            self._check_sign(rows, index)
            shut = sorted(
                _month_of(place) for place in self._places(rows, index) if _month_of(place) in closed
            )
            if shut:
                rows.add(index, "E_MONTH_CLOSED", self.date_field, month=f"{shut[0][1]:%Y-%m}")

    def _places(self, rows: Rows, index: int) -> set[tuple[int, date]]:
        """Where and when the row's money stands: as its record says, and as it would say afterwards."""
        found = {(rows.after(index, "division"), rows.after(index, self.date_field))}
        record = rows.record(index)
        if record is None:
            found = {(division or self.defaults(rows, index)["division"], day) for division, day in found}
        else:
            found.add((record.division, getattr(record, self.date_field)))
        return {
            (place.pk, day) for place, day in found if isinstance(place, Division) and isinstance(day, date)
        }

    def _check_sign(self, rows: Rows, index: int) -> None:
        """Below zero are reversing entries only, and they stay so."""
        amount, record = rows.after(index, "amount"), rows.record(index)
        is_reversal = record is not None and record.reverses_id is not None
        if isinstance(amount, Decimal) and (amount <= 0) != is_reversal:
            bound = {"maximum": f"{-FEN}"} if is_reversal else {"minimum": f"{FEN}"}
            rows.add(index, "E_RANGE", "amount", **bound)

    # --- finding

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        found = self.find_by_number(values, setting)
        taken = {one.target for one in found.values()}
        shelf = self._shelf(values, setting)
        for index, row in enumerate(values):
            if index not in found and self._is_whole(row):
                fitting = [pk for pk in shelf[self.key_of(row)] if pk not in taken]
                found[index] = meant_by(fitting)
        return [found.get(index, NEW) for index in range(len(values))]

    def _shelf(self, values: Sequence[Values], setting: Setting) -> dict[tuple, list[int]]:
        """The register's records of the rows' days, by the key that a row would have."""
        days = {row[self.date_field] for row in values if row.get(self.date_field)}
        rows = self.records(setting).filter(**{f"{self.date_field}__in": among(sorted(days))}).order_by("pk")
        names = ["pk", "amount", "division", self.date_field, self.number_field, *self.columns_of_key()]
        held = list(rows.values(*names))
        sources = self.held_sources([record["pk"] for record in held])
        shelf: dict[tuple, list[int]] = defaultdict(list)
        for record in held:
            shelf[self.key_of(self.row_of(record, sources))].append(record["pk"])
        return shelf

    def columns_of_key(self) -> tuple[str, ...]:
        """Further columns of a record that its key needs."""
        return ()

    def row_of(self, record: dict[str, Any], sources: dict[int, frozenset[str]]) -> Values:
        """A record as the row that would mean it."""
        return record | {self.source_field: sources.get(record["pk"], frozenset())}

    def key_of(self, row: Values) -> tuple:
        number = row.get(self.number_field) or ""
        key = (number, frozenset(row[self.source_field]), row[self.date_field], row["amount"])
        return key if number and not self.recipient_always else (*key, *self.recipient(row))

    def recipient(self, row: Values) -> tuple:
        division = row.get("division")
        return (getattr(division, "pk", division),)

    def _is_whole(self, row: Values) -> bool:
        return all(row.get(name) for name in (self.source_field, self.date_field, "amount"))

    def key_in_file(self, values: Values) -> Any:
        return self.key_of(values) if self._is_whole(values) else None

    def held_sources(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The names of the sources of each record."""
        raise NotImplementedError


def _month_of(place: tuple[int, date]) -> tuple[int, date]:
    division, day = place
    return unit_of(division), first_of(day)
