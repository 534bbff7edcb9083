"""Each role is served and refused as the table says."""

import pytest
from django.urls import reverse

from tests.people import person
from tests.routes.table import EVERYBODY, TABLE
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_each_role_is_served_and_refused_as_the_table_says(username: str, examples) -> None:
    client, wrong = signed_in(person(username)), {}
    for name, row in TABLE.items():
        if name == "account_logout":
            continue
        status = client.get(reverse(name, args=examples[row.arguments])).status_code
        expected = (
            (403,) if username not in row.served else (404,) if username in row.beyond else (200, 302, 405)
        )
        if status not in expected:
            wrong[name] = (status, expected)
    assert wrong == {}


@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_what_is_refused_to_look_at_is_refused_to_send_to(username: str, examples) -> None:
    client, wrong = signed_in(person(username)), {}
    for name, row in TABLE.items():
        if username not in row.served:
            status = client.post(reverse(name, args=examples[row.arguments])).status_code
            if status != 403:
                wrong[name] = status
    assert wrong == {}
