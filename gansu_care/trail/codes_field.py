"""A field of several codes from one code table (健康、残疾、患病 …), kept as a JSON list in the table's order."""

import json
from functools import lru_cache
from typing import Any

from django import forms
from django.db import models


@lru_cache(maxsize=4096)
def _read(text: str) -> Any:
    """A register has few different lists: each is read once. Whoever gets a list gets one of her own."""
    return json.loads(text)


class CodesField(models.JSONField):
    """List of codes of `table` (a TextChoices); empty list when nothing is ticked."""

    def __init__(self, *args: Any, table: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.table = table
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not isinstance(value, str):
            return super().from_db_value(value, expression, connection)
        found = _read(value)
        return list(found) if isinstance(found, list) else found

    def formfield(self, **kwargs: Any) -> Any:
        assert self.table is not None
        return forms.MultipleChoiceField(
            label=kwargs.get("label", self.verbose_name),
            choices=self.table.choices,
            required=False,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, codes: list[str]) -> list[str]:
        assert self.table is not None
        known = dict(self.table.choices)
        return [str(known.get(code, code)) for code in codes]
