"""The form with the unit's own records: offered beside the empty one, masked, logged, the same when it comes back."""

import pytest
from django.urls import reverse

from tests.exporting import fetched, opened
from tests.records import make_center
from tests.uploading import (
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    registered,
    written,
)

pytestmark = pytest.mark.django_db


def filled(client, user, kind: str, **query: str):
    client.force_login(user)
    return client.get(reverse("spreadsheets:filled", args=[kind]), query)


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_offers_both_forms(client, officer):
    client.force_login(officer)
    html = client.get(reverse("spreadsheets:choose")).content.decode()
    assert reverse("spreadsheets:blank", args=["children"]) in html
    assert f"{reverse('spreadsheets:filled', args=['children'])}?sheet=child" in html


def test_the_children_of_her_county_leave_on_request_and_go_back_the_same(client, officer, neighbour):
    registered(officer)
    written(neighbour, children_file(child_numbered(7, 乡镇="武阳镇")), "children")
    answer = filled(client, officer, "children")
    assert answer.headers["Location"] == reverse("exports:ask", args=["children"])

    data = opened(*fetched(officer))
    upload = checked(officer, data, "children")
    assert (counts(upload), codes(upload)) == ({"same": 1}, [])


def test_each_sheet_of_a_kind_can_be_asked_for(client, officer):
    make_center()
    assert counts(checked(officer, content(filled(client, officer, "centers")), "centers")) == {"same": 1}
    assert filled(client, officer, "centers", sheet="rockets").status_code == 404
    assert filled(client, officer, "rockets").status_code == 404


def test_who_may_not_upload_is_refused(client, leader):
    assert filled(client, leader, "children").status_code == 403


def test_a_whole_workbook_has_an_empty_form_and_no_filled_one(client, officer):
    """Its records are exported kind by kind; a link that could only refuse is not offered."""
    assert filled(client, officer, "workbook", sheet="center").status_code == 404
    html = client.get(reverse("spreadsheets:choose")).content.decode()
    assert reverse("spreadsheets:blank", args=["workbook"]) in html
    assert reverse("spreadsheets:filled", args=["workbook"]) not in html
