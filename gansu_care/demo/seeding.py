"""The demo province from nothing: accounts first, then every record in the order in which it refers to others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from django.utils import timezone

from funding.sources import ensure_sources
from gansu_care.demo.accounts import account, clerk_of, make_accounts
from gansu_care.demo.doors import send
from gansu_care.demo.notices import publish_notices
from gansu_care.demo.province.allocations import allocation_rows, grants
from gansu_care.demo.province.centers import DemoCenter, center_rows, demo_centers, ending_rows
from gansu_care.demo.province.children import child_rows, shares
from gansu_care.demo.province.equipment import equipment_rows
from gansu_care.demo.province.places import County, counties
from gansu_care.demo.province.receipts import payments, receipt_rows
from gansu_care.demo.resident_ids import ResidentIds

CHILDREN, MOST_CHILDREN, SEED = 2_000, 710_000, 2026
STORY_ENDS_ON = date(2026, 11, 20)
ROWS_A_WORKBOOK = 5_000
FEW = 10_000  # below, nobody needs to be told how far it is
PROVINCE = "province"  # who sends what is the whole province's

Say = Callable[[str], None]
Rows = Iterator[tuple[County, dict[str, Any]]]


@dataclass(frozen=True)
class Demo:
    """What is asked for. The same seed and number give the same rows, on whatever day it is made."""

    children: int = CHILDREN
    seed: int = SEED

    @property
    def as_of(self) -> date:
        """The last day of the story; a clock that is behind ends it earlier, since doors refuse days to come."""
        return min(STORY_ENDS_ON, timezone.localdate())


def seed(demo: Demo, say: Say) -> None:
    """Fill an empty database. Raises NotTaken if a door refuses a row."""
    ensure_sources()
    make_accounts()
    publish_notices()
    places = counties()
    centers = demo_centers(places, demo.seed)
    _send_centers(demo, centers, say)
    _send_equipment(demo, centers, say)
    _send_money(demo, places, centers, say)
    _send_children(demo, places, say)


def _send_centers(demo: Demo, centers: list[DemoCenter], say: Say) -> None:
    cells = center_rows(centers, demo.seed, demo.as_of)
    rows = ((center.county, row) for center, row in zip(centers, cells, strict=True))
    written = sum(_send_by_clerk("centers", "活动中心登记表", rows))
    changed = send("centers", "活动中心撤并情况", ending_rows(centers), account(PROVINCE))
    say(f"活动中心 centers: {written:,}（撤并、关闭 merged or closed {changed}）")


def _send_equipment(demo: Demo, centers: list[DemoCenter], say: Say) -> None:
    rows = ((center.county, row) for center in centers for row in equipment_rows([center], demo.seed))
    written = sum(_send_by_clerk("equipment", "设备物资台账", rows))
    say(f"设备物资 equipment: {written:,}")


def _send_money(demo: Demo, places: list[County], centers: list[DemoCenter], say: Say) -> None:
    received = payments(places, demo.seed)
    receipts = send("funding", "资金到账登记表", receipt_rows(received, demo.seed), account(PROVINCE))
    made = grants(received, centers, demo.seed)
    allocations = send("funding", "资金分配登记表", allocation_rows(made), account(PROVINCE))
    say(f"资金到账 receipts: {receipts:,}，资金分配 allocations: {allocations:,}")


def _send_children(demo: Demo, places: list[County], say: Say) -> None:
    ids, of_county, written = ResidentIds(), shares(places, demo.children), 0
    rows = (
        (place, row)
        for place in places
        for row in child_rows(place, of_county[place.code], demo.seed, demo.as_of, ids)
    )
    for sent in _send_by_clerk("children", "留守儿童登记表", rows):
        written += sent
        if demo.children >= FEW:
            say(f"  {written:,}")
    say(f"留守儿童 children: {written:,}")


def _send_by_clerk(kind: str, title: str, rows: Rows) -> Iterator[int]:
    """Send the rows, ordered by county, in workbooks of one clerk each; yields how many each brought in.

    A workbook is small enough for the door, so that memory does not grow with the number of rows.
    """
    for (username, unit), of_clerk in groupby(rows, key=lambda pair: _clerk(pair[0])):
        clerk, number = account(username), 0
        while part := [row for _, row in islice(of_clerk, ROWS_A_WORKBOOK)]:
            number += 1
            yield send(kind, f"{unit}{title}（{number}）", part, clerk)


def _clerk(county: County) -> tuple[str, str]:
    """(user name, unit): who sends this county's rows, and for whom."""
    username = clerk_of(county.code, county.prefecture_code)
    return username, county.prefecture_name if username.startswith("staff") else county.name
