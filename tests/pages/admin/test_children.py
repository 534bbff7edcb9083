"""Children in the admin: masked, logged, read-only."""

import pytest
from django.apps import apps

from children.models import Child
from gansu_care.trail.models import Action, Event
from tests.pages.admin.screens import CHILDREN, ID_NUMBER, signed_in
from tests.records import make_child

pytestmark = pytest.mark.django_db


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
