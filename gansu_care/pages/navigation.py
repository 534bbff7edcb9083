"""The left navigation: one table of places, each shown to whoever has its right."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.roles import Right


class Item(NamedTuple):
    label: str | Promise
    url: str
    icon: str
    is_current: bool
    count: int  # type: ignore[assignment]


class Group(NamedTuple):
    title: str | Promise
    items: list[Item]


# group title: (label, route, icon, right)
PLACES = (
    ("", ((_("首页"), "pages:home", "house", ""),)),
    (
        _("登记"),
        (
            (pgettext_lazy("名单", "留守儿童"), "children:list", "people", Right.SEE_PERSONS),
            (_("转入申请"), "children:transfers", "arrow-left-right", Right.UPLOAD),
            (pgettext_lazy("名单", "活动中心"), "centers:list", "buildings", Right.SEE_REGISTRY),
            (_("设备物资"), "centers:equipment_list", "box-seam", Right.SEE_REGISTRY),
        ),
    ),
    (
        _("资金与报告"),
        (
            (_("资金管理"), "funding:overview", "cash-coin", Right.SEE_MONEY),
            (_("年度报告"), "reports:report", "file-earmark-bar-graph", Right.SEE_REPORT),
        ),
    ),
    (
        _("个人信息保护"),
        (
            (pgettext_lazy("名单", "告知书和规则"), "protection:notice_list", "file-earmark-text", ""),
            (_("删除个人信息"), "protection:erasure_due", "person-x", Right.PROPOSE_ERASURE),
            (_("请求和事件登记"), "protection:request_list", "clipboard-check", Right.KEEP_REGISTERS),
        ),
    ),
    (
        _("表格"),
        (
            (pgettext_lazy("名单", "表格上传"), "spreadsheets:list", "cloud-arrow-up", Right.UPLOAD),
            (_("我的任务"), "spreadsheets:jobs", "hourglass-split", Right.UPLOAD),
            (pgettext_lazy("名单", "导出申请"), "exports:list", "download", Right.EXPORT),
        ),
    ),
    (
        pgettext_lazy("导航", "管理"),
        (
            (_("操作记录"), "trail:list", "journal-text", Right.SEE_TRAIL),
            (_("账号与授权"), "accounts:list", "person-gear", Right.MANAGE_ACCOUNTS),
            (_("授权审批"), "accounts:grants", "clipboard-check", Right.APPROVE_GRANTS),
            (_("登录安全"), "accounts:watch", "shield-lock", Right.WATCH_SIGN_INS),
            (_("账号锁定"), "accounts:locks", "unlock", Right.MANAGE_LOCKS),
            (pgettext_lazy("名单", "行政区划"), "divisions:list", "geo-alt", Right.MANAGE_DIVISIONS),
            (pgettext_lazy("名单", "后台任务"), "jobs:list", "hourglass-split", Right.SEE_JOBS),
            (_("后台管理"), "admin:index", "gear", Right.ADMIN_SITE),
        ),
    ),
    ("", ((_("帮助"), "pages:help", "question-circle", ""),)),
)


# Pages of accounts that are places of their own, or belong to one; all others belong to the list.
ACCOUNT_PAGES = {
    "locks": "locks",
    **dict.fromkeys(("grants", "approve", "refuse"), "grants"),
    **dict.fromkeys(("watch", "alarm", "sign_ins"), "watch"),
}

# The registers of protection are one place; tabs lead from one to another (protection/views/register_pages.py).
REGISTERS = {"request", "incident", "report", "assessment"}


def navigation(request: HttpRequest) -> list[Group]:
    groups = []
    for title, places in PLACES:
        items = [item for place in places if (item := _item(request, *place))]
        if items:
            groups.append(Group(title, items))
    return groups


def _item(request: HttpRequest, label: str | Promise, route: str, icon: str, right: str) -> Item | None:
    if right and not request.user.may(right):  # type: ignore[union-attr]
        return None
    try:
        url = reverse(route)
    except NoReverseMatch:
        return None
    return Item(label, url, icon, _is_here(request, route), 0)


def _is_here(request: HttpRequest, route: str) -> bool:
    """Whether the open page belongs to this place: itself, or a page of a record below it."""
    here = request.resolver_match
    if here is None or not here.url_name:
        return False
    app, _, page = route.partition(":")
    if app == "pages":
        return here.view_name == route
    if app == "spreadsheets":
        return here.app_name == app and (here.url_name == "jobs") == (page == "jobs")
    if app == "accounts":
        return here.app_name == app and ACCOUNT_PAGES.get(here.url_name, "list") == page
    if app == "protection":
        part, own = here.url_name.partition("_")[0], page.partition("_")[0]
        return here.app_name == app and (part == own or {part, own} <= REGISTERS)
    if app == "children":
        return here.app_name == app and ("transfer" in here.url_name) == (page == "transfers")
    if app == "centers":
        return here.app_name == app and here.url_name.startswith("equipment") == page.startswith("equipment")
    return here.app_name == app
