"""The tables of the report: what stands where, that sums hold, and that a sum that does not is told."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.http import urlsplit

from centers.models import Center
from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.divisions.models import Division
from gansu_care.reports.annual import Report, annual_report
from gansu_care.reports.behind import Behind
from gansu_care.reports.indicators import INDICATORS
from gansu_care.spreadsheets.tables import Row, Table
from tests.reports.people_and_places import (
    DINGXI,
    GAOLAN,
    JIAYUGUAN,
    LANZHOU,
    LINTAO,
    PROVINCE,
    TAOYANG,
    ZHANG,
    acwf,
    division,
    equip_fully,
    make_allocation,
    make_center,
    make_child,
    make_equipment,
    make_receipt,
    make_small_province,
)

pytestmark = pytest.mark.django_db


def report_of(code: str = PROVINCE, year: int = 2015, user: Any = None) -> Report:
    return annual_report(year, division(code), user)


def table_of(report: Report, number: str) -> Table:
    return next(table for table in report.tables if table.number == number)


def row_of(table: Table, label: str) -> Row:
    return next(row for row in table.rows if str(row.label) == label)


def values(table: Table, label: str) -> dict[str, Any]:
    cells = row_of(table, label).cells
    return {column.key: cell.value for column, cell in zip(table.columns, cells, strict=True)}


def labels(table: Table) -> list[str]:
    return [str(row.label) for row in table.rows]


def test_the_tables_of_the_first_edition(small_province: None) -> None:
    numbers = [table.number for table in report_of().tables]
    assert numbers == ["T1", "T2", "T3", "T4", "T5", "T9", "T10", "T11", "T13", "T15", "T16", "A1", "A2"]


def test_all_sums_of_the_small_province_hold(small_province: None) -> None:
    for code in (PROVINCE, DINGXI, LINTAO, TAOYANG, JIAYUGUAN, LANZHOU):
        report = report_of(code)
        assert [(table.number, str(check.text)) for table, check in report.failed] == []
        assert len(report.checks) > 20


def test_key_figures_of_two_years_and_since_2009(small_province: None) -> None:
    table = table_of(report_of(), "T1")
    assert values(table, "累计建成") == {
        "unit": "个", "this": 5, "last": 4, "change": 1, "percent": Decimal("25.0"), "since": 5,
    }  # fmt: skip
    assert values(table, "到账") == {
        "unit": "元",
        "this": Decimal("30000.00"),
        "last": Decimal("20000.00"),
        "change": Decimal("10000.00"),
        "percent": Decimal("50.0"),
        "since": Decimal("150000.00"),
    }
    assert values(table, "其中：运行")["change"] == -1


def test_growth_from_nought_is_not_given(small_province: None) -> None:
    table = table_of(report_of(), "T1")
    assert values(table, "其中：暂停")["percent"] is None
    assert values(table, "其中：全国妇联、中国儿童少年基金会联合")["percent"] is None


def test_children_by_prefecture_and_sex(small_province: None) -> None:
    table = table_of(report_of(), "T2")
    assert labels(table)[:4] == ["全省", "兰州市", "嘉峪关市", "金昌市"]
    assert len(table.rows) == 15
    assert values(table, "全省") == {
        "total": 4, "sex_1": 2, "sex_2": 2, "last": 4, "change": 0, "percent": Decimal("0.0"),
    }  # fmt: skip
    assert values(table, "定西市") == {
        "total": 3, "sex_1": 1, "sex_2": 2, "last": 4, "change": -1, "percent": Decimal("-25.0"),
    }  # fmt: skip


def test_jiayuguan_is_one_row_of_the_province_and_lists_its_townships_itself(small_province: None) -> None:
    assert labels(table_of(report_of(), "T2")).count("嘉峪关市") == 1
    own = table_of(report_of(JIAYUGUAN), "T2")
    assert str(own.stub) == "乡镇"
    assert values(own, "未分乡镇")["total"] == 1


def test_a_prefecture_lists_its_counties_and_a_county_its_townships(small_province: None) -> None:
    prefecture = table_of(report_of(DINGXI), "T2")
    assert str(prefecture.stub) == "县区"
    assert [values(prefecture, name)["total"] for name in ("合计", "临洮县", "漳县", "岷县")] == [3, 2, 1, 0]
    county = table_of(report_of(LINTAO), "T2")
    assert values(county, "洮阳镇")["total"] == 2
    assert "未分乡镇" not in labels(county)
    assert labels(table_of(report_of(TAOYANG), "T2")) == ["合计"]


def test_children_by_age_schooling_and_guardianship(small_province: None) -> None:
    report = report_of()
    age = values(table_of(report, "T3"), "全省")
    assert [age[f"age_{band}"] for band in ("0-5", "6-13", "14-15")] == [1, 2, 1]
    assert (age["age_6-13_sex_1"], age["age_6-13_sex_2"]) == (0, 2)
    assert "age_16-17" not in age
    schooling = values(table_of(report, "T4"), "全省")
    assert [schooling[f"schooling_{kind}"] for kind in ("kindergarten", "primary", "junior")] == [1, 2, 1]
    care = values(table_of(report, "T5"), "全省")
    assert [care[f"type_{code}"] for code in "12345"] == [1, 0, 0, 3, 0]
    assert [care[f"care_{kind}"] for kind in ("grandparent", "relative", "nobody")] == [2, 1, 1]


def test_centers_built_and_their_status(small_province: None) -> None:
    table = table_of(report_of(), "T9")
    assert list(values(table, "全省").values()) == [5, 1, 4, 3, 1, 1, 0]
    assert [column.key for column in table.columns][:3] == ["built", "built_in_year", "built_before"]
    types = table_of(report_of(), "T10")
    assert values(types, "合计")["built"] == 5
    assert values(types, "儿童之家") == values(types, "儿童之家") | {"built": 1, "host_community": 1}


def test_a_center_without_any_status_fact_gets_a_column_of_its_own() -> None:
    make_center().states.all().delete()
    table = table_of(report_of(), "T9")
    assert values(table, "全省")["status_blank"] == 1
    assert table.holds


def test_townships_with_a_center(small_province: None) -> None:
    table = table_of(report_of(), "T11")
    assert values(table, "全省")["towns"] == 1230
    assert values(table, "定西市") == {
        "towns": 119,
        "with_center": 3,
        "with_center_share": Decimal("2.5"),
        "with_operating": 2,
        "with_operating_share": Decimal("1.7"),
    }
    assert values(table_of(report_of(LINTAO), "T11"), "洮阳镇")["with_center"] == 1


def test_equipment_by_category_and_prefecture(small_province: None) -> None:
    table = table_of(report_of(), "T13")
    assert values(table, "电脑及外设")["quantity"] == 4
    assert values(table, "电脑及外设")["value"] == Decimal("14000.00")
    assert values(table, "全省")["quantity"] is None
    assert values(table, "全省")["value"] == Decimal("56000.00")
    assert labels(table).count("定西市") == 5


def test_joint_sources_are_a_line_of_their_own(small_province: None) -> None:
    table = table_of(report_of(), "T15")
    assert labels(table) == ["合计", "全国妇联、中国儿童少年基金会（联合）", "省级财政"]
    assert values(table, "全国妇联、中国儿童少年基金会（联合）")["since"] == Decimal("10000.00")
    assert values(table, "省级财政")["share"] == Decimal("93.3")


def test_a_receipt_without_a_source_is_counted_as_such() -> None:
    make_receipt("10.00").shares.all().delete()
    make_receipt("5.00", acwf())
    table = table_of(report_of(), "T15")
    assert labels(table) == ["合计", "全国妇联", "来源未填"]
    assert table.holds


def test_money_of_the_level_itself_has_a_line(small_province: None) -> None:
    make_allocation("70.00", PROVINCE)
    table = table_of(report_of(), "T16")
    assert values(table, "省本级")["this"] == Decimal("70.00")
    assert values(table, "嘉峪关市")["last"] == Decimal("2000.00")
    assert values(table_of(report_of(DINGXI), "T16"), "市州本级")["this"] == Decimal("3000.00")
    assert table.holds


def test_lanzhou_new_area_stands_under_lanzhou_and_is_not_added_again(small_province: None) -> None:
    assert not any("兰州新区" in label for label in labels(table_of(report_of(), "T9")))
    town = Division.objects.exclude(reporting_unit=None).first()
    assert town is not None
    make_center(town.code)
    table = table_of(report_of(), "T9")
    assert labels(table)[1:3] == ["兰州市", "其中：兰州新区"]
    assert values(table, "兰州市")["built"] == values(table, "其中：兰州新区")["built"] == 1
    assert values(table, "全省")["built"] == 6
    assert table.holds
    assert labels(table_of(report_of(LANZHOU), "T9"))[:2] == ["合计", "其中：兰州新区"]
    assert labels(table_of(report_of(GAOLAN), "T9"))[:2] == ["合计", "其中：兰州新区"]


def test_rows_of_an_ended_division_count_where_its_successor_stands() -> None:
    """华亭县 became 华亭市 in 2018: its center of 2010 stands in 华亭市's line."""
    make_center("620824", date(2010, 1, 1))
    table = table_of(report_of("620800"), "T9")
    assert values(table, "华亭市")["built"] == 1
    assert table.holds


