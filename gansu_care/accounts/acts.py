"""What an administrator does with an account: open, change, end, restore, give a one-time password.

Each act checks the rule of managing.py itself, whatever page called it, writes its event in the same transaction,
and takes effect at the account's next request.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from gansu_care.accounts.locks import unlock
from gansu_care.accounts.managing import accounts_managed_by, may_assign
from gansu_care.accounts.models import User
from gansu_care.accounts.one_time import hashed, new_password
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

# What an administrator may fill in; everything else of an account has its own act or none.
FIELDS = ("name", "unit", "phone", "role", "division")


def open_account(actor: Any, username: str, values: dict[str, Any]) -> tuple[User, str]:
    """A new account and its one-time password, which stands nowhere else. Raises IntegrityError for a taken name."""
    filled = _fields(values)
    _check(actor, filled["role"], filled["division"])
    password = new_password()
    account = User(username=username, must_change_password=True, password=hashed(password), **filled)
    with transaction.atomic():
        account.save(force_insert=True)
        _tell(actor, "open", account)
    return account, password


def change_account(actor: Any, account: User, values: dict[str, Any], reason: str = "") -> User:
    """New particulars, role or division. Whoever is moved keeps her sessions, with the new rights only."""
    filled = _fields(values)
    _check(actor, filled["role"], filled["division"])
    with transaction.atomic():
        held = _managed(actor, account)
        moved = (held.role, held.division_id) != (filled["role"], filled["division"].pk)
        for name, value in filled.items():
            setattr(held, name, value)
        held.save(update_fields=FIELDS)
        _tell(actor, "move" if moved else "change", held, reason)
    return held


def end_account(actor: Any, account: User, reason: str) -> User:
    """No sign-in from now on; whoever is signed in is so no longer."""
    with transaction.atomic():
        held = _managed(actor, account)
        held.is_active, held.ended_on, held.end_reason = False, timezone.localdate(), reason
        held.save(update_fields=("is_active", "ended_on", "end_reason"))
        _end_sessions(held)
        _tell(actor, "end", held, reason)
    return held


def restore_account(actor: Any, account: User, reason: str) -> str:
    """An ended account is used again, if its role and division are still to be had; the one-time password."""
    with transaction.atomic():
        held = _managed(actor, account)
        _check(actor, held.role, held.division)
        held.is_active, held.ended_on, held.end_reason = True, None, ""
        held.save(update_fields=("is_active", "ended_on", "end_reason"))
        password = _new_password_of(held)
        _tell(actor, "restore", held, reason)
    return password


def renew_password(actor: Any, account: User, *, without_second_factor: bool = False) -> str:
    """A new one-time password, which also unlocks; with the second factor taken off when its device is lost."""
    with transaction.atomic():
        held = _managed(actor, account)
        password = _new_password_of(held)
        unlock(held.username)
        if without_second_factor:
            Authenticator.objects.filter(user=held).delete()
        _tell(actor, "password_no_factor" if without_second_factor else "password", held)
    return password


def unlock_account(actor: Any, username: str) -> None:
    """Failed sign-ins with this user name are forgotten."""
    if not actor.may(Right.MANAGE_LOCKS):
        raise PermissionDenied
    unlock(username)
    record_event(Action.ACCOUNT, actor, kind="account.unlock", number=username[:40])


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS}


def _check(actor: Any, role: str, division: Division | None) -> None:
    if division is None or not may_assign(actor, role, division):
        raise PermissionDenied


def _managed(actor: Any, account: User) -> User:
    held = accounts_managed_by(actor).select_for_update(of=("self",)).filter(pk=account.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def _new_password_of(account: User) -> str:
    password = new_password()
    account.password = hashed(password)
    account.must_change_password = True
    account.save(update_fields=("password", "must_change_password"))
    _end_sessions(account)
    return password


def _end_sessions(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def _tell(actor: Any, act: str, account: User, reason: str = "") -> None:
    record_event(Action.ACCOUNT, actor, kind=f"account.{act}", number=account.username[:40], reason=reason)
