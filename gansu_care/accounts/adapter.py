"""How django-allauth behaves here: nobody signs herself up, nothing is sent by mail, sign-ins leave events."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gansu_care.accounts.locks import lock_key
from gansu_care.sealed import cipher
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        record_event(Action.SIGN_IN, user, request=request)
        return super().post_login(request, user, **kwargs)

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
        super().logout(request)

    def clean_password(self, password: str, user: Any = None) -> str:
        """A one-time password stays one-time: the person's own must be another."""
        if user is not None and user.check_password(password):
            raise ValidationError(_("新密码和现在的密码相同，请换一个。"))
        return super().clean_password(password, user)

    def set_password(self, user: Any, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return lock_key(credentials.get("username", ""))


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are sealed like an ID number (allauth stores them as they are)."""

    NAME = "accounts.mfa.secret"

    def encrypt(self, text: str) -> str:
        return cipher.seal(text.encode(), self.NAME).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.unseal(bytes.fromhex(encrypted_text), self.NAME).decode()
