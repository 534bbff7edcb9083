"""Columns: one kind of cell each, cleaned as people write it, written back so that it is read the same again."""

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from children.code_tables import EthnicGroup, HealthState, Relation, Schooling
from children.columns import (
    DECEASED,
    BirthDateColumn,
    DeceasedNameColumn,
    EthnicColumn,
    GradeColumn,
    GradeValue,
    IdNumberColumn,
    NamedDeceased,
    RelationColumn,
    SexColumn,
)
from gansu_care.spreadsheets.columns import (
    CLEAR,
    INVALID,
    UNSET,
    BoolColumn,
    ChoiceColumn,
    Column,
    Context,
    DateColumn,
    DivisionColumn,
    Masked,
    MoneyColumn,
    MultiChoiceColumn,
    NameColumn,
    NumberColumn,
    PartialDate,
    PhoneColumn,
    Quantity,
    QuantityColumn,
    TextColumn,
    vocabulary,
)
from gansu_care.spreadsheets.problems import CODES, Problem
from gansu_care.spreadsheets.reading import Unreadable
from gansu_care.spreadsheets.reading.unreadable import FILE_FAULTS

CONTEXT = Context(on_date=date(2026, 11, 23))
FROM_CSV = Context(on_date=date(2026, 11, 23), numbers_as_text=True)


def stars(text: str) -> str:
    return f"{text[:4]}**********{text[-4:]}"


TEXT = TextColumn("school", ["学校"], max_length=10)
NAME = NameColumn("name", ["姓名"])
NUMBER = NumberColumn("seats", ["座位数"], maximum=1000)
AREA = NumberColumn("indoor_area", ["室内面积"], places=2)
DAY = DateColumn("opened_on", ["启用日期"], earliest=date(2008, 12, 1))
MONTH = DateColumn("away_since", ["外出起始年月"], coarsest="month", partial=True)
MONEY = MoneyColumn("amount", ["金额"])
PHONE = PhoneColumn("phone", ["电话"])
BOARDER = BoolColumn("boarder", ["是否寄宿"], yes=["住校", "寄宿"], no=["走读"])
SCHOOLING = ChoiceColumn("schooling", ["就学情况"], choices=Schooling)
HEALTH = MultiChoiceColumn("health", ["身体情况"], choices=HealthState, alone=["healthy"])
ETHNIC = EthnicColumn("ethnic_group", ["民族"])
RELATION = RelationColumn("carer.relation", ["与儿童关系"])
GRADE = GradeColumn("grade", ["年级"])
FATHER = DeceasedNameColumn("father.name", ["姓名", "父亲姓名"], group="父亲情况")
ID = IdNumberColumn("id_number", ["身份证号"], mask=stars, sealed=True)


def read(column: Column, cell, context: Context = CONTEXT):
    """(value, codes) of one cell."""
    (value,), notes = column.clean_column([cell], context)
    return value, [code for code, _params in notes.get(0, [])]


def params(column: Column, cell):
    _values, notes = column.clean_column([cell], CONTEXT)
    return notes[0][0][1]


# --- every column


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


# --- names


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


# --- dates


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("2015年3月7日 星期六", date(2015, 3, 7)),
        ("2015-03-07T00:00:00", date(2015, 3, 7)),
        ("2015.3.7.", date(2015, 3, 7)),
        ("2015，3，7", date(2015, 3, 7)),
        ("2015年3月7号", date(2015, 3, 7)),
        ("二○一五年十二月二十一日", date(2015, 12, 21)),
        ("二零一五年十月廿三日", date(2015, 10, 23)),
        ("15/3/2015", date(2015, 3, 15)),
        ("3/15/2015", date(2015, 3, 15)),
        ("42064", date(2015, 3, 1)),
        (42064.75, date(2015, 3, 1)),
    ],
)
def test_days(cell, result):
    assert read(DAY, cell) == (result, [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3/4/2015", "E_DATE_AMBIGUOUS"),
        ("2015年3月", "E_DATE_INCOMPLETE"),
        ("2015", "E_DATE_INCOMPLETE"),
        (2015.0, "E_DATE_INCOMPLETE"),
        ("2027-01-01", "E_DATE_FUTURE"),
        ("2008-11-30", "E_DATE_EARLY"),
        ("去年三月", "E_DATE_INVALID"),
        ("20150229", "E_DATE_INVALID"),
        (20150229.0, "E_DATE_INVALID"),
        (7.0, "E_DATE_INVALID"),
        (-5.0, "E_DATE_INVALID"),
        (1e30, "E_DATE_INVALID"),
        (True, "E_DATE_INVALID"),
        ("²⁰¹⁵", "E_DATE_INVALID"),
        ("①", "E_DATE_INVALID"),
        ("2015-**-**", "E_MASKED_VALUE"),
    ],
)
def test_days_that_are_refused(cell, code):
    assert read(DAY, cell) == (INVALID, [code])


