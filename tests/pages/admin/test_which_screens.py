"""Every model has a screen, or says why it has none."""

import pytest
from django.apps import apps
from django.contrib import admin

from gansu_care.pages.admin_screens import RegistryAdmin
from tests.pages.admin.screens import CHILDREN, OURS, WITHOUT_SCREEN, request_of, signed_in
from tests.people import person
from tests.records import make_center, make_child

pytestmark = pytest.mark.django_db


def test_every_model_of_ours_has_a_screen() -> None:
    ours = {m for app in OURS for m in apps.get_app_config(app).get_models() if not hasattr(m, "history_id")}

    missing = {m._meta.model_name for m in ours if not admin.site.is_registered(m)} - WITHOUT_SCREEN
    assert missing - {"uploadsequence"} == set()


def test_no_screen_of_another_package_is_taken() -> None:
    assert all(isinstance(one, RegistryAdmin) for one in admin.site._registry.values())


def test_every_screen_names_its_right_and_deletes_nothing() -> None:
    for one in admin.site._registry.values():
        request = request_of(person("admin"))
        assert one.see_right, one
        assert not one.has_delete_permission(request), one
        assert one.get_actions(request) == {}, one


SEEN = {
    "admin": {"accounts", "divisions", "spreadsheets", "centers", "children", "funding", "protection"},
    "system": {"accounts", "divisions", "jobs"},
}


@pytest.mark.parametrize("username", SEEN)
def test_what_each_administrator_finds_there(username: str) -> None:
    response = signed_in(username).get("/admin/")

    assert {app["app_label"] for app in response.context["app_list"]} == SEEN[username]


@pytest.mark.parametrize("username", SEEN)
def test_every_list_opens_or_is_refused_by_its_right(username: str) -> None:
    client, user = signed_in(username), person(username)
    for model, one in admin.site._registry.items():
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        expected = 200 if user.may(one.see_right) else 403
        for query in ("", "?q=GC0000000019", "?q=张%00"):
            assert client.get(path + query).status_code == expected, path + query


def test_the_system_administrator_opens_no_record_of_the_register() -> None:
    child, center = make_child(), make_center()
    client = signed_in("system")

    for path in (
        f"{CHILDREN}{child.pk}/change/",
        f"{CHILDREN}{child.pk}/history/",
        f"{CHILDREN}export/",
        f"/admin/centers/center/{center.pk}/change/",
        "/admin/funding/receipt/",
        "/admin/trail/event/",
    ):
        assert client.get(path).status_code == 403, path
