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

from gansu_care.accounts.roles import Right

OPEN = "open to all"
SIGNED_IN = "signed in"
View = Callable[..., Any]
# Routes that a person with a one-time password may use before she has chosen her own.
BEFORE_PASSWORD_CHANGE = {"account_change_password", "account_logout", "set_language", "pages:watermark"}


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
    """Sign-in and right before any view runs; scope is the view's own matter (`visible_to`)."""

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
        if user.must_change_password and (match is None or match.view_name not in BEFORE_PASSWORD_CHANGE):
            return redirect(reverse("account_change_password"))
        if demand == SIGNED_IN or (demand and user.may(demand)):
            return None
        raise PermissionDenied