@pytest.mark.parametrize(
    ("cell", "month"),
    [("2015年9月", 9), ("2015.9", 9), (2015.9, 9), (2015.12, 12), (2015.01, 1), ("2015-9", 9), ("201509", 9)],
)
def test_months(cell, month):
    assert read(MONTH, cell) == (PartialDate(date(2015, month, 1), "month"), [])


def test_a_lost_zero_is_suspected_only_where_types_were_lost():
    assert read(MONTH, "2015.1") == (PartialDate(date(2015, 1, 1), "month"), [])
    assert read(MONTH, "2015.1", FROM_CSV) == (INVALID, ["E_DATE_AMBIGUOUS"])
    assert read(MONTH, 2015.1) == (INVALID, ["E_DATE_AMBIGUOUS"])


def test_two_digits_of_a_year_are_the_latest_possible():
    assert read(DAY, "26.11.23") == (date(2026, 11, 23), ["W_DATE_CENTURY"])
    old = DateColumn("born", ["出生日期"])
    assert read(old, "85.1.2") == (date(1985, 1, 2), ["W_DATE_CENTURY"])


# --- numbers, money, phones


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("30", 30),
        ("３０", 30),
        ("1,000", 1000),
        (30.0, 30),
        ("30人", 30),
        ("30（个）", 30),
        ("30.0", 30),
        ("30.5", "E_NUMBER_INVALID"),
        (30.5, "E_NUMBER_INVALID"),
        ("三十", "E_NUMBER_INVALID"),
        ("²", "E_NUMBER_INVALID"),
        ("①", "E_NUMBER_INVALID"),
        ("30多", "E_NUMBER_VAGUE"),
        ("20-30", "E_NUMBER_VAGUE"),
        ("1001", "E_RANGE"),
        ("1" + "0" * 30, "E_RANGE"),
        ("1.2E+5", "E_NUMBER_PRECISION"),
        (1e18, "E_NUMBER_PRECISION"),
        (date(2015, 3, 7), "E_NUMBER_INVALID"),
    ],
)
def test_numbers(cell, result):
    assert read(NUMBER, cell) == ((INVALID, [result]) if isinstance(result, str) else (result, []))


def test_quantities_keep_their_unit():
    column = QuantityColumn("quantity", ["数量"])
    assert read(column, "2 台") == (Quantity(Decimal(2), "台"), [])
    assert read(column, "2.5套") == (INVALID, ["E_NUMBER_INVALID"])
    assert read(column, 3.0)[0] == Quantity(Decimal(3), None)
    assert read(column, "3箩筐") == (INVALID, ["E_NUMBER_INVALID"])


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("1790000", Decimal("1790000.00")),
        ("1.79百万", Decimal("1790000.00")),
        ("0.0179亿元", Decimal("1790000.00")),
        ("人民币179万元整", Decimal("1790000.00")),
        ("17,468.21元", Decimal("17468.21")),
        (1234.56, Decimal("1234.56")),
        (0.1 + 0.2, Decimal("0.30")),
        ("无", UNSET),
        ("12.345", "E_MONEY_PLACES"),
        ("约5万", "E_NUMBER_VAGUE"),
        ("壹万元整", "E_NUMBER_INVALID"),
        ("$100", "E_NUMBER_INVALID"),
        ("-5", "E_RANGE"),
        (1e13, "E_RANGE"),
    ],
)
def test_money(cell, result):
    assert read(MONEY, cell) == ((INVALID, [result]) if isinstance(result, str) else (result, []))


@pytest.mark.parametrize(
    ("cell", "result", "codes"),
    [
        ("138 0000 0000", "13800000000", []),
        ("138-0000-0000", "13800000000", []),
        ("+86 13800000000", "13800000000", []),
        ("１３８００００００００", "13800000000", []),
        ("13800000000 13900000000", "13800000000、13900000000", []),
        ("13800000000\n13900000000", "13800000000、13900000000", []),
        ("09310000000", "0931-0000000", []),
        ("0931 0000000转801", "0931-0000000-801", []),
        ("母亲13800000000", "13800000000", ["W_PHONE_EXTRA"]),
        ("2000000", "2000000", ["W_PHONE_NO_AREA"]),
        ("无", UNSET, []),
        ("1380000000", INVALID, ["E_PHONE_INVALID"]),
        ("138000000000", INVALID, ["E_PHONE_INVALID"]),
        (9310000000.0, INVALID, ["E_PHONE_INVALID"]),
        ("138****0000", INVALID, ["E_MASKED_VALUE"]),
    ],
)
def test_phones(cell, result, codes):
    assert read(PHONE, cell) == (result, codes)


