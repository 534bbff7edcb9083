"""How many things wait for a user: the number beside the bell of every page.

What waits is asked for in a dozen queries, and the same number stands on every page. So it is kept for some seconds,
and forgotten as soon as anybody has sent something that was taken; the home page, which shows the things themselves,
always asks.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gansu_care.pages.panels import Todo, todos_for

KEPT_SECONDS = 20


class _Counted:
    """By user: when, and how many. Of this process; another one finds out by itself."""

    held: dict[int, tuple[float, int]] = {}


def todos_now(request: HttpRequest) -> list[Todo]:
    """The things themselves; their number is remembered."""
    todos = todos_for(request)
    _Counted.held[request.user.pk] = time.monotonic(), len(todos)  # type: ignore[index]
    return todos


def todo_count(request: HttpRequest) -> int:
    at, count = _Counted.held.get(request.user.pk, (float("-inf"), 0))  # type: ignore[arg-type]
    return count if time.monotonic() - at < KEPT_SECONDS else len(todos_now(request))


def forget_counts() -> None:
    _Counted.held.clear()


class TodoCountMiddleware:
    """Somebody sent something: it may wait for others now, or no longer for her."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        response = self.get_response(request)
        if response.status_code < 400:
            forget_counts()
        return response