# --- what is printed ----------------------------------------------------------------------------------------------


def test_each_table_says_cut_off_rule_and_what_it_leaves_out(small_province: None) -> None:
    report = report_of()
    for table in report.tables[:-2]:
        assert table.cut_off == date(2015, 12, 31)
        assert str(table.rule)
        assert any(re.search("未计入|没有未计入|没有待核", str(note)) for note in table.notes), table.number
    assert "未计入待核记录 1 条（尚未取得监护人同意）。" in table_of(report, "T2").notes
    assert "未计入建成日期未填的活动中心 1 个；活动中心没有待核记录。" in table_of(report, "T9").notes


def test_the_page_says_that_rows_follow_todays_divisions(small_province: None) -> None:
    report = report_of()
    assert "各年数字均按现行行政区划归并" in report.introduction[0]
    assert any("现行行政区划" in str(note) for note in table_of(report, "T2").notes)


def test_a_break_in_the_series_is_noted_where_the_years_straddle_2016(small_province: None) -> None:
    def notes(year: int) -> str:
        return " ".join(str(note) for note in table_of(report_of(year=year), "T2").notes)

    assert "序列中断：2016年起按国发〔2016〕13号统计" in notes(2016)
    assert "本表按同一口径回算，与当年公布的数字不可比" in notes(2015)
    assert "国发〔2016〕13号统计" not in notes(2017)


