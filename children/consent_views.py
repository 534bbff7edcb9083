"""Pages of consent: give, bring the paper, withdraw, look at the scan, print the form, and whose paper is lacking."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from children.code_tables import ConsentCapacity, ConsentScope
from children.forms import BringPaperForm, GiveConsentForm, UnmaskForm, WithdrawConsentForm
from children.models import Child, ConsentScan, Notice, NoticeKind
from children.naming import shown_name
from children.restricted import Unrestricted
from gansu_care.accounts.allowances import UNMASK, take
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.records import ReasonPage, RecordPage
from gansu_care.pages.standing import places_below
from gansu_care.pages.wording import day
from gansu_care.sealed.papers import paper_response
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KIND = "child"


class ConsentPage(ReasonPage):
    """One act on the consent of one child."""

    right = Right.WRITE_CHILDREN
    model = Child
    form_class: ClassVar[Any]
    kind = KIND
    reads_persons = True
    action = Action.CHANGE
    title: Any = ""
    note: Any = ""

    def record(self, request: HttpRequest, number: str) -> Child:
        """Neither of a voided record nor of an erased one is consent given or taken back."""
        standing = Child.objects.visible_to(request.user).filter(voided_on=None, erased_on=None)
        return get_object_or_404(standing, number=number)

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("%(what)s：%(name)s") % {
            "what": self.title,
            "name": shown_name(record.name, request.user),
        }
        return {"record": record, "heading": heading, "note": self.note}


class ConsentGive(ConsentPage):
    form_class = GiveConsentForm
    title = gettext_lazy("登记监护人同意")
    submit = gettext_lazy("登记同意")
    note = gettext_lazy("新的同意代替原来的；原来的保留在档案里。没有同意的内容不要收集。")


class ConsentPaper(Unrestricted, ConsentPage):
    form_class: ClassVar[Any] = BringPaperForm
    title = gettext_lazy("补交同意书")
    submit = gettext_lazy("保存")

    def record(self, request: HttpRequest, number: str) -> Child:
        record = super().record(request, number)
        return get_object_or_404(
            Child.objects.filter(consents__replaced_on=None, consents__given=True), pk=record.pk
        )


class ConsentWithdraw(ConsentPaper):
    form_class = WithdrawConsentForm
    action = Action.END
    title = gettext_lazy("撤回同意")
    submit = gettext_lazy("撤回同意")
    note = gettext_lazy(
        "确认后档案立即限制处理：退出名单、查找和导出，完整信息不再能看；同时提出删除个人信息，由另一人确认。"
        "撤回前的统计数字不变。监护人不必说明理由，撤回不影响孩子得到关爱服务。"
    )


class ConsentScanPage(Unrestricted, RecordPage):
    """The signed paper, for who gives a reason: it is a full value like any other."""

    right = Right.UNMASK
    model = Child
    template = "children/scan.html"

    def get(self, request: HttpRequest, number: str, pk: int) -> HttpResponse:
        record = self.record(request, number)
        self.scan(record, pk)
        return self.show(request, record, UnmaskForm())

    def post(self, request: HttpRequest, number: str, pk: int) -> HttpResponse:
        record = self.record(request, number)
        scan, form = self.scan(record, pk), UnmaskForm(request.POST)
        if not form.is_valid():
            return self.show(request, record, form, status=422)
        take(request, UNMASK)
        record_event(
            Action.UNMASK,
            request.user,
            kind=f"{KIND}.consent_scan",
            number=record.number,
            rows=1,
            reason=form.why,
        )
        return paper_response(bytes(scan.content), scan.content_type, f"{record.number}-{pk}")

    def scan(self, record: Child, pk: int) -> ConsentScan:
        return get_object_or_404(ConsentScan, consent__child=record, consent=pk)

    def show(self, request: HttpRequest, record: Child, form: UnmaskForm, status: int = 200) -> HttpResponse:
        heading = _("同意书扫描件：%(name)s") % {"name": shown_name(record.name, request.user)}
        context = {"heading": heading, "form": form, "cancel_url": record.get_absolute_url()}
        return render(request, self.template, context, status=status)


class ConsentPrint(Unrestricted, RecordPage):
    """The notice in force and the form of consent on A4, to be read and signed by the guardian."""

    right = Right.WRITE_CHILDREN
    model = Child
    template = "children/consent_form.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        record_event(Action.PRINT, request.user, kind=f"{KIND}.consent_form", number=record.number, rows=1)
        context = {
            "record": record,
            "heading": _("监护人告知书和同意书"),
            "name": shown_name(record.name, request.user),
            "notice": Notice.objects.in_force(NoticeKind.NOTICE, timezone.localdate()),
            "capacities": [label for value, label in ConsentCapacity.for_entry()],
            "scopes": [scope.label for scope in ConsentScope],
        }
        return render(request, self.template, context)


class PaperTable(RegistryTable):
    position = tables.Column(gettext_lazy("序号"), empty_values=(), attrs=cell("no drop-sm"))
    name = tables.Column(gettext_lazy("姓名"), attrs=cell("name"))
    residence = tables.Column(gettext_lazy("现居住地"), accessor="division", attrs=cell("all-sm cut"))
    consent = tables.Column(gettext_lazy("同意人身份"), accessor="pk", attrs=cell("nowrap drop-sm"))
    due = tables.Column(gettext_lazy("补交期限"), accessor="proof_due_on", attrs=cell("nowrap"))
    acts = tables.Column(gettext_lazy("操作"), accessor="number", attrs=cell("row-acts"))

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def render_name(self, record: Child) -> str:
        name = shown_name(record.name, self.request.user)
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), name)

    def render_residence(self, record: Child) -> str:
        return f"{record.division.label} {record.village}".strip()

    def render_consent(self, record: Child) -> str:
        held = [one for one in record.consents.all() if one.replaced_on is None]
        return held[0].get_capacity_display() if held else "—"

    def render_due(self, value: Any) -> str:
        is_late = value < timezone.localdate()
        return format_html('<span class="gc-st is-{}">{}</span>', "bad" if is_late else "warn", day(value))

    def render_acts(self, value: str) -> str:
        if not self.request.user.may(Right.WRITE_CHILDREN):
            return "—"
        return format_html('<a href="{}">{}</a>', reverse("children:consent_paper", args=[value]), _("补交"))


class PaperFilter(django_filters.FilterSet):
    place = django_filters.ModelChoiceFilter(
        label=gettext_lazy("所在区划"),
        queryset=places_below,
        method="by_place",
        to_field_name="code",
        empty_label=gettext_lazy("全部"),
    )
    late = django_filters.ChoiceFilter(
        label=gettext_lazy("期限"),
        choices=[("1", gettext_lazy("已过期限"))],
        method="by_lateness",
        empty_label=gettext_lazy("全部"),
    )

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)

    def by_lateness(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(proof_due_on__lt=timezone.localdate())


class PaperList(ListPage):
    """Children in the register whose consent has no paper yet, and by when it must be brought."""

    reads_persons = "children"
    right = Right.SEE_PERSONS
    model = Child
    filterset_class = PaperFilter
    table_class = PaperTable
    template = "children/papers.html"
    sorts = (Sort("due", "proof_due_on"),)
    noun = "child"
    caption = gettext_lazy("待补交的同意书")

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).lacking_paper()

    def with_related(self, rows: Any) -> Any:
        return rows.select_related("division").prefetch_related("consents")
