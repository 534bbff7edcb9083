"""The report on its page: who may open which, what it offers, and the rows behind its figures."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.trail.models import Action, Event
from tests.people import make_user, person
from tests.reports.people_and_places import (
    DINGXI,
    JIAYUGUAN,
    LINTAO,
    PROVINCE,
    TAOYANG,
    ZHANG,
    make_center,
    make_child,
)

pytestmark = pytest.mark.django_db


def page(user: User, url: str, status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode() if status == 200 else ""


# --- who may open what --------------------------------------------------------------------------------------------


def test_the_report_is_not_open_to_the_street(client: Client) -> None:
    response = client.get("/report/2015/620000/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("who", "open_to_her", "closed"),
    [
        ("admin", [PROVINCE, DINGXI, LINTAO, JIAYUGUAN], []),
        ("leader", [PROVINCE, LINTAO], []),
        ("auditor", [PROVINCE, LINTAO], []),
        ("prefecture", [DINGXI, LINTAO, ZHANG], [PROVINCE, JIAYUGUAN]),
        ("county", [LINTAO], [PROVINCE, DINGXI, ZHANG]),
        ("officer", [LINTAO, TAOYANG], [PROVINCE, DINGXI, ZHANG]),
        ("neighbour", [ZHANG], [LINTAO]),
        ("township", [TAOYANG], [LINTAO, "621124101"]),
    ],
)
def test_each_sees_the_report_of_her_own_division_and_below(
    small_province: None, who: str, open_to_her: list[str], closed: list[str]
) -> None:
    user = person(who)
    for code in open_to_her:
        assert "年度报告" in page(user, f"/report/2015/{code}/")
    for code in closed:
        page(user, f"/report/2015/{code}/", 404)
        page(user, f"/report/2015/{code}/xlsx/", 404)
        page(user, f"/report/2015/{code}/rows/centers_built/", 404)


def test_the_system_administrator_has_no_report(system: User) -> None:
    for url in ("/report/", "/report/2015/620000/", "/report/2015/620000/xlsx/"):
        page(system, url, 403)
    page(system, "/report/2015/620000/rows/centers_built/", 403)


def test_an_account_without_a_division_has_no_report() -> None:
    page(make_user(Role.LEADER, None), "/report/", 404)
    page(make_user(Role.LEADER, None, username="another"), "/report/2015/620000/", 404)


@pytest.mark.parametrize(
    "url",
    [
        "/report/2008/620000/",
        "/report/2099/620000/",
        "/report/99999999999999999999/620000/",
        "/report/2015/999999/",
        "/report/2015/abc/",
        "/report/2015/620000/rows/nothing/",
        "/report/2015/620000/rows/centers_built/?status=broken",
        "/report/2015/620000/rows/centers_built/?span=ever",
        "/report/2015/620000/rows/centers_built/?unit=1",
        "/report/2015/620000/rows/received/?sources=x",
    ],
)
def test_addresses_of_nothing_are_not_found(admin: User, url: str) -> None:
    page(admin, url, 404)


@pytest.mark.parametrize(
    "query", ["after=x", "after=W10", "before=eyJ9", "own=1", "color=red", "sex=1&sex=2"]
)
def test_strange_addresses_never_break_the_list(small_province: None, admin: User, query: str) -> None:
    for indicator in ("children_entered", "towns_with_center", "centers_built", "equipment", "received"):
        page(admin, f"/report/2015/620000/rows/{indicator}/?{query}")


def test_an_ended_division_opens_the_report_of_its_successor(small_province: None, admin: User) -> None:
    assert "华亭市" in page(admin, "/report/2015/620824/")


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_is_the_paper(small_province: None, admin: User) -> None:
    text = page(admin, "/report/2015/620000/")
    assert "甘肃省妇女联合会" in text
    assert "甘肃省农村留守儿童关爱服务项目<br>2015年度报告" in text
    assert "数据截止：2015年12月31日 24时" in text
    assert "国发〔2016〕13号（MCA2016）" in text
    assert "✓ 各市州之和 = 全省" in text
    assert "单位负责人：" in text
    assert "勾稽关系 " not in text
    assert "style=" not in text


def test_a_failing_sum_is_said_at_the_top(small_province: None, admin: User) -> None:
    make_child().__class__.objects.filter(name="小山").update(schooling="college")
    text = page(admin, "/report/2015/620000/")
    assert "勾稽关系 2 项不成立" in text
    assert "✗ 合计 = 各就学情况之和，相差 1" in text


def test_the_report_of_where_she_stands(small_province: None, officer: User) -> None:
    client = Client()
    client.force_login(officer)
    client.get("/stand/?year=2015")
    text = client.get("/report/").content.decode()
    assert "定西市临洮县妇女联合会" in text
    assert "2015年度报告" in text


def test_a_townships_report_is_headed_by_its_county(small_province: None, admin: User) -> None:
    assert ">临洮县洮阳镇妇女联合会<" in page(admin, "/report/2015/621124100/")


def test_the_top_bar_shows_the_report_and_choosing_there_opens_the_chosen_one(admin: User) -> None:
    client = Client()
    client.force_login(admin)
    text = client.get("/report/2015/621124/").content.decode()
    assert "2015年度（历史）" in text
    assert "/stand/?year=2013&amp;next=%2Freport%2F" in text
    text = client.get("/stand/?year=2013&next=/report/", follow=True).content.decode()
    assert "2013年度报告" in text


def test_choosing_division_and_year_opens_that_report(admin: User) -> None:
    client = Client()
    client.force_login(admin)
    response = client.get("/report/?year=2014&division=621124")
    assert response.headers["Location"] == "/report/2014/621124/"


def test_the_choice_offers_only_what_she_may_open(officer: User, prefecture: User, township: User) -> None:
    text = page(officer, "/report/2015/621124/")
    assert '<option value="621124" selected>' in text
    assert 'value="621125"' not in text
    assert 'value="621125"' in page(prefecture, "/report/2015/621100/")
    assert f'<option value="{TAOYANG}" selected>' in page(township, f"/report/2015/{TAOYANG}/")


def test_english_report(small_province: None, admin: User) -> None:
    client = Client(headers={"accept-language": "en"})
    admin.language = "en"
    admin.save()
    client.force_login(admin)
    assert client.get("/report/2015/620000/").status_code == 200


# --- figures and their rows ---------------------------------------------------------------------------------------


def test_a_figure_opens_its_rows(small_province: None, officer: User) -> None:
    assert "/report/2015/621124/rows/children_left_behind/" in page(officer, "/report/2015/621124/")
    text = page(officer, "/report/2015/621124/rows/children_left_behind/?sex=2")
    assert "小花" in text
    assert "小草" in text
    assert "小山" not in text
    assert "共 2 名" in text
    assert "报告中的数字：<b>2</b> 名" in text


def test_names_are_masked_beyond_the_county(small_province: None, province: User) -> None:
    text = page(province, "/report/2015/620000/rows/children_left_behind/")
    assert "小花" not in text
    assert "小*" in text


def test_reading_the_rows_of_children_leaves_an_event(small_province: None, officer: User) -> None:
    page(officer, "/report/2015/621124/rows/children_left_behind/")
    event = Event.objects.get(action=Action.READ)
    assert (event.kind, event.number, event.rows) == ("children_left_behind", "2015-621124", 2)
    page(officer, "/report/2015/621124/rows/centers_built/")
    assert Event.objects.filter(action=Action.READ).count() == 1


def test_a_leader_sees_the_counts_and_not_the_children(small_province: None, leader: User) -> None:
    text = page(leader, "/report/2015/620000/")
    assert "/rows/centers_built/" in text
    assert "/rows/children" not in text
    page(leader, "/report/2015/620000/rows/children_left_behind/", 403)
    page(leader, "/report/2015/620000/rows/children_entered/", 403)
    assert "留守儿童之家1" in page(leader, "/report/2015/620000/rows/centers_built/")


def test_the_auditor_sees_no_child_either(small_province: None, auditor: User) -> None:
    page(auditor, "/report/2015/620000/rows/children_drafts/", 403)


def test_rows_of_money_show_their_sum(small_province: None, admin: User) -> None:
    text = page(admin, "/report/2015/620000/rows/received/?span=since")
    assert "报告中的数字：<b>150,000.00</b> 元，对应的记录共 5 笔" in text
    assert "2009年以来，截至 2015-12-31 24:00" in text


def test_the_status_shown_is_that_of_the_day(small_province: None, admin: User) -> None:
    text = page(admin, "/report/2014/620000/rows/centers_operating/")
    assert "留守儿童之家2" in text
    assert "撤并" not in text


def test_a_long_list_goes_on_page_by_page(db: None, admin: User) -> None:
    for _number in range(53):
        make_center()
    client = Client()
    client.force_login(admin)
    first = client.get("/report/2015/620000/rows/centers_built/")
    assert first.content.decode().count("<tr>") == 51
    following = client.get("/report/2015/620000/rows/centers_built/" + first.context["page"].next_url)
    assert len(following.context["page"].rows) == 3
    assert "共 53 个" in following.content.decode()


def test_a_figure_of_nought_says_why_there_are_no_rows(small_province: None, admin: User) -> None:
    assert "没有记录，所以这个数字是 0" in page(admin, "/report/2015/620300/rows/centers_built/")


# --- the workbook -------------------------------------------------------------------------------------------------


def workbook(user: User, url: str) -> openpyxl.Workbook:
    client = Client()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_the_workbook_holds_real_numbers(small_province: None, admin: User) -> None:
    book = workbook(admin, "/report/2015/620000/xlsx/")
    sheet = book["表2 农村留守儿童人数"]
    assert sheet["A1"].value == "表2　农村留守儿童人数"
    assert "A1:G1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "B5"
    assert (sheet["A5"].value, sheet["B5"].value, sheet["B5"].data_type) == ("全省", 4, "n")
    assert len(sheet._charts) == 1
    money = book["表15 到账资金来源"]
    assert (money["A5"].value, Decimal(str(money["F5"].value))) == ("合计", Decimal(150000))
    assert money["F5"].number_format.startswith("#,##0.00")


def test_the_workbook_leaves_an_event(small_province: None, leader: User) -> None:
    workbook(leader, "/report/2015/621100/xlsx/")
    event = Event.objects.get(action=Action.EXPORT)
    assert (event.kind, event.number, event.username) == ("annual_report", "2015-621100", "leader")


# --- home ---------------------------------------------------------------------------------------------------------


def test_home_of_the_province(small_province: None, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    client.get("/stand/?year=2015")
    text = client.get("/").content.decode()
    assert "累计建成活动中心" in text
    assert '<a class="lv' in text
    assert 'data-chart="trend"' in text
    assert "/report/2015/620200/rows/centers_built/" in text
    for measure in ("children", "funds", "nonsense"):
        assert client.get(f"/?map={measure}").status_code == 200


def test_home_of_the_county_has_no_map(small_province: None, officer: User) -> None:
    client = Client()
    client.force_login(officer)
    client.get("/stand/?year=2015")
    text = client.get("/").content.decode()
    assert "在册儿童" in text
    assert "gc-tiles" not in text
    assert "洮阳镇" in text
