"""Deny by default: a route is closed until it says who it is for.

Each view is declared where it is routed or written, once:

    path("children/", needs(Right.SEE_PERSONS)(ChildList.as_view()))   or   class ChildList(ListPage): right = …
    path("sign-in/", open_to_all(LoginView.as_view()))
    path("", signed_in(HomePage.as_view()))

A view that declares nothing answers 403 to everybody; tests walk every route.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gansu_care.accounts.allowances import TooOften, too_often
from gansu_care.accounts.dangerous import confirmation_first
from gansu_care.accounts.grants import settle
from gansu_care.accounts.roles import Right
from gansu_care.accounts.second_factor import owes_setting_up
from gansu_care.accounts.sign_in_policy import password_is_due

OPEN = "open to all"
SIGNED_IN = "signed in"
View = Callable[..., Any]
# Routes that a person may use before she has what she must have first: a password of her own that is not too old, a
# second factor where her role owes one, a grant in force.
BEFORE_ALL = {"account_logout", "set_language", "pages:watermark"}
BEFORE_PASSWORD_CHANGE = BEFORE_ALL | {"account_change_password"}
BEFORE_SECOND_FACTOR = BEFORE_ALL | {"mfa_activate_totp", "account_reauthenticate"}
BEFORE_GRANT = (
    BEFORE_PASSWORD_CHANGE
    | BEFORE_SECOND_FACTOR
    | {
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "usersessions_list",
    }
)


class NotGranted(PermissionDenied):
    """Signed in, but no grant is in force: the sentence says since when, and whom to ask."""


def _declare(view: View, right: str) -> View:
    view.gate = right  # type: ignore[attr-defined]
    return view


def open_to_all(view: View) -> View:
    return _declare(view, OPEN)


def signed_in(view: View) -> View:
    return _declare(view, SIGNED_IN)


def needs(right: str) -> Callable[[View], View]:
    return lambda view: _declare(view, right)


def declared(view: View) -> str:
    """What a view demands: its own declaration, its class's `right`, or nothing."""
    found = getattr(view, "gate", "") or getattr(getattr(view, "view_class", None), "right", "")
    return found or getattr(view, "right", "")


class GateMiddleware:
    """Sign-in, grant and right before any view runs; scope is the view's own matter (`visible_to`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        match = request.resolver_match
        demand = Right.ADMIN_SITE if match and match.app_name == "admin" else declared(view)
        if demand == OPEN or request.path.startswith(settings.STATIC_URL):
            return None
        user: Any = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        route = match.view_name if match else ""
        first = _owed_first(request, route)
        if first:
            return redirect(reverse(first))
        _refuse_without_grant(user, route)
        if demand == SIGNED_IN or (demand and user.may(demand)):
            return confirmation_first(request, route)
        raise PermissionDenied

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_often(request, exception) if isinstance(exception, TooOften) else None


def _owed_first(request: HttpRequest, route: str) -> str:
    """The route of what she must do before anything else; empty when nothing is owed."""
    if route not in BEFORE_PASSWORD_CHANGE and password_is_due(request.user):
        return "account_change_password"
    if route not in BEFORE_SECOND_FACTOR | BEFORE_PASSWORD_CHANGE and owes_setting_up(request):
        return "mfa_activate_totp"
    return ""


def _refuse_without_grant(user: Any, route: str) -> None:
    if not user.is_granted:
        settle(user)  # one that was planned may begin today
    if not user.is_granted and route not in BEFORE_GRANT:
        raise NotGranted(_why_not(user))


def _why_not(user: Any) -> str:
    if user.granted_until and user.granted_until < timezone.localdate():
        told = {"day": date_format(user.granted_until, "Y-m-d")}
        return _("您的授权到 %(day)s 为止，已经到期。需要继续使用，请联系管理您账号的管理员续期。") % told
    return _("您的授权还没有生效，或者已经收回。请联系管理您账号的管理员。")
