"""Accounts: an administrator of a division opens, moves and ends those below it, and gives one-time passwords.

The rule of who manages whom stands in accounts/managing.py. A one-time password is shown in the answer to the act and
stored nowhere: the page cannot be opened again.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from gansu_care.accounts.acts import (
    change_account,
    end_account,
    open_account,
    renew_password,
    restore_account,
    unlock_account,
)
from gansu_care.accounts.locks import locked_accounts
from gansu_care.accounts.managing import accounts_managed_by, assignable_divisions, inside
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.screens.accounts_forms import (
    EditAccountForm,
    EndForm,
    NewAccountForm,
    PasswordForm,
    RestoreForm,
    UnlockForm,
)
from gansu_care.pages.screens.accounts_list import LEVELS, STATES, AccountFilter, AccountTable, state_of
from gansu_care.pages.screens.grants import REASONS, granted_span, lines_of
from gansu_care.pages.screens.trail_words import kind_in_words
from gansu_care.pages.standing import standing_of
from gansu_care.pages.templatetags.gc import day, moment
from gansu_care.trail.models import Action, Event

LATEST = 20


class AccountList(ListPage):
    right = Right.MANAGE_ACCOUNTS
    model = User
    filterset_class = AccountFilter
    table_class = AccountTable
    template = "accounts/list.html"
    sorts = (Sort("username", "username"),)
    noun = "account"
    caption = gettext_lazy("账号名单，按用户名排列")

    def rows(self, request: HttpRequest) -> QuerySet:
        rows, division = accounts_managed_by(request.user), standing_of(request).division
        return rows.filter(inside(division)) if division else rows

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division")

    def cap(self, request: HttpRequest) -> int | None:
        return None

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        rows = self.rows(request)
        counts = {
            "in_use": rows.filter(is_active=True).count(),
            "ended": rows.filter(is_active=False).count(),
        }
        return {**super().context(request, filterset, page), **counts}


class AccountPage(View):
    """A page of one account that the user manages; 404 for any other, her own included."""

    right = Right.MANAGE_ACCOUNTS

    def account(self, request: HttpRequest, pk: int) -> User:
        return get_object_or_404(accounts_managed_by(request.user).select_related("division"), pk=pk)


class AccountDetail(AccountPage):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.account(request, pk)
        state = state_of(account)
        context = {
            "account": account,
            "heading": account.label,
            "facts": _facts(account),
            "lines": lines_of(account),
            "events": _events(account),
            "state": STATES[state][0],
            "state_level": LEVELS[state].removeprefix("is-"),
        }
        return render(request, "accounts/detail.html", context)


def _facts(account: User) -> list[dict[str, Any]]:
    return [
        {"label": _("用户名"), "value": account.username},
        {"label": _("姓名"), "value": account.name},
        {"label": _("角色"), "value": account.get_role_display()},
        {"label": _("行政区划"), "value": account.division.full_label if account.division else ""},
        {"label": _("授权期限"), "value": granted_span(account)},
        {"label": _("单位"), "value": account.unit},
        {"label": _("联系电话"), "value": account.phone},
        {"label": _("开通时间"), "value": moment(account.date_joined)},
        {"label": _("最近登录"), "value": moment(account.last_login) or _("从未登录")},
        *([] if account.is_active else _ended(account)),
    ]


def _ended(account: User) -> list[dict[str, Any]]:
    return [
        {"label": _("停用日期"), "value": day(account.ended_on)},
        {"label": _("停用原因"), "value": REASONS.get(account.end_reason, account.end_reason)},
    ]


def _events(account: User) -> list[dict[str, Any]]:
    """What administrators did with this account, newest first; its own reading and writing is the auditor's matter."""
    events = Event.objects.filter(action=Action.ACCOUNT, number=account.username[:40]).order_by("-id")[
        :LATEST
    ]
    return [{"time": moment(e.at), "text": kind_in_words(e.kind), "sub": _by(e), "key": True} for e in events]


def _by(event: Event) -> str:
    words = {"who": event.username or event.system_user, "why": event.reason}
    return (_("%(who)s：%(why)s") if event.reason else _("%(who)s")) % words


