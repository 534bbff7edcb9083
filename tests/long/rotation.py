"""Both keys are replaced on a large register while people write: nothing is lost, nobody comes twice."""

import argparse
import base64
import os
import threading
import time
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from children.models import Child
from gansu_care.keeping.reindexing import reindex_everything
from gansu_care.keeping.resealing import reseal_everything
from gansu_care.keeping.sealed_columns import sealed_tables
from gansu_care.sealed import cipher
from tests.benchmarks.ground.population import populate
from tests.records import invented_id_number, make_child

WRITERS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=120_000, help="children")


class Writers:
    """Each gives her own children new numbers and addresses, adds one now and then, and looks for what she wrote."""

    def __init__(self) -> None:
        self.over, self.holds, self.violations = threading.Event(), {}, []  # type: ignore[var-annotated]
        self.turns = 0
        self.threads = [threading.Thread(target=self._work, args=(who,)) for who in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _work(self, who: int) -> None:
        try:
            own, turn = [make_child().pk for _each in range(10)], who
            while not self.over.is_set():
                self._act(own[turn % 10], turn)
                turn += WRITERS
                self.turns += 1
                time.sleep(0.02)
        except Exception as failure:
            self.violations.append(f"writer {who}: {failure!r}")
        finally:
            connection.close()

    def _act(self, pk: int, turn: int) -> None:
        number = invented_id_number(date(1990, 1, 1) + timedelta(days=turn // 900), turn % 900)
        child = Child.objects.get(pk=pk)
        child.id_number, child.address = number, f"新址{turn}号"
        child.save()
        self.holds[pk] = (number, f"新址{turn}号")
        if Child.objects.get(id_number=number).pk != pk:
            self.violations.append(f"{pk} is not found")
        try:
            with transaction.atomic():
                make_child(id_number=number)
            self.violations.append(f"a second child of the number of {pk}")
        except IntegrityError:
            return

    def end(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        for pk, (number, address) in self.holds.items():
            child = Child.objects.get(id_number=number)
            if (child.pk, child.address.open()) != (pk, address):
                self.violations.append(f"{pk} has lost what was written")


def run(options: argparse.Namespace) -> dict[str, Any]:
    populate(options.rows)
    _own_digests()
    old, new = settings.SEALING_KEYS, base64.b64encode(os.urandom(32)).decode()
    old_index, new_index = settings.DIGEST_KEY, base64.b64encode(os.urandom(32)).decode()
    _started_with(f"{old},2:{new}", f"1:{old_index},2:{new_index}")
    writers = Writers()
    seconds = {"reseal": _timed(reseal_everything), "reindex": _timed(reindex_everything)}
    _started_with(f"{old},2:{new}", f"2:{new_index}")
    seconds["empty the old index"] = _timed(reindex_everything)
    writers.end()
    left = _older_tokens()
    return {
        "children": Child.objects.count(),
        "seconds each": seconds,
        "writes meanwhile": writers.turns,
        "violations": writers.violations + [f"{left} tokens of the old key"] * bool(left),
    }


def _own_digests() -> None:
    """Copies of the population open to their originals' numbers under digests of their own: they lose their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE children_child SET id_number = NULL, id_number_digest = NULL "
            "WHERE upload_number LIKE '%-%-%-%-%'"
        )


def _started_with(sealing: str, digests: str) -> None:
    settings.SEALING_KEYS, settings.DIGEST_KEY = sealing, digests
    cipher.forget_keys()


def _timed(work: Any) -> float:
    began = time.monotonic()
    work(lambda name, rows: None)
    return round(time.monotonic() - began, 1)


def _older_tokens() -> int:
    left = 0
    with connection.cursor() as cursor:
        for table in sealed_tables():
            for field in table.fields:
                cursor.execute(f"SELECT count(*) FROM {table.name} WHERE substr({field.column}, 1, 1) <> %s",
                               [connection.Database.Binary(b"\x02")])  # fmt: skip
                left += cursor.fetchone()[0]
    return left