# --- choices


@pytest.mark.parametrize(
    ("column", "cell", "result"),
    [
        (BOARDER, "√", True),
        (BOARDER, "住校", True),
        (BOARDER, "走读", False),
        (BOARDER, "无", False),
        (BOARDER, "—", UNSET),
        (BOARDER, 0.0, False),
        (SCHOOLING, "小学", "primary"),
        (SCHOOLING, "Primary", "primary"),
        (SCHOOLING, " 初 中 ", "junior"),
        (ETHNIC, "1", "01"),
        (ETHNIC, 1.0, "01"),
        (ETHNIC, "03", "03"),
        (ETHNIC, "土家", "15"),
        (ETHNIC, "毛难族", "36"),
        (ETHNIC, "其他", "97"),
        (RELATION, "爷爷", "61"),
        (RELATION, "外奶", "64"),
        (RELATION, "大爹", "81"),
        (RELATION, 61.0, "61"),
        (HEALTH, "☑残疾 □健康 ☑患病", ["disabled", "ill"]),
        (HEALTH, "□健康■残疾□患病", ["disabled"]),
        (HEALTH, "健康（ ）残疾（ ）患病（√）", ["ill"]),
        (HEALTH, "健康( )残疾( )患病( )", UNSET),
        (HEALTH, "健康(×)残疾(v)", ["disabled"]),
        (HEALTH, "残疾，患病", ["disabled", "ill"]),
        (HEALTH, "健康", ["healthy"]),
        (HEALTH, "无", UNSET),
    ],
)
def test_choices(column, cell, result):
    assert read(column, cell) == (result, [])


@pytest.mark.parametrize("cell", ["57", 58.0, "97", "99", "汗", True])
def test_unknown_ethnic_groups_are_refused(cell):
    assert read(ETHNIC, cell) == (INVALID, ["E_CODE_UNKNOWN"])


def test_a_refused_choice_says_what_would_do():
    assert params(SexColumn("sex", ["性别"]), "0") == {"choices": ["男", "女"]}
    assert params(SCHOOLING, "幼儿圆") == {"nearest": "幼儿园"}
    assert params(RELATION, "祖孙") == {"meant": ["祖父", "祖母", "外祖父", "外祖母"]}


def test_healthy_excludes_the_others():
    assert read(HEALTH, "健康、患病") == (INVALID, ["E_CHOICE_CONFLICT"])
    assert read(HEALTH, "患病(心脏病)") == (["ill"], ["W_CHOICE_EXTRA"])
    assert read(HEALTH, "残疾、聋哑") == (INVALID, ["E_CODE_UNKNOWN"])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("八年级(3)班", GradeValue("J2", "3")),
        ("初二3班", GradeValue("J2", "3")),
        ("初三（九年级）", GradeValue("J3")),
        ("三年级", GradeValue("P3")),
        ("3年级2班", GradeValue("P3", "2")),
        ("小学三年级二班", GradeValue("P3", "2")),
        ("高一", GradeValue("S1")),
        ("中职二年级", GradeValue("V2")),
        ("大（2）班", GradeValue("K3", "2")),
        ("幼儿园中班", GradeValue("K2")),
        ("学前班", GradeValue("K3")),
        ("301班", GradeValue(None, "1", 3)),
        ("P3", GradeValue("P3")),
        ("3", GradeValue(None, "", 3)),
        (3.0, GradeValue(None, "", 3)),
        ("辍学", GradeValue("X1")),
    ],
)
def test_grades(cell, value):
    assert read(GRADE, cell) == (value, [])


@pytest.mark.parametrize("cell", ["十年级", "高四", "小学七年级", "毕业", 0.5, "12班", "312班"])
def test_grades_that_say_nothing(cell):
    assert read(GRADE, cell) == (INVALID, ["E_GRADE_UNKNOWN"])


def test_an_unknown_place_comes_with_the_nearest():
    context = Context(on_date=date(2026, 11, 23), match_division=lambda text, level: ("unknown", ["首阳镇"]))
    (value,), notes = DivisionColumn("division", ["乡镇"], level="township").clean_column(["首羊镇"], context)
    assert value is INVALID
    assert notes[0] == [("E_DIVISION_UNKNOWN", {"nearest": ["首阳镇"]})]


