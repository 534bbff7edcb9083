"""Whatever is typed, no exception; and what is right is read right."""

import string
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from children.columns import (
    BirthDateColumn,
)
from gansu_care.spreadsheets.columns import (
    INVALID,
    Context,
    DateColumn,
    QuantityColumn,
)
from gansu_care.spreadsheets.problems import Problem
from tests.spreadsheets.columns.cells import (
    AREA,
    BOARDER,
    CONTEXT,
    DAY,
    ETHNIC,
    FATHER,
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
