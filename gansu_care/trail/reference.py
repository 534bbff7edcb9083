"""Every request has a reference number: it stands on error pages, in the log and in the trail."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
# No vowels and no digits that look like letters: it is read out on the telephone.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def current_request() -> HttpRequest | None:
    return _current.get()


def new_reference() -> str:
    return "R-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


class ReferenceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = new_reference()  # type: ignore[attr-defined]
        token = _current.set(request)
        try:
            return self.get_response(request)
        finally:
            _current.reset(token)
