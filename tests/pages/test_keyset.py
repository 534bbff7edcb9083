"""Pages by key: every row once, forwards and backwards, whatever is typed into the address."""

import pytest
from django.http import QueryDict

from centers.models import Center
from gansu_care.pages.keyset import Place, Sort, keyset_page
from tests.records import make_center

pytestmark = pytest.mark.django_db

BY_NAME = Sort("name", "name")


@pytest.fixture
def centers() -> list[str]:
    # Three share a name, in three townships: the id decides between them.
    names = ["甲之家", "乙之家", "同名之家", "同名之家", "同名之家", "丙之家", "丁之家"]
    places = ["621124", "621124", "621124100", "621124101", "621124102", "621124", "621124"]
    return [make_center(place, name=name).name for name, place in zip(names, places, strict=True)]


def walk(sort: Sort, link: str, query: str = "") -> list[int]:
    seen: list[int] = []
    while True:
        page = keyset_page(Center.objects.all(), sort, QueryDict(query), per_page=2)
        seen += [row.pk for row in page.rows]
        url = getattr(page, link)
        if not url:
            return seen
        query = url.lstrip("?")


@pytest.mark.parametrize(
    "sort", [BY_NAME, BY_NAME.reversed(), Sort("number", "id"), Sort("number", "id", True)]
)
def test_every_row_stands_on_exactly_one_page(centers: list[str], sort: Sort) -> None:
    seen = walk(sort, "next_url")

    assert len(seen) == len(set(seen)) == 7
    assert seen == list(Center.objects.order_by(*sort.order).values_list("pk", flat=True))


def test_back_from_the_last_page_leads_to_the_first(centers: list[str]) -> None:
    first = keyset_page(Center.objects.all(), BY_NAME, QueryDict(""), per_page=3)
    second = keyset_page(Center.objects.all(), BY_NAME, QueryDict(first.next_url.lstrip("?")), per_page=3)
    back = keyset_page(Center.objects.all(), BY_NAME, QueryDict(second.previous_url.lstrip("?")), per_page=3)

    assert (first.first, first.last, second.first, second.last) == (1, 3, 4, 6)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert back.first == 1
    assert back.previous_url is None


def test_counts_are_exact_or_capped(centers: list[str]) -> None:
    exact = keyset_page(Center.objects.all(), BY_NAME, QueryDict(""), per_page=2, cap=None)
    capped = keyset_page(Center.objects.all(), BY_NAME, QueryDict(""), per_page=2, cap=5)

    assert (exact.count, exact.is_capped) == (7, False)
    assert (capped.count, capped.is_capped) == (5, True)


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "%00",
        "W10",
        "WyJhIl0",
        "bnVsbA",
        "W251bGwsMSwwXQ",
        "WzEsMSwwXQ",
        "WyJcdTAwMDAiLDEsMF0",
        "9" * 500,
    ],
)
def test_a_strange_address_shows_a_page_and_no_error(centers: list[str], typed: str) -> None:
    for sort in (BY_NAME, Sort("number", "id"), Sort("built", "built_on")):
        assert len(keyset_page(Center.objects.all(), sort, QueryDict(f"after={typed}")).rows) <= 7


def test_a_place_survives_its_address() -> None:
    place = Place("甲之家", 7, 50)

    assert Place.decode(place.encode()) == place
    assert Place.decode("nonsense") is None
