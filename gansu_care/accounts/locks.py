"""User names locked by failed sign-ins, and unlocking them.

allauth counts the failures of a user name in the cache, under a key made of the rate and a digest of the name
(`ACCOUNT_RATE_LIMITS["login_failed"]`, the part “per key”); the limit per network address is left alone. The names
themselves are not in the cache: they are taken from the trail's recent failures. Wrong codes of the second factor count
with them (codes.py), so that five failures in any way of trying lock the account.
"""

import time
from datetime import timedelta

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone

from gansu_care.accounts.models import User
from gansu_care.trail.models import Action, Event

APP, ACTION = "allauth.account", "login_failed"


def lock_key(username: str) -> str:
    """What allauth counts under: the name alone, so that it is the same under every host name of the site."""
    return username.strip().lower()


def count_failure(request: HttpRequest, username: str) -> None:
    """A failure that allauth does not count under the user name: a wrong code."""
    ratelimit.consume(request, app=APP, action=ACTION, key=lock_key(username))


def is_locked(username: str) -> bool:
    return any(
        not ratelimit.apply_rate(cache.get(key, []), time.time(), rate, dry_run=True)[0]
        for rate, key in _counters(username)
    )


def unlock(username: str) -> bool:
    """Forget the failures of a user name; returns whether it was locked."""
    was_locked = is_locked(username)
    cache.delete_many([key for _rate, key in _counters(username)])
    return was_locked


def locked_accounts() -> list[User]:
    """Accounts that cannot sign in at the moment, by user name."""
    names = {username for username in _lately_refused() if is_locked(username)}
    accounts = User.objects.annotate(lower_name=Lower("username")).filter(lower_name__in=names)
    return list(accounts.select_related("division"))


def _lately_refused() -> set[str]:
    since = timezone.now() - timedelta(seconds=max((rate.duration for rate in _rates()), default=0))
    failures = Event.objects.filter(action=Action.SIGN_IN_FAILED, at__gte=since).order_by()
    return {lock_key(number) for number in failures.values_list("number", flat=True)}


def _rates() -> list[ratelimit.Rate]:
    return [rate for rate in ratelimit.get_rates(app=APP, action=ACTION) if rate.per == "key"]


def _counters(username: str) -> list[tuple[ratelimit.Rate, str]]:
    key, nobody = lock_key(username), HttpRequest()  # a rate “per key” does not look at the request
    keys = [key, *_code_keys(key)]
    return [
        (rate, ratelimit.get_cache_key(nobody, app=APP, action=ACTION, rate=rate, key=one))
        for rate in _rates()
        for one in keys
    ]


def _code_keys(key: str) -> list[str]:
    """What allauth counts wrong codes of the second factor under."""
    account = User.objects.filter(username__iexact=key).values_list("pk", flat=True).first()
    return [f"mfa-auth-user-{account}"] if account else []
