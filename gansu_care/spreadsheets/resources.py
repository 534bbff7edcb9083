"""RegistryResource: the declaration of one kind of record as a table, for the way in and the way out.

    class CenterResource(RegistryResource):
        code, title = "center", _("活动中心")
        telling = ("name",)                     # a sheet without these headings is of another kind
        name = TextColumn("name", ["中心名称", …], required=True)

        class Meta:
            model = Center

It is django-import-export's Resource: fields are declared columns, `export()` serves the admin's export and
`import_data()` takes a tablib Dataset. What differs from a plain ModelResource, and why (PERFORMANCE: 60 to 100 times
less work): cells are cleaned by column, records are looked up and written many at a time, `save()` and signals do not
run, history is written in bulk. Only declared columns exist; the model's other fields never come from a file.

Columns, values and finding stand in declaration.py, the steps of a check in judging.py; here are writing, export and
django-import-export's own doors.
"""

from __future__ import annotations

import inspect
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import tablib
from django.db.models import QuerySet
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from import_export.results import Result

from gansu_care.divisions.placing import place_all
from gansu_care.divisions.scoping import standing
from gansu_care.sealed.fields import Sealed
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.columns import Column, DateColumn, TextColumn, is_nothing
from gansu_care.spreadsheets.datasets import NeedsUpload, result_of, workbook_of
from gansu_care.spreadsheets.declaration import Declaration, Values
from gansu_care.spreadsheets.file_rows import read_sheets
from gansu_care.spreadsheets.hanging import OwnParts
from gansu_care.spreadsheets.judging import OwnSteps, judge_all
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.writing.sheets import Block
from gansu_care.spreadsheets.writing_rows import Batch, StaleRows, Written
from gansu_care.trail.record_numbers import take_numbers

CHUNK = 2_000
# What these write of a plain value is the value itself, and of an empty one nothing.
AS_IT_IS = frozenset((Column.render, TextColumn.render, DateColumn.render))
PLAIN = frozenset((str, date, type(None)))


