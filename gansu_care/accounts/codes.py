"""Codes of the second factor: a wrong one counts as a failed sign-in of the account, like a wrong password.

Codes from the telephone, recovery codes and passwords thus share one count, at the sign-in and wherever a person has to
show once more who she is (accounts/locks.py).
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError

from gansu_care.accounts.locks import count_failure, is_locked
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class _CountedCode:
    user: Any

    def clean_code(self) -> str:
        if is_locked(self.user.username):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            return super().clean_code()
        except ValidationError:
            count_failure(context.request, self.user.username)
            number = self.user.username[:40]
            record_event(
                Action.SIGN_IN_FAILED, None, kind="second_factor", number=number, request=context.request
            )
            raise


class SignInCodeForm(_CountedCode, AuthenticateForm):
    pass


class ConfirmCodeForm(_CountedCode, ReauthenticateForm):
    pass
