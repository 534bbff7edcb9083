"""Choices: words, codes, ticks, several at once; ethnic groups, relations, grades."""

from datetime import date

import pytest

from children.columns import (
    GradeValue,
    SexColumn,
)
from gansu_care.spreadsheets.columns import (
    INVALID,
    UNSET,
    Context,
    DivisionColumn,
)
from tests.spreadsheets.columns.cells import (
    BOARDER,
    ETHNIC,
    GRADE,
    HEALTH,
    RELATION,
    SCHOOLING,
    params,
    read,
)


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
