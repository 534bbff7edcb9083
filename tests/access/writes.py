"""What sending a form writes: the rows added, changed and removed, as plain values; undone again at once.

register = Register()
written = register.written_by(lambda: client.post(path, fields))
written.rows        {(model, key): {column: value}}
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from gansu_care.sealed.fields import Sealed

TABLE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# Not the register: the trail (which tells of each answer), sessions, allowances, the counter of numbers; and what is
# made of names, or is read by all.
ASIDE = {"trail", "sessions", "usersessions", "contenttypes", "auth"}
ASIDE_MODELS = {"CostlyAct", "NameKey", "Division", "DivisionName"}
Row = dict[str, Any]
Rows = dict[tuple[str, Any], Row | None]


@dataclass
class Written:
    """`rows` without what differs from one sending to the next: moments, keys of new rows, random words."""

    answer: Any
    rows: Rows = field(default_factory=dict)
    raw: list[tuple[type[models.Model], Row]] = field(default_factory=list)


class Register:
    """All rows as they stand when it is made."""

    def __init__(self) -> None:
        kept = [
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label not in ASIDE
            and model.__name__ not in ASIDE_MODELS
            and not hasattr(model, "tracked_fields")
            and model._meta.managed
        ]
        self.models = {model._meta.db_table: model for model in kept}
        self.before = {table: _rows(model) for table, model in self.models.items()}

    def written_by(self, send: Callable[[], Any]) -> Written:
        tables: set[str] = set()

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            tables.update(TABLE.findall(sql))
            return execute(sql, params, many, context)

        with transaction.atomic():
            with connection.execute_wrapper(note):
                written = Written(send())
            for table in sorted(tables & set(self.models)):
                self._compare(table, written)
            transaction.set_rollback(True)
        return written

    def _compare(self, table: str, written: Written) -> None:
        model, before = self.models[table], self.before[table]
        after = _rows(model)
        new = 0
        for key, row in sorted(after.items(), key=lambda item: str(item[0]).zfill(12)):
            if row == before.get(key):
                continue
            new += key not in before
            name = key if key in before else f"new {new}"
            written.rows[model._meta.label, name] = self._settled(model, row)
            written.raw.append((model, row))
        for key in before.keys() - after.keys():
            written.rows[model._meta.label, key] = None
            written.raw.append((model, before[key]))

    def _settled(self, model: type[models.Model], row: Row) -> Row:
        """A reference to a new row, and the row's own key, say nothing but that they are new."""
        plain: Row = {}
        for one in model._meta.concrete_fields:
            value = row[one.attname]
            if isinstance(one, models.DateTimeField | models.BinaryField) or one.name == "password":
                continue
            target = one.remote_field.model if one.remote_field else model if one.primary_key else None
            if one.name == "object_id" and row not in self.before[model._meta.db_table].values():
                continue  # what a new job works on is new as well; PostgreSQL gives no key out twice
            held = self.before.get(target._meta.db_table, {}) if target else {}
            plain[one.attname] = "new" if target and value is not None and value not in held else value
        return plain


def _rows(model: type[models.Model]) -> dict[Any, Row]:
    columns = [one.attname for one in model._meta.concrete_fields]
    rows = model._base_manager.values(*columns)
    return {
        row[model._meta.pk.attname]: {name: _plain(value) for name, value in row.items()}  # type: ignore[union-attr]
        for row in rows
    }


def _plain(value: Any) -> Any:
    """A sealed text by its content: the same text sealed twice differs."""
    if isinstance(value, Sealed):
        return value.open()
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    return value
