"""Two records of one child, field by field, before one is merged into the other.

The fields are those of the form, in its order: what the staying record lacks can be entered there. What differs is told
by the values themselves; what is shown are the masks of the record's page.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from children.forms import ChildForm
from children.models import Child, ChildStatus
from children.naming import masks_for
from gansu_care.divisions.models import Division
from gansu_care.pages.changes import Masks
from gansu_care.pages.record_forms import label_of, shown
from gansu_care.pages.wording import day

BESIDE_THE_FORM = ("status", "left_behind_note")


@dataclass(frozen=True)
class Line:
    """One field of both records as text. `differs` is true for two values under one mask as well."""

    name: str
    label: str
    losing: str
    staying: str
    differs: bool

    @property
    def is_lacking(self) -> bool:
        """Whether only the losing record knows it."""
        return bool(self.losing) and not self.staying

    @property
    def differs_behind_mask(self) -> bool:
        return self.differs and self.losing == self.staying


@dataclass(frozen=True)
class Comparison:
    losing: Child
    staying: Child
    lines: list[Line]

    @property
    def different(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def alike(self) -> list[Line]:
        return [line for line in self.lines if not line.differs]

    @property
    def to_enter(self) -> list[Line]:
        """What has to be entered on the staying record by hand first, if it is to be kept."""
        return [line for line in self.lines if line.is_lacking and line.name != "id_number"]

    @property
    def lacks_id_number(self) -> bool:
        """It cannot be entered before: a number stands on one record in force only."""
        return any(line.is_lacking and line.name == "id_number" for line in self.lines)

    @property
    def leaves_the_register(self) -> bool:
        return self.losing.status == ChildStatus.ACTIVE and self.staying.status == ChildStatus.EXITED


def compare(losing: Child, staying: Child, user: Any) -> Comparison:
    masks = masks_for(user)
    lines = [
        _line(name, label_of(losing, name), losing, staying, masks)
        for name in (*BESIDE_THE_FORM, *ChildForm.Meta.fields)
    ]
    for one, other in zip(
        *(ChildForm(instance=child, user=user).parts for child in (losing, staying)), strict=True
    ):
        if one.instance.pk or other.instance.pk:
            lines += [
                _line(one.add_prefix(name), one.label(name), one.holder(name), other.holder(name), masks)
                for name in one.fields
            ]
    lines.append(_episodes(losing, staying))
    return Comparison(losing, staying, [line for line in lines if line.losing or line.staying])


def _line(name: str, label: str, losing: models.Model, staying: models.Model, masks: Masks) -> Line:
    """`name` is that of the form's field; a part's begins with the part: father-phone."""
    field = name.rpartition("-")[2]
    mask = masks.get(field, str)
    differs = _known(getattr(losing, field)) != _known(getattr(staying, field))
    return Line(name, label, mask(_text(losing, field)), mask(_text(staying, field)), differs)


def _text(row: models.Model, name: str) -> str:
    value = getattr(row, name)
    return value.full_label if isinstance(value, Division) else shown(row, name)


def _known(value: Any) -> Any:
    """Empty text and NULL say the same."""
    return "" if value is None else value


def _episodes(losing: Child, staying: Child) -> Line:
    texts = ["；".join(_episode(episode) for episode in child.episodes.all()) for child in (losing, staying)]
    return Line("episodes", _("在册经历"), texts[0], texts[1], texts[0] != texts[1])


def _episode(episode: Any) -> str:
    if episode.ended_on is None:
        return _("%(begun)s 起在册") % {"begun": day(episode.registered_on)}
    words = {
        "begun": day(episode.registered_on),
        "ended": day(episode.ended_on),
        "why": episode.get_reason_display(),
    }
    return _("%(begun)s 至 %(ended)s（%(why)s）") % words
