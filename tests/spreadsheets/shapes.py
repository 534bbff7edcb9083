"""Rows of all shapes for every kind of workbook, made by hypothesis from the declared columns.

A row is a good one of its kind in which some cells were exchanged for anything that such a column may be given: what
looks like a number, a formula, a date, a total or a heading among the texts, every answer of a list, partial dates,
several telephones. Rows that break a rule are refused by the upload and are no matter here.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from children.columns import IdNumberColumn
from gansu_care.spreadsheets.columns import (
    BoolColumn,
    ChoiceColumn,
    Column,
    DateColumn,
    MoneyColumn,
    MultiChoiceColumn,
    NameColumn,
    NumberColumn,
    PhoneColumn,
    QuantityColumn,
    TextColumn,
)
from gansu_care.spreadsheets.places import PlaceColumn
from tests.records import invented_id_number
from tests.uploading import child_numbered, child_row

TODAY = date(2026, 11, 1)
ODD_TEXTS = (
    "0012", "=1+1", "-3", "+86", "1e5", "1.50", "2026-01-01", "是", "无", "没有", "同上", "清空", "合计",
    "小计3人", "注：见附页",
    "示例", "填表人：李四", "姓名", "第一行\n第二行", "一\t二", "  空  格  ", "a,b\"c",
    "'引号", "<&>", "@名", "_x0041_", "６楼", "①", "𠮷",
    "é", "e\u0301", "👧", "张*三", "——", "/", "N/A", "TRUE",
    "#REF!", "1月2日", "100%", "３/４", "南门村三社12号", "x" * 60,
)  # fmt: skip
# What a spreadsheet program can keep in a cell.
ANY_CHARACTER = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))
NAMES = (
    "扎西·才让", "欧阳小花", "𠮷田", "阿不都热西提·买买提",
    "Anna Li", "王·", "单于", "李 四", "张三（小）", "马", "〇一",
)  # fmt: skip
PLACES = ("洮阳镇", "八里铺镇", "临洮县", "临洮县洮阳镇", "621124100")
PHONES = ("13800000000", "13800000001、0931-0000000", "0932-2240000-12", "4000000000", "2240000")


def cell(column: Column) -> SearchStrategy[Any]:
    """What may stand in a cell of this column; None for an empty one."""
    kinds: tuple[tuple[Any, Any], ...] = (
        (PlaceColumn, _places), (IdNumberColumn, _id_numbers), (PhoneColumn, _phones), (BoolColumn, _yes_or_no),
        (MultiChoiceColumn, _several), (ChoiceColumn, _one_of), (DateColumn, _dates), (MoneyColumn, _money),
        (QuantityColumn, _numbers), (NumberColumn, _numbers), (NameColumn, _names), (TextColumn, _texts),
    )  # fmt: skip
    made = next((strategy for kind, strategy in kinds if isinstance(column, kind)), _example)
    return st.none() | made(column)


def _places(column: Column) -> SearchStrategy[Any]:
    return st.sampled_from(PLACES)


def _id_numbers(column: Column) -> SearchStrategy[Any]:
    born = st.dates(date(1950, 1, 1), date(1999, 12, 31))
    return st.builds(invented_id_number, born, st.integers(1, 999))


def _phones(column: Column) -> SearchStrategy[Any]:
    return st.sampled_from(PHONES) | st.integers(13800000000, 13800000099)


def _yes_or_no(column: Column) -> SearchStrategy[Any]:
    return st.sampled_from(("是", "否", True, False, 1, 0, "√", "×"))


def _one_of(column: Any) -> SearchStrategy[Any]:
    return st.sampled_from([*column.labels.values(), *column.labels])


def _several(column: Any) -> SearchStrategy[Any]:
    return st.lists(st.sampled_from(list(column.labels.values())), min_size=1, max_size=3, unique=True).map(
        "、".join
    )


def _dates(column: Column) -> SearchStrategy[Any]:
    days = st.dates(date(2009, 1, 1), TODAY)
    return days | days.map(lambda day: f"{day.year}年{day.month}月") | days.map(lambda day: f"{day.year}年")


def _money(column: Column) -> SearchStrategy[Any]:
    return st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2) | st.sampled_from(
        ("1,234.50", "3万元")
    )


def _numbers(column: Column) -> SearchStrategy[Any]:
    return st.integers(0, 500) | st.decimals(0, 120, places=2) | st.decimals(0, 120, places=6)


def _names(column: Column) -> SearchStrategy[Any]:
    return st.sampled_from(NAMES) | st.text("王李张小花草·", min_size=2, max_size=4)


def _texts(column: Column) -> SearchStrategy[Any]:
    some = st.sampled_from(ODD_TEXTS)
    return (
        some
        | st.lists(some, min_size=2, max_size=3).map("".join)
        | st.text(ANY_CHARACTER, max_size=20)
        | st.integers(0, 10**12)
    )


def _example(column: Column) -> SearchStrategy[Any]:
    return st.just(column.example or None)


# --- tables


def table(resource: Any, good: Mapping[str, Any], rows: int) -> SearchStrategy[list[list[Any]]]:
    """Headings, and rows of good cells in which some were exchanged. `good`: field -> cell, or function of place."""
    columns = {
        name: column
        for name, column in resource.export_columns().items()
        if name not in ("number", "version")
    }
    exchanged = st.dictionaries(st.sampled_from(sorted(columns)), st.none(), max_size=12).flatmap(
        lambda names: st.fixed_dictionaries({name: cell(columns[name]) for name in names})
    )
    heads = [
        str(f"{column.group}/{column.column_name}" if column.group else column.column_name)
        for column in columns.values()
    ]

    def laid_out(changes: list[dict[str, Any]]) -> list[list[Any]]:
        lines = [heads]
        for place, change in enumerate(changes, 1):
            cells = {
                name: value(place) if callable(value) else value for name, value in good.items()
            } | change
            lines.append([cells.get(name) for name in columns])
        return lines

    return st.lists(exchanged, min_size=1, max_size=rows).map(laid_out)


def good_child() -> dict[str, Any]:
    """By field, from the row that all tests use; another child for each place."""
    from children.resources import ChildResource

    named = {str(column.column_name): name for name, column in ChildResource.fields.items()}
    heads = [head for head in child_numbered(1)] + [
        "性别",
        "民族",
        "乡镇",
        "村",
        "就学情况",
        "是否取得同意",
        "同意人",
        "同意人身份",
        "同意日期",
    ]
    return {
        named[head]: (lambda place, head=head: child_row([head], **child_numbered(place))[0])
        for head in heads
        if head in named and head != "乡镇"
    } | {"division": "洮阳镇"}
