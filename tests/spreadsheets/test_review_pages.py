"""The second person's pages: the same comparison, rows kept out, her yes, the file sent back; and where it is set."""

import pytest
from django.urls import reverse

from centers.models import Center
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.models import SecondPerson, Upload, UploadState
from gansu_care.trail.models import Action, Event
from tests.people import DINGXI, LINTAO, ZHANG
from tests.upload_pages import GOOD, page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(county) -> None:
    SecondPerson.objects.create(division=Division.objects.get(code=LINTAO), set_by=county)


@pytest.fixture
def waiting(client, asked, uploaded, say_yes, officer) -> Upload:
    """Two new centers, confirmed by the officer, waiting for somebody else."""
    upload = uploaded(officer, *GOOD)
    say_yes(upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.REVIEWING
    return upload


@pytest.fixture
def post(client, jobs_at_once, django_capture_on_commit_callbacks):
    def send(name: str, upload: Upload, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"spreadsheets:{name}", args=[upload.number]), fields)

    return send


def test_the_officer_sees_what_it_waits_for(client, waiting, officer):
    said = text(page(client, "review", waiting))
    assert "等待复核：核对新增和变更" in said
    assert "李晓梅 已在" in said
    assert (
        "临洮县要求两人复核：要由另一个人同意，才写入登记册。您上传或确认了这份表格，不能自己复核。" in said
    )
    assert "同意导入" not in said
    assert Center.objects.count() == 0


def test_the_one_address_leads_there(client, waiting):
    assert client.get(reverse("spreadsheets:detail", args=[waiting.number])).url == reverse(
        "spreadsheets:review", args=[waiting.number]
    )


def test_the_second_person_sees_the_same_comparison_and_agrees(client, waiting, county, post):
    client.force_login(county)
    said = text(page(client, "review", waiting))
    assert "洮阳镇儿童之家" in said
    assert "新增 2" in said
    assert "我已核对，同意导入 2 行" in said
    post("review_accept", waiting, acknowledged="1", check_no=waiting.check_no)
    assert Center.objects.count() == 2
    said = text(page(client, "done", waiting))
    assert "赵玉兰 复核同意" in said
    assert "复核 赵玉兰" in said


def test_without_the_tick_nothing_is_written(client, waiting, county, post):
    client.force_login(county)
    answer = post("review_accept", waiting, check_no=waiting.check_no)
    assert answer.status_code == 422
    assert "请先核对，再勾选“我已核对”。" in answer.content.decode()
    assert Center.objects.count() == 0


def test_for_another_check_she_is_shown_the_new_result(client, waiting, county, post):
    client.force_login(county)
    answer = post("review_accept", waiting, acknowledged="1", check_no="99")
    assert answer.status_code == 409
    assert "您看过之后，这一批又重新检查过。请看过新的结果再确认。" in answer.content.decode()
    assert Center.objects.count() == 0


def test_she_keeps_rows_out_with_a_reason_and_agrees_to_the_rest(client, waiting, county, post):
    client.force_login(county)
    row = waiting.staged.get(row=3)
    url = reverse("spreadsheets:review_rows", args=[waiting.number])
    answer = client.post(f"{url}?show=new", {"rows": [row.pk], "why": "名称和牌匾不一致", "act": "keep_out"})
    assert answer.url == reverse("spreadsheets:review", args=[waiting.number]) + "?show=new"
    said = text(page(client, "review", waiting))
    assert "退回：名称和牌匾不一致" in said
    assert "我已核对，同意导入 1 行，退回 1 行" in said
    post("review_accept", waiting, acknowledged="1", check_no=waiting.check_no)
    assert Center.objects.get().name == "洮阳镇儿童之家"
    client.force_login(waiting.user)
    said = text(page(client, "problems", waiting))
    assert "复核人没有同意这一行：名称和牌匾不一致" in said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"act": "keep_out", "why": "不对"}, "请先勾选要退回的行。"),
        ({"act": "keep_out", "rows": ["x", "-1", "²"], "why": "不对"}, "请先勾选要退回的行。"),
        ({"act": "keep_out", "rows": ["1"], "why": "  "}, "请写明为什么退回，填报员要照着改。"),
    ],
)
def test_what_is_missing_is_said(client, waiting, county, post, fields, said):
    client.force_login(county)
    answer = post("review_rows", waiting, **fields)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_she_sends_all_of_it_back(client, waiting, county, officer, post):
    client.force_login(county)
    assert "会留在批次和操作记录里，不要写儿童的姓名和证件号码" in text(page(client, "send_back", waiting))
    assert post("send_back", waiting, why="").status_code == 422
    post("send_back", waiting, why="要先核对牌匾")
    client.force_login(officer)
    said = text(page(client, "ended", waiting))
    assert "复核没有通过" in said
    assert "赵玉兰 退回：要先核对牌匾" in said
    assert "登记册没有任何改动。" in said
    home = text(client.get("/").content.decode())
    assert "中心.xlsx：复核没有通过" in home
    assert Center.objects.count() == 0


