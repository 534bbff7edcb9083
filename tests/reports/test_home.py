"""The home page's figures are the report's."""

import pytest

from gansu_care.accounts.models import User
from gansu_care.reports.home import home_context
from gansu_care.reports.indicators import figure
from tests.reports.people_and_places import DINGXI, LINTAO, PROVINCE, division

pytestmark = pytest.mark.django_db


def test_key_figures_of_the_province(small_province: None, admin: User) -> None:
    kpis = home_context(admin, division(PROVINCE), 2015)["kpis"]
    assert [(kpi.label, kpi.value) for kpi in kpis] == [
        ("累计建成活动中心", "5"),
        ("累计到账资金", "150,000.00"),
        ("其中：全国妇联与中国儿童少年基金会", "10,000.00"),
        ("四类设备齐全的中心", "2"),
    ]
    assert kpis[0].note == "运行 3 个，撤并、关闭 1 个"
    assert kpis[2].note == "联合拨付；占累计到账 6.7%"
    assert kpis[1].url == "/report/2015/620000/rows/received/?span=since"


def test_key_figures_of_a_county(small_province: None, officer: User) -> None:
    kpis = home_context(officer, division(LINTAO), 2015)["kpis"]
    assert [(kpi.label, kpi.value) for kpi in kpis] == [
        ("在册儿童", "3"),
        ("运行中的活动中心", "2"),
        ("四类设备齐全的中心", "1"),
        ("本年到账资金", "5,000.00"),
    ]
    assert kpis[0].note == "比上年末少 1 名"


def test_the_map_has_fourteen_tiles_with_short_names(small_province: None, admin: User) -> None:
    tiles = home_context(admin, division(PROVINCE), 2015)["tiles"].tiles
    assert len(tiles) == 14
    assert [(code, name, count) for code, name, count, _level, _url in tiles if count] == [
        ("620200", "嘉峪关", 1),
        ("621100", "定西", 4),
    ]
    assert home_context(admin, division(DINGXI), 2015)["tiles"] is None


def test_the_map_of_money_is_in_ten_thousands(small_province: None, admin: User) -> None:
    context = home_context(admin, division(PROVINCE), 2015, "funds")
    assert {code: int(count) for code, _name, count, _level, _url in context["tiles"].tiles}["621100"] == 1
    assert context["measure_unit"] == "2009年以来分配，单位：万元"


def test_the_trend_begins_in_2009_and_ends_with_the_year(small_province: None, admin: User) -> None:
    rows = home_context(admin, division(PROVINCE), 2015)["trend"]["rows"]
    assert rows[0] == ["2009", 3, 3]
    assert rows[-2:] == [["2014", 1, 4], ["2015", 1, 5]]


def test_the_table_agrees_with_the_figures(small_province: None, admin: User) -> None:
    table = home_context(admin, division(PROVINCE), 2015)["table"]
    assert len(table["rows"]) == 14
    dingxi = next(cells for label, _url, cells in table["rows"] if label == "定西市")
    found = {label: text for text, _url, label, _looks in dingxi}
    assert found["累计建成"] == str(figure("centers_built", division(DINGXI), 2015))
    assert found["已分配资金（元）"] == "11,000.00"
    assert found["覆盖乡镇"] == "3"


def test_a_leader_has_no_links_to_children(small_province: None, leader: User) -> None:
    context = home_context(leader, division(PROVINCE), 2015)
    urls = [url for _label, _stand, cells in context["table"]["rows"] for _text, url, *_rest in cells if url]
    assert urls
    assert not any("/rows/children" in url for url in urls)
