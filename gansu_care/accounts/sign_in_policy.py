"""The rules of signing in, in one place: whom they bind and for how long (GB/T 22239-2019, 8.1.4.1; level 3).

The standard asks that each of them exists and sets no numbers: these are settings (settings.py, “Sign-in”).
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from gansu_care.accounts.roles import THREE_ADMINISTRATORS, Right, Role
from gansu_care.divisions.models import Level

ADMINISTRATORS = THREE_ADMINISTRATORS | {Role.ADMINISTRATOR}


def idle_seconds(user: Any) -> int:
    """How long a session may rest before it ends."""
    is_administrator = user.is_superuser or user.role in ADMINISTRATORS
    return settings.IDLE_SECONDS_ADMINISTRATORS if is_administrator else settings.IDLE_SECONDS


def owes_second_factor(user: Any) -> bool:
    """Whether a role may not be used without a second factor: the province's, exporters', administrators'."""
    row = user.role_row
    if row is None:
        return False
    return user.is_superuser or Right.EXPORT in row.rights or Level.PROVINCE in row.levels


def second_factor_is_asked_of(user: Any) -> bool:
    """Whether she owes it, and it is asked for here: in earnest always, in development when a setting says so."""
    return settings.SECOND_FACTOR_REQUIRED and owes_second_factor(user)


def has_second_factor(user: Any) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def password_is_due(user: Any) -> bool:
    """Whether the password must be changed now: a one-time one, or one that is too old."""
    if user.must_change_password or not settings.PASSWORD_DAYS:
        return user.must_change_password
    since = user.password_set_at or user.date_joined
    return timezone.now() - since > timedelta(days=settings.PASSWORD_DAYS)


def used_last(user: Any) -> datetime:
    """When an account was last signed in to, opened, or given a new password."""
    return max(filter(None, (user.last_login, user.password_set_at, user.date_joined)))


def is_dormant(user: Any) -> bool:
    """Unused for so long that it is put out of use. A superuser, whom no page could bring back, is left."""
    if not settings.DORMANT_DAYS or user.is_superuser or not user.is_active:
        return False
    return timezone.now() - used_last(user) > timedelta(days=settings.DORMANT_DAYS)
