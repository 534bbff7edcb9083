"""Opening hours in the model and on a page: a list of rows in one column, a line of ticks and times for each."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from centers.opening_hours import EVERY_DAY, Row, Season, in_words, row, settled, weekday_names

SPARE = 2
MOST = 12


class OpeningHoursField(models.JSONField):
    """A list of rows (centers/opening_hours.py); empty when nothing is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def labels(self, rows: list[Row]) -> list[str]:
        """As pages and histories show the value."""
        return [in_words(rows)] if rows else []

    def formfield(self, **kwargs: Any) -> Any:
        return OpeningHoursInput(
            label=kwargs.get("label", self.verbose_name), required=False, help_text=self.help_text
        )


class OpeningHoursRows(forms.Textarea):
    """One line for each row that is known, and spare ones. As wide as a long text."""

    template_name = "centers/opening_hours.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, "", attrs)
        held = list(value or [])
        blank: Row = {"days": [], "from": "", "until": "", "season": Season.ALL}
        rows = [*held, *[blank] * SPARE][:MOST]
        context["rows"] = [{"name": f"{name}-{place}", **one} for place, one in enumerate(rows)]
        context["described_by"] = context["widget"]["attrs"].get("aria-describedby", "")
        context["weekdays"], context["seasons"] = weekday_names().items(), Season.choices
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """What stands in the lines, unjudged; lines without any tick or time are left out."""
        lines = []
        for place in range(MOST):
            key = f"{name}-{place}"
            days = data.getlist(f"{key}-days") if hasattr(data, "getlist") else data.get(f"{key}-days", [])
            times = {part: str(data.get(f"{key}-{part}", "")).strip() for part in ("from", "until")}
            if days or any(times.values()):
                numbers = [int(day) for day in days if str(day) in {str(one) for one in EVERY_DAY}]
                lines.append({"days": numbers, **times, "season": data.get(f"{key}-season", Season.ALL)})
        return lines

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Unticked boxes are not sent: the lines are always there."""
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class OpeningHoursInput(forms.Field):
    """Gives the settled rows; says of each line what it lacks."""

    widget = OpeningHoursRows

    def to_python(self, value: Any) -> list[Row]:
        faults = [
            fault for place, line in enumerate(value or [], start=1) for fault in self._faults(place, line)
        ]
        if faults:
            raise ValidationError(faults)
        rows = (
            row(line["days"], line["from"][:5], line["until"][:5], line["season"]) for line in value or []
        )
        return settled(rows)

    def _faults(self, place: int, line: dict[str, Any]) -> list[Any]:
        if not line["days"]:
            return [_("开放时间第 %(n)s 行没有选星期几。") % {"n": place}]
        begin, end = _clock(line["from"]), _clock(line["until"])
        if begin is None or end is None:
            return [_("开放时间第 %(n)s 行的起止时间没有填全，请填成 14:30 这样。") % {"n": place}]
        if begin >= end:
            return [_("开放时间第 %(n)s 行的结束时间不晚于开始时间，请核对。") % {"n": place}]
        return (
            []
            if line["season"] in Season.values
            else [_("开放时间第 %(n)s 行的时期请从选项中选。") % {"n": place}]
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != (data or [])


def _clock(text: str) -> str | None:
    """14:30; seconds, which some browsers add, are left out."""
    found = re.fullmatch(r"((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?", text, re.ASCII)
    return found[1] if found else None