def test_it_waits_on_the_home_page_of_who_may_review(client, waiting, county, prefecture, officer):
    for user, waits in ((county, True), (prefecture, True), (officer, False)):
        client.force_login(user)
        home = text(client.get("/").content.decode())
        assert ("临洮县：中心.xlsx，2 行等待复核" in home) is waits


def test_a_decision_that_comes_too_late_is_told(client, waiting, county, prefecture, post):
    client.force_login(county)
    post("send_back", waiting, why="不对")
    client.force_login(prefecture)
    answer = post("review_accept", waiting, acknowledged="1", check_no=waiting.check_no)
    said = text(client.get(answer.url, follow=True).content.decode())
    assert "这一批现在不用复核：还没有确认，或者已经处理过。" in said


@pytest.mark.parametrize("name", ["review_rows", "review_accept", "send_back"])
def test_whom_it_refuses(client, waiting, officer, neighbour, post, name):
    client.force_login(officer)
    assert post(name, waiting, acknowledged="1", why="不对").status_code == 403
    client.force_login(neighbour)
    assert client.get(reverse("spreadsheets:review", args=[waiting.number])).status_code == 404


# --- where it is set


def settings(client, **fields):
    return client.post(reverse("spreadsheets:second_person"), fields, follow=True)


def test_a_county_asks_for_a_second_person_and_no_longer(client, county):
    client.force_login(county)
    said = text(settings(client, place=LINTAO, asks="1").content.decode())
    assert "临洮县和下级单位的上传，以后要两人复核。" in said
    assert SecondPerson.objects.get().set_by == county
    said = text(settings(client, place=LINTAO, asks="0").content.decode())
    assert "临洮县不再要求两人复核。" in said
    assert not SecondPerson.objects.exists()
    kinds = Event.objects.filter(action=Action.SETTING).values_list("kind", "number")
    assert set(kinds) == {("upload.second_person", LINTAO), ("upload.one_person", LINTAO)}


def test_what_a_prefecture_asks_holds_in_its_counties_which_cannot_undo_it(client, prefecture, county):
    client.force_login(prefecture)
    settings(client, place=DINGXI, asks="1")
    client.force_login(county)
    said = text(client.get(reverse("spreadsheets:second_person")).content.decode())
    assert "临洮县 县区 要两人复核 定西市的要求" in said
    assert "不再要求" not in said
    settings(client, place=LINTAO, asks="0")
    assert SecondPerson.objects.asked_at(Division.objects.get(code=LINTAO)).code == DINGXI


@pytest.mark.parametrize("place", [ZHANG, DINGXI, "", "nonsense"])
def test_nobody_sets_it_beyond_her_own_division(client, county, place):
    client.force_login(county)
    assert settings(client, place=place, asks="1").status_code == 404
    assert not SecondPerson.objects.exists()


def test_sent_twice_it_is_set_once(client, county):
    client.force_login(county)
    settings(client, place=LINTAO, asks="1")
    settings(client, place=LINTAO, asks="1")
    assert Event.objects.filter(action=Action.SETTING).count() == 1
