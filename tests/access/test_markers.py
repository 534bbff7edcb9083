"""Nothing of another county shows anywhere: not on a page, in a list, a search, a count, a file, a message, a header.

Three counties bear markers in every text: one's own, the neighbour's in the same prefecture, and one far away. Each
person walks all that her pages lead to, asks every list and search for the others by name, number and code, and meets
neither their markers nor their numbers; what she counts is her own.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from children.models import Child
from gansu_care.divisions.scoping import scope_lookup
from tests.access.crawler import Crawler, asked
from tests.access.marked_county import MarkedCounty
from tests.people import LINTAO, ZHANG, person

pytestmark = pytest.mark.django_db

FAR = "620622"  # 古浪县, of another prefecture
ASKED_FOR = re.compile(r"GC\d{10}|U-\d{6}-\d{8}-\d{3}|R-\w{8}|\b\w{64}\b")
LISTS = (
    "children:list",
    "centers:list",
    "centers:equipment_list",
    "funding:receipt_list",
    "funding:allocation_list",
    "funding:disbursement_list",
    "funding:expenditure_list",
    "funding:reconciliation_list",
    "spreadsheets:list",
    "accounts:list",
    "children:papers",
    "protection:erasure_due",
    "protection:erasure_list",
    "protection:request_list",
    "protection:incident_list",
    "protection:report_list",
    "children:transfers",
    "exports:list",
    "spreadsheets:jobs",
    "spreadsheets:headings",
)


@pytest.fixture
def own() -> MarkedCounty:
    return MarkedCounty(LINTAO, "洮河岸", 101)


@pytest.fixture
def neighbours() -> MarkedCounty:
    return MarkedCounty(ZHANG, "漳河畔", 201)


@pytest.fixture
def far() -> MarkedCounty:
    return MarkedCounty(FAR, "古浪峡", 301)


def probes(theirs: MarkedCounty) -> Iterator[str]:
    """Every list and search asked for another county by the beginning of its names, its numbers and its codes.

    A question is told back on the page: so a name is asked for by its beginning, and a number one digit short.
    """
    begun, numbers = theirs.marker[:2], [number[:-1] for number in theirs.numbers]
    for route in LISTS:
        path = reverse(route)
        yield asked(path, q=begun)
        yield asked(path, place=theirs.code)
        yield asked(path, batch=theirs.upload.number[:-1])
        yield asked(path, division=str(theirs.division.pk))
        yield asked(path, county=theirs.code)
    for word in (begun, *numbers):
        yield asked(reverse("pages:search"), q=word)
    yield asked(reverse("centers:options"), q=begun)
    yield reverse("reports:annual", args=[2015, theirs.code])
    yield reverse("reports:workbook", args=[2015, theirs.code])
    yield reverse("reports:rows", args=[2015, theirs.code, "centers_built"])


def steps_into(theirs: MarkedCounty) -> list[str]:
    """What she may try with addresses that she guessed: the records themselves, and what hangs on them."""
    child, center = theirs.child.number, theirs.center.number
    records = [
        *(reverse(f"children:{page}", args=[child]) for page in ("detail", "edit", "history", "exit", "merge")),
        *(reverse(f"children:{page}", args=[child]) for page in ("consent", "consent_paper", "consent_withdraw")),
        reverse("protection:erasure_propose", args=[child]),
        *(reverse(f"centers:{page}", args=[center]) for page in ("detail", "edit", "history", "stocktake")),
        reverse("centers:equipment_detail", args=[theirs.equipment.number]),
        reverse("children:unmask", args=[child, "id_number"]),
    ]  # fmt: skip
    asked, incident, report, transfer = (record.number for record in theirs.protected)
    pages = ("detail", "edit", "history", "void")
    records += [
        *(reverse(f"protection:request_{page}", args=[asked]) for page in (*pages, "answer", "letter")),
        *(reverse(f"protection:incident_{page}", args=[incident]) for page in (*pages, "letter")),
        *(reverse(f"protection:report_{page}", args=[report]) for page in pages),
        reverse("protection:erasure_decide", args=[theirs.leaving.number]),
        reverse("children:transfer", args=[transfer]),
        *(reverse(f"children:{page}", args=[child]) for page in ("readers", "consent_print", "return", "void")),
        *(reverse(f"exports:{page}", args=[theirs.export.number]) for page in ("detail", "file")),
    ]  # fmt: skip
    for upload in (theirs.upload, theirs.half_done):
        pages = (
            "detail",
            "progress",
            "problems",
            "problem_file",
            "preview",
            "done",
            "marked",
            "refused_rows",
        )
        records += [reverse(f"spreadsheets:{page}", args=[upload.number]) for page in pages]
    return records


@pytest.mark.parametrize("username", ["officer", "county", "township"])
def test_a_county_meets_nothing_of_another(
    username: str, own: MarkedCounty, neighbours: MarkedCounty, far: MarkedCounty
) -> None:
    crawler = Crawler(person(username))
    beginnings = ["/", *probes(neighbours), *probes(far)]
    met = [
        (path, betrayed)
        for path, text in crawler.answers(beginnings)
        for county in (neighbours, far)
        for betrayed in county.betrays
        if betrayed in text
    ]

    assert met == []
    assert crawler.statuses[200] > 40
    assert crawler.statuses[500] == 0


def test_a_prefecture_meets_nothing_of_another(
    own: MarkedCounty, neighbours: MarkedCounty, far: MarkedCounty
) -> None:
    crawler, met = Crawler(person("prefecture")), []
    for path, text in crawler.answers(["/", *probes(far), *probes(own)]):
        met += [(path, betrayed) for betrayed in far.betrays if betrayed in text]

    assert met == []
    assert crawler.statuses[500] == 0


@pytest.mark.parametrize("username", ["officer", "county", "township"])
def test_guessed_addresses_say_what_unknown_ones_say(username: str, neighbours: MarkedCounty) -> None:
    """Byte for byte: whether a record exists elsewhere is not to be learnt (the reference of the request apart)."""
    client = Crawler(person(username)).client
    for path in steps_into(neighbours):
        unknown = path.replace(neighbours.child.number, "GC9999999999")
        for number in neighbours.numbers:
            unknown = unknown.replace(number, no_such(number))
        told, not_there = client.get(path), client.get(unknown)
        assert told.status_code == not_there.status_code in (403, 404), path
        if told.status_code == 404:
            assert blank(told, path) == blank(not_there, unknown), path


def no_such(number: str) -> str:
    """A number of the same kind that nothing has."""
    return "GC9999999999" if number.startswith("GC") else f"{number[:2]}621125-20991231-001"


@pytest.mark.parametrize("username", ["officer", "county", "prefecture"])
def test_guessed_keys_say_what_unknown_ones_say(username: str, far: MarkedCounty) -> None:
    """The same for what is called by a key: an account, a file of a list, a value to be opened."""
    client = Crawler(person(username)).client
    for route, key in (
        ("accounts:detail", far.supervisor.pk),
        ("accounts:edit", far.officer.pk),
        ("accounts:end", far.officer.pk),
        ("accounts:password", far.officer.pk),
        ("spreadsheets:export_file", far.list_export.pk),
        ("children:unmask_request", far.unmask_request.pk),
    ):
        told, not_there = (
            client.get(reverse(route, args=[key])),
            client.get(reverse(route, args=[987_654_321])),
        )
        assert told.status_code == not_there.status_code in (403, 404), route
        if told.status_code == 404:
            assert blank(told, reverse(route, args=[key])) == blank(
                not_there, reverse(route, args=[987_654_321])
            )


def blank(answer: Any, path: str) -> str:
    """What is said, without the address, which the page tells back."""
    said = what_is_said(answer)
    for told in (path, quote(path, safe=""), quote(path)):
        said = said.replace(told, "…")
    return said


def what_is_said(answer: Any) -> str:
    """The page without what was asked for, the reference of the request and its token."""
    return ASKED_FOR.sub("…", answer.content.decode())


@pytest.mark.parametrize("username", ["officer", "township", "prefecture", "province"])
def test_counts_are_of_ones_own_rows(
    username: str, own: MarkedCounty, neighbours: MarkedCounty, far: MarkedCounty
) -> None:
    user = person(username)
    answer = Crawler(user).client.get(reverse("children:list"))

    assert user.division is not None
    mine = Child.objects.filter(**scope_lookup(user.division)).count()
    assert answer.context["page"].count == mine == len(answer.context["page"].rows)
