"""Pages of a long list by key, not by number: the next page begins after the last row of this one.

A page costs the same at row 50 and at row 500,000. The place in the list is (value of the sort key, id, rows before).

A search may find too many rows to sort them for each page, or too few to meet them soon in the order of the list. It
brings lines along (`Along`): entries of a narrow index that hold the sort key beside the id of the row, and are read in
the order of the list until the page is full.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

PER_PAGE = 50
CAP = 10_000


@dataclass(frozen=True)
class Sort:
    """An allow-listed order: the name in the address, the column (never NULL, indexed with id), the direction."""

    name: str
    column: str
    descending: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        return self.order_by("pk")

    def order_by(self, pk: str) -> tuple[str, ...]:
        """The order of rows whose own id, or the id they name, stands in the column `pk`."""
        sign = "-" if self.descending else ""
        return (f"{sign}{pk}",) if self.column in ("id", "pk") else (f"{sign}{self.column}", f"{sign}{pk}")

    def reversed(self) -> "Sort":
        return Sort(self.name, self.column, not self.descending)

    @property
    def parameter(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Place:
    """A row's place in the list: its key, its id, how many rows stand before the page it bounds."""

    key: Any
    pk: int
    before: int

    def encode(self) -> str:
        key = self.key.isoformat() if isinstance(self.key, date | datetime) else self.key
        key = str(key) if isinstance(key, Decimal) else key
        return base64.urlsafe_b64encode(json.dumps([key, self.pk, self.before]).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Place | None":
        """None for anything that was not made by `encode`: such an address shows the first page."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            key, pk, before = json.loads(raw)
            place = cls(key, int(pk), max(0, int(before)))
        except (binascii.Error, ValueError, TypeError, UnicodeError, RecursionError):
            return None
        small = isinstance(key, str | int | float | None) and 0 < place.pk < 2**63 and place.before < 2**31
        return place if small and "\0" not in str(key) else None


@dataclass(frozen=True)
class Along:
    """Lines that hold a sort key, with the column that names the row; several lines may name the same one."""

    lines: QuerySet
    pk: str = "pk"

    def to(self, rows: QuerySet, sort: Sort) -> QuerySet:
        """(sort key, id) of those of the rows that a line names, each once."""
        shown = self.lines.filter(Exists(rows.order_by().filter(pk=OuterRef(self.pk))))
        return shown.order_by().values_list(sort.column, self.pk).distinct()


@dataclass
class Page:
    """One page: rows, exact or capped count, positions, addresses of the pages around it (None at the ends)."""

    rows: list[Any]
    count: int | None
    is_capped: bool
    first: int
    per_page: int
    previous_url: str | None = None
    next_url: str | None = None
    first_url: str | None = None
    sort: Sort | None = field(default=None, repr=False)

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


def beyond(sort: Sort, place: Place, *, backwards: bool, pk: str = "pk") -> Q:
    """The rows after (or before) a place in this order."""
    comparison = "lt" if sort.descending != backwards else "gt"
    by_id = Q(**{f"{pk}__{comparison}": place.pk})
    if sort.column in ("id", "pk"):
        return by_id
    # Said first by the key alone, from which an index begins to read; "or" would make it read from the first row.
    from_key = Q(**{f"{sort.column}__{comparison}e": place.key})
    return from_key & (Q(**{f"{sort.column}__{comparison}": place.key}) | by_id)


def capped_count(rows: QuerySet, cap: int | None) -> tuple[int, bool]:
    """Exact when `cap` is None, else at most `cap`; second: whether there are more."""
    if cap is None:
        return rows.order_by().count(), False
    found = rows.order_by()[: cap + 1].count()
    return min(found, cap), found > cap


def rows_in_order(
    rows: QuerySet,
    sort: Sort,
    limit: int,
    *,
    place: Place | None = None,
    backwards: bool = False,
    along: Along | None = None,
) -> list[Any]:
    """The first rows, those next after the place, or (`backwards`, the nearest first) those next before it."""
    pk = along.pk if along else "pk"
    found = along.to(rows, sort) if along else rows
    found = found.order_by(*(sort.reversed() if backwards else sort).order_by(pk))
    if place:
        found = found.filter(beyond(sort, place, backwards=backwards, pk=pk))
    if not along:
        return list(found[:limit])
    ids = [row for _key, row in found[:limit]]
    held = rows.in_bulk(ids)
    return [held[row] for row in ids]


def keyset_page(
    rows: QuerySet,
    sort: Sort,
    query: Any,
    *,
    per_page: int = PER_PAGE,
    cap: int | None = CAP,
    along: Along | None = None,
) -> Page:
    """The page that the address (`after` or `before`) asks for. One query for the rows (two along an index), one for
    the count."""
    after, before = (Place.decode(query.get(name, "")) for name in ("after", "before"))
    backwards = before is not None and after is None
    place = before if backwards else after
    try:
        found = rows_in_order(rows, sort, per_page + 1, place=place, backwards=backwards, along=along)
    except (ValueError, TypeError, ValidationError):  # a key of another column's type
        return keyset_page(rows, sort, {}, per_page=per_page, cap=cap, along=along)
    more, found = len(found) > per_page, found[:per_page]
    if backwards:
        found.reverse()
    count, is_capped = capped_count(along.to(rows, sort) if along else rows, cap)
    start = 0 if place is None else max(0, place.before - len(found)) if backwards else place.before
    page = Page(found, count, is_capped, start + 1 if found else 0, per_page, sort=sort)
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    _link(
        page, query, sort, start, has_previous=has_previous and bool(found), has_next=has_next and bool(found)
    )
    return page


def _link(page: Page, query: Any, sort: Sort, start: int, *, has_previous: bool, has_next: bool) -> None:
    def key(row: Any) -> Any:
        return None if sort.column in ("id", "pk") else getattr(row, sort.column)

    if has_previous:
        first = page.rows[0]
        page.previous_url = address(query, before=Place(key(first), first.pk, start).encode())
        page.first_url = address(query)
    if has_next:
        last = page.rows[-1]
        page.next_url = address(query, after=Place(key(last), last.pk, start + len(page.rows)).encode())


def address(query: Any, **changes: str) -> str:
    """The page's own address with other parameters, at another place in the list."""
    kept = query.copy() if hasattr(query, "urlencode") else None
    if kept is None:
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items())
    for name in ("after", "before"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    return f"?{kept.urlencode()}"
