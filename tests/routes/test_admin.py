"""Who comes into the admin, and which screens she finds there."""

import pytest
from django.contrib import admin

from tests.people import person
from tests.routes.table import ADMIN_APPS, ADMINISTRATORS, EVERYBODY
from tests.routes.visiting import admin_paths, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", sorted(EVERYBODY - ADMINISTRATORS))
def test_nobody_else_comes_into_the_admin(username: str) -> None:
    client = signed_in(person(username))

    assert [path for path in admin_paths() if client.get(path).status_code != 403] == []


@pytest.mark.parametrize("username", sorted(ADMINISTRATORS))
def test_an_administrator_finds_only_the_screens_of_her_own_apps(username: str) -> None:
    client, labels = signed_in(person(username)), {model._meta.app_label for model in admin.site._registry}
    foreign = [path for path in admin_paths() if path.split("/")[2] in labels - ADMIN_APPS[username]]
    own = [f"/admin/{label}/" for label in ADMIN_APPS[username]]

    assert {client.get(path).status_code for path in foreign} <= {302, 403, 404}
    assert {path for path in foreign if client.get(path, follow=True).status_code == 200} == set()
    assert {client.get(path).status_code for path in own} == {200}
