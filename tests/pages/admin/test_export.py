"""The admin's export."""

import io

import openpyxl
import pytest
from django.test import Client

from gansu_care.accounts.roles import Role
from gansu_care.trail.models import Action, Event
from tests.pages.admin.screens import CHILDREN, ID_NUMBER, signed_in
from tests.people import LINTAO, make_user
from tests.records import make_center, make_child

pytestmark = pytest.mark.django_db


def test_an_export_of_children_leads_to_a_request_with_the_search_and_the_filters() -> None:
    child = make_child(id_number=ID_NUMBER)
    make_child(name="李雨桐")
    client = signed_in("admin")

    for send in (client.get, client.post):
        response = send(f"{CHILDREN}export/?q={child.number}&status__exact=active")
        assert response.url == f"/exports/new/children/?q={child.number}&status=active"
    assert "1 名" in client.get(response.url).content.decode()
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_an_export_of_centers_leaves_masked_by_the_one_door_and_follows_the_search() -> None:
    center = make_center(manager_phone="13800000000")
    make_center(name="南屏镇儿童之家")
    client = signed_in("admin")
    assert client.get("/admin/centers/center/export/").status_code == 200

    path = f"/admin/centers/center/export/?q={center.number}"
    response = client.post(path, {"format": "0", "resource": "0"})

    content = b"".join(response.streaming_content)
    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    assert "no-store" in response.headers["Cache-Control"]
    assert "13800000000" not in cells
    assert "138****0000" in cells
    assert "南屏镇儿童之家" not in cells
    event = Event.objects.get(action=Action.EXPORT)
    assert (event.username, event.rows, event.reason) == ("admin", 1, "admin")


@pytest.mark.parametrize("path", ["centers/center", "centers/equipment", "funding/receipt",
                                  "funding/allocation"])  # fmt: skip
def test_every_kind_can_be_exported_as_csv(path: str) -> None:
    response = signed_in("admin").post(f"/admin/{path}/export/", {"format": "1", "resource": "0"})

    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


def test_who_may_not_export_gets_no_button_and_no_file(settings) -> None:
    client = signed_in("system")

    assert client.get(f"{CHILDREN}export/").status_code == 403
    assert client.post(f"{CHILDREN}export/", {"format": "0"}).status_code == 403


def test_autocomplete_stays_in_scope() -> None:
    """No field of ours uses it yet; the door itself must hold."""
    query = {"term": "", "app_label": "funding", "model_name": "allocation", "field_name": "center"}

    assert signed_in("admin").get("/admin/autocomplete/", query).status_code in (200, 403)
    assert signed_in("system").get("/admin/autocomplete/", query).status_code == 403


def test_somebody_of_a_county_never_comes_in_even_with_a_staff_flag() -> None:
    user = make_user(Role.COUNTY_OFFICER, LINTAO, username="flagged")
    client = Client()
    client.force_login(user)

    assert not user.is_staff
    assert client.get(CHILDREN).status_code == 403