@time_machine.travel("2016-06-01 09:00 +0800")
def test_an_unfinished_year_says_so() -> None:
    assert any("本年度尚未结束" in str(note) for note in table_of(report_of(year=2016), "T2").notes)


def test_every_figure_is_defined(small_province: None) -> None:
    table = table_of(report_of(), "A1")
    assert str(row_of(table, "农村留守儿童").cells[2].value).startswith("在册儿童中，年末不满16周岁")
    assert len(table.rows) == len(INDICATORS) - 2


# --- sums that do not hold ----------------------------------------------------------------------------------------


def failures(report: Report) -> list[tuple[str, str, int | Decimal]]:
    return [(table.number, str(check.text), check.difference) for table, check in report.failed]


def test_a_child_outside_the_code_table_breaks_table_4_and_is_told(small_province: None) -> None:
    Child.objects.filter(name="小山").update(schooling="college")
    report = report_of()
    assert failures(report) == [("T4", "合计 = 各就学情况之和", 1), ("T4", "各项之和 = 表2合计", -1)]
    assert str(table_of(report, "A2").notes[0]) == "共 35 项，有 2 项不成立，请核对原始登记。"
    assert report.as_json()["holds"] is False


def test_a_row_under_no_prefecture_of_today_breaks_the_sum_of_the_prefectures(small_province: None) -> None:
    Center.objects.filter(name="留守儿童之家1").update(prefecture=division(LINTAO))
    assert ("T9", "各市州之和 = 全省", -1) in failures(report_of())


def test_a_lost_episode_breaks_the_balance_of_the_register(small_province: None) -> None:
    child = Child.objects.get(name="小河")
    child.episodes.create(
        episode_no=2, registered_on=date(2015, 2, 1), ended_on=date(2016, 2, 1), reason="99"
    )
    assert ("T1", "上年末在册 + 登记入册 − 退出 = 年末在册", 1) in failures(report_of())


# --- cost ---------------------------------------------------------------------------------------------------------


def queries_of(code: str) -> int:
    division_there = division(code)
    report_of(code)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        annual_report(2015, division_there)
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_rows_or_divisions(small_province: None) -> None:
    few = queries_of(PROVINCE)
    towns = Division.objects.in_force().filter(level="township").values_list("code", flat=True)
    for code in towns[::120]:
        center = make_center(code, date(2013, 1, 1))
        equip_fully(center)
        make_child(code)
        make_receipt("9.00", at=code)
        make_allocation("9.00", at=code)
    assert queries_of(PROVINCE) == few
    assert queries_of(DINGXI) == few
    assert queries_of(LINTAO) == few
    assert few <= 20


# --- cells open their rows ----------------------------------------------------------------------------------------


def linked_cells(report: Report) -> list[tuple[str, str, Any, str]]:
    return [
        (table.number, str(row.label), cell.value, cell.url)
        for table in report.tables
        for row in table.rows
        for cell in row.cells
        if cell.url
    ]


@pytest.mark.parametrize("code", [PROVINCE, DINGXI, ZHANG, JIAYUGUAN])
def test_every_linked_figure_equals_the_rows_it_opens(province: User, code: str) -> None:
    make_small_province()
    make_center("620122103")
    make_allocation("70.00", code)
    make_equipment(make_center(code), amount=None)
    cells = linked_cells(report_of(code, user=province))
    assert len(cells) > 40
    for number, label, value, url in cells:
        parts = urlsplit(url)
        found = resolve(parts.path).kwargs
        query = dict(pair.split("=") for pair in parts.query.split("&") if pair)
        place = Division.objects.get(code=found["code"])
        behind = Behind(INDICATORS[found["indicator"]], place, found["year"], query)
        assert behind.figure == value, (number, label, url)
        if not behind.indicator.is_money:
            assert behind.seen_by(province).count() == value, (number, label, url)


def test_a_leader_gets_counts_of_children_without_links(leader: User, small_province: None) -> None:
    links = [url for *_rest, url in linked_cells(report_of(user=leader))]
    assert links
    assert not any("/rows/children" in url for url in links)


def test_a_file_has_no_links(small_province: None) -> None:
    assert linked_cells(report_of()) == []
