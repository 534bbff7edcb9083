"""The admin: who comes in, what she sees there, masked and in scope; nothing is deleted; what is done leaves events."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory

from centers.models import Equipment
from children.models import Child
from funding.models import Allocation, Source
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.jobs.models import Job
from gansu_care.pages.admin_screens import RegistryAdmin, choices_for
from gansu_care.trail.models import Action, Event
from tests.people import LINTAO, PEOPLE, ZHANG, make_user, person
from tests.records import division, invented_id_number, make_center, make_child

pytestmark = pytest.mark.django_db

CHILDREN = "/admin/children/child/"
ID_NUMBER = invented_id_number(date(2010, 9, 1), 13)
OURS = ("divisions", "trail", "accounts", "jobs", "spreadsheets", "centers", "children", "funding")
# Models that have no screen: counters, search keys, sealed things, old passwords, and what has a page of its own
# (alarms, headings, one's own long lists).
WITHOUT_SCREEN = {
    "recordnumbercounter", "sitemark", "namekey", "uploadfile", "stagedrow", "storedproblem", "divisionname",
    "eventseal", "undoline", "secondperson", "exportfilepart", "alarm", "costlyact", "usedpassword", "consentscan",
    "mendedrow", "rowanswer", "askedheading", "headingchoice", "listexport", "listexportpart",
}  # fmt: skip


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def request_of(user: User, method: str = "get", **data: str) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/admin/", data)
    request.user, request.session = user, {}
    return request


def screen(model: Any) -> RegistryAdmin:
    return admin.site.get_model_admin(model)


# --- the door


@pytest.mark.parametrize("username", PEOPLE)
def test_only_the_two_administrators_come_in(username: str) -> None:
    expected = 200 if username in ("admin", "system") else 403

    assert signed_in(username).get("/admin/").status_code == expected


@pytest.mark.parametrize("path", ["", "login/", "logout/", "password_change/", "children/child/", "no/such/"])
def test_our_sign_in_is_the_only_door(path: str, client: Client) -> None:
    for answer in (
        client.get(f"/admin/{path}"),
        client.post(f"/admin/{path}", {"username": "a", "password": "b"}),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


def test_djangos_own_sign_in_out_and_password_pages_lead_to_ours() -> None:
    client = signed_in("admin")

    assert client.get("/admin/login/").headers["Location"] == "/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).headers["Location"] == "/admin/"
    assert client.get("/admin/logout/").headers["Location"] == "/sign-out/"
    assert client.get("/admin/password_change/").headers["Location"] == "/account/password/"
    assert client.get("/admin/password_change/done/").status_code == 404


def test_the_jump_by_content_type_is_closed() -> None:
    child = make_child()

    assert signed_in("system").get(f"/admin/r/1/{child.pk}/").status_code == 404


# --- which screens there are


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


# --- children: masked, logged, read-only


def test_a_child_is_shown_masked_and_its_reading_leaves_an_event() -> None:
    child = make_child(id_number=ID_NUMBER, address="南门社区 3 号", village_contact_phone="13800000000")
    client = signed_in("admin")

    page = client.get(f"{CHILDREN}{child.pk}/change/").content.decode()
    listed = client.get(CHILDREN).content.decode()

    for text in (page, listed):
        assert child.number in text
        assert "张*明" in text
        assert "张小明" not in text
        assert ID_NUMBER not in text
        assert f"{ID_NUMBER[:4]}**********{ID_NUMBER[-4:]}" in text
    assert "2010-**-**" in page
    assert "2010-09-01" not in page
    assert "南门社区" not in page
    assert "138****0000" in page
    assert "xiao" not in page.lower()  # the key by which names are sorted
    record, listing = Event.objects.filter(action=Action.READ).order_by("pk")
    assert (record.username, record.kind, record.number) == ("admin", "child", child.number)
    assert (listing.username, listing.kind, listing.rows) == ("admin", "child", 1)


def test_the_history_is_masked_too() -> None:
    child = make_child(id_number=ID_NUMBER)
    child.name = "张晓明"
    child.save()

    page = signed_in("admin").get(f"{CHILDREN}{child.pk}/history/").content.decode()

    assert "张*明" in page
    assert "张小明" not in page
    assert "张晓明" not in page
    assert ID_NUMBER not in page


@pytest.mark.parametrize("part", ["parent", "episode", "consent", "parentstate"])
def test_parts_of_a_child_open_masked(part: str) -> None:
    child = make_child()
    model = apps.get_model("children", part)
    client = signed_in("admin")

    page = client.get(f"/admin/children/{part}/{model.objects.first().pk}/change/")

    assert page.status_code == 200
    assert "张某" not in page.content.decode()
    assert client.get(f"/admin/children/{part}/?q={child.number}").context["cl"].result_count
    assert Event.objects.filter(action=Action.READ, number=child.number).exists()


def test_a_record_is_edited_on_its_own_page_only() -> None:
    child = make_child()
    client = signed_in("admin")

    assert client.post(f"{CHILDREN}{child.pk}/change/", {"name": "x"}).status_code == 403
    assert client.get(f"{CHILDREN}add/").status_code == 403
    assert client.post(f"{CHILDREN}add/", {"name": "x"}).status_code == 403
    for method in (client.get, client.post):
        assert method(f"{CHILDREN}{child.pk}/delete/").status_code == 403
    assert Child.objects.get().name == "张小明"


def test_no_bulk_action_is_taken() -> None:
    child = make_child()

    signed_in("admin").post(
        CHILDREN, {"action": "delete_selected", "_selected_action": child.pk, "post": "yes"}
    )

    assert Child.objects.exists()


@pytest.mark.parametrize("number", ["999999", "0", "abc", "1e3", "9" * 30, "%00", "1_2C"])
def test_what_is_not_there_is_not_found(number: str) -> None:
    client = signed_in("admin")

    assert client.get(f"{CHILDREN}{number}/change/").status_code == 404
    assert client.get(f"{CHILDREN}{number}/history/").status_code == 404


def test_search_is_exact_and_an_id_number_leaves_its_index_only() -> None:
    child = make_child(id_number=ID_NUMBER)
    make_child(name="李雨桐")
    client = signed_in("admin")

    for text in (child.number, child.number.lower(), ID_NUMBER):
        found = client.get(CHILDREN, {"q": text}).context["cl"].result_list
        assert [one.pk for one in found] == [child.pk], text
    assert not client.get(CHILDREN, {"q": ID_NUMBER[:10]}).context["cl"].result_count
    event = Event.objects.get(action=Action.SEARCH_ID)
    assert ID_NUMBER not in event.number


@pytest.mark.parametrize(
    "query",
    [
        "name__startswith=张", "name__regex=^张", "id_number_digest__startswith=a", "id_number__isnull=False",
        "parents__name=张某", "birth_date__gte=2010-01-01", "status__regex=.", "division__parent__code=621100",
    ],
)  # fmt: skip
def test_the_address_is_no_way_behind_the_masks(query: str) -> None:
    make_child()

    assert signed_in("admin").get(f"{CHILDREN}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["status=active", "sex=1", "place=621100", "place=%00", "status=%27", "p=99999", "o=1"]
)
def test_filters_that_the_list_offers(query: str) -> None:
    make_child()

    assert signed_in("admin").get(f"{CHILDREN}?{query}").status_code in (200, 302)


def test_the_list_costs_as_many_queries_for_many_children_as_for_one(django_assert_num_queries) -> None:
    client = signed_in("admin")
    make_child()
    client.get(CHILDREN)
    with django_assert_num_queries(20, exact=False) as first:
        client.get(CHILDREN)
    for serial in range(12):
        make_child(name=f"李{serial}")
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(CHILDREN)


# --- scope: what a screen would show to somebody of one county


def test_rows_choices_and_searches_stay_in_the_county(officer) -> None:
    own, foreign = make_child(), make_child(ZHANG)
    make_center(ZHANG, name="漳县中心")
    mine = make_center(LINTAO, name="临洮中心")
    request = request_of(officer)
    children = screen(Child)

    assert list(children.get_queryset(request)) == [own]
    assert children.get_object(request, str(foreign.pk)) is None
    found, _more = children.get_search_results(request, children.get_queryset(request), foreign.number)
    assert not found.exists()
    equipment, allocation = screen(Equipment), screen(Allocation)
    center = equipment.formfield_for_foreignkey(Equipment._meta.get_field("center"), request)
    place = allocation.formfield_for_foreignkey(Allocation._meta.get_field("division"), request)
    assert list(center.queryset) == [mine]
    assert {one.code[:6] for one in place.queryset} == {LINTAO}
    assert not choices_for(LogEntry, officer).exists()


def test_names_are_full_in_ones_own_county(officer) -> None:
    child = make_child()
    shown = {value.__name__: value(child) for value in screen(Child).values(request_of(officer))}

    assert (shown["name"], shown["birth_date"]) == ("张小明", "2010-09-01")


def test_a_row_saved_out_of_scope_is_refused(officer) -> None:
    child = make_child()
    child.division = division(ZHANG)

    with pytest.raises(PermissionDenied):
        screen(Child).save_model(request_of(officer, "post"), child, None, True)


# --- accounts


def test_accounts_are_those_the_administrator_manages() -> None:
    for username in PEOPLE:
        person(username)
    path = "/admin/accounts/user/"

    assert {u.username for u in signed_in("system").get(path).context["cl"].result_list} == {
        "admin", "province", "leader", "auditor", "security",
    }  # fmt: skip
    assert "province" not in {u.username for u in signed_in("admin").get(path).context["cl"].result_list}


def test_grants_are_those_of_accounts_that_the_administrator_manages() -> None:
    for username in PEOPLE:
        person(username)
    grants = signed_in("admin").get("/admin/accounts/grant/").context["cl"].result_list

    assert {one.account.username for one in grants} == {
        "officer",
        "neighbour",
        "township",
        "county",
        "prefecture",
    }
    assert signed_in("admin").get("/admin/accounts/grant/add/").status_code == 403


def test_an_account_is_looked_at_here_and_changed_on_its_page() -> None:
    officer, client = person("officer"), signed_in("admin")
    path = f"/admin/accounts/user/{officer.pk}/change/"

    page = client.get(path).content.decode()

    assert officer.get_absolute_url() in page
    assert officer.password not in page
    assert client.post(path, {"role": "administrator", "is_superuser": "on"}).status_code == 403
    assert client.get("/admin/accounts/user/add/").headers["Location"] == "/accounts/new/"
    assert client.get(f"/admin/accounts/user/{person('province').pk}/change/").status_code == 404
    assert User.objects.get(pk=officer.pk).role == Role.COUNTY_OFFICER


# --- settings


def test_the_provincial_administrator_keeps_the_sources_of_money() -> None:
    client = signed_in("admin")
    form = {"name": "某某慈善会", "name_en": "", "kind": "social", "in_use": "on"}

    added = client.post("/admin/funding/source/add/", form)
    source = Source.objects.get(name="某某慈善会")
    client.post(f"/admin/funding/source/{source.pk}/change/", {**form, "in_use": ""})

    assert added.status_code == 302
    assert not Source.objects.get(pk=source.pk).in_use
    assert not LogEntry.objects.exists()
    events = Event.objects.filter(kind="source").order_by("id").values_list("action", "number", "username")
    assert list(events) == [(Action.ADD, "某某慈善会", "admin"), (Action.CHANGE, "某某慈善会", "admin")]
    assert client.post(f"/admin/funding/source/{source.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_wrong_source_is_said_in_the_form() -> None:
    response = signed_in("admin").post("/admin/funding/source/add/", {"name": "", "kind": "no"})

    assert response.status_code == 200
    assert not Source.objects.filter(name="").exists()


# --- export


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


# --- in a browser


def test_admin_pages_keep_to_the_content_security_policy(admin, page_as) -> None:
    child = make_child()
    page = page_as("admin")

    for path in ("/admin/", CHILDREN, f"{CHILDREN}{child.pk}/change/", f"{CHILDREN}{child.pk}/history/",
                 f"{CHILDREN}export/", "/admin/funding/source/add/", "/admin/children/"):  # fmt: skip
        response = page.goto(path)
        assert response.status == 200, path
        assert page.locator("h1").count() == 1, path


# --- words


@pytest.mark.parametrize(
    ("language", "job"), [("zh-hans", "检查上传的表格"), ("en", "Check an uploaded workbook")]
)
def test_codes_are_shown_as_words(language: str, job: str) -> None:
    Job.objects.create(kind="check_upload", object_id=1, user=person("system"))
    client = signed_in("system")
    client.cookies["django_language"] = language

    page = client.get("/admin/jobs/job/").content.decode()

    assert job in page
    assert "check_upload" not in page


def test_uploads_are_filtered_by_the_names_of_their_kinds() -> None:
    page = signed_in("admin").get("/admin/spreadsheets/upload/").content.decode()

    for kind in ("留守儿童登记表", "活动中心表", "设备物资台账", "资金表"):
        assert f">{kind}</a>" in page
    assert ">equipment</a>" not in page


def test_a_list_is_headed_by_what_it_holds_and_counted_in_our_words() -> None:
    page = signed_in("admin").get("/admin/funding/source/").content.decode()

    assert "<h1>资金来源</h1>" in page
    assert f"{Source.objects.count()} 条</p>" in page
    assert "<summary>来源种类</summary>" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_last_sign_in_is_a_time_in_both_languages(language: str) -> None:
    user = person("officer")
    user.last_login = datetime(2026, 11, 24, 10, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
    user.save()
    client = signed_in("admin")
    client.cookies["django_language"] = language

    assert "2026-11-24 10:41" in client.get("/admin/accounts/user/").content.decode()
