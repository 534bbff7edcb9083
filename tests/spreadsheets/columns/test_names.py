"""Names as people write them."""

from datetime import date

import pytest

from children.columns import (
    DECEASED,
    NamedDeceased,
)
from gansu_care.spreadsheets.columns import (
    INVALID,
    UNSET,
)
from tests.spreadsheets.columns.cells import (
    FATHER,
    NAME,
    read,
)


@pytest.mark.parametrize(
    ("cell", "name", "codes"),
    [
        ("䶮㛃", "䶮㛃", []),
        ("𠮷田", "𠮷田", []),
        ("\uf900龙", "\uf900龙", []),
        ("王　明　霞", "王明霞", []),
        ("阿依古丽 · 买买提", "阿依古丽·买买提", []),
        ("阿依古丽。买买提", "阿依古丽·买买提", ["W_NAME_DOT"]),
        ("John Smith", "John Smith", []),
        ("Ａｎｎａ", "Anna", []),
        ("王小明（小名豆豆）", "王小明", ["W_NAME_EXTRA"]),
        ("王\ufffd", INVALID, ["E_NAME_LOST_CHAR"]),
        ("王\ue863", INVALID, ["E_NAME_LOST_CHAR"]),
        ("王2", INVALID, ["E_NAME_INVALID"]),
        (3.0, INVALID, ["E_NAME_INVALID"]),
        (date(2015, 1, 1), INVALID, ["E_NAME_INVALID"]),
        ("张*", INVALID, ["E_MASKED_VALUE"]),
        ("张*三", INVALID, ["E_MASKED_VALUE"]),
        ("无", UNSET, []),
        ("古" * 51, INVALID, ["E_TOO_LONG"]),
    ],
)
def test_names(cell, name, codes):
    assert read(NAME, cell) == (name, codes)


@pytest.mark.parametrize("cell", ["—", "——", "–", "已故", "（去世）"])
def test_a_dash_for_a_parent_means_deceased(cell):
    assert read(FATHER, cell) == (DECEASED, ["W_CONFIRM_DECEASED"])


def test_a_parent_who_is_named_and_dead():
    assert read(FATHER, "张大（已故）") == (NamedDeceased("张大"), ["W_CONFIRM_DECEASED"])
    assert read(FATHER, "-") == (UNSET, [])
    assert read(FATHER, "张大") == ("张大", [])
