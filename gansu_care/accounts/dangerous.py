"""Acts before which a person shows once more who she is: a session left open at a desk is not enough for them.

The table names routes. Opening such a page asks for the password (or a code) unless it was given in the last five
minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT); what is filled in there may then take its time. Nothing that was sent is
kept while she is asked: forms hold names and telephones.

Unmasking one value is not among them: it happens sixty times an hour, has its reason, its event and its allowance.
"""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

OPENING, SENDING = "opening the page", "sending its form"

DANGEROUS = {
    # accounts and what they are granted
    "accounts:add": OPENING,
    "accounts:edit": OPENING,
    "accounts:end": OPENING,
    "accounts:restore": OPENING,
    "accounts:password": OPENING,
    "accounts:approve": OPENING,
    "accounts:refuse": OPENING,
    "accounts:locks": SENDING,
    "account_sheet": OPENING,
    # sessions
    "accounts:end_session": SENDING,
    "usersessions_list": SENDING,
    # what cannot be taken back, or leaves with all that is kept of a child
    "protection:erasure_decide": OPENING,
    "protection:notice_publish": OPENING,
    "protection:request_printout": SENDING,
    "exports:approve": OPENING,
    # what changes much at once, or the rules for others
    "spreadsheets:undo": OPENING,
    "spreadsheets:second_person": SENDING,
    "divisions:load": OPENING,
    "divisions:confirm": SENDING,
}
FILLING_IN = 30 * 60  # seconds that a form may take once its page was opened


def confirmation_first(request: HttpRequest, route: str) -> HttpResponse | None:
    """The way to the page that asks who she is; None where nothing stands against the act."""
    when = DANGEROUS.get(route)
    sends = request.method not in ("GET", "HEAD", "OPTIONS")
    if when is None or not settings.CONFIRM_DANGEROUS_ACTS or (when == SENDING and not sends):
        return None
    if did_recently_reauthenticate(request) or (sends and when == OPENING and _opened_lately(request)):
        return None
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied
    if sends:
        messages.warning(request, _("还没有保存。请先确认是您本人，再提交一次。"))
    return redirect(f"{methods[0]['url']}?{urlencode({'next': _page_behind(request, sends)})}")


def _opened_lately(request: HttpRequest) -> bool:
    user: Any = request.user
    shown = [one["at"] for one in get_authentication_records(request, user) if one.get("reauthenticated")]
    return bool(shown) and time.time() - shown[-1] < FILLING_IN


def _page_behind(request: HttpRequest, sends: bool) -> str:
    """Where to go on: the page itself, or the one whose form was sent."""
    if not sends:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"
