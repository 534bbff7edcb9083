"""Lines of an undo as pages show them: which record, what became of it, which fields, and why it was left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from gansu_care.pages.wording import measure, moment
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import UndoAct, UndoLine, UndoOutcome, UndoWhy, Upload


@dataclass(frozen=True)
class UndoRow:
    position: int
    kind: Any
    number: str
    url: str
    what: str
    fields: str
    why: str


def undo_rows(upload: Upload, lines: Sequence[UndoLine], user: Any, *, first: int = 1) -> list[UndoRow]:
    """With a link to each record that is still there and that the user sees; a constant number of queries."""
    resources = {one.code: one for one in KINDS[upload.kind].resources}
    urls = {
        code: _urls(resources[code], [line.number for line in lines if line.resource == code], user)
        for code in {line.resource for line in lines} & resources.keys()
    }
    return [
        UndoRow(
            position=first + place,
            kind=resources[line.resource].title if line.resource in resources else line.resource,
            number=line.number,
            url=urls.get(line.resource, {}).get(line.number, ""),
            what=_what(line),
            fields=_("、").join(_named(path) for path in line.fields),
            why=_why(line),
        )
        for place, line in enumerate(lines)
    ]


def _urls(resource: Any, numbers: Iterable[str], user: Any) -> dict[str, str]:
    found = resource._meta.model.objects.visible_to(user).filter(number__in=list(numbers))
    return {record.number: record.get_absolute_url() for record in found}


def _what(line: UndoLine) -> str:
    if line.outcome == UndoOutcome.UNDONE:
        return _("已删除") if line.act == UndoAct.REMOVE else _("已恢复原来的内容")
    return _("新增的记录没有删除") if line.act == UndoAct.REMOVE else _("没有恢复")


def _why(line: UndoLine) -> str:
    if line.why == UndoWhy.EDITED and line.when:
        words = {"who": line.who or _("系统"), "time": moment(line.when)}
        return _("导入以后 %(who)s 在 %(time)s 改过") % words
    if line.why == UndoWhy.POINTED_AT:
        things = (f"{_named(model)} {measure(count, 'record')}" for model, count in line.pointing.items())
        return _("有别的记录属于它：%(things)s") % {"things": _("、").join(things)}
    return str(line.get_why_display()) if line.why else ""


def _named(path: str) -> str:
    """children.child.village -> 村（社区）; children.parent.phone -> 父母：联系电话; children.carer -> 照护人."""
    app, model, *field = path.split(".")
    named = _model(app, model)
    if named is None:
        return path
    label = str(named._meta.verbose_name)
    if not field:
        return label
    own = str(named._meta.get_field(field[0]).verbose_name)
    if hasattr(named, "number"):
        return own
    return _("%(part)s：%(field)s") % {"part": label, "field": own}


@cache
def _model(app: str, model: str) -> Any:
    """None for a model that a later release no longer has."""
    return apps.all_models.get(app, {}).get(model)
