"""Declaration: one kind of record as a table, its columns, what a record holds in them, how a record is found.

What a row goes through stands above it (rows.py, judging.py); a kind of record that is uploaded is a RegistryResource
(resources.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelDeclarativeMetaclass, ModelResource

from gansu_care.sealed.fields import Sealed, digest_column
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.by_hand import Answer, Decision
from gansu_care.spreadsheets.columns import UNSET, Column, Context, NumberColumn, Read, TextColumn, vocabulary
from gansu_care.spreadsheets.columns.cell_text import squeezed
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.stored_rows import from_book, stored_rows

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
    candidates: tuple[int, ...] = ()  # the records that it may mean: an officer compares and decides
    left_out: bool = False  # an officer decided that it is not taken over

    @property
    def is_doubtful(self) -> bool:
        return self.several or bool(self.candidates)


NEW = Found()
MOST_CANDIDATES = 5


def meant_by(fitting: Sequence[int]) -> Found:
    """The one record that fits, none, or the question which."""
    if len(fitting) > 1:
        return Found(candidates=tuple(fitting[:MOST_CANDIDATES]))
    return Found(fitting[0]) if fitting else NEW


def decided(found: Found, answer: Answer | None) -> Found:
    """What a row means once an officer has answered. The answer holds for what she saw: certainty goes before it."""
    if answer is None:
        return found
    if answer.decision == Decision.LEAVE_OUT:
        return Found(left_out=True)
    if not found.candidates or not answer.covers(found.candidates):
        return found
    if answer.decision == Decision.ANOTHER:
        return NEW
    return Found(answer.target) if answer.target in found.candidates else found


Values = dict[str, Any]
"""The values of one row by field; what its cells do not say is missing."""


class Declaration(ModelResource, metaclass=DeclaredColumns):
    """Columns and keys of one kind of record."""

    # Kept with each staged row.
    code: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""
    telling: ClassVar[tuple[str, ...]] = ()
    # Route of the list of the records, where it is not that of the kind: `?batch=U-…` keeps those of one upload.
    list_route: ClassVar[str] = ""
    # Headings without which no new record can be made, as far as nothing else settles them.
    essential: ClassVar[tuple[str, ...]] = ()
    # The column that says of which day a row speaks (登记日期).
    day_field: ClassVar[str] = ""
    # The columns by which records are found; a problem of finding is shown in the first that the sheet has.
    keys: ClassVar[tuple[str, ...]] = ("number",)
    # The route that asks for a record registered elsewhere; its arguments are upload, sheet and row.
    transfer_route: ClassVar[str] = ""
    # How the pages ask whether a row means a record of the register.
    same_question: ClassVar[str | Promise] = _("是不是同一条记录？")
    same_answer: ClassVar[str | Promise] = _("是同一条：更新 %(number)s")
    another_answer: ClassVar[str | Promise] = _("都不是：作为新的记录登记")
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
        return getattr(owner, digest_column(f"{last}_digest"), None) or ""

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        """Records by id, with all that `raw` reads.

        With `lock` they are model instances, to be written again, and held until the end of the transaction.
        """
        records = self._meta.model.objects.order_by("pk").filter(pk__in=among(ids))
        records = records.select_for_update() if lock else records
        return {record.pk: from_book(record) for record in stored_rows(records, lock=lock)}

    # --- finding

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        """The record that each row means, by the keys of its kind in their order. A constant number of queries."""
        raise NotImplementedError

    def key_in_file(self, values: Values) -> Any:
        """What must not stand twice in a file; None for a row that may."""
        return None

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
