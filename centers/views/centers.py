"""Pages of activity centers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from centers.code_tables import EquipmentCategory
from centers.facts import equipment_by_category
from centers.filters import CenterFilter
from centers.forms import CenterForm, CenterVoidForm, StatusForm, StocktakeForm
from centers.models import Center, CenterState, Stocktake
from centers.tables import CenterTable
from centers.views.phone import CALL_REASONS
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.panels import panels_for
from gansu_care.pages.record_forms import label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.standing import standing_of
from gansu_care.spreadsheets.exporting import ExportPage
from gansu_care.trail.models import Action

KIND = "center"
SUGGESTIONS = 20
GROUPS = (
    (gettext_lazy("基本情况"), ("type", "level", "village", "village_code", "address", "host_type", "host", "batch",
                            "project_year")),
    (gettext_lazy("建设与开放"), ("built_on", "opened_on", "indoor_area", "outdoor_area", "seats", "free_of_charge",
                             "rooms", "opening_hours")),
    (gettext_lazy("人员与服务"), ("manager", "full_time_staff", "part_time_staff", "volunteers", "children_served",
                             "left_behind_served")),
    (gettext_lazy("管理"), ("rules_posted", "files_kept", "sign_shown", "checked_on", "safety_checked_on", "longitude",
                          "latitude", "datum", "upload_number", "remarks")),
)  # fmt: skip
WIDE = ("opening_hours", "rooms", "address", "remarks")


class CenterList(ListPage):
    right = Right.SEE_REGISTRY
    model = Center
    filterset_class = CenterFilter
    table_class = CenterTable
    template = "centers/list.html"
    sorts = (Sort("number", "id"), Sort("name", "name"))
    noun = "center"
    caption = gettext_lazy("活动中心名单")

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).in_force()

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division", "county")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        rows, today = self.rows(request), timezone.localdate()
        facts = {
            "built": rows.built_by(today).count(),
            "operating": rows.operating_on(today).count(),
            "today": today,
        }
        may_write = request.user.may(Right.WRITE_CENTERS)  # type: ignore[union-attr]
        return {**super().context(request, filterset, page), **facts, "may_write": may_write}


class CenterDetail(DetailPage):
    right = Right.SEE_REGISTRY
    model = Center
    template = "centers/detail.html"
    kind = KIND

    def context(self, request: HttpRequest, record: Center) -> dict[str, Any]:
        groups = [(title, [self.fact(record, name) for name in names]) for title, names in GROUPS]
        groups[2][1].insert(1, self.phone(request, record))
        return {
            "record": record,
            "heading": record.name,
            "groups": groups,
            "states": record.states.select_related("successor").order_by("-since", "-pk"),
            "equipment": equipment_by_category(record, timezone.localdate()),
            "categories": EquipmentCategory,
            "panels": panels_for("center", request, record),
            "may_write": request.user.may(Right.WRITE_CENTERS),  # type: ignore[union-attr]
            "may_write_equipment": request.user.may(Right.WRITE_EQUIPMENT),  # type: ignore[union-attr]
            "stocktake": Stocktake.objects.filter(equipment__center=record).first(),
            "reasons": CALL_REASONS,
        }

    def fact(self, record: Center, name: str) -> dict[str, Any]:
        fact = {"label": label_of(record, name), "value": shown(record, name), "wide": name in WIDE}
        if name == "free_of_charge" and not record.free_of_charge:
            fact |= {"state": "bad", "value": _("否，依法要对未成年人免费开放")}
        return fact

    def phone(self, request: HttpRequest, record: Center) -> dict[str, Any]:
        label, sealed = label_of(record, "manager_phone"), record.manager_phone
        may = request.user.may(Right.UNMASK)  # type: ignore[union-attr]
        url = reverse("centers:phone", args=[record.number]) if sealed and may else ""
        return {"label": label, "mask": {"masked": str(sealed or ""), "name": label, "url": url}}


class CenterAdd(FormPage):
    right = Right.WRITE_CENTERS
    model = Center
    form_class = CenterForm
    kind = KIND

    def add_heading(self) -> str:
        return _("登记活动中心")

    def form(self, request: HttpRequest, record: Center | None, data: Any = None) -> CenterForm:
        form = CenterForm(data, instance=record, user=request.user)
        division = standing_of(request).division
        if record is None and division is not None:
            form.fields["division"].initial = division.pk
        return form


class CenterEdit(CenterAdd):
    pass


class CenterHistory(HistoryPage):
    right = Right.SEE_REGISTRY
    model = Center
    kind = KIND

    def histories(self, record: Center) -> list[Any]:
        return [record.history.all(), CenterState.history.filter(center_id=record.pk)]


class CenterStatusChange(ReasonPage):
    """A new status begins on a day, for a reason; the former one ends there."""

    right = Right.WRITE_CENTERS
    model = Center
    form_class = StatusForm
    kind = KIND

    def context(self, request: HttpRequest, record: Center) -> dict[str, Any]:
        heading = _("变更状态：%(name)s") % {"name": record.name}
        return {
            "record": record,
            "heading": heading,
            "note": _("撤并、关闭的中心仍计入累计建成数，不再计入运行数。"),
        }


class CenterStocktake(ReasonPage):
    """The yearly count of all that is on hand."""

    right = Right.WRITE_EQUIPMENT
    model = Center
    form_class = StocktakeForm
    kind = "stocktake"
    action = Action.CHANGE
    template = "centers/stocktake.html"

    def context(self, request: HttpRequest, record: Center) -> dict[str, Any]:
        return {"record": record, "heading": _("盘点：%(name)s") % {"name": record.name}}


class CenterVoid(ReasonPage):
    right = Right.WRITE_CENTERS
    model = Center
    form_class = CenterVoidForm
    kind = KIND

    def context(self, request: HttpRequest, record: Center) -> dict[str, Any]:
        heading = _("作废：%(name)s") % {"name": record.name}
        return {
            "record": record,
            "heading": heading,
            "note": _("只用于误登记和重复登记；作废后不进任何名单和数字，历史保留。"),
        }


class CenterExport(ExportPage):
    right = Right.EXPORT
    list_page = CenterList
    kind = "centers"


class CenterOptions(View):
    """Centers whose name begins so, for a field that names one: there are too many for a drop-down."""

    right = Right.SEE_REGISTRY

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip().replace("\0", "")[:60]
        rows = Center.objects.visible_to(request.user).in_force()
        found = rows.filter(name__prefix=text).select_related("division").order_by("name", "pk")[:SUGGESTIONS]
        options = (
            [{"number": c.number, "name": c.name, "place": c.division.label} for c in found] if text else []
        )
        return JsonResponse({"options": options})
