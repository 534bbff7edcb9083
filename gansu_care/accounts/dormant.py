"""Accounts that nobody has used for long are put out of use: by a round of the worker, and at the sign-in itself."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gansu_care.accounts.acts import put_out_of_use
from gansu_care.accounts.models import User
from gansu_care.accounts.sign_in_policy import is_dormant
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

REASON = "dormant"  # a code, put into words by the page


def end_dormant_accounts() -> int:
    """Returns how many were put out of use."""
    if not settings.DORMANT_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.DORMANT_DAYS)
    unused = Q(last_login=None) | Q(last_login__lt=before)
    accounts = User.objects.filter(unused, is_active=True, date_joined__lt=before, is_superuser=False)
    return sum(end_if_dormant(account) for account in accounts.select_related("division"))


def end_if_dormant(account: User) -> bool:
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=account.pk)
        if not is_dormant(held):
            return False
        put_out_of_use(None, held, REASON)
        record_event(Action.ACCOUNT, None, kind="account.dormant", number=held.username[:40])
    account.refresh_from_db()
    return True
