"""The lists that leave on request: each app with persons registers its own in AppConfig.ready().

    register_source(ExportSource("children", _("留守儿童名单"), "children", ChildList, PARTS))

A pre-filled form is a source of its own over the same list, with `fill`: it writes the workbook in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from gansu_care.divisions.book import book

# fill(file, resource, rows, user, masked) writes a workbook and returns the number of its rows.
Fill = Callable[[IO[bytes], Any, QuerySet, Any, bool], int]


class Part(NamedTuple):
    """A group of columns that is asked for as one; `fields` are the resource's column names."""

    code: str
    label: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ExportSource:
    code: str
    title: str | Promise
    # The kind of workbook (kinds.py), and the page (a ListPage) whose filtered rows leave.
    kind: str
    list_page: Any
    parts: tuple[Part, ...]
    list_route: str
    fill: Fill | None = None

    def filtered(self, user: Any, place: str, query: str) -> Any:
        """The list's own filter, as this user would see it when looking at this place."""
        return self.list_page().filtered(_as_request(user, place, query))

    def fields(self, parts: Iterable[str]) -> set[str]:
        """The column names of the chosen parts."""
        chosen = set(parts)
        return {name for part in self.parts if part.code in chosen for name in part.fields}

    def labels(self, parts: Iterable[str]) -> list[str]:
        chosen = set(parts)
        return [str(part.label) for part in self.parts if part.code in chosen]


def _as_request(user: Any, place: str, query: str) -> HttpRequest:
    """What a list page needs to know of a request, for a job that has none."""
    request = HttpRequest()
    division = book().by_code.get(place)
    request.method, request.user, request.GET = "GET", user, QueryDict(query)
    request.session = {"division": division.current.code} if division else {}  # type: ignore[assignment]
    return request


SOURCES: dict[str, ExportSource] = {}


def register_source(source: ExportSource) -> None:
    SOURCES[source.code] = source


def source_of_kind(kind: str) -> ExportSource | None:
    """The list of a kind of workbook whose files need a request; None for a kind without persons."""
    return next((one for one in SOURCES.values() if one.kind == kind and one.fill is None), None)
