"""The fields of a row that an undo can put back, and when two values are the same."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import models

from gansu_care.sealed.fields import DigestField, Sealed
from gansu_care.spreadsheets.hanging import Together

# No fields to put back: what names the row, counts its versions, follows from its division, names its last upload.
FIXED = {
    "id", "number", "version", "created_at", "changed_at", "upload_number", "county", "prefecture", "reporting_unit",
}  # fmt: skip


class Unit(NamedTuple):
    """One field with the columns that mean nothing without it, such as a date's precision.

    `derived`: the digests of a sealed value, made anew from it; which of them are filled changes with the keys.
    """

    name: str
    columns: tuple[str, ...]
    derived: tuple[str, ...] = ()


@cache
def units(model: type[models.Model], together: Together = (), holder: str = "") -> tuple[Unit, ...]:
    """The units of a model in the order of its fields; those of a part without the key of what it hangs on."""
    fields = {
        field.name: field for field in model._meta.concrete_fields if field.name not in {*FIXED, holder}
    }
    found: dict[str, list[str]] = {name: [field.attname] for name, field in fields.items()}
    for first, *others in together:
        for other in others:
            found[first] += found.pop(other)
    digests = {name: field.of for name, field in fields.items() if isinstance(field, DigestField)}
    return tuple(
        Unit(name, tuple(columns), tuple(digest for digest, of in digests.items() if of == name))
        for name, columns in found.items()
        if name not in digests
    )


def agree(unit: Unit, one: Any, other: Any) -> bool:
    """Whether two rows, or snapshots of rows, hold the same in this unit."""
    return all(same(one.__dict__[column], other.__dict__[column]) for column in unit.columns)


def same(one: Any, other: Any) -> bool:
    """Sealed values are the same if their texts are: an unchanged one keeps its ciphertext, so few are opened."""
    if isinstance(one, Sealed) and isinstance(other, Sealed) and one.token == other.token:
        return True
    return one == other


def put_back(unit: Unit, row: models.Model, before: Any) -> None:
    """The row holds what the snapshot holds; a sealed value takes its old ciphertext."""
    for column in unit.columns:
        row.__dict__[column] = before.__dict__[column]
    for column in unit.derived:
        row.__dict__[column] = None


def foreign_keys(model: type[models.Model]) -> dict[str, models.ForeignKey]:
    """The foreign keys of a model by column."""
    return {
        field.attname: field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)
    }
