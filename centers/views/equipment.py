"""Pages of the equipment ledger."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centers.filters import EquipmentFilter
from centers.forms import DisposalForm, EquipmentForm, LoanForm, ReturnForm
from centers.models import Center, Equipment, Loan, Stocktake
from centers.tables import EquipmentTable
from centers.templatetags.ledger import quantity
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.panels import panels_for
from gansu_care.pages.record_forms import VoidForm, label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.wording import money
from gansu_care.spreadsheets.exporting import ExportPage
from gansu_care.trail.models import Action

KIND = "equipment"
SHOWN = (
    "asset_no", "category", "item", "model", "serial_no", "quantity", "unit", "unit_price", "amount", "obtained",
    "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on", "place", "keeper", "condition",
    "upload_number", "remarks",
)  # fmt: skip
GONE_SHOWN = ("disposal", "disposed_on", "disposal_keeper", "disposal_head", "disposal_approver")


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
        return {
            "record": record,
            "heading": record.item,
            "facts": self.facts(record, SHOWN),
            "gone": self.facts(record, GONE_SHOWN) if record.is_gone else [],
            "stocktakes": record.stocktakes.all(),
            "loans": record.loans.all(),
            "has_loans_out": record.loans.filter(returned_on=None).exists(),
            "parted": record.parted.in_force().select_related("center"),
            "today": timezone.localdate(),
            "panels": panels_for("equipment", request, record),
            "may_write": request.user.may(Right.WRITE_EQUIPMENT),  # type: ignore[union-attr]
        }

    def facts(self, record: Equipment, names: tuple[str, ...]) -> list[dict[str, Any]]:
        return [{"label": label_of(record, name), "value": self.value(record, name)} for name in names]

    def value(self, record: Equipment, name: str) -> str:
        value = getattr(record, name)
        if isinstance(value, Decimal):
            return quantity(value) if name == "quantity" else money(value)
        return shown(record, name)


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

    def histories(self, record: Equipment) -> list[Any]:
        parts = (model.history.filter(equipment_id=record.pk) for model in (Stocktake, Loan))
        return [record.history.all(), *parts]


class EquipmentDispose(ReasonPage):
    right = Right.WRITE_EQUIPMENT
    model = Equipment
    form_class = DisposalForm
    kind = KIND

    def context(self, request: HttpRequest, record: Equipment) -> dict[str, Any]:
        return {
            "record": record,
            "heading": _("处置：%(name)s") % {"name": record.item},
            "note": _(
                "先由保管人和中心负责人签字、单位负责人批准，再在这里登记；只处置一部分的，其余留在账上。"
            ),
        }


class EquipmentLend(ReasonPage):
    right = Right.WRITE_EQUIPMENT
    model = Equipment
    form_class: ClassVar[Any] = LoanForm
    kind = "loan"
    action = Action.ADD

    def context(self, request: HttpRequest, record: Equipment) -> dict[str, Any]:
        return {"record": record, "heading": _("借出：%(name)s") % {"name": record.item}}


class EquipmentReturn(EquipmentLend):
    form_class = ReturnForm
    action = Action.CHANGE

    def context(self, request: HttpRequest, record: Equipment) -> dict[str, Any]:
        return {"record": record, "heading": _("归还：%(name)s") % {"name": record.item}}


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
            "note": _("只用于误登记和重复登记；报废、丢失的请用“处置”。"),
        }


class EquipmentExport(ExportPage):
    right = Right.EXPORT
    list_page = EquipmentList
    kind = "equipment"
