"""How often one person may upload, export, unmask and search: beyond it nothing is done, and 429 says why."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gansu_care.accounts.allowances import ALLOWANCES, UNMASK, forget_old_acts, most
from gansu_care.accounts.models import Alarm, CostlyAct
from gansu_care.spreadsheets.models import Upload
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.records import invented_id_number, make_center, make_child

pytestmark = pytest.mark.django_db


def signed_in(username: str = "officer") -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def few(settings) -> Callable[..., None]:
    """few(unmask=2): the table as it is, but for these numbers."""

    def allow(**numbers: int) -> None:
        settings.ALLOWANCES = numbers

    return allow


def upload(client: Client, number: int) -> Any:
    file = SimpleUploadedFile("中心.csv", f"某某,随便\n{number},2\n".encode())
    return client.post("/uploads/new/", {"kind": "centers", "file": file})


def unmask(client: Client, path: str, **headers: str) -> Any:
    return client.post(path, {"reason": "verify"}, **headers)


@pytest.fixture
def sealed_value() -> str:
    child = make_child()
    child.id_number = invented_id_number(child.birth_date, 13)
    child.save()
    return f"{child.get_absolute_url()}unmask/id_number/"


def refusals() -> list[tuple[str, str]]:
    return list(Event.objects.filter(action=Action.REFUSED).order_by("id").values_list("username", "kind"))


def test_the_table_says_what_was_agreed(settings) -> None:
    settings.ALLOWANCES = {}
    hours = {what: (most(what), one.span.total_seconds() / 3600) for what, one in ALLOWANCES.items()}

    assert hours == {"upload": (20, 1), "export": (10, 24), "unmask": (60, 1), "search": (300, 1 / 6)}
    assert [what for what, one in ALLOWANCES.items() if one.alarms] == [UNMASK]


def test_the_sixty_first_unmasking_is_refused_and_raises_one_alarm(settings, sealed_value: str) -> None:
    settings.ALLOWANCES = {}
    client = signed_in()
    for _time in range(60):
        assert unmask(client, sealed_value).status_code == 200

    refused, again = unmask(client, sealed_value), unmask(client, sealed_value)

    assert (refused.status_code, again.status_code) == (429, 429)
    assert "查看完整信息：一小时内最多 60 次，您已经用完。" in refused.content.decode()
    assert Event.objects.filter(action=Action.UNMASK).count() == 60
    assert refusals() == [("officer", "allowance.unmask")] * 2
    assert Alarm.objects.get(settled_at=None).account.username == "officer"


def test_a_page_that_asks_by_script_gets_a_sentence(few, sealed_value: str) -> None:
    few(unmask=0)

    refused = unmask(signed_in(), sealed_value, HTTP_ACCEPT="application/json")

    assert refused.status_code == 429
    assert "已告知安全管理员" in refused.json()["error"]


def test_a_centers_telephone_counts_with_the_children(few, sealed_value: str) -> None:
    few(unmask=1)
    client, center = signed_in(), make_center(manager_phone="13800000000")
    assert unmask(client, sealed_value).status_code == 200

    assert client.post(f"{center.get_absolute_url()}phone/", {"reason": "work"}).status_code == 429


def test_after_an_hour_it_goes_on_and_others_were_never_held_up(few, sealed_value: str) -> None:
    few(unmask=1)
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        client = signed_in()
        assert [unmask(client, sealed_value).status_code for _time in range(2)] == [200, 429]
        assert unmask(signed_in("county"), sealed_value).status_code == 200
        clock.shift(3601)
        client = signed_in()
        assert unmask(client, sealed_value).status_code == 200


def test_an_upload_beyond_the_allowance_is_not_kept(few) -> None:
    few(upload=2)
    client = signed_in()
    assert [upload(client, number).status_code for number in range(3)] == [302, 302, 429]

    assert Upload.objects.count() == 2
    assert refusals() == [("officer", "allowance.upload")]


@pytest.mark.parametrize("path", ["/centers/export/", "/funding/receipts/export/"])
def test_an_export_beyond_the_allowance_leaves_no_file(few, path: str) -> None:
    few(export=1)
    client = signed_in()
    make_center()
    assert client.get(path).status_code == 200

    refused = client.get(path)

    assert refused.status_code == 429
    assert "Content-Disposition" not in refused.headers
    assert Event.objects.filter(action=Action.EXPORT).count() == 1


def test_searches_are_counted_in_the_box_and_in_the_list(few) -> None:
    few(search=2)
    client = signed_in()
    assert client.get("/search/?q=zxm").status_code == 200
    assert client.get("/children/?q=zxm").status_code == 200

    assert client.get("/search/?q=zxm").status_code == 429
    assert client.get("/children/?q=zxm").status_code == 429
    assert client.get("/children/").status_code == 200  # looking is not searching


def test_the_page_says_it_in_the_readers_language(few) -> None:
    few(search=0)
    client = signed_in()
    client.cookies["django_language"] = "en"

    assert 'lang="en"' in client.get("/search/?q=zxm").content.decode()


def test_what_no_allowance_looks_back_to_is_forgotten() -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        signed_in().get("/search/?q=zxm")
        clock.shift(24 * 3600 - 1)
        assert forget_old_acts() == 0
        clock.shift(2)
        assert forget_old_acts() == 1
    assert not CostlyAct.objects.exists()
