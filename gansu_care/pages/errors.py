"""Error pages: what happened, what to do next, and the reference number that leads to the line in the log."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gansu_care.accounts.gate import NotGranted

log = logging.getLogger(__name__)


def _page(request: HttpRequest, template: str, status: int, **more: Any) -> HttpResponse:
    context = {"reference": getattr(request, "reference", ""), **more}
    return render(request, template, context, status=status)


def page_403(request: HttpRequest, exception: Any = None) -> HttpResponse:
    reason = str(exception) if isinstance(exception, NotGranted) else ""
    return _page(request, "403.html", 403, exception=reason)


def page_404(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def page_500(request: HttpRequest) -> HttpResponse:
    # Rendered without a request, so that no context processor runs: what broke the page may break them too.
    return HttpResponse(
        render_to_string("500.html", {"reference": getattr(request, "reference", "")}), status=500
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "403_csrf.html", 403)
