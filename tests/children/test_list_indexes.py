"""Each sort of the list is read from an index, at every height of scope: the database sorts nothing for a page."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from children.models import Child
from children.search import lines_along
from children.views import ChildList
from gansu_care.pages.keyset import Place, beyond
from tests.people import person

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
BY = {sort.name: sort for sort in ChildList.sorts}
OWN_KEY = "children_child_pkey" if connection.vendor == "postgresql" else "PRIMARY KEY"
INDEXES = {
    ("officer", "name"): "child_county_name",
    ("officer", "age"): "child_county_birth",
    ("officer", "number"): "child_county",
    ("prefecture", "name"): "child_prefecture_name",
    ("prefecture", "age"): "child_prefecture_birth",
    ("prefecture", "number"): "child_prefecture",
    ("province", "name"): "child_name",
    ("province", "age"): "child_birth",
    ("province", "number"): OWN_KEY,
}
# What is typed, and the index that has its names: by letter in the county, by letter, by first character.
NAMES = {
    ("officer", "wx"): "name_key_county",
    ("prefecture", "wx"): "name_key_letter",
    ("province", "wangxiao"): "name_key_letter",
    ("officer", "小红"): "child_county_name",
    ("province", "王"): "child_first",
}


@pytest.fixture(autouse=True)
def as_if_large() -> None:
    """A table of a few rows is read whole and sorted, whatever its indexes; PostgreSQL can be told not to."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite chooses by the statistics of a table, which an empty one has not")
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "incremental_sort", "bitmapscan", "hashagg", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")


def listed(username: str) -> Any:
    user = person(username)
    return Child.objects.visible_to(user).within(user.division).in_force()


@pytest.mark.parametrize(("username", "sort"), INDEXES)
def test_a_page_is_read_from_the_index_of_its_sort(username: str, sort: str) -> None:
    key = {"name": "wang", "age": "2012-05-01", "number": None}[sort]
    for turned in (BY[sort], BY[sort].reversed()):
        first = listed(username).order_by(*turned.order)
        late = first.filter(beyond(turned, Place(key, 7, 50), backwards=False))
        for page in (first, late):
            read_in_order(page[:51].explain(), INDEXES[username, sort])


@pytest.mark.parametrize(("username", "typed"), NAMES)
def test_a_name_is_looked_up_in_the_index_that_has_the_order_of_the_list(username: str, typed: str) -> None:
    along = lines_along(typed, person(username).division, anywhere=username == "officer")
    for turned in (BY["name"], BY["name"].reversed()):
        lines = along.to(listed(username), turned).order_by(*turned.order_by(along.pk))
        for page in (lines, lines.filter(beyond(turned, Place("w", 7, 50), backwards=False, pk=along.pk))):
            read_in_order(page[:51].explain(), NAMES[username, typed])


def read_in_order(told: str, index: str) -> None:
    assert index in told, told
    assert "Sort" not in told, told
    assert "TEMP B-TREE" not in told, told


def test_a_county_is_counted_without_a_look_at_its_rows() -> None:
    """The list, its facts (in the register, drafts) and its filters by what stands in the index."""
    rows = listed("officer")
    filtered = rows.filter(sex="2", schooling="primary", guardianship_type__in=["1", "2"]).aged(6, 13, DAY)
    for counted in (rows, rows.active(), rows.drafts(), filtered):
        told = counted.order_by().values("pk").explain()
        assert ("Index Only Scan" if connection.vendor == "postgresql" else "COVERING INDEX") in told, told
