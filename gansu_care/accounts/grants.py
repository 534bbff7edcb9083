"""Standing grants: which role at which division, from when to when, who gave it, who approved it.

An account has one grant a day at most. It ends by itself: whoever is past its last day has no rights and sees no rows
at her next request. People from outside (contractors) are granted a year at most at a time. A role that reaches the
whole province is given by the system administrator and approved by a security administrator; until then it gives
nothing. Where no security administrator could approve it yet, it holds at once: somebody must be the first.

System, security and audit administrator are three persons (GB/T 22239-2019, 8.1.4): an account that was granted one of
these roles is never granted another, and neither is a second account with the same telephone.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.accounts.models import Grant, User
from gansu_care.accounts.roles import THREE_ADMINISTRATORS, Right, Role
from gansu_care.divisions.models import Division

APPROVED_ROLES = THREE_ADMINISTRATORS | {Role.ADMINISTRATOR, Role.STAFF_PROVINCE}
CONTRACTOR_DAYS = 365
ENDING_SOON = timedelta(days=30)
# What an account repeats of the grant in force.
REPEATED = ("role", "division", "is_contractor", "granted_from", "granted_until")
# Reasons that stand as codes, put into words by the page.
SUPERSEDED = "superseded"  # of closing: a later grant took its place
BEFORE_GRANTS = "before_grants"  # of giving: the account was there before grants were


@dataclass(frozen=True)
class Terms:
    """What a grant is to say."""

    role: str
    division: Division
    valid_from: date
    valid_until: date | None = None
    for_contractor: bool = False
    reason: str = ""


def check(account: User, terms: Terms) -> None:
    """Raise ValidationError, by field, for what an account (saved or not, with its particulars) cannot be granted."""
    _check_days(terms)
    check_person(account, terms.role)


def check_person(account: User, role: str) -> None:
    """The rule of the three administrators, for this account with its particulars. Raises ValidationError."""
    others = THREE_ADMINISTRATORS - {Role(role)}
    if role not in THREE_ADMINISTRATORS:
        return
    held = account.grants.filter(role__in=others, approved_at__isnull=False).first() if account.pk else None
    if held:
        told = {"held": held.get_role_display()}
        raise ValidationError(
            {
                "role": _(
                    "这个账号担任过%(held)s。系统、安全、审计管理员不能由一个账号先后担任，请另开账号。"
                )
                % told
            }
        )
    if not digits(account.phone):
        raise ValidationError({"phone": _("系统、安全、审计管理员须填联系电话，用来核对不是同一个人。")})
    same = _same_person(account, others)
    if same:
        told = {"name": same.label, "role": same.get_role_display()}
        message = _("这个电话是%(name)s（%(role)s）的。系统、安全、审计管理员须由三个人分别担任。") % told
        raise ValidationError({"phone": message})


def give(actor: User, account: User, terms: Terms) -> Grant:
    """A new grant, in force from its day on, or waiting for approval. Called in a transaction.

    Raises ValidationError. Who may give which role where is the rule of managing.py, which acts.py has asked.
    """
    check(account, terms)
    waits = terms.role in APPROVED_ROLES and _approvers(actor, account).exists()
    _close(awaiting().filter(account=account), actor, SUPERSEDED)
    if not waits:
        _make_room(actor, account, terms.valid_from)
    grant = Grant.objects.create(
        account=account,
        role=terms.role,
        division=terms.division,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        for_contractor=terms.for_contractor,
        reason=terms.reason,
        given_by=actor,
        approved_at=None if waits else timezone.now(),
    )
    settle(account)
    return grant


def approve(actor: User, grant: Grant) -> Grant:
    """A security administrator lets a waiting grant hold, from today on if its first day has passed."""
    held = _to_be_decided_by(actor, grant)
    held.valid_from = max(held.valid_from, timezone.localdate())
    if held.valid_until and held.valid_until < held.valid_from:
        raise ValidationError(_("这项授权的止日已过，请退回，由授权人重新填写。"))
    check_person(held.account, held.role)
    _make_room(actor, held.account, held.valid_from)
    held.approved_by, held.approved_at = actor, timezone.now()
    held.save(update_fields=("valid_from", "approved_by", "approved_at"))
    settle(held.account)
    return held


def refuse(actor: User, grant: Grant, reason: str) -> Grant:
    held = _to_be_decided_by(actor, grant)
    _close(Grant.objects.filter(pk=held.pk), actor, reason)
    settle(held.account)
    return held


def close_all(actor: User | None, account: User, reason: str) -> None:
    """Every grant of an account ends now, waiting and planned ones too."""
    _close(Grant.objects.filter(account=account, closed_at=None), actor, reason)
    settle(account)


def settle(account: User) -> None:
    """Write into the account what its grants say today: the one in force, else the next, else the last."""
    grant = _telling(account)
    if grant is None:
        account.granted_from = account.granted_until = None
    else:
        account.role, account.division = grant.role, grant.division
        account.is_contractor = grant.for_contractor
        account.granted_from, account.granted_until = _span(grant)
    account.save(update_fields=REPEATED)


def settle_what_began() -> int:
    """For lists and commands, which ask no gate: accounts whose planned grant has begun. Returns how many."""
    today = timezone.localdate()
    begun = Grant.objects.filter(approved_at__isnull=False, closed_at=None, valid_from__lte=today)
    in_force = begun.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    waiting = User.objects.filter(not_granted(), grants__in=in_force)
    for account in waiting:
        settle(account)
    return len(waiting)


def awaiting() -> QuerySet[Grant]:
    return Grant.objects.filter(approved_at=None, closed_at=None)


def ending_soon() -> Q:
    """Of accounts: the grant that they repeat ends within thirty days."""
    today = timezone.localdate()
    return Q(is_active=True, granted_until__range=(today, today + ENDING_SOON))


def not_granted() -> Q:
    """Of accounts: no grant is in force today."""
    today = timezone.localdate()
    begun = Q(granted_from=None) | Q(granted_from__gt=today)
    return Q(is_active=True) & (begun | Q(granted_until__lt=today))


def _telling(account: User) -> Grant | None:
    today = timezone.localdate()
    grants = list(account.grants.select_related("division").order_by("valid_from", "id"))
    approved = [grant for grant in grants if grant.approved_at]
    is_open = [grant for grant in approved if grant.closed_at is None]
    now = [grant for grant in is_open if grant.holds_on(today)]
    later = [grant for grant in is_open if grant.valid_from > today]
    return next(iter(now or later or reversed(approved or grants)), None)


def _span(grant: Grant) -> tuple[date | None, date | None]:
    """The days between which a grant gives its role; none for one that waits or was closed."""
    if grant.approved_at is None or grant.closed_at is not None:
        return None, None
    return grant.valid_from, grant.valid_until


def _make_room(actor: User, account: User, day: date) -> None:
    """What was granted from this day on gives way: closed, or ended the day before when that day is still to come."""
    standing = Grant.objects.filter(account=account, closed_at=None, approved_at__isnull=False)
    reaching = standing.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    if day > timezone.localdate():
        reaching.filter(valid_from__lt=day).update(valid_until=day - timedelta(days=1))
        reaching = reaching.filter(valid_from__gte=day)
    _close(reaching, actor, SUPERSEDED)


def _close(grants: QuerySet[Grant], actor: User | None, reason: str) -> None:
    grants.update(closed_by=actor, closed_at=timezone.now(), close_reason=reason[:200])


def _approvers(actor: User, account: User) -> QuerySet[User]:
    """Security administrators who could approve what this actor gives to this account."""
    today = timezone.localdate()
    granted = Q(granted_from__lte=today) & (Q(granted_until=None) | Q(granted_until__gte=today))
    found = User.objects.filter(granted, role=Role.SECURITY, is_active=True, is_superuser=False)
    return found.exclude(pk__in=[pk for pk in (actor.pk, account.pk) if pk])


def _to_be_decided_by(actor: User, grant: Grant) -> Grant:
    held = awaiting().select_for_update(of=("self",)).select_related("account").filter(pk=grant.pk).first()
    if held is None or not may_decide(actor, held):
        raise PermissionDenied
    return held


def may_decide(actor: User, grant: Grant) -> bool:
    """Nobody approves what she gave, or what is given to her."""
    return actor.may(Right.APPROVE_GRANTS) and actor.pk not in (grant.given_by_id, grant.account_id)


def _check_days(terms: Terms) -> None:
    begins, ends, today = terms.valid_from, terms.valid_until, timezone.localdate()
    if begins < today:
        raise ValidationError({"valid_from": _("授权不能从过去开始，请填今天或以后的日期。")})
    if ends is not None and ends < begins:
        raise ValidationError({"valid_until": _("止日早于起日，请核对。")})
    if terms.for_contractor and ends is None:
        raise ValidationError({"valid_until": _("外部人员的授权必须有止日。")})
    if terms.for_contractor and ends and ends > begins + timedelta(days=CONTRACTOR_DAYS):
        raise ValidationError({"valid_until": _("外部人员一次最多授权一年，请改早止日；到期可以续。")})


def _same_person(account: User, roles: frozenset[Role]) -> User | None:
    """Another account in use with the same telephone that has one of these roles, or waits for one."""
    held = Q(role__in=roles) | Q(grants__in=Grant.objects.filter(role__in=roles, closed_at=None))
    found = User.objects.filter(held, is_active=True).exclude(pk=account.pk).distinct()
    return next((other for other in found if digits(other.phone) == digits(account.phone)), None)


def digits(phone: str) -> str:
    """A telephone as it is dialled: its last eleven digits."""
    return "".join(character for character in phone if character.isdecimal())[-11:]
