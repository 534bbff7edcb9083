"""How django-allauth behaves here: nobody signs herself up, nothing is sent by mail, sign-ins leave events."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gansu_care.accounts.dormant import end_if_dormant
from gansu_care.accounts.last_sign_in import last_sign_in
from gansu_care.accounts.locks import lock_key
from gansu_care.accounts.sign_in_policy import second_factor_is_asked_of
from gansu_care.sealed import cipher
from gansu_care.trail.addresses import address_of
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        end_if_dormant(user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """She has just shown who she is: acts that ask for it again (dangerous.py) need not for five minutes."""
        told = last_sign_in(user)
        if told:
            messages.info(request, told)
        record_event(Action.SIGN_IN, user, request=request)
        record_authentication(request, user, method="password", reauthenticated=True)
        return super().post_login(request, user, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refused unread while the name or the address is locked: still a failed sign-in, and told as one."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self.authentication_failed(request, **credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        record_event(
            Action.SIGN_IN_FAILED, None, number=credentials.get("username", "")[:40], request=request
        )

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Reached with the right password only, so that it tells nobody else that the account exists."""
        record_event(Action.SIGN_IN_FAILED, None, number=user.username[:40], request=request)
        messages.error(request, _("这个账号已经停用。需要恢复使用，请联系本级妇联管理员。"))
        return redirect("account_login")

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record_event(Action.SIGN_OUT, request.user, request=request)
            request.has_signed_out = True  # type: ignore[attr-defined]
        super().logout(request)

    def clean_password(self, password: str, user: Any = None) -> str:
        """A one-time password stays one-time: the person's own must be another."""
        if user is not None and user.check_password(password):
            raise ValidationError(_("新密码和现在的密码相同，请换一个。"))
        return super().clean_password(password, user)

    def set_password(self, user: Any, password: str) -> None:
        user.must_change_password = False
        with transaction.atomic():
            super().set_password(user, password)
            record_event(Action.ACCOUNT, user, kind="account.own_password", number=user.username[:40])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return lock_key(credentials.get("username", ""))


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are sealed like an ID number (allauth stores them as they are)."""

    NAME = "accounts.mfa.secret"
    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "您的角色必须使用两步验证，不能停用。换手机的，请联系管理员。"
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor_is_asked_of(authenticator.user)

    def encrypt(self, text: str) -> str:
        return cipher.seal(text.encode(), self.NAME).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.unseal(bytes.fromhex(encrypted_text), self.NAME).decode()


class SessionsAdapter(DefaultUserSessionsAdapter):
    """A person's ending of her other sessions leaves an event."""

    def end_sessions(self, sessions: Any) -> None:
        super().end_sessions(sessions)
        user: Any = context.request.user
        number, rows = user.username[:40], len(sessions)
        record_event(Action.ACCOUNT, user, kind="account.sessions", number=number, rows=rows)
