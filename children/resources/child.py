"""A child as a row: what each step of a check does with her columns (child_columns.py), and how she is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from children.code_tables import (
    DocumentType,
)
from children.field_classes import HIDDEN
from children.models import Child
from children.name_keys import sort_key
from children.naming import sees_full_names
from children.resources import family, parts, register
from children.resources.child_columns import ChildColumns
from children.resources.finding import find_children
from children.resources.judging import judge, judge_new
from children.resources.merged import name_the_staying
from children.resources.minimum import keep_minimum
from children.resources.restricted import refuse_restricted
from children.resources.settling import declare_consent, settle
from children.resources.values_out import values_of
from gansu_care.spreadsheets.columns import Column, PartialDate
from gansu_care.spreadsheets.declaration import Found, Values
from gansu_care.spreadsheets.places import default_division
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.writing.sheets import Block
from gansu_care.spreadsheets.writing_rows import Batch


class ChildResource(ChildColumns):
    code = "child"
    title = _("留守儿童")
    telling = ("name",)
    # The last ones only tell whether somebody may be the same child (namesakes.py).
    keys = (
        "number", "id_number", "name", "birth_date", "division",
        "carer_name", "father_name", "mother_name", "sex",
    )  # fmt: skip
    day_field = "registered_on"
    transfer_route = "children:ask_transfer"
    same_question = _("是不是同一个孩子？")
    same_answer = _("是同一个孩子：更新 %(number)s")
    another_answer = _("是另一个孩子：新登记")
    context = frozenset({
        "registered_on", "father_condition", "father_since", "mother_condition", "mother_since", "carer_name",
        "ended_on", "end_reason",
    })  # fmt: skip
    shown: ClassVar = ("name", "id_number", "sex", "birth_date", "division")
    hangs, together = parts.HANGS, parts.TOGETHER

    class Meta:
        model = Child

    # --- the steps of a check

    def missing(self, named: set[str]) -> list[str]:
        """An ID number says birth date and sex; a grade says the schooling."""
        settled = {"birth_date": "id_number", "sex": "id_number", "schooling": "grade"}
        needed = [name for name, column in self.fields.items() if column.required]
        return [name for name in needed if name not in named and settled.get(name) not in named]

    def settle(self, rows: Rows) -> None:
        settle(rows)

    def defaults(self, rows: Rows, index: int) -> Values:
        values: Values = {"registered_on": rows.day(index)}
        division = default_division(rows, index)
        return values | ({"division": division} if division else {})

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        return find_children(self, values, setting)

    def key_in_file(self, values: Values) -> Any:
        return values.get("id_number")

    def complete(self, rows: Rows) -> None:
        declare_consent(rows)
        name_the_staying(rows)
        refuse_restricted(rows)
        judge_new(rows)
        keep_minimum(rows)

    def cross_check(self, rows: Rows) -> None:
        judge(rows)

    # --- records

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        return _with_parts(super().load(ids, lock=lock), family.PERSONS_READ | register.PAPERS_READ, lock)

    def values_of(self, columns: dict[str, Column], ids: Sequence[int]) -> dict[str, Sequence[Any]]:
        return values_of(columns, ids)

    def build(self, values: Values, batch: Batch) -> Child:
        child = super().build(values, batch)
        if child.id_number is None and not child.household_registered:
            child.document_type = DocumentType.OTHER
        return child

    def change(self, record: Any, values: Values, batch: Batch) -> None:
        super().change(record, values, batch)
        if born := values.get("birth_date"):
            record.birth_date, record.birth_precision = born
        if "name" in values:
            record.name_sort = sort_key(record.name)
        register.settle_record(record, values, batch.written_on)

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        family.write(added, changed, batch)
        register.write(added, changed, batch)

    def settle_again(self, records: Sequence[Any]) -> None:
        parts.settle_status(records)

    def index_again(self, records: Sequence[Any]) -> None:
        parts.rewrite_name_keys(records)

    def export_blocks(self, queryset: Any, user: Any = None, **how: Any) -> Iterator[Block]:
        """Whatever was asked for: a restricted record leaves in no file."""
        return super().export_blocks(queryset.unrestricted(), user, **how)

    def hidden_from(self, user: Any) -> frozenset[str]:
        return frozenset(HIDDEN)

    def sees_names(self, user: Any) -> bool:
        return user is not None and sees_full_names(user)


def _with_parts(children: dict[int, Any], named: AbstractSet[str], lock: bool = False) -> dict[int, Any]:
    family.attach(children, named, lock=lock)
    register.attach(children, named, lock=lock)
    for child in children.values():
        child.birth = PartialDate(child.birth_date, child.birth_precision)
    return children