@method_decorator(never_cache, name="dispatch")
class AccountAdd(View):
    right = Right.MANAGE_ACCOUNTS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = NewAccountForm(user=request.user)
        division = standing_of(request).division
        if division and assignable_divisions(request.user).filter(pk=division.pk).exists():
            form.fields["division"].initial = division.full_name
        return self.show(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewAccountForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            account, password = open_account(request.user, form.cleaned_data["username"], form.values)
        except IntegrityError:
            form.note_taken()
            return self.show(request, form, status=409)
        return one_time(request, account, password, _("账号已开通"))

    def show(self, request: HttpRequest, form: NewAccountForm, status: int = 200) -> HttpResponse:
        form.suggest_divisions()
        context = {"heading": _("开通账号"), "form": form, "cancel_url": reverse("accounts:list")}
        return render(request, "accounts/form.html", context, status=status)


class AccountEdit(AccountPage):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.account(request, pk)
        return self.show(request, account, EditAccountForm(user=request.user, account=account))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.account(request, pk)
        form = EditAccountForm(request.POST, user=request.user, account=account)
        if not form.is_valid():
            return self.show(request, account, form, status=422)
        change_account(request.user, account, form.values, form.cleaned_data["reason"])
        messages.success(request, _("已保存，从 %(name)s 的下一次操作起生效。") % {"name": account.label})
        return redirect(account.get_absolute_url())

    def show(
        self, request: HttpRequest, account: User, form: EditAccountForm, status: int = 200
    ) -> HttpResponse:
        form.suggest_divisions()
        heading = _("编辑账号 %(name)s") % {"name": account.username}
        context = {
            "heading": heading,
            "form": form,
            "account": account,
            "cancel_url": account.get_absolute_url(),
        }
        return render(request, "accounts/form.html", context, status=status)


class AccountAct(AccountPage):
    """An act that asks first: a page with a form, and the act on POST."""

    form_class: Any = EndForm
    for_active = True

    def account(self, request: HttpRequest, pk: int) -> User:
        account = super().account(request, pk)
        if account.is_active != self.for_active:
            raise Http404
        return account

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.account(request, pk), self.form_class())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.account(request, pk)
        form = self.form_class(request.POST)
        return (
            self.act(request, account, form)
            if form.is_valid()
            else self.show(request, account, form, status=422)
        )

    def act(self, request: HttpRequest, account: User, form: Any) -> HttpResponse:
        raise NotImplementedError

    def words(self, account: User) -> dict[str, str]:
        """heading, note, submit_label; bar_note where no field must be filled."""
        raise NotImplementedError

    def show(self, request: HttpRequest, account: User, form: Any, status: int = 200) -> HttpResponse:
        context = {**self.words(account), "form": form, "cancel_url": account.get_absolute_url()}
        return render(request, "accounts/act.html", context, status=status)


class AccountEnd(AccountAct):
    def words(self, account: User) -> dict[str, str]:
        return {
            "heading": _("停用账号 %(name)s") % {"name": account.label},
            "note": _("停用后立即退出登录，不能再登录；经手过的记录都保留，需要时可以恢复使用。"),
            "submit_label": _("停用"),
        }

    def act(self, request: HttpRequest, account: User, form: Any) -> HttpResponse:
        end_account(request.user, account, form.cleaned_data["why"])
        messages.success(request, _("%(name)s 的账号已停用。") % {"name": account.label})
        return redirect(account.get_absolute_url())


@method_decorator(never_cache, name="dispatch")
class AccountRestore(AccountAct):
    form_class = RestoreForm
    for_active = False

    def words(self, account: User) -> dict[str, str]:
        return {
            "heading": _("恢复使用 %(name)s") % {"name": account.label},
            "note": _("恢复后给一个新的一次性密码，角色和区划照旧。"),
            "submit_label": _("恢复使用"),
        }

    def act(self, request: HttpRequest, account: User, form: Any) -> HttpResponse:
        why, until = form.cleaned_data["why"], form.cleaned_data["valid_until"]
        try:
            password = restore_account(request.user, account, why, until)
        except ValidationError as refused:
            form.add_error(None, "".join(refused.messages))
            return self.show(request, account, form, status=422)
        return one_time(request, account, password, _("账号已恢复使用"))


@method_decorator(never_cache, name="dispatch")
class AccountPassword(AccountAct):
    form_class = PasswordForm

    def words(self, account: User) -> dict[str, str]:
        return {
            "heading": _("给%(name)s一次性密码") % {"name": account.label},
            "note": _(
                "原来的密码立即失效，已登录的设备会退出；因多次输错而锁定的，同时解锁。请先核实是本人。"
            ),
            "submit_label": _("生成一次性密码"),
            "bar_note": _("密码只显示一次"),
        }

    def act(self, request: HttpRequest, account: User, form: Any) -> HttpResponse:
        without = form.cleaned_data["without_second_factor"]
        password = renew_password(request.user, account, without_second_factor=without)
        return one_time(request, account, password, _("新的一次性密码"))


@method_decorator(never_cache, name="dispatch")
class Locks(View):
    """Accounts locked by failed sign-ins; the system administrator unlocks by user name."""

    right = Right.MANAGE_LOCKS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, UnlockForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UnlockForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        username = form.cleaned_data["username"]
        unlock_account(request.user, username)
        messages.success(request, _("%(name)s 已解锁，可以重新登录。") % {"name": username})
        return redirect("accounts:locks")

    def show(self, request: HttpRequest, form: UnlockForm, status: int = 200) -> HttpResponse:
        context = {"heading": _("账号锁定"), "form": form, "accounts": locked_accounts()}
        return render(request, "accounts/locks.html", context, status=status)


@sensitive_variables("password")
def one_time(request: HttpRequest, account: User, password: str, heading: str) -> HttpResponse:
    """The page that shows a one-time password, this once."""
    context = {"account": account, "password": password, "heading": heading}
    return render(request, "accounts/one_time.html", context)
