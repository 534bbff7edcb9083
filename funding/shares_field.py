"""The sources of a receipt on its form: ticks, and beside each its amount, empty where the split is not known."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from funding.models import FEN, Source
from funding.shares import Shares
from gansu_care.pages.wording import money

MOST = Decimal("999999999999.99")


class SharesRows(forms.Textarea):
    """One line a source. As wide as a long text."""

    template_name = "funding/shares.html"
    sources: Any = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, "", attrs)
        given = value or {}
        context["described_by"] = context["widget"]["attrs"].get("aria-describedby", "")
        context["lines"] = [
            {
                "pk": one.pk,
                "label": one.label,
                "ticked": str(one.pk) in given,
                "amount": given.get(str(one.pk), ""),
            }
            for one in self.sources
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """The text beside each ticked source, by the source's key; an amount without a tick counts as one."""
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        prefix = f"{name}-"
        filled = {key.removeprefix(prefix): data[key].strip() for key in data if key.startswith(prefix)}
        return {pk: filled.get(pk, "") for pk in [*ticked, *(key for key, text in filled.items() if text)]}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class SharesField(forms.Field):
    """Gives the amount by source, None where none is filled in. Refuses what is no source of the list or no amount."""

    widget = SharesRows

    def offer(self, sources: Any) -> None:
        self.sources = {str(one.pk): one for one in sources}
        self.widget.sources = list(self.sources.values())

    def prepare_value(self, value: Any) -> Any:
        """Shares as they are kept, or the texts that were sent."""
        return {
            str(getattr(key, "pk", key)): "" if share is None else str(share)
            for key, share in (value or {}).items()
        }

    def to_python(self, value: Any) -> Shares:
        shares: dict[Source, Decimal | None] = {}
        for pk, text in (value or {}).items():
            if pk not in self.sources:
                raise ValidationError(_("有的资金来源不在名单里，请重新选。"))
            shares[self.sources[pk]] = self._amount(self.sources[pk], text)
        return shares

    def _amount(self, source: Source, text: str) -> Decimal | None:
        plain = text.replace(",", "").replace("，", "")
        if not plain:
            return None
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not FEN <= amount <= MOST or amount != amount.quantize(FEN):
            words = {"source": source.label}
            raise ValidationError(_("%(source)s的金额要填大于0的数，最多两位小数；不详的留空。") % words)
        return amount.quantize(FEN)

    def validate(self, value: Any) -> None:
        if not value and self.required:
            raise ValidationError(_("请至少选一个资金来源。"))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or {})


def in_words(shares: Shares) -> str:
    """全国妇联 100,000.00、中国儿童少年基金会 分摊不详: as histories and clashes show it."""
    told = (
        f"{source.label} {_('分摊不详') if share is None else money(share)}"
        for source, share in shares.items()
    )
    return str(_("、")).join(told)
