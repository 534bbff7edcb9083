"""What an administrator does with an account: open, change, move, prolong, end, restore, give a one-time password.

Each act checks the rule of managing.py itself, whatever page called it, writes its event in the same transaction,
and takes effect at the account's next request. Roles and divisions are given by grants (grants.py), and only so.
"""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from gansu_care.accounts.grants import (
    Terms,
    approve,
    awaiting,
    check,
    check_person,
    close_all,
    give,
    refuse,
)
from gansu_care.accounts.locks import unlock
from gansu_care.accounts.managing import accounts_managed_by, may_assign
from gansu_care.accounts.models import Alarm, Grant, User
from gansu_care.accounts.one_time import hashed, new_password
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

# What an administrator may fill in about the person; the rest of her form says what she is granted.
PARTICULARS = ("name", "unit", "phone")


def open_account(actor: Any, username: str, values: dict[str, Any]) -> tuple[User, str]:
    """A new account and its one-time password, which stands nowhere else.

    Raises IntegrityError for a taken name, ValidationError for what cannot be granted.
    """
    terms, password = terms_of(values, values.get("reason", "")), new_password()
    _check(actor, terms.role, terms.division)
    account = User(username=username, role=terms.role, division=terms.division, must_change_password=True)
    account.password, account.password_set_at = hashed(password), timezone.now()
    set_particulars(account, values)
    with transaction.atomic():
        check(account, terms)
        account.save(force_insert=True)
        give(actor, account, terms)
        _tell(actor, "open", account, terms.reason)
    return account, password


def change_account(actor: Any, account: User, values: dict[str, Any], reason: str = "") -> User:
    """New particulars, and a new grant where the terms are others. Her sessions go on, with the new rights only."""
    terms = terms_of(values, reason)
    _check(actor, terms.role, terms.division)
    with transaction.atomic():
        held = _managed(actor, account)
        set_particulars(held, values)
        act = act_of(held, terms)
        check_person(held, terms.role)
        if act != "change":
            give(actor, held, terms)
        held.save(update_fields=PARTICULARS)
        _tell(actor, act, held, reason)
    return held


def act_of(held: User, terms: Terms) -> str:
    """What a change comes to: of the particulars alone, or of what is granted."""
    if (held.role, held.division_id) != (terms.role, terms.division.pk):
        return "move"
    same = (held.granted_until, held.is_contractor) == (terms.valid_until, terms.for_contractor)
    is_given = held.granted_from is not None or awaiting().filter(account=held).exists()
    return "change" if same and is_given else "prolong"


def end_account(actor: Any, account: User, reason: str) -> User:
    """No sign-in from now on; whoever is signed in is so no longer."""
    with transaction.atomic():
        held = _managed(actor, account)
        put_out_of_use(actor, held, reason)
        _tell(actor, "end", held, reason)
    return held


def put_out_of_use(actor: User | None, account: User, reason: str) -> None:
    """No sign-in and no grant from now on. Called in a transaction, which also tells the trail."""
    account.is_active, account.ended_on, account.end_reason = False, timezone.localdate(), reason
    account.save(update_fields=("is_active", "ended_on", "end_reason"))
    close_all(actor, account, reason)
    end_sessions(account)


def restore_account(actor: Any, account: User, reason: str, valid_until: date | None = None) -> str:
    """An ended account is used again, if its role and division are still to be had; the one-time password.

    Raises ValidationError for what cannot be granted any more.
    """
    with transaction.atomic():
        held = _managed(actor, account)
        _check(actor, held.role, held.division)
        held.is_active, held.ended_on, held.end_reason = True, None, ""
        held.save(update_fields=("is_active", "ended_on", "end_reason"))
        give(actor, held, _as_before(held, valid_until, reason))
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


def approve_grant(actor: Any, grant: Grant) -> None:
    """Raises ValidationError when it cannot hold any more."""
    with transaction.atomic():
        _tell(actor, "approve", approve(actor, grant).account)


def refuse_grant(actor: Any, grant: Grant, reason: str) -> None:
    with transaction.atomic():
        _tell(actor, "refuse", refuse(actor, grant, reason).account, reason)


def unlock_account(actor: Any, username: str) -> None:
    """Failed sign-ins with this user name are forgotten."""
    if not actor.may(Right.MANAGE_LOCKS):
        raise PermissionDenied
    unlock(username)
    record_event(Action.ACCOUNT, actor, kind="account.unlock", number=username[:40])


def terms_of(values: dict[str, Any], reason: str = "") -> Terms:
    """The grant that a filled form asks for: from today on and without an end where it names no days."""
    begins = values.get("valid_from") or timezone.localdate()
    contractor = bool(values.get("is_contractor"))
    return Terms(values["role"], values["division"], begins, values.get("valid_until"), contractor, reason)


def _as_before(held: User, valid_until: date | None, reason: str) -> Terms:
    assert held.division is not None  # asked by _check
    today = timezone.localdate()
    return Terms(held.role, held.division, today, valid_until, held.is_contractor, reason)


def set_particulars(account: User, values: dict[str, Any]) -> None:
    for name in PARTICULARS:
        setattr(account, name, values[name])


def end_one_session(actor: Any, session: UserSession) -> None:
    """Whoever is signed in there is so no longer."""
    account: Any = session.user
    with transaction.atomic():
        session.end()
        _tell(actor, "session", account)


def settle_alarm(actor: Any, alarm: Alarm, outcome: str) -> None:
    with transaction.atomic():
        alarm.settled_by, alarm.settled_at, alarm.outcome = actor, timezone.now(), outcome
        alarm.save(update_fields=("settled_by", "settled_at", "outcome"))
        _tell(actor, "alarm", alarm.account, outcome)


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
    account.must_change_password, account.password_set_at = True, timezone.now()
    account.save(update_fields=("password", "must_change_password", "password_set_at"))
    end_sessions(account)
    return password


def end_sessions(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def _tell(actor: Any, act: str, account: User, reason: str = "") -> None:
    record_event(Action.ACCOUNT, actor, kind=f"account.{act}", number=account.username[:40], reason=reason)
