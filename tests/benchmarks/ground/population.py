"""A register of any size: some thousand children through the doors of the demo, then copies of them made by SQL.

A copy has all that lists and figures ask of its original (parents and their dated facts, carer, consent, episodes),
but a name, number and ID number of its own, and search keys of that name. What no list and no figure reads is not
copied: history, grandparents, staged rows. Sealed values of copies open to those of the originals.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from children.facts import name_keys_of
from children.models import Carer, Child, Consent, Episode, NameKey, Parent, ParentState
from children.name_keys import sort_key
from gansu_care.demo.seeding import Demo, seed
from gansu_care.spreadsheets import bulk
from gansu_care.trail.record_numbers import take_numbers
from tests.benchmarks.ground.names import names

ORIGINALS, SEED = 5_000, 2026
PARTS: tuple[type[models.Model], ...] = (Parent, Carer, Consent, Episode)
BATCH = 50_000


class Copy(models.Model):
    """What a copy has of its own. `id` is its own; the original's is that minus `shift`, in every table."""

    shift = models.BigIntegerField()
    name = models.CharField(max_length=100)
    name_sort = models.CharField(max_length=300)
    number = models.CharField(max_length=12)
    id_number_digest = models.CharField(max_length=32)

    class Meta:
        app_label = "benchmarks"
        db_table = "benchmark_copy"

    def __str__(self) -> str:
        return self.number


def populate(rows: int) -> None:
    """Bring the register to this many children; one that already has them is left as it is."""
    if Child.objects.count() == rows:
        return
    if Child.objects.exists():
        raise SystemExit("The kept database has another number of children: run once without --keep.")
    print(f"making {rows:,} children …", flush=True)
    seed(Demo(min(ORIGINALS, rows), SEED), _silent)
    if rows > ORIGINALS:
        _copy(rows - ORIGINALS)
    analyze()


def _silent(text: str) -> None:
    """The demo tells how far it is."""


def _copy(count: int) -> None:
    tables = (Child, Parent, ParentState, Carer, Consent, Episode)
    stride = max(model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in tables) + 1
    with connection.schema_editor() as editor:
        editor.create_model(Copy)
    with transaction.atomic():
        _write_copies(count, stride)
        _copy_table(Child, {
            **{name: f'copy."{name}"' for name in ("name", "name_sort", "number")},
            "id_number_digest": "CASE WHEN held.id_number IS NULL THEN NULL ELSE copy.id_number_digest END",
            "upload_number": "held.upload_number || '-' || copy.shift",
        }, "held.id")  # fmt: skip
        for model in PARTS:
            _copy_table(model, {"child_id": "held.child_id + copy.shift"}, "held.child_id")
        _copy_table(ParentState, {"parent_id": "held.parent_id + copy.shift"}, "parent.child_id")
        _write_keys()
    with connection.schema_editor() as editor:
        editor.delete_model(Copy)
    _move_sequences([*tables, NameKey])


def _write_copies(count: int, stride: int) -> None:
    originals = list(Child.objects.order_by("pk").values_list("pk", flat=True))
    shifts = [stride * turn for turn in range(1, math.ceil(count / len(originals)) + 1)]
    places = islice(((pk, shift) for shift in shifts for pk in originals), count)
    random = Random(SEED)
    called, numbers = names(count, SEED), take_numbers(count)
    copies = (
        bulk.blank(
            Copy,
            id=pk + shift,
            shift=shift,
            name=name,
            name_sort=sort_key(name),
            number=number,
            id_number_digest=random.randbytes(16).hex(),
        )
        for (pk, shift), name, number in zip(places, called, numbers, strict=True)
    )
    for part in _batches(copies):
        bulk.insert(part)


def _copy_table(model: type[models.Model], own: dict[str, str], child: str) -> None:
    """One INSERT … SELECT: `own` gives the columns that differ, `child` says where the original's child is named."""
    columns = [field.column for field in model._meta.concrete_fields]
    told = {"id": "held.id + copy.shift"} | own
    parents = "JOIN children_parent parent ON parent.id = held.parent_id" if model is ParentState else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {', '.join(told.get(column, f'held.{column}') for column in columns)} "
            f"FROM {model._meta.db_table} held {parents} "
            f"JOIN {Copy._meta.db_table} copy ON {child} = copy.id - copy.shift ORDER BY copy.id, held.id"
        )


def _write_keys() -> None:
    children = Child.objects.filter(pk__in=Copy.objects.values("pk")).iterator(BATCH)
    keys = (key for child in children for key in name_keys_of(child))
    for part in _batches(keys):
        bulk.insert(part)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while part := list(islice(rows, BATCH)):
        yield part


def _move_sequences(tables: list[type[models.Model]]) -> None:
    """The rows brought their own keys: the next one made on a page comes after them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def analyze() -> None:
    """What PostgreSQL's autovacuum does by itself in a database that has been in use for a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
