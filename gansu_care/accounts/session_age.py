"""A session ends by itself: when it rests for too long, and half a day after the sign-in whatever happens.

Kept in the session on the server; a browser that keeps its cookie gains nothing. What a page asks for by itself, while
nobody works, does not count as work.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gansu_care.accounts.sign_in_policy import idle_seconds
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

SEEN, SIGNED_IN = "seen_at", "signed_in_at"
IDLE, OLD = "idle", "age"  # codes, put into words by the trail
BY_ITSELF = {"spreadsheets:progress", "pages:watermark"}
STAMPS = 15  # the stamp is renewed this often within the limit, not with each request: each is a write


def stamp_session(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Django tells of a sign-in: its hour stands in the session from then on."""
    request.session[SEEN] = request.session[SIGNED_IN] = time.time()


class SessionAgeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            over = _over(request)
            if over:
                end_session(request, over)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict) -> None:
        match = request.resolver_match
        if request.user.is_authenticated and match and match.view_name not in BY_ITSELF:
            _note_work(request)


def _over(request: HttpRequest) -> str:
    """Why the session is over; empty while it is not. One without stamps is over: every sign-in leaves them."""
    session, now = request.session, time.time()
    if now - session.get(SIGNED_IN, 0) > settings.SESSION_COOKIE_AGE:
        return OLD
    return IDLE if now - session.get(SEEN, 0) > idle_seconds(request.user) else ""


def _note_work(request: HttpRequest) -> None:
    now = time.time()
    if now - request.session.get(SEEN, 0) > min(60, idle_seconds(request.user) / STAMPS):
        request.session[SEEN] = now


def end_session(request: HttpRequest, why: str) -> None:
    user: Any = request.user
    minutes = max(1, round(idle_seconds(user) / 60))
    record_event(Action.SIGN_OUT, user, reason=why, request=request)
    request.session.flush()
    request.has_signed_out = True  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    if why == OLD:
        messages.warning(request, _("登录已满 12 小时，请重新登录。"))
    else:
        told = ngettext(
            "%(n)s 分钟没有操作，已自动退出，请重新登录。",
            "%(n)s 分钟没有操作，已自动退出，请重新登录。",
            minutes,
        )
        messages.warning(request, told % {"n": minutes})
