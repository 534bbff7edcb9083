"""The pages of divisions: the list, level by level; a newer list shows its differences first, then is loaded."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gansu_care.divisions.models import Division, Edition
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.records import make_child

pytestmark = pytest.mark.django_db

LIST, LOAD, CONFIRM = "/divisions/", "/divisions/load/", "/divisions/load/confirm/"
HEAD = "# 来源：测试\n# 版本：2027年\ncode,parent_code,level,name,valid_to,successor_code\n"
# 漳县 is merged into 临洮县, whose townships are then 13 more and a new one.
MERGER = HEAD + "621125,621100,county,漳县,2026-12-31,621124\n621124999,621124,township,新设镇,,\n"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def choose(client: Client, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(LOAD, {"file": SimpleUploadedFile("divisions.csv", content)})


def parcel(response: Any) -> str:
    found = re.search(r'name="parcel" value="([^"]+)"', response.content.decode())
    assert found, response.content.decode()
    return found[1]


# --- the list


def test_the_list_begins_with_the_prefectures_and_goes_down() -> None:
    client = signed_in("admin")

    top, dingxi = client.get(LIST).content.decode(), client.get(LIST + "?under=621100").content.decode()

    assert ">兰州市</a>" in top
    assert "临洮县" not in top
    assert ">临洮县</a>" in dingxi
    assert "甘肃省</a> / 定西市" in dingxi
    assert client.get(LIST + "?under=999999").status_code == 404


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?q=621124100", "洮阳镇"),
        ("?q=洮阳", "洮阳镇"),
        ("?q=Lintao", "临洮县"),
        ("?q=华亭县", "华亭"),  # a former name
        ("?level=prefecture", "嘉峪关市"),
    ],
)
def test_divisions_are_found_by_name_code_and_former_name(query: str, name: str) -> None:
    assert name in signed_in("admin").get(LIST + query).content.decode()


def test_ended_divisions_name_their_successor() -> None:
    lintao = Division.objects.get(code="621124")
    Division.objects.create(
        code="621129",
        name="旧县",
        level="county",
        parent=lintao.parent,
        valid_to="2020-01-01",
        successor=lintao,
    )

    page = signed_in("admin").get(LIST + "?state=ended&q=旧县").content.decode()

    assert "2020-01-01 停用，继任 临洮县" in page


@pytest.mark.parametrize("query", ["?q=%00", "?under=%00", "?level=x", "?after=zzz", "?q=" + "x" * 500])
def test_a_strange_query_is_no_error(query: str) -> None:
    assert signed_in("admin").get(LIST + query).status_code in (200, 404)


# --- loading


def test_differences_are_shown_first_and_nothing_is_written() -> None:
    response = choose(signed_in("admin"), MERGER)

    page = response.content.decode()
    assert response.status_code == 200
    assert "新增 1 个，更新 13 个，停用 1 个" in page
    for text in ("漳县", "新设镇", "2026-12-31", "停用日期"):
        assert text in page
    assert Division.objects.get(code="621125").in_force
    assert not Division.objects.filter(code="621124999").exists()
    assert not Event.objects.filter(action=Action.SETTING).exists()


def test_after_the_confirmation_it_is_so_and_the_trail_knows() -> None:
    child = make_child("621125")
    client = signed_in("admin")

    response = client.post(CONFIRM, {"parcel": parcel(choose(client, MERGER))}, follow=True)

    child.refresh_from_db()
    event = Event.objects.get(action=Action.SETTING)
    assert "已载入：新增 1 个，更新 13 个，停用 1 个；改归登记记录" in response.content.decode()
    assert not Division.objects.get(code="621125").in_force
    assert child.county.code == "621124"
    assert (event.username, event.kind, event.reason) == ("admin", "divisions", "测试 2027年")
    assert Edition.objects.first().edition == "2027年"


def test_if_the_divisions_changed_meanwhile_the_differences_are_shown_again() -> None:
    client = signed_in("admin")
    held = parcel(choose(client, MERGER))
    Division.objects.create(
        code="621124999", name="别名镇", level="township", parent=Division.objects.get(code="621124")
    )

    response = client.post(CONFIRM, {"parcel": held})

    assert response.status_code == 409
    assert "没有载入" in response.content.decode()
    assert Division.objects.get(code="621125").in_force
    again = client.post(CONFIRM, {"parcel": parcel(response)})
    assert again.status_code == 302
    assert not Division.objects.get(code="621125").in_force


@pytest.mark.parametrize("tamper", ["", "x", "abc:def:ghi"])
def test_a_parcel_not_of_our_making_loads_nothing(tamper: str) -> None:
    response = signed_in("admin").post(CONFIRM, {"parcel": tamper}, follow=True)

    assert "确认页已过期" in response.content.decode()
    assert not Event.objects.filter(action=Action.SETTING).exists()


def test_another_persons_parcel_loads_nothing(django_user_model) -> None:
    held = parcel(choose(signed_in("admin"), MERGER))
    other = django_user_model.objects.create_user(
        "admin2", password=None, role="administrator", division=Division.objects.get(code="620000")
    )
    client = Client()
    client.force_login(other)

    client.post(CONFIRM, {"parcel": held})

    assert Division.objects.get(code="621125").in_force


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD + "62112,621100,county,漳县,,\n", "代码“62112”不是6、9或12位数字"),
        (HEAD + "621125,621100,village,漳县,,\n", "级别“village”不认识"),
        ("code,name\n621125,漳县\n", "标题行缺少这些列"),
        (b"\x00\x01\x02", "文件不是CSV文本"),
        (b"PK\x03\x04" + b"\x00" * 100, "文件不是CSV文本"),
        (HEAD, "文件里没有区划"),
        (b"a" * (1024 * 1024 + 1), "超过 1 MB"),
        (b"", "空"),
    ],
)
def test_a_broken_list_is_refused_with_every_problem(content: str | bytes, sentence: str) -> None:
    before = list(Division.objects.order_by("pk").values())

    response = choose(signed_in("admin"), content)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert list(Division.objects.order_by("pk").values()) == before


def test_the_same_list_again_makes_no_difference() -> None:
    text = HEAD + "621125,621100,county,漳县,,\n"

    page = choose(signed_in("admin"), text).content.decode()

    assert "没有差异" in page
    assert "确认载入" not in page


@pytest.mark.parametrize("path", [LIST, LOAD])
@pytest.mark.parametrize(
    "username", ["officer", "county", "prefecture", "province", "leader", "auditor", "system"]
)
def test_divisions_are_the_provincial_administrators(path: str, username: str) -> None:
    assert signed_in(username).get(path).status_code == 403


def test_nobody_else_loads_a_list() -> None:
    held = parcel(choose(signed_in("admin"), MERGER))

    for username in ("officer", "province", "system"):
        assert choose(signed_in(username), MERGER).status_code == 403
        assert signed_in(username).post(CONFIRM, {"parcel": held}).status_code == 403
    assert Division.objects.get(code="621125").in_force


@pytest.mark.parametrize("path", [LIST, LOAD, CONFIRM])
def test_a_stranger_is_sent_to_the_sign_in(path: str, client: Client) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in/")


def test_confirming_is_a_post() -> None:
    assert signed_in("admin").get(CONFIRM).status_code == 405
    assert signed_in("admin").post(LIST).status_code == 405
