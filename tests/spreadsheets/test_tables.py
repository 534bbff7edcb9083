"""A table is plain values; page, workbook and JSON are made from the same one."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from gansu_care.spreadsheets.tables import Cell, Chart, Check, Column, Heading, NotAligned, Row, Table


def centers_table() -> Table:
    """T9 in small: two prefectures, merged headings, a sum, a part of it, a note, two checks."""
    return Table(
        "T9",
        "各市州活动中心建设与运行情况",
        stub="市州",
        unit="个、%",
        columns=[
            Column("built", ("建成", "累计")),
            Column("built_now", ("建成", "本年")),
            Column("operating", ("运行",)),
            Column("coverage", ("覆盖率",), kind="percent"),
        ],
        rows=[
            Row(
                "全省",
                [Cell(178, "/centers/?built=1"), Cell(4), Cell(177), Cell(Decimal("98.25"))],
                is_sum=True,
            ),
            Row("兰州市", [Cell(62), Cell(2), Cell(61), Cell(Decimal("96.70"))]),
            Row("兰州新区", [Cell(3), Cell(0), Cell(3), Cell(None)], level=1),
            Row("天水市", [Cell(116), Cell(2), Cell(116), Cell(Decimal("100"))]),
        ],
        notes=["市州按行政区划代码排列。"],
        checks=[Check("各市州之和 = 全省", True), Check("累计 = 运行", False, -1)],
        cut_off=date(2015, 12, 31),
        rule="国发〔2016〕13号（MCA2016）",
        chart=Chart(("built",)),
    )


def funding_table() -> Table:
    return Table(
        "T15",
        "到账资金来源",
        stub="来源",
        unit="元",
        columns=[
            Column("total", ("2009年以来累计",), kind="money"),
            Column("first", ("首笔到账",), kind="date"),
        ],
        rows=[
            Row("一、财政", is_section=True),
            Row("省级财政", [Cell(Decimal("21800000.00")), Cell(date(2009, 3, 5))]),
            Row("减少", [Cell(Decimal("-24.8")), Cell(None)]),
        ],
    )


def test_neighbours_under_one_heading_share_it():
    assert centers_table().heads() == [
        [
            Heading("市州", 0, 1, 2),
            Heading("建成", 1, 2, 1),
            Heading("运行", 3, 1, 2),
            Heading("覆盖率", 4, 1, 2),
        ],
        [Heading("累计", 1, 1, 1), Heading("本年", 2, 1, 1)],
    ]


def test_three_levels_of_headings_merge_level_by_level():
    columns = [Column("a", ("甲", "乙", "丙")), Column("b", ("甲", "乙", "丁")), Column("c", ("甲", "戊"))]
    heads = Table("T1", "三级表头", columns, [], stub="项目").heads()
    assert [[(h.text, h.column, h.span, h.depth) for h in row] for row in heads] == [
        [("项目", 0, 1, 3), ("甲", 1, 3, 1)],
        [("乙", 1, 2, 1), ("戊", 3, 1, 2)],
        [("丙", 1, 1, 1), ("丁", 2, 1, 1)],
    ]


def test_equal_last_headings_stay_apart():
    heads = Table("T1", "", [Column("a", ("人数",)), Column("b", ("人数",))], []).heads()
    assert [heading.span for heading in heads[0]] == [1, 1, 1]


def test_row_must_have_a_cell_for_each_column():
    with pytest.raises(NotAligned):
        Table("T1", "缺格", [Column("a", ("甲",)), Column("b", ("乙",))], [Row("一行", [Cell(1)])])


def test_json_names_columns_rows_and_checks():
    told = centers_table().as_json()
    assert told["number"] == "T9"
    assert told["cut_off"] == "2015-12-31"
    assert told["columns"][0] == {"key": "built", "headings": ["建成", "累计"], "kind": "int", "unit": ""}
    assert told["rows"][0] == {
        "label": "全省",
        "level": 0,
        "is_sum": True,
        "is_section": False,
        "cells": {"built": 178, "built_now": 4, "operating": 177, "coverage": "98.25"},
    }
    assert told["checks"][1] == {"text": "累计 = 运行", "holds": False, "difference": -1}


def test_json_keeps_money_exact_and_dates_iso():
    rows = funding_table().as_json()["rows"]
    assert rows[0] == {"label": "一、财政", "level": 0, "is_sum": False, "is_section": True, "cells": {}}
    assert rows[1]["cells"] == {"total": "21800000.00", "first": "2009-03-05"}


def test_figures_on_paper_follow_the_rules_of_the_house():
    cells = funding_table().as_paper()["rows"][1]["cells"]
    assert [(cell["text"], cell["kind"]) for cell in cells] == [
        ("21,800,000.00", "num"),
        ("2009-03-05", "mid"),
    ]
    assert funding_table().as_paper()["rows"][2]["cells"][0]["text"] == "\u221224.80"
    assert [cell["text"] for cell in centers_table().as_paper()["rows"][2]["cells"]] == ["3", "0", "3", "—"]


def test_a_cell_of_another_kind_than_its_column():
    table = Table(
        "T1", "主要指标", [Column("now", ("2015年",))], [Row("到账", [Cell(Decimal(820000), kind="money")])]
    )
    assert table.as_paper()["rows"][0]["cells"][0]["text"] == "820,000.00"


def test_page_prints_heads_links_notes_and_the_failing_check():
    html = render_to_string("components/paper_table.html", {"table": centers_table().as_paper()})
    assert '<th scope="colgroup" colspan="2">建成</th>' in html
    assert '<a href="/centers/?built=1">178</a>' in html
    assert "累计 = 运行，相差 \u22121" in html
    assert "表9" in html


def test_basis_says_cut_off_and_rule():
    assert centers_table().basis == "数据截止：2015-12-31 24时　口径：国发〔2016〕13号（MCA2016）"
    assert funding_table().basis == ""


def test_chart_is_drawn_from_the_plain_rows():
    chart = centers_table().as_chart()
    assert chart["heads"] == ["市州", "累计"]
    assert chart["rows"] == [["兰州市", 62], ["天水市", 116]]
    assert funding_table().as_chart() is None


def test_table_holds_only_when_every_check_does():
    assert not centers_table().holds
    assert funding_table().holds
