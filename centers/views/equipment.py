"""Pages of the equipment ledger."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centers.filters import EquipmentFilter
from centers.forms import EquipmentForm
from centers.models import Center, Equipment
from centers.tables import EquipmentTable
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.panels import panels_for
from gansu_care.pages.record_forms import VoidForm, label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.spreadsheets.exporting import ExportPage

KIND = "equipment"
SHOWN = (
    "asset_no", "category", "item", "model", "serial_no", "quantity", "unit", "unit_price", "amount", "obtained",
    "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on", "place", "keeper", "condition", "disposed_on",
    "upload_number", "remarks",
)  # fmt: skip


class EquipmentList(ListPage):
    right = Right.SEE_REGISTRY
    model = Equipment
    filterset_class = EquipmentFilter
    table_class = EquipmentTable
    template = "centers/equipment_list.html"
    sorts = (Sort("number", "id"), Sort("category", "category"))
    noun = "item"
    caption = gettext_lazy("设备物资台账")

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).in_force()

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("center", "division")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        may_write = request.user.may(Right.WRITE_EQUIPMENT)  # type: ignore[union-attr]
        return {**super().context(request, filterset, page), "may_write": may_write}


class EquipmentDetail(DetailPage):
    right = Right.SEE_REGISTRY
    model = Equipment
    template = "centers/equipment_detail.html"
    kind = KIND

    def context(self, request: HttpRequest, record: Equipment) -> dict[str, Any]:
        facts = [{"label": label_of(record, n), "value": shown(record, n)} for n in SHOWN]
        panels = panels_for("equipment", request, record)
        may_write = request.user.may(Right.WRITE_EQUIPMENT)  # type: ignore[union-attr]
        return {
            "record": record,
            "heading": record.item,
            "facts": facts,
            "panels": panels,
            "may_write": may_write,
        }


class EquipmentAdd(FormPage):
    right = Right.WRITE_EQUIPMENT
    model = Equipment
    form_class = EquipmentForm
    kind = KIND

    def add_heading(self) -> str:
        return _("登记设备物资")

    def form(self, request: HttpRequest, record: Equipment | None, data: Any = None) -> EquipmentForm:
        form = EquipmentForm(data, instance=record, user=request.user)
        wanted = request.GET.get("center", "")[:12]
        center = (
            Center.objects.visible_to(request.user).filter(number=wanted).first() if record is None else None
        )
        if center is not None:
            form.fields["center_number"].initial = center.number
        return form


class EquipmentEdit(EquipmentAdd):
    pass


class EquipmentHistory(HistoryPage):
    right = Right.SEE_REGISTRY
    model = Equipment
    kind = KIND


class EquipmentVoid(ReasonPage):
    right = Right.WRITE_EQUIPMENT
    model = Equipment
    form_class = VoidForm
    kind = KIND

    def context(self, request: HttpRequest, record: Equipment) -> dict[str, Any]:
        heading = _("作废：%(name)s") % {"name": record.item}
        return {
            "record": record,
            "heading": heading,
            "note": _("只用于误登记和重复登记；报废、丢失的请改“状况”。"),
        }


class EquipmentExport(ExportPage):
    right = Right.EXPORT
    list_page = EquipmentList
    kind = "equipment"
