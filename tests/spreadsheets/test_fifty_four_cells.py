"""The fifty-four cells: what county sheets really hold, and what becomes of it.

Each line: number, column, the cell as read, the value kept, the codes said about it. IDs are of no one (620100…).
"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from children import row_rules
from children.code_tables import Grade, HealthState, IncomeSource, Schooling
from children.columns import (
    DECEASED,
    BirthDateColumn,
    DeceasedNameColumn,
    EthnicColumn,
    GradeColumn,
    GradeValue,
    IdNumberColumn,
    SexColumn,
)
from gansu_care.spreadsheets.columns import (
    INVALID,
    UNSET,
    AmbiguousDate,
    Context,
    DivisionColumn,
    MoneyColumn,
    MultiChoiceColumn,
    NameColumn,
    PartialDate,
    PhoneColumn,
    Quantity,
    QuantityColumn,
    TextColumn,
)
from gansu_care.spreadsheets.reading import EmptyFormula, ErrorValue, Sheet, data_rows, find_header

ID = IdNumberColumn("id_number", ["身份证号"])
CARER_ID = IdNumberColumn("carer.id_number", ["照护人身份证号"], adult=True)
NAME = NameColumn("name", ["姓名"], required=True)
SEX = SexColumn("sex", ["性别"])
ETHNIC = EthnicColumn("ethnic_group", ["民族"])
BIRTH = BirthDateColumn("birth_date", ["出生日期"])
PHONE = PhoneColumn("father.phone", ["父亲电话"])
TOWN = TextColumn("township", ["乡镇"])
COUNTY = DivisionColumn("county", ["县"], level="county")
FATHER = DeceasedNameColumn("father.name", ["父亲姓名"])
REMARKS = TextColumn("remarks", ["备注"], multiline=True)
HEALTH = MultiChoiceColumn("health", ["身体情况"], choices=HealthState, alone=["healthy"])
INCOME = MultiChoiceColumn("income_sources", ["经济来源"], choices=IncomeSource)
MONEY = MoneyColumn("amount", ["金额"])
QUANTITY = QuantityColumn("quantity", ["数量"])
GRADE = GradeColumn("grade", ["年级"])


class Place:
    """A division as the matcher gives it."""

    def __init__(self, code: str, full_name: str):
        self.code, self.full_name = code, full_name


HUATING, JIAYUGUAN = Place("620881", "平凉市华亭市"), Place("620200", "嘉峪关市")
PLACES = {
    "华亭县": ("ok", HUATING, "W_RENAMED"),
    "嘉峪关": ("ok", JIAYUGUAN, None),
    "兰州新区": ("reporting_unit", "兰州新区"),
    "白银": ("ambiguous", [Place("620400", "白银市"), Place("620402", "白银市白银区")]),
    "临夏": ("ambiguous", [Place("622900", "临夏州"), Place("622901", "临夏市"), Place("622921", "临夏县")]),
}

CONTEXT = Context(
    on_date=date(2026, 11, 23),
    match_division=lambda text, level: PLACES.get(text, ("unknown", [])),
)
IN_1904 = Context(on_date=date(2026, 11, 23), epoch1904=True)
IN_TEN_THOUSANDS = Context(on_date=date(2026, 11, 23), unit="万元")

WHOLE = "620100201009010013"
WITH_X = "62010020100901003X"
MUSLIM_NAME = "阿依古丽·买买提"


def day(year, month, day):
    return PartialDate(date(year, month, day), "day")


SEPTEMBER_1 = day(2010, 9, 1)
SEPTEMBER = PartialDate(date(2010, 9, 1), "month")

CELLS = [
    (1, ID, 6.2010020100901e17, INVALID, ["E_ID_PRECISION"]),
    (2, ID, "6.2010020100901E+17", INVALID, ["E_ID_PRECISION"]),
    (3, ID, 620100201009010000, INVALID, ["E_ID_PRECISION"]),
    (4, ID, 620100201001010000.0, INVALID, ["E_ID_PRECISION"]),
    (5, ID, "62010020100901003x", WITH_X, []),
    (6, ID, "６２０１００２０１００９０１００１３", WHOLE, []),
    (7, ID, " 620100 20100901 0013 ", WHOLE, []),
    (7, ID, "620100-20100901-0013", WHOLE, []),
    (8, ID, "'620100201009010013", WHOLE, []),
    (8, ID, "620100201009010013\t", WHOLE, []),
    (9, ID, "62010020100901003\u0425", WITH_X, ["W_ID_CHAR"]),
    (9, ID, "62010020100901003\u00d7", WITH_X, ["W_ID_CHAR"]),
    (10, ID, "620100201009010031", INVALID, ["E_ID_CHECKSUM"]),
    (11, ID, "620100201502290004", INVALID, ["E_ID_DATE"]),
    (12, ID, "62010020100901001", INVALID, ["E_ID_LENGTH"]),
    (13, ID, "620100860901001", INVALID, ["E_ID_LENGTH"]),
    (13, CARER_ID, "620100860901001", "620100198609010012", ["W_ID_UPGRADED"]),
    (14, ID, "无", UNSET, []),
    (14, ID, "未上户", UNSET, []),
    (15, ID, "620881201009010001", "620881201009010001", []),
    (16, ID, "同上", INVALID, ["E_DITTO_FORBIDDEN"]),
    (17, NAME, "张\u3000三", "张三", []),
    (17, NAME, "张 三", "张三", []),
    *[(18, NAME, f"阿依古丽{dot}买买提", MUSLIM_NAME, []) for dot in "\u2022\u30fb\u2027\u2219\u22c5\uff0e"],
    (19, NAME, "阿依古丽.买买提", MUSLIM_NAME, ["W_NAME_DOT"]),
    (20, NAME, "王小明(女)", "王小明", ["W_NAME_EXTRA"]),
    (20, NAME, "王小明*", "王小明", ["W_NAME_EXTRA"]),
    (21, NAME, "王?", INVALID, ["E_NAME_LOST_CHAR"]),
    (21, NAME, "王□", INVALID, ["E_NAME_LOST_CHAR"]),
    (23, SEX, "1", "1", []),
    (23, SEX, "男 ", "1", []),
    (23, SEX, "男性", "1", []),
    (24, SEX, "0", INVALID, ["E_CODE_UNKNOWN"]),
    (24, SEX, 0.0, INVALID, ["E_CODE_UNKNOWN"]),
    (26, ETHNIC, "东乡", "26", []),
    (26, ETHNIC, "汉", "01", []),
    (26, ETHNIC, "土", "30", []),
    (27, BIRTH, "2010.9.1", SEPTEMBER_1, []),
    (27, BIRTH, "2010-9-1", SEPTEMBER_1, []),
    (27, BIRTH, "2010/9/1 0:00:00", SEPTEMBER_1, []),
    (27, BIRTH, "2010年9月1日", SEPTEMBER_1, []),
    (27, BIRTH, "２０１０．９．１", SEPTEMBER_1, []),
    (28, BIRTH, 20100901, SEPTEMBER_1, []),
    (28, BIRTH, "20100901", SEPTEMBER_1, []),
    (28, BIRTH, 20100901.0, SEPTEMBER_1, []),
    (29, BIRTH, 40422.0, SEPTEMBER_1, []),
    (30, BIRTH, "2010年9月", SEPTEMBER, []),
    (30, BIRTH, 201009.0, SEPTEMBER, []),
    (32, BIRTH, "2010-09-31", INVALID, ["E_DATE_INVALID"]),
    (33, BIRTH, "10.9.1", SEPTEMBER_1, ["W_DATE_CENTURY"]),
    (34, BIRTH, "二〇一〇年九月一日", SEPTEMBER_1, []),
    (35, BIRTH, "农历2010年八月", INVALID, ["E_DATE_LUNAR"]),
    (36, PHONE, 13800000000.0, "13800000000", []),
    (37, PHONE, "1.38E+10", INVALID, ["E_PHONE_PRECISION"]),
    (38, PHONE, "13800000000/13900000000", "13800000000、13900000000", []),
    (38, PHONE, "13800000000、13900000000", "13800000000、13900000000", []),
    (39, PHONE, "0931-0000000", "0931-0000000", []),
    (39, PHONE, "（0931）0000000", "0931-0000000", []),
    (42, COUNTY, "白银", INVALID, ["E_DIVISION_AMBIGUOUS"]),
    (42, COUNTY, "临夏", INVALID, ["E_DIVISION_AMBIGUOUS"]),
    (43, COUNTY, "华亭县", HUATING, ["W_RENAMED"]),
    (43, COUNTY, "嘉峪关", JIAYUGUAN, []),
    (43, COUNTY, "兰州新区", INVALID, ["E_REPORTING_UNIT"]),
    (44, FATHER, "—", DECEASED, ["W_CONFIRM_DECEASED"]),
    *[(45, REMARKS, nothing, UNSET, []) for nothing in ("—", "-", "/", "无", "N/A", "暂无")],
    (46, HEALTH, "健康( ) 残疾(√) 患病( )", ["disabled"], []),
    (47, INCOME, "打工收入、种养殖业", ["wages", "farming"], []),
    (47, INCOME, "打工收入，种养殖业;其他", ["wages", "farming", "other"], []),
    (48, MONEY, "￥1,790,000.00", Decimal("1790000.00"), []),
    (48, MONEY, "１７９万", Decimal("1790000.00"), []),
    (49, QUANTITY, "2台", Quantity(Decimal(2), "台"), []),
    (49, QUANTITY, "约30", INVALID, ["E_NUMBER_VAGUE"]),
    (49, QUANTITY, "-2", INVALID, ["E_RANGE"]),
    (49, QUANTITY, -2.0, INVALID, ["E_RANGE"]),
    (50, GRADE, "七年级", GradeValue("J1"), []),
    (50, GRADE, "初一", GradeValue("J1"), []),
    (50, GRADE, "大班", GradeValue("K3"), []),
    *[
        (51, column, ErrorValue("#N/A"), INVALID, ["E_FORMULA_ERROR"])
        for column in (ID, NAME, BIRTH, MONEY, TOWN)
    ],
    *[(51, column, EmptyFormula, INVALID, ["E_FORMULA_EMPTY"]) for column in (ID, NAME, BIRTH, MONEY, TOWN)],
]


@pytest.mark.parametrize(
    ("number", "column", "cell", "value", "codes"),
    CELLS,
    ids=[f"{c[0]:02}-{c[1].column_name}-{c[2]}" for c in CELLS],
)
def test_cell(number, column, cell, value, codes):
    cleaned, notes = column.clean_column([cell], CONTEXT)
    assert cleaned == [value]
    assert [code for code, _params in notes.get(0, [])] == codes


def codes_of(found):
    return [code for _field, code, _params in found]


def test_14_no_id_number_is_right_only_without_household_registration():
    assert codes_of(row_rules.id_required(False, UNSET)) == []
    assert codes_of(row_rules.id_required(True, UNSET)) == ["E_REQUIRED"]


def test_20_the_sex_beside_the_name_is_compared():
    _names, notes = NAME.clean_column(["王小明(女)"], CONTEXT)
    extra = notes[0][0][1]["extra"]
    assert codes_of(row_rules.sex_fits_name("1", extra)) == ["E_SEX_NAME_MISMATCH"]
    assert codes_of(row_rules.sex_fits_name("2", extra)) == []


def test_22_totals_are_no_children():
    sheet = Sheet("首阳镇", [["姓名", "性别"], ["张三", "男"], ["小计", 1], ["合计", 1]])
    data = data_rows(sheet, find_header(sheet, {"姓名": "name", "性别": "sex"}))
    assert [number for number, _values in data.rows] == [2]
    assert [label for _number, label, _values in data.totals] == ["小计", "合计"]


def test_25_sex_and_id_number_must_agree():
    woman = "620100201009010021"
    assert codes_of(row_rules.sex_fits_id("1", woman)) == ["E_SEX_ID_MISMATCH"]
    assert codes_of(row_rules.sex_fits_id("2", woman)) == []


def test_29_day_numbers_in_a_workbook_of_1904():
    assert BIRTH.clean_column([38960.0], IN_1904) == ([SEPTEMBER_1], {})


def test_30_the_id_number_gives_the_day():
    assert row_rules.settle_birth_date(SEPTEMBER, WHOLE) == (SEPTEMBER_1, [])
    assert row_rules.settle_birth_date(SEPTEMBER, UNSET) == (SEPTEMBER, [])
    october = PartialDate(date(2010, 10, 1), "month")
    assert codes_of(row_rules.settle_birth_date(october, WHOLE)[1]) == ["E_BIRTH_ID_MISMATCH"]


def test_31_a_month_typed_as_a_decimal_is_settled_by_the_id_number_only():
    (value,), notes = BIRTH.clean_column([2010.1], CONTEXT)
    assert isinstance(value, AmbiguousDate)
    assert notes == {}
    assert codes_of(row_rules.settle_birth_date(value, UNSET)[1]) == ["E_DATE_AMBIGUOUS"]
    assert row_rules.settle_birth_date(value, "620100201010010015") == (day(2010, 10, 1), [])
    assert codes_of(row_rules.settle_birth_date(value, WHOLE)[1]) == ["E_BIRTH_ID_MISMATCH"]


def test_40_a_merged_township_fills_its_own_rows_only():
    rows = [["乡镇", "姓名"], ["马泉乡", "张三"], [None, "李四"], [None, "王五"]]
    sheet = Sheet("表1", rows, merges=[(2, 1, 3, 1)])
    data = data_rows(sheet, find_header(sheet, {"乡镇": "township", "姓名": "name"}))
    assert data.column(0) == ["马泉乡", "马泉乡", None]


@pytest.mark.parametrize("ditto", ["同上", '"', "〃"])
def test_41_ditto_takes_the_value_above(ditto):
    assert TOWN.clean_column(["马泉乡", ditto, ditto], CONTEXT) == (["马泉乡"] * 3, {})
    cleaned, notes = TOWN.clean_column([ditto], CONTEXT)
    assert cleaned == [INVALID]
    assert notes[0] == [("E_DITTO_NO_SOURCE", {})]


def test_42_the_candidates_are_named():
    _cleaned, notes = COUNTY.clean_column(["白银"], CONTEXT)
    assert notes[0] == [("E_DIVISION_AMBIGUOUS", {"candidates": ["白银市", "白银市白银区"]})]


def test_48_the_unit_of_the_heading_counts():
    assert MONEY.clean_column([3.5, "3.5", "3.5万", "35000元"], IN_TEN_THOUSANDS) == (
        [Decimal("35000.00")] * 4,
        {},
    )


def test_50_a_grade_without_stage_takes_it_from_the_schooling():
    (value,), notes = GRADE.clean_column(["三(2)班"], CONTEXT)
    assert notes == {}
    assert row_rules.settle_grade(value, Schooling.PRIMARY, None) == (GradeValue(Grade.P3, "2"), [])
    assert row_rules.settle_grade(value, UNSET, 9) == (GradeValue(Grade.P3, "2"), [])
    assert codes_of(row_rules.settle_grade(value, UNSET, 13)[1]) == ["E_GRADE_STAGE"]


def test_52_and_54_duplicates_in_the_file():
    seven, nine = ("首阳镇", 7), ("首阳镇", 9)
    found = row_rules.repeated_in_file(
        [(seven, WHOLE, "张三", SEPTEMBER_1), (nine, WHOLE, "张三", SEPTEMBER_1)]
    )
    assert list(found) == [(nine, "id_number", "E_DUP_IN_FILE", {"first_row": 7})]
    found = row_rules.repeated_in_file(
        [(seven, UNSET, "张三", SEPTEMBER_1), (nine, UNSET, "张三", SEPTEMBER_1)]
    )
    assert list(found) == [(nine, "name", "W_POSSIBLE_DUP", {"first_row": 7})]


@pytest.mark.parametrize(
    ("born", "on", "codes"),
    [
        (day(2010, 9, 1), date(2026, 8, 31), []),
        (day(2010, 9, 1), date(2026, 9, 1), ["E_AGE_OVER"]),
        (day(2012, 2, 29), date(2028, 2, 28), []),
        (day(2012, 2, 29), date(2028, 2, 29), ["E_AGE_OVER"]),
        (day(2009, 2, 28), date(2025, 2, 28), ["E_AGE_OVER"]),
    ],
)
def test_53_the_sixteenth_birthday_itself_is_reached(born, on, codes):
    assert codes_of(row_rules.age_allows(born, on)) == codes


def test_53_sixteen_and_seventeen_only_in_difficulty():
    born = day(2010, 9, 1)
    assert codes_of(row_rules.age_allows(born, date(2026, 9, 1), in_difficulty=True)) == []
    assert codes_of(row_rules.age_allows(born, date(2028, 9, 1), in_difficulty=True)) == ["E_AGE_OVER"]


def test_53_who_is_born_on_29_february_has_the_birthday_on_1_march():
    born = day(2008, 2, 29)
    assert codes_of(row_rules.age_allows(born, date(2026, 2, 28), in_difficulty=True)) == []
    assert codes_of(row_rules.age_allows(born, date(2026, 3, 1), in_difficulty=True)) == ["E_AGE_OVER"]


def test_dates_typed_as_dates_need_no_guess():
    assert BIRTH.clean_column([date(2010, 9, 1), datetime(2010, 9, 1, 0, 0)], CONTEXT) == (
        [SEPTEMBER_1] * 2,
        {},
    )
