"""What the pages of requests, incidents, mandatory reports and impact assessments share."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.roles import Right
from gansu_care.pages.lists import ListPage
from gansu_care.pages.record_forms import VoidForm, label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.wording import day

PAGES = ("list", "edit", "history", "void")


def routes_of(kind: str) -> dict[str, str]:
    return {page: f"protection:{kind}_{page}" for page in PAGES}


# name of the register: (its tab, who finds it)
REGISTERS = {
    "request": (pgettext_lazy("名单", "个人信息请求"), Right.KEEP_REGISTERS),
    "report": (pgettext_lazy("名单", "强制报告"), Right.KEEP_REGISTERS),
    "incident": (pgettext_lazy("名单", "安全事件"), Right.KEEP_REGISTERS),
    "assessment": (pgettext_lazy("名单", "影响评估"), Right.PUBLISH_NOTICES),
}


def tabs(user: Any, current: str) -> list[tuple[Any, str, bool]]:
    """The registers side by side, on the list of each."""
    return [
        (label, reverse(routes_of(register)["list"]), register == current)
        for register, (label, right) in REGISTERS.items()
        if user.may(right)
    ]


class RegisterList(ListPage):
    right = Right.KEEP_REGISTERS
    template = "protection/list.html"
    register: ClassVar[str] = ""
    about: ClassVar[Any] = ""

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).in_force()

    def with_related(self, rows: Any) -> Any:
        return rows.select_related("division")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        context = super().context(request, filterset, page)
        add_url = reverse(f"protection:{self.register}_add")
        return {**context, "about": self.about, "add_url": add_url, "tabs": tabs(request.user, self.register)}


class RegisterDetail(DetailPage):
    """`shows`: the fields in their order; a sealed one is opened here, for whoever may keep the register."""

    right = Right.KEEP_REGISTERS
    template = "protection/detail.html"
    reads_persons = True
    shows: ClassVar[tuple[str, ...]] = ()
    sealed: ClassVar[tuple[str, ...]] = ()
    wide: ClassVar[tuple[str, ...]] = ()

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        place = {"label": _("登记单位"), "value": record.division.full_label}
        return {
            "record": record,
            "heading": f"{record._meta.verbose_name} {record.number}",
            "title": record._meta.verbose_name_plural,
            "facts": [place, *(self.fact(record, name) for name in self.shows)],
            "routes": routes_of(self.kind),
        }

    def fact(self, record: Any, name: str) -> dict[str, Any]:
        value, label = getattr(record, name), label_of(record, name)
        if name in self.sealed:
            text = value.open() if value else ""
        else:
            text = day(value) if hasattr(value, "isoformat") else shown(record, name)
        return {"label": label, "value": text, "wide": name in self.wide}


class RegisterForm(FormPage):
    right = Right.KEEP_REGISTERS
    reads_persons = True

    def add_heading(self) -> str:
        return _("登记%(kind)s") % {"kind": self.model._meta.verbose_name}

    def form_context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        back = record.get_absolute_url() if record else reverse(routes_of(self.kind)["list"])
        return {**super().form_context(request, record), "cancel_url": back}


class RegisterHistory(HistoryPage):
    right = Right.KEEP_REGISTERS
    reads_persons = True


class RegisterVoid(ReasonPage):
    right = Right.KEEP_REGISTERS
    form_class = VoidForm

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        heading = _("作废：%(number)s") % {"number": record.number}
        return {"record": record, "heading": heading, "note": _("只用于误登记；作废后不进名单，历史保留。")}
