"""The form on which an officer says what the headings of her file mean, and which of its sheets are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gansu_care.spreadsheets.form_columns import path_of
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import AskedHeading, Upload
from gansu_care.spreadsheets.models.headings import whose
from gansu_care.spreadsheets.sheet_headings import NOT_TAKEN

LEFT_OUT = "-"
"""How the form says that a column is not handed in; an empty choice says that nothing is said yet."""
HIDDEN_FIELDS = ("version",)


class HeadingsForm(forms.Form):
    """One choice for each doubtful heading. What it probably means is chosen beforehand, and still has to be sent."""

    def __init__(self, *args: Any, upload: Upload, asked: Sequence[AskedHeading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload, self.asked = upload, asked
        kind = kind_of(upload.kind)
        self.resources = {code: kind.resource(code)() for code in {one.resource for one in asked}}
        for one in asked:
            self.fields[name_of(one)] = self._choice(one)

    def _choice(self, one: AskedHeading) -> forms.ChoiceField:
        unsaid = [("", _("请选择"))] if one.is_open and not one.likely else []
        return forms.ChoiceField(
            label=one.heading,
            choices=[*unsaid, (LEFT_OUT, _("这一列不读取")), *self._fields(one)],
            initial=self._initial(one),
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={
                "required": gettext_lazy("请选定这一列是什么；用不着的，选“这一列不读取”。"),
                "invalid_choice": gettext_lazy("没有这个栏目，请重新选择。"),
            },
        )

    def _initial(self, one: AskedHeading) -> str:
        if one.said is not None:
            return one.said or LEFT_OUT
        return one.likely or ("" if one.is_open else LEFT_OUT)

    def _fields(self, one: AskedHeading) -> Iterator[tuple[str, str]]:
        """What the heading may mean: every field that no other column of its sheet is."""
        taken = {
            name for sheet in self.upload.sheets if sheet["name"] == one.sheet for name in sheet["fields"]
        }
        for name, column in self.resources[one.resource].fields.items():
            if name not in HIDDEN_FIELDS and (name not in taken or name == one.said):
                yield name, path_of(column)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        meant: dict[tuple[str, str, str], AskedHeading] = {}
        for one in self.asked:
            name = cleaned.get(name_of(one), LEFT_OUT)
            if name == LEFT_OUT:
                continue
            first = meant.setdefault((one.resource, one.sheet, name), one)
            if first is not one:
                said = _("“%(first)s”已经当作“%(label)s”，两列不能是同一个栏目。")
                words = {"first": first.heading, "label": self.label(one.resource, name)}
                self.add_error(name_of(one), said % words)
        return cleaned

    @property
    def answers(self) -> dict[AskedHeading, str]:
        """Heading -> field, NOT_TAKEN for a column that is not handed in."""
        sent = ((one, self.cleaned_data[name_of(one)]) for one in self.asked)
        return {one: NOT_TAKEN if name == LEFT_OUT else name for one, name in sent}

    def label(self, resource: str, name: str) -> str:
        column = self.resources[resource].fields.get(name)
        return path_of(column) if column else name

    def rows(self, *, with_cells: bool) -> Iterator[dict[str, Any]]:
        """The headings as the page shows them, each with its field of the form."""
        for one in self.asked:
            yield {
                "asked": one,
                "title": self.resources[one.resource].title,
                "samples": one.samples if with_cells else [],
                "why": self.why(one),
                "field": self[name_of(one)],
            }

    def why(self, one: AskedHeading) -> str:
        if one.said:
            return said_before(self.upload, one.heading, self.label(one.resource, one.said))
        if one.said is not None:
            return _("上次选了不读取")
        if one.likely:
            return _("像是“%(label)s”") % {"label": self.label(one.resource, one.likely)}
        return _("不认识，要选定") if one.is_open else _("不认识，没有读取")


def name_of(one: AskedHeading) -> str:
    return f"heading_{one.pk}"


def said_before(upload: Upload, heading: str, label: str) -> str:
    words = {"heading": heading, "label": label}
    if whose(upload.division).is_county:
        return _("您县上次把“%(heading)s”当作“%(label)s”") % words
    return _("您单位上次把“%(heading)s”当作“%(label)s”") % words
