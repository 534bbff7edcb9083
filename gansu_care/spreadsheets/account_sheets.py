"""Accounts from a workbook: all of them or none, each checked by the same form as one typed on the page.

A small file (at most LARGEST bytes) is read while the request waits, in a process of its own. The answer lists user
names with their one-time passwords, once; they are stored nowhere.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from gansu_care.accounts.acts import open_account
from gansu_care.accounts.managing import assignable_roles
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Right, Role
from gansu_care.pages.screens.accounts_forms import NewAccountForm
from gansu_care.spreadsheets.file_names import safe_name
from gansu_care.spreadsheets.forms import ACCEPTED
from gansu_care.spreadsheets.reading import (
    VISIBLE,
    Header,
    Sheet,
    Unreadable,
    data_rows,
    find_header,
    read_workbook_apart,
    shown,
    skippable,
)
from gansu_care.spreadsheets.release import attachment
from gansu_care.spreadsheets.writing.sheet_columns import ID, TEXT, SheetColumn
from gansu_care.spreadsheets.writing.sheets import write_xlsx

LARGEST = 1024 * 1024
MOST = 300  # each password takes a moment to hash
HEADINGS = {
    "username": ("用户名", "账号", "登录名", "User name"),
    "name": ("姓名", "Name"),
    "role": ("角色", "身份", "Role"),
    "division": ("区划", "行政区划", "所在区划", "Division"),
    "unit": ("单位", "工作单位", "Unit"),
    "phone": ("电话", "联系电话", "手机", "手机号", "Phone"),
    "valid_until": ("授权止", "止日", "截止日期", "到期日期", "Valid until"),
    "is_contractor": ("外部人员", "Contractor"),
}
VOCABULARY = {heading: name for name, headings in HEADINGS.items() for heading in headings}
MUST = ("username", "name", "role", "division")


@dataclass
class Problem:
    """One problem as components/problems.html shows it."""

    message: str
    advice: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    value: str = ""
    level: str = "error"
    code: str = ""


@dataclass
class AccountSheet:
    """What a file comes to: checked forms in the order of its rows, and everything that is wrong."""

    forms: list[NewAccountForm] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_accounts(content: bytes, name: str, user: Any) -> AccountSheet:
    """Check every row of every visible sheet that has the headings; nothing is written."""
    found = AccountSheet()
    try:
        workbook = read_workbook_apart(content, name)
    except Unreadable as fault:
        found.problems.append(Problem(fault.message, fault.remedy))
        return found
    tables = [(sheet, header) for sheet in workbook.sheets if (header := _header(sheet))]
    if not tables:
        found.problems.append(Problem(_("没有找到表头"), _("第一行写：用户名、姓名、角色、区划、单位、电话")))
    seen: dict[str, int] = {}
    for sheet, header in tables:
        _check_sheet(sheet, header, user, seen, found)
    return found


def _header(sheet: Sheet) -> Header | None:
    if sheet.state != VISIBLE or skippable(sheet):
        return None
    return find_header(sheet, VOCABULARY)


def _check_sheet(sheet: Sheet, header: Header, user: Any, seen: dict[str, int], found: AccountSheet) -> None:
    missing = [HEADINGS[name][0] for name in MUST if name not in header.fields]
    if missing:
        message = _("缺少这些列：%(columns)s") % {"columns": "、".join(missing)}
        found.problems.append(Problem(message, _("补上这些列再上传"), sheet.name, header.header_rows[-1]))
        return
    rows = data_rows(sheet, header).rows
    if len(found.forms) + len(rows) > MOST:
        message = _("一次最多开通 %(most)s 个账号") % {"most": MOST}
        found.problems.append(Problem(message, _("分成几个文件上传"), sheet.name))
        return
    for number, cells in rows:
        values = {name: shown(cells[column.index]).strip() for name, column in header.fields.items()}
        form = NewAccountForm(_as_posted(values), user=user)
        found.forms.append(form)
        found.problems += _problems(form, values, sheet.name, number, header)
        found.problems += _repeated(values, seen, sheet.name, number, header)


def _as_posted(values: dict[str, str]) -> dict[str, str]:
    roles = {str(role.label): role.value for role in Role}
    contractor = values.get("is_contractor", "") in ("是", "√", "Yes")
    posted = {**values, "role": roles.get(values.get("role", ""), values.get("role", ""))}
    return posted | {"is_contractor": "on" if contractor else ""}


def _problems(
    form: NewAccountForm, values: dict[str, str], sheet: str, row: int, header: Header
) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        column = header.fields.get(name)
        for message in errors:
            advice = _role_advice(form) if name == "role" else ""
            place = (sheet, row, column.letter if column else "", column.heading if column else "")
            yield Problem(str(message), advice, *place, values.get(name, ""))


def _role_advice(form: NewAccountForm) -> str:
    return _("可以填：%(roles)s") % {
        "roles": _("、").join(str(role.label) for role in assignable_roles(form.user))
    }


def _repeated(
    values: dict[str, str], seen: dict[str, int], sheet: str, row: int, header: Header
) -> Iterator[Problem]:
    username = values.get("username", "").lower()
    if username and username in seen:
        column = header.fields["username"]
        message = _("和第 %(row)s 行的用户名相同") % {"row": seen[username]}
        yield Problem(message, _("每人一个用户名"), sheet, row, column.letter, column.heading, username)
    seen.setdefault(username, row)


class AccountSheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("账号表"),
        help_text=gettext_lazy(".xlsx、.xls 或 .csv，不超过 1 MB，最多 300 个账号"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": gettext_lazy("请选择文件。"),
            "empty": gettext_lazy("文件是空的，请重新选择。"),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 1 MB。请删去图片和用不到的工作表，或者分成几个文件。"))
        return file


@method_decorator(never_cache, name="dispatch")
class AccountsFromSheet(View):
    """GET: choose a file. POST: every problem at once, or the new accounts with their one-time passwords."""

    right = Right.MANAGE_ACCOUNTS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, AccountSheetForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AccountSheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form, status=422)
        file = form.cleaned_data["file"]
        found = read_accounts(file.read(), file.name, request.user)
        if not found.problems and not found.forms:
            found.problems.append(Problem(_("表里没有账号"), _("一行填一个账号再上传")))
        if found.problems:
            return self.show(request, AccountSheetForm(), found.problems, status=422)
        try:
            return self.opened(request, _open_all(request.user, found.forms))
        except IntegrityError:
            taken = Problem(_("有一个用户名刚刚被别人用了"), _("再上传一次，看是哪一个"))
            return self.show(request, AccountSheetForm(), [taken], status=409)

    @method_decorator(sensitive_variables("accounts"))
    def opened(self, request: HttpRequest, accounts: list[tuple[User, str]]) -> HttpResponse:
        context = {"heading": _("账号已开通"), "accounts": accounts}
        return render(request, "accounts/sheet_done.html", context)

    def show(
        self, request: HttpRequest, form: AccountSheetForm, problems: Any = (), status: int = 200
    ) -> HttpResponse:
        context = {
            "heading": _("用表格开通账号"),
            "form": form,
            "problems": problems,
            "roles": assignable_roles(request.user),
            "cancel_url": reverse("accounts:list"),
        }
        return render(request, "accounts/sheet.html", context, status=status)


def _open_all(user: Any, checked: list[NewAccountForm]) -> list[tuple[User, str]]:
    with transaction.atomic():
        return [open_account(user, form.cleaned_data["username"], form.values) for form in checked]


class BlankAccountSheet(View):
    """An empty workbook with the headings."""

    right = Right.MANAGE_ACCOUNTS

    def get(self, request: HttpRequest) -> HttpResponse:
        title, file = _("账号表"), io.BytesIO()
        columns = [
            SheetColumn(names[0], ID if name == "phone" else TEXT, width=20)
            for name, names in HEADINGS.items()
        ]
        write_xlsx(file, columns, [], sheet_name=title)
        return attachment(file.getvalue(), safe_name(title, "xlsx"))
