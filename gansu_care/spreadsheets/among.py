"""Any number of values on the right side of a comparison, as one parameter instead of thousands.

    Child.objects.filter(id_number_digest__in=among(digests))

SQLite gets a list as JSON. PostgreSQL gets an array, and `= ANY` in place of `IN`: that is always answered by looking
up each value. A sub-select over the same values becomes a join, and a loop within a loop wherever the table has grown
since it was last analysed: minutes for the second workbook of a county.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Field
from django.db.models.expressions import RawSQL
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

_ARRAYS = {date: "date"}


class OneParameter(RawSQL):
    """The right side of an `__in` lookup."""


def among(values: Iterable[Any]) -> OneParameter | list[Any]:
    """For an `__in` lookup; see the top of this file."""
    listed = list(values)
    return OneParameter(*_parameter(listed)) if listed else []


def members(values: list[Any]) -> tuple[str, Any]:
    """For a statement of our own: what follows the column's name, and the one parameter of it."""
    sql, (parameter,) = _parameter(values)
    return f"{_operator()} ({sql})", parameter


def _operator() -> str:
    return "= ANY" if connection.vendor == "postgresql" else "IN"


def _parameter(values: list[Any]) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql" and type(values[0]) is int:
        # As one text: given one by one, numbers are quoted by psycopg2 and parsed by PostgreSQL one by one.
        listed = ",".join("NULL" if value is None else str(value) for value in values)
        return "%s::bigint[]", [f"{{{listed}}}"]
    if connection.vendor == "postgresql":
        return f"%s::{_ARRAYS.get(type(values[0]), 'text')}[]", [values]
    return "SELECT value FROM json_each(%s)", [json.dumps(values, default=str)]


class _Among:
    """`in` as Django has it, but for one parameter."""

    rhs: Any

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"{_operator()} {rhs}" if isinstance(self.rhs, OneParameter) else f"IN {rhs}"


@Field.register_lookup
class InAmong(_Among, In):
    pass


@ForeignObject.register_lookup
class RelatedInAmong(_Among, RelatedIn):
    pass
