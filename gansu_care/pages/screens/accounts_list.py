"""The list of accounts that an administrator manages: its conditions and its columns."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.grants import ENDING_SOON, ending_soon, not_granted
from gansu_care.accounts.managing import assignable_roles, inside
from gansu_care.accounts.models import User
from gansu_care.divisions.models import Division
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.standing import places_below
from gansu_care.pages.templatetags.gc import day, moment

ALL = _("全部")
# label, and the condition (a function where it asks for the day)
STATES: dict[str, tuple[Any, Any]] = {
    "in_use": (_("使用中"), Q(is_active=True, must_change_password=False)),
    "waiting": (_("待首次改密码"), Q(is_active=True, must_change_password=True)),
    "ending": (_("授权将到期"), ending_soon),
    "not_granted": (_("没有生效的授权"), not_granted),
    "ended": (_("已停用"), Q(is_active=False)),
}
LEVELS = {
    "in_use": "is-ok",
    "waiting": "is-warn",
    "ending": "is-warn",
    "not_granted": "is-bad",
    "ended": "is-end",
}


def state_of(account: User) -> str:
    """A key of STATES."""
    if not account.is_active:
        return "ended"
    if not account.is_granted:
        return "not_granted"
    if account.granted_until and account.granted_until <= timezone.localdate() + ENDING_SOON:
        return "ending"
    return "waiting" if account.must_change_password else "in_use"


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("用户名或姓名"), method="by_text", max_length=60)
    place = django_filters.ModelChoiceFilter(
        label=_("所在区划"), queryset=places_below, method="by_place", to_field_name="code", empty_label=ALL
    )
    role = django_filters.ChoiceFilter(label=_("角色"), empty_label=ALL)
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[(key, label) for key, (label, _q) in STATES.items()],
        method="by_state",
        empty_label=ALL,
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = assignable_roles(self.request.user)
        self.form.fields["role"].choices = [("", ALL), *((role.value, role.label) for role in roles)]

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        return rows.filter(Q(username__icontains=text) | Q(name__contains=text))

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.filter(inside(value))

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        condition = STATES[value][1]
        return rows.filter(condition() if callable(condition) else condition)


class AccountTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    username = tables.Column(_("用户名"), attrs=cell("name"))
    name = tables.Column(_("姓名"), default="—", attrs=cell("nowrap"))
    role = tables.Column(_("角色"), attrs=cell("nowrap"))
    division = tables.Column(_("行政区划"), attrs=cell("nowrap"))
    unit = tables.Column(_("单位"), default="—", attrs=cell("cut drop-md all-sm"))
    phone = tables.Column(_("联系电话"), default="—", attrs=cell("nowrap drop-md"))
    granted_until = tables.Column(_("授权止"), attrs=cell("nowrap drop-md"), default="—")
    last_login = tables.Column(_("最近登录"), attrs=cell("nowrap"), default=_("从未登录"))
    state = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))
    acts = tables.Column(_("操作"), accessor="pk", attrs=cell("row-acts drop-sm"))

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def render_username(self, record: User) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.username)

    def render_division(self, value: Division) -> str:
        return value.label

    def render_granted_until(self, value: Any) -> str:
        return day(value)

    def render_last_login(self, value: Any) -> str:
        return moment(value)

    def render_state(self, record: User) -> str:
        state = state_of(record)
        return format_html('<span class="gc-st {}">{}</span>', LEVELS[state], STATES[state][0])

    def render_acts(self, record: User) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("查看"))
