"""The form of a receipt, with the shares of its sources."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.forms.money import MoneyForm
from funding.models import Receipt, ReceiptShare, Source
from funding.shares import settled
from funding.shares_field import SharesField, in_words
from gansu_care.pages.wording import money


class ReceiptForm(MoneyForm):
    day_field = "received_on"
    given_by = SharesField(
        label=_("资金来源"), help_text=_("几个来源联合拨付的都勾上；各出多少分不清的，金额留空，按“分摊不详”登记"),
    )  # fmt: skip
    fieldsets: ClassVar = [
        (_("到账"), ["division", "received_on", "amount", "in_kind", "voucher_no", "clerk"]),
        (_("来源"), ["given_by", "donor", "channel"]),
        (_("用途"), ["project", "batch", "restriction", "remarks", "change_reason"]),
    ]

    class Meta:
        model = Receipt
        fields = [
            "division", "received_on", "amount", "in_kind", "voucher_no", "clerk", "donor", "channel", "project",
            "batch", "restriction", "remarks",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = shares_of(self.instance) if self.instance.pk else {}
        offered = Source.objects.filter(Q(in_use=True) | Q(pk__in=[source.pk for source in held]))
        self.fields["given_by"].offer(offered)  # type: ignore[attr-defined]
        self.fields["given_by"].initial = held

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        amount, in_kind = cleaned.get("amount"), cleaned.get("in_kind")
        if amount is not None and in_kind is not None and in_kind > amount:
            self.add_error("in_kind", _("实物折价不能大于金额。"))
        if amount is not None and cleaned.get("given_by"):
            self._settle_shares(cleaned, amount)
        if amount is not None and self.instance.pk:
            self._keep_above(amount)
        return cleaned

    def _settle_shares(self, cleaned: dict[str, Any], amount: Decimal) -> None:
        try:
            cleaned["given_by"] = settled(cleaned["given_by"], amount)
        except ValidationError as fault:
            self.add_error("given_by", fault)

    def _keep_above(self, amount: Decimal) -> None:
        """What was allocated of it, or taken back, must still fit in."""
        held = Receipt.objects.get(pk=self.instance.pk)
        least = held.amount - held.left()
        if amount < least:
            self.add_error("amount", _("已经分配和冲销 %(sum)s 元，金额不能小于它。") % {"sum": money(least)})

    def save(self, commit: bool = True) -> Receipt:
        receipt = super().save()
        wanted = dict(self.cleaned_data["given_by"])
        for share in receipt.shares.select_related("source"):
            share._change_reason = self.reason
            if share.source not in wanted:
                share.delete()
            elif share.amount != wanted.pop(share.source):
                share.amount = self.cleaned_data["given_by"][share.source]
                share.save()
        for source, amount in wanted.items():
            added: Any = ReceiptShare(receipt=receipt, source=source, amount=amount)
            added._change_reason = self.reason
            added.save()
        return receipt

    def note_clash(self, current: Any) -> None:
        super().note_clash(current)
        mine, theirs = in_words(self.cleaned_data["given_by"]), in_words(shares_of(current))
        if mine != theirs:
            self.clashes.append((str(self.fields["given_by"].label), theirs, mine))


def shares_of(receipt: Receipt) -> dict[Source, Decimal | None]:
    return {
        share.source: share.amount for share in receipt.shares.select_related("source").order_by("source")
    }