class RegistryResource(OwnSteps, OwnParts, Declaration):
    """Columns, keys and rules of one kind of record; see the top of this file."""

    # --- writing

    def write(self, batch: Batch) -> Written:
        """Write new and changed records with all their parts and their history, in the caller's transaction.

        Raises StaleRows when a record to be changed has another version than at the check.
        """
        model = self._meta.model
        changed = self._changed(batch)
        added = self._added(batch)
        bulk.insert(added)
        if bulk.update(changed, versioned=True, as_read=True) != len(changed):
            raise StaleRows(1)
        self.write_parts(added, changed, batch)
        batch.history(model, added, changed)
        self.refuse_undeclared(batch.models - {model})
        return Written(len(added), len(changed), tuple(record.pk for record in [*added, *changed]))

    def _changed(self, batch: Batch) -> list[Any]:
        """The records to be changed, locked in the order of their keys, with the values of their rows."""
        rows = sorted(batch.changed, key=lambda row: row[0])
        records = self.load([pk for pk, _version, _values in rows], lock=True)
        stale = sum(1 for pk, version, _values in rows if pk not in records or records[pk].version != version)
        if stale:
            raise StaleRows(stale)
        for pk, _version, values in rows:
            batch.values_of[pk] = values
            self.change(records[pk], values, batch)
            records[pk].upload_number = batch.upload_number
        return place_all(records[pk] for pk, _version, _values in rows)

    def _added(self, batch: Batch) -> list[Any]:
        records = place_all(self.build(values, batch) for values in batch.new)
        numbers, ids = take_numbers(len(records)), bulk.take_ids(self._meta.model, len(records))
        for record, number, pk, values in zip(records, numbers, ids, batch.new, strict=True):
            record.pk, record.number, record.upload_number = pk, number, batch.upload_number
            batch.values_of[pk] = values
        return records

    def build(self, values: Values, batch: Batch) -> Any:
        """A new record; without number, place and primary key."""
        record = bulk.blank(self._meta.model)
        self.change(record, values, batch)
        return record

    def change(self, record: Any, values: Values, batch: Batch) -> None:
        """Put the values of a row on a record; `None` stands for 清空."""
        held, attributes, fields = record.__dict__, self.attributes, self.plain_fields
        for name, value in values.items():
            if name in attributes and value is not None:
                held[attributes[name]] = value
            elif name in fields:
                column = self.fields[name]
                setattr(record, column.attribute, self.emptied(column) if value is None else value)

    @cached_property
    def plain_fields(self) -> frozenset[str]:
        """The columns that are fields of the model itself, under the same name."""
        fields = {field.name for field in self._meta.model._meta.concrete_fields}
        return frozenset(name for name, column in self.stored_columns().items() if column.attribute in fields)

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Of these the ones that do nothing when they are set, as sealed values and relations do."""
        model = self._meta.model
        attributes = {name: self.fields[name].attribute for name in self.plain_fields}
        return {
            name: attribute
            for name, attribute in attributes.items()
            if type(inspect.getattr_static(model, attribute, None)) is DeferredAttribute
        }

    def emptied(self, column: Column) -> Any:
        field = self._meta.model._meta.get_field(column.attribute)
        return None if field.null else field.get_default()

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        """What hangs on the records: dated facts, shares, search keys. `batch` knows the values of each."""

    # --- the way out

    def export_rows(self, queryset: QuerySet, user: Any = None, **how: Any) -> Iterator[list[Any]]:
        """One list of cells a record; otherwise as `export_blocks`."""
        for block in self.export_blocks(queryset, user, **how):
            yield from map(list, zip(*block, strict=True))

    def export_blocks(
        self,
        queryset: QuerySet,
        user: Any = None,
        *,
        masked: bool = True,
        columns: dict[str, Column] | None = None,
    ) -> Iterator[Block]:
        """The cells of some thousand records at a time, column by column, in the order of `columns` (those of
        `export_columns` without).

        Masked are the sealed values, and names when the reader does not see them in full (`sees_names`).
        """
        columns = columns or self.export_columns()
        masks = {name for name, column in columns.items() if masked and self.is_masked(column, user)}
        # Eight bytes a record: what comes or goes meanwhile puts no other out of its place.
        ids = array("q", queryset.values_list("pk", flat=True).iterator(CHUNK))
        for start in range(0, len(ids), CHUNK):
            values = self.values_of(columns, ids[start : start + CHUNK].tolist())
            yield [self.cells(values[name], column, name in masks) for name, column in columns.items()]

    def values_of(self, columns: dict[str, Column], ids: Sequence[int]) -> dict[str, Sequence[Any]]:
        """What these columns hold of records, in the order of `ids`, without those that are gone.

        Overridden where many can be read without making a record of each.
        """
        loaded = self.load(ids)
        records = [loaded[pk] for pk in ids if pk in loaded]
        return {name: list(map(self.getters[name], records)) for name in columns}

    def cells(self, values: Sequence[Any], column: Column, masked: bool) -> list[Any]:
        """The cells of one column; equal values are rendered once, since most values of a register repeat."""
        if column.sealed:
            values = [value.open() if isinstance(value, Sealed) else value for value in values]
        if type(column).render in AS_IT_IS and not masked:
            return _as_it_is(values, column)
        if list in set(map(type, values)):
            return [self.cell(value, column, masked) for value in values]
        written = {value: self.cell(value, column, masked) for value in set(values)}
        return [written[value] for value in values]

    def cell(self, value: Any, column: Column, masked: bool) -> Any:
        if masked and column.mask is not None and not is_nothing(value):
            return column.mask(str(value))
        return column.render(value)

    def is_masked(self, column: Column, user: Any) -> bool:
        if column.mask is None:
            return False
        return not (getattr(column, "beyond_county_only", False) and self.sees_names(user))

    def hidden_from(self, user: Any) -> frozenset[str]:
        """Columns that this user does not see of a record of the register."""
        return frozenset()

    def sees_names(self, user: Any) -> bool:
        """Whether names of persons are shown in full to this user."""
        return True

    def export_headers(self) -> list[str]:
        return [str(column.column_name) for column in self.export_columns().values()]

    # --- django-import-export's own doors

    def export(self, queryset: QuerySet | None = None, **kwargs: Any) -> tablib.Dataset:
        """For the admin's export: always masked."""
        queryset = self.get_queryset() if queryset is None else queryset
        dataset = tablib.Dataset(headers=self.export_headers())
        dataset.extend(self.export_rows(queryset, masked=True))
        return dataset

    def import_data(self, dataset: tablib.Dataset, dry_run: bool = False, **kwargs: Any) -> Result:
        """Check a Dataset as an upload would be checked. Keyword `user`: for whom, within whose scope.

        Totals and invalid rows stand in the Result. Raises NeedsUpload unless `dry_run`.
        """
        user, division = kwargs.get("user"), standing(kwargs["user"]) if kwargs.get("user") else None
        if not dry_run or division is None:
            raise NeedsUpload
        setting = Setting(user, division, timezone.localdate())
        reading = read_sheets(workbook_of(dataset, self.code), [self], setting)
        judge_all(reading, [self], lambda done, total: None)
        return result_of(reading.batches[0])


def _as_it_is(values: Sequence[Any], column: Column) -> list[Any]:
    """Plain values as they are, the others (days that are not known to the day) rendered, equal ones once."""
    if set(map(type, values)) <= PLAIN:
        return [value or None for value in values]
    others = {value for value in values if value.__class__ not in PLAIN}
    written = {value: column.render(value) for value in others}
    return [(value or None) if value.__class__ in PLAIN else written[value] for value in values]
