"""What hangs on a record: rows of other models that are made, changed and removed with it.

    hangs = (
        Hanging(Parent, "child", hangs=(Hanging(ParentState, "parent", in_turn=True),)),
        Hanging(Carer, "child", in_turn=True),
    )

A resource says it once for its records. Every other row whose foreign key names a record *points at* it: the record
does not own that row, and cannot be removed while it is there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from gansu_care.spreadsheets.bulk import among

Together = tuple[tuple[str, ...], ...]
"""Groups of fields that mean nothing apart, such as a date and its precision."""


@dataclass(frozen=True)
class Hanging:
    """Rows of `model` that hang on a record, or on what hangs on it, by the foreign key `holder`."""

    model: type[models.Model]
    holder: str
    # The rows of one holder follow one another (dated facts) or add up (shares): they are undone all or none.
    in_turn: bool = False
    # Made out of the record, without a history of its own: a search index.
    derived: bool = False
    together: Together = ()
    hangs: tuple[Hanging, ...] = ()

    def below(self) -> Iterator[Hanging]:
        """Itself and all that hangs on it."""
        yield self
        for part in self.hangs:
            yield from part.below()


class OwnParts:
    """For RegistryResource: what hangs on its records, and what follows from it."""

    hangs: ClassVar[tuple[Hanging, ...]] = ()
    # Models whose rows go where the record goes; `index_again` sends them after it.
    follows: ClassVar[tuple[type[models.Model], ...]] = ()
    # Fields of the record itself that mean nothing apart.
    together: ClassVar[Together] = ()

    def refuse_undeclared(self, written: Collection[type[models.Model]]) -> None:
        """Rows of a part that is not declared could never be undone: raises AssertionError."""
        declared = {part.model for hanging in self.hangs for part in hanging.below()}
        if strangers := set(written) - declared - set(self.follows):
            names = ", ".join(sorted(model._meta.label for model in strangers))
            raise AssertionError(f"written, but not declared in `hangs`: {names}")

    def settle_again(self, records: Sequence[Any]) -> None:
        """What a record keeps of its parts (a status, a place), when these were put back; the caller writes it."""

    def index_again(self, records: Sequence[Any]) -> None:
        """What is derived from records, when these were put back."""


Going = dict[type[models.Model], set[int]]
"""Rows that are going to be removed, by model."""
Pointing = dict[int, Counter[str]]
"""By the key of a record, which rows point at it and how many: {7: {"centers.equipment": 3}}."""


def pointing_at(
    model: type[models.Model], ids: Collection[int], hangs: tuple[Hanging, ...], going: Going
) -> Pointing:
    """The rows that point at these records, without those that hang on them and those that are going."""
    found: Pointing = defaultdict(Counter)
    own = {(part.model, part.holder) for part in hangs}
    for field in _foreign_keys_to(model):
        if ids and (field.model, field.name) not in own:
            held = field.model._base_manager.filter(**{f"{field.name}__in": among(ids)})
            for pk, target in held.values_list("pk", field.attname):
                if pk not in going.get(field.model, ()):
                    found[target][field.model._meta.label_lower] += 1
    return found


def _foreign_keys_to(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key that names this model, hidden ones included; snapshots of a history point at nothing."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_reverse = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_reverse and not relation.concrete and not hasattr(relation.related_model, "tracked_fields"):
            yield relation.field  # type: ignore[union-attr]
