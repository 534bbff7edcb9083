"""Secrets of the second factor, sealed anew: allauth keeps them, hexadecimal, in the JSON of an authenticator."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from gansu_care.accounts.adapter import MFAAdapter
from gansu_care.keeping.resealing import sealed_elsewhere
from gansu_care.sealed import cipher


@sealed_elsewhere
def second_factors() -> int:
    """Returns how many authenticators were written. Raises CannotOpen."""
    return sum(_reseal(pk) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True))


def _reseal(pk: int) -> bool:
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(pk=pk).first()
        anew = {name: _under_newest(value) for name, value in held.data.items()} if held else {}
        if held is None or anew == held.data:
            return False
        Authenticator.objects.filter(pk=pk).update(data=anew)
    return True


def _under_newest(value: Any) -> Any:
    """Texts are tokens, alone (secret, seed) or in a list (codes taken over from elsewhere); numbers are not."""
    if isinstance(value, list):
        return [_under_newest(one) for one in value]
    if not isinstance(value, str):
        return value
    return cipher.under_newest(bytes.fromhex(value), MFAAdapter.NAME).hex()
