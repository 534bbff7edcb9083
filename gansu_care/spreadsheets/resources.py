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
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from import_export.resources import ModelDeclarativeMetaclass, ModelResource

from gansu_care.divisions.book import book
from gansu_care.sealed.fields import Sealed
from gansu_care.spreadsheets.bulk import among, blank
from gansu_care.spreadsheets.columns import (
    UNSET,
    Column,
    Context,
    NumberColumn,
    Read,
    TextColumn,
    is_nothing,
    vocabulary,
)
from gansu_care.spreadsheets.columns.cell_text import squeezed
from gansu_care.spreadsheets.datasets import DatasetDoors
from gansu_care.spreadsheets.rows import Rows, Setting
from gansu_care.spreadsheets.writing_rows import Batch, Written, write_records

CHUNK = 2_000
RECORD_NUMBER = "档案编号"
RECORD_VERSION = "档案版本"


class RecordNumberColumn(TextColumn):
    """GC and ten digits. `own_numbers`: the office numbers its records itself; its numbers say nothing to us."""

    ditto = False

    def __init__(self, headings: Sequence[str], *, own_numbers: bool = False) -> None:
        super().__init__("number", headings, clearable=False, max_length=40)
        self.own_numbers = own_numbers

    def read_text(self, text: str, context: Context) -> Read:
        number = squeezed(text).upper()
        return (UNSET if self.own_numbers and not number.startswith("GC") else number), ()


