"""The second factor on and off, as allauth's signals tell: events of the trail, and what the session remembers."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from gansu_care.accounts.sign_in_policy import has_second_factor, second_factor_is_asked_of
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

HELD = "second_factor"  # in the session: she has one, and need not be asked for it with each request
APP = Authenticator.Type.TOTP


def owes_setting_up(request: HttpRequest) -> bool:
    """Whether this session may do nothing before its second factor is set up."""
    user: Any = request.user
    if request.session.get(HELD) or not second_factor_is_asked_of(user):
        return False
    if not has_second_factor(user):
        return True
    request.session[HELD] = True
    return False


def note_added(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    _tell(user, "factor_on" if authenticator.type == APP else "factor_codes", request)


def note_codes(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    _tell(user, "factor_codes", request)


def note_removed(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type == APP:
        request.session.pop(HELD, None)
        _tell(user, "factor_off", request)


def _tell(user: Any, act: str, request: HttpRequest) -> None:
    record_event(Action.ACCOUNT, user, kind=f"account.{act}", number=user.username[:40], request=request)
