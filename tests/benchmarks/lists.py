"""The list of children, page by page, as a county officer, a prefecture and the province ask for it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from children.filters import AGE_BANDS
from children.models import Child, ChildStatus
from children.views import ChildList
from gansu_care.accounts.models import User
from gansu_care.pages.keyset import Place, Sort
from gansu_care.pages.search import LIMIT
from tests.benchmarks.ground import measuring
from tests.benchmarks.ground.measuring import Case
from tests.benchmarks.ground.population import populate

PEOPLE = ("township", "officer", "prefecture", "province")
FILTERS = {
    "status": ChildStatus.values,
    "situation": ("both", "one", "none"),
    "age": tuple(AGE_BANDS),
    "care": ("good", "fair", "poor"),
    "sex": ("1",),
    "schooling": ("primary", "dropped_out"),
}
# What is typed into the search box: (in words, text, whether beyond the county only the beginning counts).
TYPED = {
    "surname": "王",
    "surname and one": "王小",
    "full name": "王小红",
    "inside a name": "小红",
    "rare surname": "尉迟",
    "pinyin, 1": "w",
    "pinyin, 2": "wa",
    "pinyin of a surname": "wang",
    "pinyin of two": "wangxiao",
    "full pinyin": "wangxiaohong",
    "another reading": "danxiaohong",
    "last of the alphabet": "zhang",
    "initials, 2": "wx",
    "initials, 3": "wxh",
    "initials of many, 2": "zy",
    "initials of none": "vv",
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=100_000, help="children in the register (100,000)")
    measuring.arguments(parser)


def run(options: Namespace) -> None:
    populate(options.rows)
    cases = (case for who in PEOPLE for case in cases_of(who))
    measuring.measure(cases, options, benchmark="lists", rows=options.rows)


def cases_of(who: str) -> Iterator[Case]:
    yield Case(who, "first page", "/children/")
    for sort in ChildList.sorts:
        for turned in (sort, sort.reversed()):
            yield _case(who, f"sort {turned.parameter}", sort=turned.parameter)
            yield from _places(who, turned)
    for name, values in FILTERS.items():
        for value in values:
            yield _case(who, f"filter {name}={value}", **{name: value})
    yield _case(who, "filters sex, age, care", sex="2", age="6-13", care="poor")
    yield _case(who, "filter batch", batch=_batch(who))
    yield from _searches(who)


def _case(who: str, what: str, **query: Any) -> Case:
    return Case(who, what, f"/children/?{urlencode(query)}")


def _places(who: str, sort: Sort) -> Iterator[Case]:
    """A page in the middle, a late one, and the one before it."""
    rows = Child.objects.visible_to(_user(who)).in_force().order_by(*sort.order)
    count = rows.count()
    for what, share in (("middle", 0.5), ("late", 0.95)):
        row = rows[int(count * share)]
        key = None if sort.column == "id" else getattr(row, sort.column)
        place = Place(key, row.pk, int(count * share)).encode()
        yield _case(who, f"sort {sort.parameter}, {what}", sort=sort.parameter, after=place)
        yield _case(who, f"sort {sort.parameter}, {what}, back", sort=sort.parameter, before=place)


def _searches(who: str) -> Iterator[Case]:
    for what, text in TYPED.items():
        yield _case(who, f"{what}: {text}", q=text)
    for sort in ("-name", "age", "number"):
        for text in ("王", "w", "wx", "wxh"):
            yield _case(who, f"sort {sort}: {text}", q=text, sort=sort)
    for text in ("王", "w", "wx"):
        yield _case(who, f"drafts: {text}", q=text, status=ChildStatus.DRAFT)
        yield _case(who, f"boys of 6 to 13: {text}", q=text, sex="1", age="6-13")
    child = Child.objects.visible_to(_user(who)).in_force().filter(id_number__isnull=False).earliest("pk")
    yield _case(who, "full ID number", q=child.id_number.open())
    yield _case(who, "record number", q=child.number)
    yield _case(who, "beginning of record numbers", q=child.number[:6])
    for text in ("王", "wx", "w", child.number):
        yield Case(who, f"top bar, {LIMIT} hits: {text}", f"/search/?{urlencode({'q': text})}")


def _batch(who: str) -> str:
    return Child.objects.visible_to(_user(who)).exclude(upload_number="").earliest("pk").upload_number


def _user(who: str) -> User:
    return User.objects.get(username=who)