class _Absent:
    """A part that a record does not have: every value of it is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


ABSENT: Any = _Absent()


class DeclaredColumns(ModelDeclarativeMetaclass):
    """Keeps to the declared columns, in the order of their declaration."""

    def __new__(mcs, name: str, bases: tuple, attrs: dict[str, Any]) -> type:
        declared = [column for base in bases for column in getattr(base, "fields", {})]
        declared += [key for key, value in attrs.items() if isinstance(value, Column) and key not in declared]
        meta = attrs.get("Meta", object)
        attrs["Meta"] = type("Meta", (meta,), {"fields": tuple(declared)})
        made = super().__new__(mcs, name, bases, attrs)
        made.fields = {key: made.fields[key] for key in declared}
        return made


class Found(NamedTuple):
    """What a row means in the register. All empty: a new record."""

    target: int | None = None
    unknown_number: bool = False  # it names a record number that is not there, or not hers
    several: bool = False  # it fits several records
    elsewhere: bool = False  # its record is outside the scope


NEW = Found()
Values = dict[str, Any]
"""The values of one row by field; what its cells do not say is missing."""


class RegistryResource(DatasetDoors, ModelResource, metaclass=DeclaredColumns):
    """Columns, keys and rules of one kind of record; see the top of this file."""

    # Kept with each staged row.
    code: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""
    telling: ClassVar[tuple[str, ...]] = ()
    # Headings without which no new record can be made, as far as nothing else settles them.
    essential: ClassVar[tuple[str, ...]] = ()
    # The column that says of which day a row speaks (登记日期).
    day_field: ClassVar[str] = ""
    # The columns by which records are found; a problem of finding is shown in the first that the sheet has.
    keys: ClassVar[tuple[str, ...]] = ("number",)
    # Columns staged with a changed row even where they change nothing: other columns are read by their light.
    context: ClassVar[frozenset[str]] = frozenset()

    number = RecordNumberColumn([RECORD_NUMBER, "记录编号", "登记编号"])
    version = NumberColumn("version", [RECORD_VERSION, "记录版本"], clearable=False)

    # --- the columns

    @classmethod
    def right(cls) -> str:
        """Who may see the records (accounts/roles.py)."""
        return cls._meta.model.objects.none().right

    @cached_property
    def vocabulary(self) -> dict[str, str]:
        """Heading -> field, for finding the header of a sheet."""
        return vocabulary(self.fields)

    def heading(self, name: str) -> str:
        """How the template and an export head this column."""
        return str(self.fields[name].column_name) if name in self.fields else ""

    def stored_columns(self) -> dict[str, Column]:
        """The columns that hold something of the record: without number, version and those that only help."""
        return {
            name: column
            for name, column in self.fields.items()
            if name not in ("number", "version") and not getattr(column, "helps_only", False)
        }

    def export_columns(self) -> dict[str, Column]:
        """What an export writes, record number and version last: they are hidden in the sheet."""
        shown = {
            name: column
            for name, column in self.fields.items()
            if not getattr(column, "helps_only", False) or getattr(column, "exported", False)
        }
        hidden = {name: shown.pop(name) for name in ("number", "version")}
        return shown | hidden

    def tells(self, named: set[str]) -> bool:
        """Whether a sheet with these fields is of this kind; an export is told by its record numbers."""
        return set(self.telling) <= named or "number" in named

    def missing(self, named: set[str]) -> list[str]:
        """The essential columns that a sheet with these fields lacks. Overridden where one settles another."""
        return [name for name in self.essential if name not in named]

    # --- values of records

    @cached_property
    def getters(self) -> dict[str, Any]:
        """How a field is read of a record, by its path."""
        return {name: attrgetter(column.attribute) for name, column in self.fields.items()}

    def raw(self, record: Any, name: str) -> Any:
        """The value of a field as the record holds it; a sealed one stays sealed."""
        return self.getters[name](record)

    def stored(self, record: Any, name: str) -> Any:
        """The value of a field, comparable with what its column reads."""
        value = self.raw(record, name)
        return value.open() if isinstance(value, Sealed) else value

    def digest(self, record: Any, column: Column) -> str:
        """The stored digest of a sealed value; empty if it has none."""
        holder, _dot, last = column.attribute.rpartition(".")
        owner = attrgetter(holder)(record) if holder else record
        return getattr(owner, f"{last}_digest", None) or ""

    # --- steps of a check, in their order; subclasses say what is particular to their records

    def settle(self, rows: Rows) -> None:
        """What must be known before records are looked for: where rows belong, values that settle each other."""

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        """The record that each row means, by the keys of its kind in their order. A constant number of queries."""
        raise NotImplementedError

    def key_in_file(self, values: Values) -> Any:
        """What must not stand twice in a file; None for a row that may."""
        return None

    def complete(self, rows: Rows) -> None:
        """What the upload as a whole says of each row, once the records are known (a declared consent)."""

    def cross_check(self, rows: Rows) -> None:
        """The rules between fields, on what the record would hold afterwards."""

    def defaults(self, rows: Rows, index: int) -> Values:
        """What a new record gets where its row says nothing: the place, the day."""
        return {}

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        """Records by id, with all that `raw` reads.

        With `lock` they are model instances, to be written again, and held until the end of the transaction.
        """
        records = self._meta.model.objects.order_by("pk").filter(pk__in=among(ids))
        records = records.select_for_update(of=("self",)) if lock else records
        return {record.pk: from_book(record) for record in stored_rows(records, lock=lock)}

    # --- finding, shared

    def records(self, setting: Setting) -> QuerySet:
        """The records that rows may mean: those in force that the user sees, inside the upload's division."""
        return self._meta.model.objects.visible_to(setting.user).within(setting.division).in_force()

    def find_by_number(self, values: Sequence[Values], setting: Setting) -> dict[int, Found]:
        """Rows that name a record number; one that is unknown and one of another county give the same answer."""
        named = {index: str(row["number"]) for index, row in enumerate(values) if row.get("number")}
        if not named:
            return {}
        known = dict(
            self.records(setting).filter(number__in=among(named.values())).values_list("number", "pk")
        )
        return {
            index: Found(known[number]) if number in known else Found(unknown_number=True)
            for index, number in named.items()
        }

    # --- writing

    def write(self, batch: Batch) -> Written:
        """Write new and changed records with all their parts and their history, in the caller's transaction."""
        return write_records(self, batch)

    def build(self, values: Values, batch: Batch) -> Any:
        """A new record; without number, place and primary key."""
        record = blank(self._meta.model)
        self.change(record, values, batch)
        return record

    def change(self, record: Any, values: Values, batch: Batch) -> None:
        """Put the values of a row on a record; `None` stands for 清空."""
        for name in values.keys() & self.plain_fields:
            column, value = self.fields[name], values[name]
            setattr(record, column.attribute, self.emptied(column) if value is None else value)

    @cached_property
    def plain_fields(self) -> frozenset[str]:
        """The columns that are fields of the model itself, under the same name."""
        fields = {field.name for field in self._meta.model._meta.concrete_fields}
        return frozenset(name for name, column in self.stored_columns().items() if column.attribute in fields)

    def emptied(self, column: Column) -> Any:
        field = self._meta.model._meta.get_field(column.attribute)
        return None if field.null else field.get_default()

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        """What hangs on the records: dated facts, shares, search keys. `batch` knows the values of each."""

    # --- the way out

    def export_rows(
        self, queryset: QuerySet, user: Any = None, *, masked: bool = True
    ) -> Iterator[list[Any]]:
        """One list of cells a record, in the order of `export_columns`.

        Masked are the sealed values, and names when the reader does not see them in full (`sees_names`).
        """
        columns = self.export_columns()
        masks = {name for name, column in columns.items() if masked and self.is_masked(column, user)}
        ids = list(queryset.values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            loaded = self.load(chunk)
            records = [loaded[pk] for pk in chunk if pk in loaded]
            made = [self.cells(records, name, column, name in masks) for name, column in columns.items()]
            yield from map(list, zip(*made, strict=True))

    def cells(self, records: Sequence[Any], name: str, column: Column, masked: bool) -> list[Any]:
        """The cells of one column; equal values are rendered once, since most values of a register repeat."""
        values = list(map(self.getters[name], records))
        if column.sealed:
            values = [value.open() if isinstance(value, Sealed) else value for value in values]
        if any(value.__class__ is list for value in values):
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

    def sees_names(self, user: Any) -> bool:
        """Whether names of persons are shown in full to this user."""
        return True

    def export_headers(self) -> list[str]:
        return [str(column.column_name) for column in self.export_columns().values()]


def stored_rows(rows: QuerySet, *, lock: bool) -> Iterable[Any]:
    """The rows of a queryset: instances when they will be written, else their columns alone (ten times lighter).

    An instance knows what it held when it was read: `as_read`.
    """
    columns = [field.attname for field in rows.model._meta.concrete_fields]
    if lock:
        found = list(rows)
        for row in found:
            row.as_read = {name: row.__dict__[name] for name in columns}
        return found
    names = ["pk", *columns]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows.values_list(*names)]


def from_book(record: Any) -> Any:
    """Give a record its divisions out of the book, so that none is asked of the database."""
    divisions = book().by_id
    for name in ("division", "household_division"):
        pk = getattr(record, f"{name}_id", None)
        if pk is None or pk in divisions:
            setattr(record, name, divisions.get(pk))
    return record


def day_of(value: Any) -> date | None:
    """A read date as a plain day; None for nothing."""
    return None if is_nothing(value) or value is UNSET else getattr(value, "date", value)
