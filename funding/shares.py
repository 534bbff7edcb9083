"""How the sources of one receipt share its amount: the rule in one place.

One source gives the whole. Of several, each may have its amount or be left open (分摊不详); when only one is open, it
gave what the others did not. What is known never exceeds the amount, and reaches it when nothing is open.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gansu_care.pages.wording import money

Shares = Mapping[Any, Decimal | None]
"""Amount by source; None where the split is not known."""


def settled(shares: Shares, amount: Decimal) -> dict[Any, Decimal | None]:
    """The shares as they are kept; raises ValidationError with what does not fit."""
    if len(shares) == 1:
        source, told = next(iter(shares.items()))
        if told not in (None, amount):
            raise ValidationError(
                _("只有一个来源，它的金额应等于到账金额 %(amount)s 元。") % {"amount": money(amount)}
            )
        return {source: amount}
    known = sum((share for share in shares.values() if share is not None), Decimal(0))
    open_ones = [source for source, share in shares.items() if share is None]
    if not open_ones and known != amount:
        words = {"known": money(known), "amount": money(amount), "gap": money(abs(amount - known))}
        raise ValidationError(
            _("各来源金额合计 %(known)s 元，和到账金额 %(amount)s 元相差 %(gap)s 元，请核对。") % words
        )
    if open_ones and known >= amount:
        words = {"known": money(known), "amount": money(amount)}
        raise ValidationError(
            _("已填的来源金额合计 %(known)s 元，到账金额 %(amount)s 元没有余下的分给其他来源，请核对。")
            % words
        )
    only = {open_ones[0]: amount - known} if len(open_ones) == 1 else {}
    return {**shares, **only}
