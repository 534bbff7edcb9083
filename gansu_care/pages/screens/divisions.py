"""Divisions: the list, level by level, and loading a newer one: first what it would change, then the change.

Between the two pages the file travels in the form itself, compressed and signed for this user, so that exactly what
was looked at is loaded; if the divisions have changed meanwhile, the differences are shown again.
"""

import base64
import hashlib
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.divisions.book import reset
from gansu_care.divisions.list_file import BrokenList
from gansu_care.divisions.loading import Difference, LoadResult, load
from gansu_care.divisions.models import Division, Edition, Level
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.screens.divisions_list import DivisionFilter, DivisionTable
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KIND = "divisions"
SHOWN = 500
LARGEST = 1024 * 1024
VALID_FOR = 60 * 60  # seconds between looking at the differences and loading them
KINDS = {
    "created": gettext_lazy("新增"),
    "updated": gettext_lazy("更新"),
    "ended": gettext_lazy("停用"),
}


class DivisionList(ListPage):
    """The divisions in force right below one (`under`, else the province); with a condition, all that fit it."""

    right = Right.MANAGE_DIVISIONS
    model = Division
    filterset_class = DivisionFilter
    table_class = DivisionTable
    template = "divisions/list.html"
    sorts = (Sort("code", "code"),)
    noun = "division"
    caption = gettext_lazy("行政区划，按代码排列")

    def rows(self, request: HttpRequest) -> QuerySet:
        rows = Division.objects.all()
        asked = any(request.GET.get(name) for name in ("q", "level", "state"))
        if asked:
            return rows
        under = self.under(request)
        rows = rows.filter(parent=under)
        return rows.in_force() if under and under.in_force else rows

    def under(self, request: HttpRequest) -> Division | None:
        code = request.GET.get("under", "")[:12].replace("\0", "")
        if code:
            return get_object_or_404(Division, code=code)
        return Division.objects.filter(level=Level.PROVINCE).first()

    def with_related(self, rows: QuerySet) -> QuerySet:
        rows = rows.select_related("parent", "successor").prefetch_related("other_names")
        return rows.annotate(below_count=Count("children"))

    def cap(self, request: HttpRequest) -> int | None:
        return None

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        under = self.under(request)
        facts = {"edition": Edition.objects.first(), "ended": Division.objects.exclude(valid_to=None).count()}
        return {**super().context(request, filterset, page), **facts, "path": under.path() if under else []}


class ListFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("区划名单"),
        help_text=gettext_lazy("CSV 文件，列名和样子同项目自带的名单；没有写到的区划不变"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 1 MB，不像区划名单。请检查后重新选择。"))
        return file


class Parcel:
    """The file between the two pages: its bytes and what was shown of it, signed for one user."""

    def __init__(self, content: bytes, seen: str) -> None:
        self.content, self.seen = content, seen

    def pack(self, user: Any) -> str:
        value = {"file": base64.b64encode(self.content).decode(), "seen": self.seen}
        return signing.dumps(value, salt=_salt(user), compress=True)

    @classmethod
    def unpack(cls, text: str, user: Any) -> "Parcel | None":
        """None for what was not made by `pack` for this user within the hour."""
        try:
            value = signing.loads(text, salt=_salt(user), max_age=VALID_FOR)
        except signing.BadSignature:
            return None
        return cls(base64.b64decode(value["file"]), value["seen"])


def _salt(user: Any) -> str:
    return f"divisions.{user.pk}"


def seen_in(result: LoadResult) -> str:
    """A digest of the differences."""
    return hashlib.sha256(repr(result.differences).encode()).hexdigest()


class DivisionLoad(View):
    """GET: choose a file. POST with a file: what would change, nothing is written."""

    right = Right.MANAGE_DIVISIONS

    def get(self, request: HttpRequest) -> HttpResponse:
        return choose(request, ListFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ListFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return choose(request, form, status=422)
        content = form.cleaned_data["file"].read()
        try:
            result = load(io.BytesIO(content), dry_run=True)
        except BrokenList as broken:
            return choose(request, ListFileForm(), broken.problems, status=422)
        return preview(request, content, result)


class DivisionConfirm(View):
    """POST only: loads the file whose differences were shown."""

    right = Right.MANAGE_DIVISIONS
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        parcel = Parcel.unpack(request.POST.get("parcel", ""), request.user)
        if parcel is None:
            messages.error(request, _("确认页已过期，没有载入。请重新选择文件。"))
            return redirect("divisions:load")
        try:
            return self.load(request, parcel)
        except BrokenList as broken:
            return choose(request, ListFileForm(), broken.problems, status=422)

    def load(self, request: HttpRequest, parcel: Parcel) -> HttpResponse:
        with transaction.atomic():
            result = load(io.BytesIO(parcel.content))
            if seen_in(result) != parcel.seen:
                transaction.set_rollback(True)
            else:
                reason = f"{result.source} {result.edition}".strip()
                number = hashlib.sha256(parcel.content).hexdigest()[:40]
                record_event(
                    Action.SETTING,
                    request.user,
                    kind=KIND,
                    number=number,
                    rows=len(result.differences),
                    reason=reason,
                )
        reset()  # load() forgot the list before this transaction was committed or rolled back
        if seen_in(result) != parcel.seen:
            messages.warning(request, _("确认之前区划又有改动，没有载入。请看新的差异后再确认。"))
            return preview(
                request, parcel.content, load(io.BytesIO(parcel.content), dry_run=True), status=409
            )
        messages.success(request, loaded(result))
        return redirect("divisions:list")


def loaded(result: LoadResult) -> str:
    words = {
        "created": result.created,
        "updated": result.updated,
        "ended": result.ended,
        "moved": result.rederived,
    }
    sentence = _(
        "已载入：新增 %(created)s 个，更新 %(updated)s 个，停用 %(ended)s 个；改归登记记录 %(moved)s 条。"
    )
    return sentence % words


def choose(request: HttpRequest, form: ListFileForm, problems: Any = (), status: int = 200) -> HttpResponse:
    context = {
        "heading": _("载入区划名单"),
        "form": form,
        "problems": problems,
        "edition": Edition.objects.first(),
        "cancel_url": reverse("divisions:list"),
    }
    return render(request, "divisions/load.html", context, status=status)


def preview(request: HttpRequest, content: bytes, result: LoadResult, status: int = 200) -> HttpResponse:
    context = {
        "heading": _("载入前核对差异"),
        "result": result,
        "differences": [(KINDS[one.kind], one) for one in _important_first(result.differences)[:SHOWN]],
        "left_out": max(0, len(result.differences) - SHOWN),
        "parcel": Parcel(content, seen_in(result)).pack(request.user),
        "missing": result.missing[:SHOWN],
    }
    return render(request, "divisions/preview.html", context, status=status)


def _important_first(differences: list[Difference]) -> list[Difference]:
    """Endings, then changes, then what is new; within each by code."""
    order = {"ended": 0, "updated": 1, "created": 2}
    return sorted(differences, key=lambda one: (order[one.kind], one.code))
