"""The list of uploads, and whom every page of an upload refuses."""

import pytest
from django.urls import reverse

from gansu_care.spreadsheets.models import UploadState
from gansu_care.trail.models import Action, Event
from tests.upload_pages import BAD, GOOD, page, text

pytestmark = pytest.mark.django_db


def test_the_list_shows_who_when_which_file_and_what_came_of_it(client, uploaded, say_yes, officer):
    say_yes(uploaded(officer, *GOOD))
    uploaded(officer, *GOOD, BAD)
    said = text(client.get(reverse("spreadsheets:list")).content.decode())
    assert "1 批已检查，等待确认" in said
    assert "已导入" in said
    assert "李晓梅" in said
    assert "中心.xlsx" in said


def test_the_list_can_be_asked_by_kind_state_and_number(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    for query, found in [
        ({"kind": "centers"}, True),
        ({"kind": "children"}, False),
        ({"state": "checked"}, True),
        ({"state": "applied"}, False),
        ({"number": upload.number.lower()}, True),
        ({"mine": "1"}, True),
    ]:
        html = client.get(reverse("spreadsheets:list"), query).content.decode()
        assert (upload.number in html) is found, query


def test_an_upload_that_waits_is_a_task_on_the_home_page(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    html = client.get(reverse("pages:home")).content.decode()
    assert upload.file_name in html
    assert reverse("spreadsheets:detail", args=[upload.number]) in html


def test_the_search_box_finds_an_upload_by_its_number(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    answer = client.get(reverse("pages:search"), {"q": upload.number})
    assert answer.url == reverse("spreadsheets:detail", args=[upload.number])


PAGES = ["detail", "progress", "problems", "problem_file", "preview", "done", "ended", "confirm", "recheck"]


@pytest.mark.parametrize("name", PAGES)
def test_the_neighbour_county_finds_nothing(client, uploaded, officer, neighbour, name):
    upload = uploaded(officer, *GOOD, BAD)
    client.force_login(neighbour)
    address = reverse(f"spreadsheets:{name}", args=[upload.number])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in (404, 405)
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED


@pytest.mark.parametrize("name", PAGES)
def test_who_has_no_right_is_refused(client, uploaded, officer, leader, name):
    upload = uploaded(officer, *GOOD, BAD)
    client.force_login(leader)
    address = reverse(f"spreadsheets:{name}", args=[upload.number])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_number_is_not_found(client, officer, name):
    client.force_login(officer)
    for number in ("U-621124-20261123-999", "x", "%00", "'", "U" * 300):
        assert client.get(reverse(f"spreadsheets:{name}", args=[number])).status_code == 404


@pytest.mark.parametrize(
    "name", ["detail", "progress", "problems", "problem_file", "preview", "done", "ended"]
)
def test_pages_to_read_take_no_post(client, uploaded, officer, name):
    upload = uploaded(officer, *GOOD)
    assert client.post(reverse(f"spreadsheets:{name}", args=[upload.number])).status_code == 405


@pytest.mark.parametrize("name", ["confirm", "recheck"])
def test_acts_opened_by_their_address_change_nothing(client, uploaded, officer, name):
    upload = uploaded(officer, *GOOD)
    assert client.get(reverse(f"spreadsheets:{name}", args=[upload.number])).status_code == 302
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED


def test_looking_at_rows_leaves_an_event(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    page(client, "preview", upload)
    event = Event.objects.filter(action=Action.READ).latest("id")
    assert (event.kind, event.number, event.rows) == ("upload", upload.number, 2)


def test_pages_cost_the_same_whatever_the_rows(client, uploaded, officer, django_assert_max_num_queries):
    many = [
        [n, f"洮阳镇第{n}儿童之家", "儿童之家", "洮阳镇", "2015-07-23", "王秀英", ""] for n in range(1, 61)
    ]
    upload = uploaded(officer, *many, BAD)
    client.get("/")  # what waits for her is asked for once in a while, not by every page
    for name in ("preview", "problems"):
        with django_assert_max_num_queries(25):
            page(client, name, upload)