def test_the_matcher_is_asked_once_for_equal_cells():
    asked = []

    def match(text, level):
        asked.append((text, level))
        return "ok", text, None

    context = Context(on_date=date(2026, 11, 23), match_division=match)
    DivisionColumn("division", ["乡镇"], level="township").clean_column(
        ["首阳镇"] * 500 + [621122.0], context
    )
    assert asked == [("首阳镇", "township"), ("621122", "township")]


# --- words


def test_every_code_speaks():
    for code in CODES:
        problem = Problem(code, "首阳镇", 7, "E", "身份证号", "id_number", "6.2E+17", {})
        assert problem.message
        assert problem.remedy
        assert problem.level == ("error" if code.startswith("E_") else "warning")
    for code in FILE_FAULTS:
        places = {
            "size": 30, "limit": 20, "kind": "ods", "row": 3, "count": 300, "sheet": "表1",
            "members": 5, "million": 6, "seconds": 60, "megabytes": 1536,
        }  # fmt: skip
        assert "%" not in Unreadable(code, **places).message


def test_a_problem_says_what_is_wrong_and_what_to_do():
    problem = Problem("E_CODE_UNKNOWN", "菜子镇", 23, "C", "性别", "sex", "0", {"choices": ["男", "女"]})
    assert problem.message == "“0”没有对应的性别"
    assert problem.remedy == "从这些里选一个填上：男、女"
    assert Problem.unpack(problem.pack()) == problem
    assert problem.as_json()["code"] == "E_CODE_UNKNOWN"


def test_a_long_cell_is_cut_and_percent_signs_do_no_harm():
    problem = Problem("E_NUMBER_INVALID", value="100%s" * 40)
    assert len(problem.value) == 80
    assert "100%s" in problem.message


# --- whatever is typed, no exception; and what is right is read right

CELLS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=string.digits + ".-/年月日时约万元￥E+* ()（）、，√×", max_size=24),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(min_value=-(10**19), max_value=10**19),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)
ALL = [
    *(
        TEXT,
        NAME,
        NUMBER,
        AREA,
        DAY,
        MONTH,
        MONEY,
        PHONE,
        BOARDER,
        SCHOOLING,
        HEALTH,
        ETHNIC,
        RELATION,
        GRADE,
    ),
    *(FATHER, ID, BirthDateColumn("birth_date", ["出生日期"]), QuantityColumn("quantity", ["数量"])),
]


@settings(max_examples=400, deadline=None)
@given(CELLS)
def test_no_cell_breaks_a_column(cell):
    for column in ALL:
        values, notes = column.clean_column([cell], CONTEXT)
        refused = any(code.startswith("E_") for code, _params in notes.get(0, []))
        assert (values[0] is INVALID) == refused
        for code, parameters in notes.get(0, []):
            assert Problem(code, params=parameters).message


@settings(max_examples=300, deadline=None)
@given(st.dates(min_value=date(1940, 1, 1), max_value=date(2026, 11, 23)), st.sampled_from("./-、"))
def test_every_day_is_read_however_it_is_written(day, mark):
    column = DateColumn("day", ["日期"])
    plain = f"{day.year}{mark}{day.month}{mark}{day.day}"
    wide = plain.translate({ord(digit): ord(digit) + 0xFEE0 for digit in string.digits})
    for cell in (
        plain,
        wide,
        f"{day:%Y%m%d}",
        f"{day:%Y年%m月%d日}",
        float(f"{day:%Y%m%d}"),
        day.isoformat(),
    ):
        assert read(column, cell) == (day, [])
    serial = day.toordinal() - date(1899, 12, 30).toordinal()
    assert read(column, float(serial))[0] == day
    assert read(column, float(serial - 1462), Context(date(2026, 11, 23), epoch1904=True))[0] == day


@settings(max_examples=300, deadline=None)
@given(st.decimals(min_value=0, max_value=10**11, places=2), st.booleans())
def test_every_amount_is_read_however_it_is_written(amount, grouped):
    text = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    for cell in (text, f"￥{text}", f"{text}元", f"{amount / 10000:f}万元"):
        assert read(MONEY, cell) == (amount, [])


@settings(max_examples=300, deadline=None)
@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from("/、,，; ；\n"), st.integers(0, 10**10)
)
def test_every_mobile_is_read(number, mark, other):
    second = f"139{other % 10**8:08d}"
    expected = "、".join(dict.fromkeys([number, second]))
    assert read(PHONE, f"{number}{mark}{second}") == (expected, [])
    assert read(PHONE, float(number)) == (number, [])
    assert read(PHONE, f"{number[:3]} {number[3:7]} {number[7:]}") == (number, [])
    assert read(PHONE, number[:-1])[1] != []
