"""ListPage: sign-in and right (the gate), scope, filter, sort, one page of rows, a table."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from django_filters import FilterSet
from django_tables2 import Table

from gansu_care.accounts.allowances import SEARCH, take
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Level
from gansu_care.pages.keyset import CAP, Page, Sort, address, keyset_page
from gansu_care.pages.standing import standing_of
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class ListPage(View):
    """A list of one kind of record in the division where the reader stands.

    Subclasses name: right, model, filterset_class, table_class, template, sorts (allow-listed), noun, caption.
    """

    right: ClassVar[str] = ""
    model: ClassVar[Any]
    filterset_class: ClassVar[type[FilterSet]]
    table_class: ClassVar[type[Table]]
    template: ClassVar[str] = ""
    sorts: ClassVar[tuple[Sort, ...]] = (Sort("number", "id", descending=True),)
    noun: ClassVar[str] = "record"
    caption: ClassVar[Any] = ""
    # Looking for a person by name or number (`q`) is counted.
    searches_persons: ClassVar[bool] = False
    # What the trail calls a page of this list that somebody has looked at; empty for records without persons.
    reads_persons: ClassVar[str] = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.searches_persons and request.GET.get("q", "").strip():
            take(request, SEARCH)
        filterset = self.filtered(request)
        page = self.page(request, filterset, self.sort(request))
        if self.reads_persons:
            place = standing_of(request).division
            code = place.code if place else ""
            record_event(Action.READ, request.user, kind=self.reads_persons, number=code, rows=len(page.rows))
        return render(request, self.template, self.context(request, filterset, page))

    def page(self, request: HttpRequest, filterset: Any, sort: Sort) -> Page:
        return keyset_page(self.with_related(filterset.qs), sort, request.GET, cap=self.cap(request))

    def rows(self, request: HttpRequest) -> Any:
        """The rows in scope and in the division shown; every list begins here."""
        rows = self.model.objects.visible_to(request.user)
        division = standing_of(request).division
        return rows.within(division) if division else rows.none()

    def filtered(self, request: HttpRequest) -> FilterSet:
        return self.filterset_class(request.GET, queryset=self.rows(request), request=request)

    def with_related(self, rows: QuerySet) -> QuerySet:
        """What the table shows of other tables, fetched with the page: no query a row."""
        return rows

    def sort(self, request: HttpRequest) -> Sort:
        wanted = request.GET.get("sort", "")
        for sort in self.sorts:
            if wanted.lstrip("-") == sort.name:
                return Sort(sort.name, sort.column, wanted.startswith("-"))
        return self.sorts[0]

    def cap(self, request: HttpRequest) -> int | None:
        """Counts are exact in a county or prefecture; the province's stop at a cap."""
        division = standing_of(request).division
        return CAP if division is None or division.level == Level.PROVINCE else None

    def context(self, request: HttpRequest, filterset: FilterSet, page: Page) -> dict[str, Any]:
        assert page.sort is not None
        table = self.table_class(
            page.rows, order_by=(), orderable=False, first_position=page.first, request=request
        )
        return {
            "filter": filterset,
            "filter_form": filterset.form,
            "page": page,
            "table": table,
            "sort_links": self.sort_links(request, page.sort),
            "keep": [("sort", page.sort.parameter)] if "sort" in request.GET else [],
            "noun": self.noun,
            "caption": self.caption,
            "standing": standing_of(request),
            "may_upload": request.user.may(Right.UPLOAD),  # type: ignore[union-attr]
            "may_export": request.user.may(Right.EXPORT),  # type: ignore[union-attr]
        }

    def sort_links(self, request: HttpRequest, current: Sort) -> dict[str, dict[str, str]]:
        links = {}
        for sort in self.sorts:
            is_current = sort.name == current.name
            turned = current.reversed() if is_current else sort
            state = ("descending" if current.descending else "ascending") if is_current else ""
            links[sort.name] = {"url": address(request.GET, sort=turned.parameter), "state": state}
        return links


def cell(classes: str) -> dict[str, Any]:
    """The looks of a column (templates/components/table.html): `Column(attrs=cell("num drop-sm"))`."""
    return {"cell": {"class": classes}}


class RegistryTable(Table):
    """A table whose first column is 序号, going on from page to page."""

    def __init__(self, *args: Any, first_position: int = 1, request: Any = None, **kwargs: Any) -> None:
        self.first_position = first_position
        self._words: dict[str, dict[Any, Any]] = {}
        super().__init__(*args, **kwargs)
        # Not given to Table: with a request it would page once more, 25 rows of the 50 that are on this page.
        self.request = request

    def render_position(self) -> int:
        self._position = getattr(self, "_position", self.first_position - 1) + 1
        return self._position

    def words(self, record: Any, name: str) -> str:
        """What a coded column says. Django's own get_…_display translates the whole table of codes for each cell."""
        if name not in self._words:
            self._words[name] = dict(record._meta.get_field(name).flatchoices)
        value = getattr(record, name)
        return str(self._words[name].get(value, value))
