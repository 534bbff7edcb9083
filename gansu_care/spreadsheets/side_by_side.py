"""A doubtful row beside the records that it may mean, column by column, masked as everywhere; differences are told.

What differs is told by the values themselves: two values may look alike under one mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gansu_care.sealed.fields import Sealed
from gansu_care.sealed.masks import mask_name
from gansu_care.spreadsheets.columns import UNSET, Column, NameColumn
from gansu_care.spreadsheets.comparing import shown_masked, unchanged
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import StagedRow, Upload
from gansu_care.spreadsheets.uploads.staging import said_of


@dataclass(frozen=True)
class Side:
    """What one record holds in a column. `differs` from what the row says; under a mask that is not to be seen."""

    number: str
    text: str
    differs: bool
    behind_mask: bool


@dataclass(frozen=True)
class Line:
    label: str
    said: str
    sides: list[Side]

    @property
    def differs(self) -> bool:
        return any(side.differs for side in self.sides)


@dataclass(frozen=True)
class Beside:
    """`records`: the candidates that the reader may see, in the order of likeness."""

    resource: Any
    records: list[Any]
    lines: list[Line]

    @property
    def different(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def alike(self) -> list[Line]:
        return [line for line in self.lines if not line.differs]


def beside(upload: Upload, staged: StagedRow, candidates: Sequence[int], user: Any) -> Beside:
    resource = KINDS[upload.kind].resource(staged.resource)()
    visible = resource._meta.model.objects.visible_to(user).filter(pk__in=candidates)
    seen = set(visible.values_list("pk", flat=True))
    loaded = resource.load([pk for pk in candidates if pk in seen])
    records = [loaded[pk] for pk in candidates if pk in loaded]
    said, eye = said_of(staged), _Eye(resource, user)
    lines = [
        _line(resource, name, column, said.get(name, UNSET), records, eye)
        for name, column in resource.stored_columns().items()
        if name not in resource.hidden_from(user)
    ]
    return Beside(resource, records, [line for line in lines if line.said or any(s.text for s in line.sides)])


def _line(resource: Any, name: str, column: Column, said: Any, records: list[Any], eye: _Eye) -> Line:
    label = f"{column.group}/{column.label}" if column.group else str(column.label)
    text = eye.seen(column, said)
    sides = []
    for record in records:
        stored = resource.getters[name](record)
        differs = said is not UNSET and not unchanged(resource, record, column, stored, said)
        held = eye.seen(column, stored.open() if isinstance(stored, Sealed) else stored)
        sides.append(Side(record.number, held, differs, differs and held == text))
    return Line(label, text, sides)


class _Eye:
    """How this reader sees a value: sealed ones masked, names masked beyond the county."""

    def __init__(self, resource: Any, user: Any) -> None:
        self.in_full = resource.sees_names(user)

    def seen(self, column: Column, value: Any) -> str:
        text = shown_masked(column, value)
        if self.in_full or not text:
            return text
        if getattr(column, "beyond_county_only", False) and column.mask is not None:
            return column.mask(text)
        return mask_name(text) if isinstance(column, NameColumn) else text
