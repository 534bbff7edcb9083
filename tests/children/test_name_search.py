"""The search by name, pinyin and initials: what it finds, in the order of the list, page by page; and its keys."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db.models import QuerySet

from children.facts import name_keys_of
from children.models import Child, NameKey
from children.name_keys import readings, sort_key
from gansu_care.divisions.book import reset
from gansu_care.divisions.models import Division
from gansu_care.divisions.placing import place_all, rederive_all
from gansu_care.trail.record_numbers import take_numbers
from tests.children.child_form import edited, signed_in
from tests.people import person
from tests.records import division, invented_id_number, make_child
from tests.uploading import children_file, registered, written

pytestmark = pytest.mark.django_db

# Of one reading and of several, among them such as share a letter (蔡 cai, sa, ca; 盖 ge, gai; 彭 peng, pang, bang).
SURNAMES = ("王", "单", "单于", "解", "蔡", "盖", "彭", "沈", "石", "欧阳", "马", "阿依·")
GIVEN = ("小", "晓", "红", "宏", "花", "小红", "晓宏", "小花", "红花", "单", "a")
PLACES = ("621124", "621124100", "621125", "620102")
TYPED = (
    "s",
    "sx",
    "sxh",
    "d",
    "c",
    "ca",
    "cai",
    "g",
    "shan",
    "SHANX",
    "wangxiaohong",
    "vv",
    "单",
    "单小",
    "单于",
    "小",
)


@pytest.fixture
def children() -> list[Child]:
    """In the four places, with the same names several times over; more 单 than a page holds."""
    random = Random(7)
    names = [
        random.choice((*SURNAMES, *("单",) * len(SURNAMES))) + random.choice(GIVEN) for _turn in range(200)
    ]
    made = place_all(
        Child(
            division=division(random.choice(PLACES)), name=name, name_sort=sort_key(name), sex=random.choice("12"),
            number=number, ethnic_group="01", birth_date=date(2012, 5, 1), schooling="primary",
            registered_on=date(2015, 3, 1),
        )
        for name, number in zip(names, take_numbers(len(names)), strict=True)
    )  # fmt: skip
    Child.objects.bulk_create(made)
    NameKey.objects.bulk_create(key for child in made for key in name_keys_of(child))
    return made


def found(username: str, text: str) -> list[Child]:
    """Computed from the names alone: anywhere in the name in a county, from its beginning above, by any reading."""
    seen = list(Child.objects.visible_to(person(username)))
    if text.isascii():
        matching = (one for one in seen if any(key.startswith(text.lower()) for key in _keys(one.name)))
    elif username in ("officer", "township"):
        matching = (one for one in seen if text in one.name)
    else:
        matching = (one for one in seen if one.name.startswith(text))
    return sorted(matching, key=lambda one: (one.name_sort, one.pk))


def _keys(name: str) -> Iterator[str]:
    for pinyin, initials in readings(name):
        yield from (pinyin, initials)


def pages(username: str, address: str, link: str = "next_url") -> Iterator[Any]:
    """The list's pages from this address on."""
    client = signed_in(username)
    while address:
        page = client.get(f"/children/{address}").context["page"]
        yield page
        address = getattr(page, link)


@pytest.mark.parametrize("username", ["officer", "township", "prefecture", "province"])
@pytest.mark.parametrize("sort", ["name", "-name"])
def test_the_pages_hold_what_is_found_in_the_order_of_the_list(children, username: str, sort: str) -> None:
    for text in TYPED:
        shown = list(pages(username, f"?q={text}&sort={sort}"))
        expected = found(username, text)
        assert {page.count for page in shown} == {len(expected)}, text
        rows = [row.pk for page in shown for row in page.rows]
        assert rows == [row.pk for row in (expected if sort == "name" else reversed(expected))], text


def test_from_the_last_page_back_to_the_first_nothing_is_lost_or_doubled(children) -> None:
    there = list(pages("province", "?q=s"))
    back = list(pages("province", there[-2].next_url, "previous_url"))

    assert len(there) > 2
    assert [[row.pk for row in page.rows] for page in back] == [
        [row.pk for row in page.rows] for page in reversed(there)
    ]
    assert [page.first for page in back] == [page.first for page in reversed(there)]


def test_a_search_goes_with_filters_and_other_sorts(children) -> None:
    girls = {row.pk for row in found("province", "sx") if row.sex == "2"}
    inside = {row.pk for row in found("province", "sx") if row.prefecture.code == "621100"}

    for address, expected in (("?q=sx&sex=2", girls), ("?q=sx&place=621100", inside)):
        for sort in ("name", "age", "-number"):
            rows = [row.pk for page in pages("province", f"{address}&sort={sort}") for row in page.rows]
            assert (set(rows), len(rows)) == (expected, len(expected)), (address, sort)


def test_the_top_bar_finds_the_first_of_the_list(children) -> None:
    for text in ("s", "sxh", "单"):
        shown = signed_in("province").get("/search/", {"q": text}).context["groups"][0].hits
        assert [hit.url for hit in shown] == [row.get_absolute_url() for row in found("province", text)][:20]


# --- the keys follow the child


def keys(child: Child) -> QuerySet:
    return NameKey.objects.filter(child=child).values_list(
        "county__code", "prefecture__code", "name_sort", "pinyin"
    )


def test_a_surname_of_several_readings_has_a_key_for_each() -> None:
    child = make_child("621124100", name="单小雨")

    assert set(keys(child)) == {
        ("621124", "621100", "shanxiaoyu", pinyin) for pinyin in ("shanxiaoyu", "danxiaoyu", "chanxiaoyu")
    }


def test_an_edit_of_name_and_residence_moves_the_keys() -> None:
    child = make_child("621124", name="王小雨", id_number=invented_id_number(date(2010, 9, 1), 5))
    values = edited(child, name="马小雨", division=division("621124100").pk)

    answer = signed_in("officer").post(f"/children/{child.number}/edit/", values)
    assert answer.status_code == 302, answer.context["form"].errors
    assert set(keys(child)) == {("621124", "621100", "maxiaoyu", "maxiaoyu")}


def test_an_upload_of_another_residence_moves_the_keys() -> None:
    child = registered(person("prefecture"), 乡镇="临洮县洮阳镇")
    before = set(keys(child))
    written(person("prefecture"), children_file({"乡镇": "漳县武阳镇"}), "children")

    assert before == {("621124", "621100", "wangxiaohua", pinyin) for pinyin in ("wangxiaohua", "yuxiaohua")}
    assert set(keys(child)) == {("621125", *rest) for _county, *rest in before}


def test_a_new_list_of_divisions_moves_the_keys() -> None:
    child = make_child("621124100", name="马小雨")
    Division.objects.filter(code="621124100").update(parent=division("621125"))

    reset()
    assert rederive_all() == 1, "the child is counted, her keys are not"
    assert set(keys(child)) == {("621125", "621100", "maxiaoyu", "maxiaoyu")}
