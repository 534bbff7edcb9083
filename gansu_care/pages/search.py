"""The search box of the top bar: each app registers what it finds; nothing beyond the user's scope is found."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise

LIMIT = 20


class Hit(NamedTuple):
    title: str
    note: str
    url: str


class Group(NamedTuple):
    title: str | Promise
    hits: list[Hit]


Finder = Callable[[HttpRequest, str], list[Hit]]
_finders: list[tuple[str | Promise, str, Finder]] = []


def register_finder(title: str | Promise, right: str, find: Finder) -> None:
    """`find(request, text)` gives at most LIMIT hits, scoped by visible_to."""
    _finders.append((title, right, find))


def found_places(request: HttpRequest, text: str) -> list[Group]:
    groups = (Group(title, find(request, text)) for title, right, find in _finders if request.user.may(right))  # type: ignore[union-attr]
    return [group for group in groups if group.hits]
