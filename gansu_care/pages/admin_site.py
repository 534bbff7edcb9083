"""The admin site. Our sign-in is its only door, and it takes no screens but those that know our rights."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right

# Routes of Django's that nothing here uses: passwords have their own page, and records link to theirs directly. The
# jump by content type and id would tell which records exist beyond a user's scope.
LEFT_OUT = {"password_change_done", "view_on_site"}


class RegisterSite(AdminSite):
    site_header = site_title = index_title = _("后台管理")
    site_url = None
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Screens of other packages ask for permissions that no account here has: they are left out."""
        if getattr(admin_class, "knows_our_rights", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_authenticated and user.may(Right.ADMIN_SITE))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [route for route in super().get_urls() if getattr(route, "name", None) not in LEFT_OUT]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:index") if self.has_permission(request) else redirect_to_login("/admin/")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")
