"""Grants on pages: the history of one account's, and those that wait for a security administrator."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from gansu_care.accounts.acts import approve_grant, refuse_grant
from gansu_care.accounts.dormant import REASON as DORMANT
from gansu_care.accounts.grants import BEFORE_GRANTS, SUPERSEDED, awaiting
from gansu_care.accounts.models import Grant, User
from gansu_care.accounts.roles import Right
from gansu_care.pages.screens.accounts_forms import EndForm
from gansu_care.pages.templatetags.gc import day, moment

REASONS = {
    SUPERSEDED: gettext_lazy("另有新的授权"),
    BEFORE_GRANTS: gettext_lazy("启用授权管理以前已有的账号"),
    DORMANT: gettext_lazy("久未登录，自动停用"),
}


def state_of(grant: Grant) -> tuple[str | Promise, str]:
    """What a grant comes to today, and the looks of it (components/state.html)."""
    today = timezone.localdate()
    if grant.closed_at:
        return (_("已收回"), "end") if grant.approved_at else (_("没有批准"), "end")
    if not grant.approved_at:
        return _("待审批"), "warn"
    if grant.valid_from > today:
        return _("未到起日"), "info"
    return (_("生效中"), "ok") if grant.holds_on(today) else (_("已到期"), "end")


def lines_of(account: User) -> list[dict[str, Any]]:
    """Every grant that an account had, newest first, as templates/accounts/grants.html shows them."""
    grants = account.grants.select_related("division", "given_by", "approved_by", "closed_by").order_by("-id")
    return [line_of(grant) for grant in grants]


def line_of(grant: Grant) -> dict[str, Any]:
    state, level = state_of(grant)
    return {
        "grant": grant,
        "span": _span(grant),
        "given": _by(grant.given_by, grant.given_at),
        "approved": _by(grant.approved_by, grant.approved_at) if grant.approved_by else "",
        "why": REASONS.get(grant.reason, grant.reason),
        "closed": _by(grant.closed_by, grant.closed_at) if grant.closed_at else "",
        "close_reason": REASONS.get(grant.close_reason, grant.close_reason),
        "state": state,
        "level": level,
    }


def _span(grant: Grant) -> str:
    words = {"start": day(grant.valid_from), "end": day(grant.valid_until) if grant.valid_until else ""}
    return (_("%(start)s 至 %(end)s") if words["end"] else _("%(start)s 起")) % words


def granted_span(account: User) -> str:
    """From when to when an account is granted, with 外部人员 where it is one's."""
    if account.granted_from is None:
        return _("没有生效的授权")
    end = day(account.granted_until) if account.granted_until else ""
    words = {"start": day(account.granted_from), "end": end}
    span = (_("%(start)s 至 %(end)s") if end else _("%(start)s 起")) % words
    return _("%(span)s（外部人员）") % {"span": span} if account.is_contractor else span


def _by(user: User | None, at: Any) -> str:
    return _("%(name)s，%(time)s") % {"name": user.label if user else _("系统"), "time": moment(at)}


# --- what waits for approval -----------------------------------------------------------------------------------------


def to_decide(user: Any) -> QuerySet[Grant]:
    """Waiting grants that this user may approve, oldest first; none for whoever has not the right."""
    if not user.may(Right.APPROVE_GRANTS):
        return Grant.objects.none()
    rows = awaiting().exclude(given_by=user).exclude(account=user)
    return rows.select_related("account", "division", "given_by").order_by("id")


class WaitingGrants(View):
    right = Right.APPROVE_GRANTS

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = [line_of(grant) for grant in to_decide(request.user)]
        return render(request, "accounts/waiting_grants.html", {"heading": _("授权审批"), "lines": lines})


class DecideGrant(View):
    """Approving asks for nothing more; refusing for a reason."""

    right = Right.APPROVE_GRANTS
    refuses = False

    def grant(self, request: HttpRequest, pk: int) -> Grant:
        return get_object_or_404(to_decide(request.user), pk=pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.grant(request, pk), EndForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        grant, form = self.grant(request, pk), EndForm(request.POST)
        if self.refuses and not form.is_valid():
            return self.show(request, grant, form, status=422)
        try:
            self.decide(request, grant, form)
        except ValidationError as refused:
            messages.error(request, "".join(refused.messages))
            return redirect("accounts:grants")
        told = _("已退回") if self.refuses else _("已批准")
        messages.success(
            request, _("%(name)s 的授权%(told)s。") % {"name": grant.account.label, "told": told}
        )
        return redirect("accounts:grants")

    def decide(self, request: HttpRequest, grant: Grant, form: EndForm) -> None:
        if self.refuses:
            refuse_grant(request.user, grant, form.cleaned_data["why"])
        else:
            approve_grant(request.user, grant)

    def show(self, request: HttpRequest, grant: Grant, form: EndForm, status: int = 200) -> HttpResponse:
        words = {"name": grant.account.label}
        context = {
            "heading": (_("退回 %(name)s 的授权") if self.refuses else _("批准 %(name)s 的授权")) % words,
            "line": line_of(grant),
            "form": form if self.refuses else None,
            "cancel_url": reverse("accounts:grants"),
        }
        return render(request, "accounts/decide_grant.html", context, status=status)
