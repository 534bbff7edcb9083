"""Error pages: what happened, what to do next, and the reference number that leads to the line in the log."""

import logging
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gansu_care.accounts.gate import NotGranted
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

# GC0000000019, U-621124-20261123-001: a number of ours, and nothing that somebody typed into an address.
NUMBER = re.compile(r"[A-Z]{1,2}[\d-]{6,38}")
log = logging.getLogger(__name__)


def _page(request: HttpRequest, template: str, status: int, **more: Any) -> HttpResponse:
    context = {"reference": getattr(request, "reference", ""), **more}
    return render(request, template, context, status=status)


def page_403(request: HttpRequest, exception: Any = None) -> HttpResponse:
    note_refusal(request)
    reason = str(exception) if isinstance(exception, NotGranted) else ""
    return _page(request, "403.html", 403, exception=reason)


def note_refusal(request: HttpRequest) -> None:
    """Who tried what she may not do: the page by the name of its route, a record by its number."""
    user, match = getattr(request, "user", None), request.resolver_match
    if user is None or not user.is_authenticated or match is None:
        return
    number = str(match.kwargs.get("number", ""))
    record_event(
        Action.REFUSED,
        user,
        kind=match.app_name or "pages",
        number=number if NUMBER.fullmatch(number) else "",
        reason=f"{request.method} {match.view_name}",
    )


def page_404(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def page_500(request: HttpRequest) -> HttpResponse:
    # Rendered without a request, so that no context processor runs: what broke the page may break them too.
    return HttpResponse(
        render_to_string("500.html", {"reference": getattr(request, "reference", "")}), status=500
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "403_csrf.html", 403)
