"""A small fixed sample of each long run, so that the suite knows that they run and what they find."""

from argparse import Namespace

import pytest
from django.db import connection

from tests.long import backlog, diskfull, kills, overlaps, power

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture
def on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("it tries what only SQLite can be told: its log, its pages")


def test_a_killed_worker() -> None:
    found = kills.run(Namespace(seed=7, rounds=1, rows=60, victims=["worker"]))
    assert found["violations"] == []
    assert found["recovery longest"] < 45


def test_files_that_wait_for_a_worker_and_one_that_is_told_to_stop() -> None:
    found = backlog.run(Namespace(seed=7, files=3, rows=5))
    assert (found["violations"], found["left for the second"] > 0) == ([], True)


def test_two_officers_at_the_same_moment() -> None:
    assert overlaps.run(Namespace(seed=7, rounds=1, rows=8))["violations"] == []


def test_power_loss(on_sqlite) -> None:
    found = power.run(Namespace(seed=7, cuts=40, rows=6))
    assert found["violations"] == []
    assert len(found["applied after a cut"]) > 3, "the cuts fall into several uploads"


def test_a_full_disk(on_sqlite) -> None:
    found = diskfull.run(Namespace(seed=7, points=2, rows=40))
    assert found["violations"] == []
    assert found["refused by the disk"] > 0
