"""What holds of every column: empty cells, cells that clear, what must be there."""

from datetime import date
from decimal import Decimal

import pytest

from children.code_tables import EthnicGroup, Relation, Schooling
from children.columns import (
    DECEASED,
    GradeValue,
    IdNumberColumn,
    NamedDeceased,
    SexColumn,
)
from gansu_care.spreadsheets.columns import (
    CLEAR,
    INVALID,
    UNSET,
    Masked,
    NameColumn,
    PartialDate,
    TextColumn,
    vocabulary,
)
from tests.spreadsheets.columns.cells import (
    AREA,
    BOARDER,
    CONTEXT,
    DAY,
    ETHNIC,
    FATHER,
    FROM_CSV,
    GRADE,
    HEALTH,
    ID,
    MONEY,
    MONTH,
    NAME,
    NUMBER,
    PHONE,
    RELATION,
    SCHOOLING,
    TEXT,
    read,
)


def test_an_empty_cell_is_unset_and_the_word_clears():
    for column in (TEXT, NAME, NUMBER, DAY, MONEY, PHONE, BOARDER, SCHOOLING, HEALTH, GRADE, ID):
        assert read(column, None) == (UNSET, [])
        assert read(column, " \u3000\u200b") == (UNSET, [])
        assert read(column, "清空") == (CLEAR, [])


def test_what_must_be_there_cannot_be_cleared():
    assert read(NameColumn("name", ["姓名"], required=True), "清空") == (INVALID, ["E_CLEAR_FORBIDDEN"])


def test_the_length_is_looked_at_before_anything_else():
    assert read(NAME, "字" * 2001) == (INVALID, ["E_TOO_LONG"])
    assert read(TEXT, "一二三四五六七八九十多") == (INVALID, ["E_TOO_LONG"])
    assert read(TextColumn("remarks", ["备注"], multiline=True), "字" * 9999)[1] == []


def test_zero_width_and_control_characters_go():
    assert read(TEXT, "\ufeff首阳\u200b小学\x07 ") == ("首阳小学", [])
    assert read(NAME, "张\u200b三_x000D_") == ("张三", [])


def test_equal_numbers_of_other_types_are_not_mixed_up():
    values, notes = BOARDER.clean_column([True, 1, 1.0, "1", 2], CONTEXT)
    assert values == [True, True, True, True, INVALID]
    assert TEXT.clean_column(["1", 1.0, True], CONTEXT)[0] == ["1", "1", "TRUE"]
    assert list(notes) == [4]


def test_ditto_of_a_refused_cell_is_refused_with_it():
    values, notes = SCHOOLING.clean_column(["上学", "同上", "小学", "同上"], CONTEXT)
    assert values == [INVALID, INVALID, "primary", "primary"]
    assert [code for index in (0, 1) for code, _params in notes[index]] == ["E_CODE_UNKNOWN"] * 2


def test_ditto_is_forbidden_where_each_has_her_own():
    for column in (ID, NAME, DAY, PHONE, NUMBER, MONEY):
        assert read(column, "同上") == (INVALID, ["E_DITTO_FORBIDDEN"])


def test_a_mask_is_kept_apart_and_compared_with_the_stored_value():
    value, codes = read(ID, "6201**********0013")
    assert (value, codes) == (Masked("6201**********0013"), [])
    assert ID.same("620100201009010013", value)
    assert not ID.same("620100201009010021", value)
    assert read(IdNumberColumn("id", ["身份证号"]), "6201**********0013") == (INVALID, ["E_MASKED_VALUE"])


def test_same_asks_whether_the_cell_changes_anything():
    assert TEXT.same("首阳小学", UNSET)
    assert TEXT.same("", CLEAR)
    assert not TEXT.same("首阳小学", CLEAR)
    assert not TEXT.same("首阳小学", "福星小学")
    assert HEALTH.same(["ill", "disabled"], ["disabled", "ill"])
    assert SexColumn("sex", ["性别"]).same("1", "1")


def test_vocabulary_joins_the_upper_heading():
    known = vocabulary({"name": NAME, "father.name": FATHER})
    assert known["姓名"] == "name"
    assert known["父亲情况/姓名"] == "father.name"
    assert known["父亲姓名"] == "father.name"


def test_a_column_is_a_field_of_django_import_export():
    assert NUMBER.clean({"座位数": "30"}, context=CONTEXT) == 30
    with pytest.raises(ValueError, match="E_NUMBER_VAGUE"):
        NUMBER.clean({"座位数": "约30"}, context=CONTEXT)
    assert FATHER.get_value({"father": {"name": "张大"}}) == "张大"
    assert FATHER.get_value({"father": None}) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (TEXT, "首阳小学"),
        (NAME, "阿依古丽·买买提"),
        (NUMBER, 30),
        (AREA, Decimal("70.50")),
        (DAY, date(2015, 3, 7)),
        (MONTH, PartialDate(date(2015, 1, 1), "month")),
        (MONTH, PartialDate(date(2015, 10, 1), "month")),
        (MONTH, PartialDate(date(2015, 1, 7), "day")),
        (MONEY, Decimal("1790000.00")),
        (PHONE, "13800000000、0931-0000000"),
        (BOARDER, False),
        *[(SCHOOLING, code) for code in Schooling.values],
        *[(ETHNIC, code) for code in EthnicGroup.values],
        *[(RELATION, code) for code in Relation.values],
        (HEALTH, ["disabled", "ill"]),
        *[(GRADE, GradeValue(code, "2")) for code in ("K3", "P3", "J1", "S2", "V1")],
        *[(GRADE, GradeValue(code)) for code in ("K0", "P6", "J3", "X1", "X2")],
        (FATHER, DECEASED),
        (FATHER, NamedDeceased("张大")),
        (ID, "62010020100901003X"),
    ],
)
def test_what_is_written_is_read_the_same(column, value):
    cell = column.render(value)
    for again, codes in (read(column, cell), read(column, str(cell), FROM_CSV)):
        assert again == value
        assert [code for code in codes if code.startswith("E_")] == []
