"""Numbers, money and phones, with their units and signs."""

from datetime import date
from decimal import Decimal

import pytest

from gansu_care.spreadsheets.columns import (
    INVALID,
    UNSET,
    Quantity,
    QuantityColumn,
)
from tests.spreadsheets.columns.cells import (
    MONEY,
    NUMBER,
    PHONE,
    read,
)


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
