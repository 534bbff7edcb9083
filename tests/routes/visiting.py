"""The routes as they are, and how the tests go there."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gansu_care.accounts.models import User


def walk(
    resolver: URLResolver, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """(name, pattern as text, route) of every route."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, pattern, (*names, entry.namespace) if entry.namespace else names)
        else:
            yield ":".join((*names, entry.name or "")), pattern, entry


ROUTES = list(walk(get_resolver()))
OURS = {name for name, _pattern, _route in ROUTES if not name.startswith("admin:")}


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def is_sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next=")


def admin_paths() -> Iterator[str]:
    """Every path of the admin, with the number 1 where one is asked for."""
    for name, pattern, _route in ROUTES:
        if name.startswith("admin:") and "(?P<" not in pattern:
            yield "/" + pattern.replace("<path:object_id>", "1")
    yield from (f"/admin/{label}/" for label in {model._meta.app_label for model in admin.site._registry})
    yield "/admin/anything/else/"
