"""The chain over the events: what was changed, removed, inserted, written anew or cut off is found and named."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from gansu_care.jobs import rounds
from gansu_care.jobs.management.commands import worker
from gansu_care.trail import chain
from gansu_care.trail.chain import BEFORE_THE_FIRST, day_file, digest_of, faults, seal_events
from gansu_care.trail.events import record_event
from gansu_care.trail.guards import lift_guards, set_guards
from gansu_care.trail.models import Action, Event, EventSeal
from tests.trail.tampering import make_trail, unnoticed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, settings) -> Path:
    settings.TRAIL_DIR = tmp_path
    return tmp_path


@pytest.fixture
def events(officer) -> list[Event]:
    """Five events, sealed."""
    made = [record_event(Action.READ, officer, number=f"GC{number:010d}", rows=1) for number in range(5)]
    assert seal_events() == 5
    return made


@pytest.fixture
def owner() -> Iterator[None]:
    """Someone who owns the tables and has taken the guards away."""
    lift_guards(connection)
    yield
    set_guards(connection)


def run(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def told() -> list[str]:
    return [fault.what for fault in faults()]


def test_an_untouched_trail_holds(events) -> None:
    assert told() == []
    assert seal_events() == 0, "what is sealed is not sealed twice"
    assert list(EventSeal.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_each_seal_is_over_the_one_before(events) -> None:
    first, second = EventSeal.objects.all()[:2]

    assert first.digest == digest_of(BEFORE_THE_FIRST, Event.objects.get(pk=first.event_id))
    assert second.digest == digest_of(first.digest, Event.objects.get(pk=second.event_id))


@pytest.mark.parametrize(
    "change",
    ["username = 'other'", "rows = 2", "reason = 'x'", "number = ''", "user_id = NULL", "action = 'unmask'"],
)
def test_a_changed_event_is_found(events, owner, change: str) -> None:
    run(f"UPDATE trail_event SET {change} WHERE id = %s", events[2].pk)

    assert told() == [f"操作记录 {events[2].pk} 或它的印记被改过。"]


def test_a_changed_time_is_found(events, owner) -> None:
    run(
        "UPDATE trail_event SET at = %s WHERE id = %s", events[1].at + timedelta(microseconds=1), events[1].pk
    )

    assert told() == [f"操作记录 {events[1].pk} 或它的印记被改过。"]


def test_a_removed_event_is_found(events, owner) -> None:
    run("DELETE FROM trail_event WHERE id = %s", events[3].pk)

    assert told() == [f"操作记录 {events[3].pk} 被删除了。"]


def test_an_event_removed_with_its_seal_is_found(events, owner) -> None:
    run("DELETE FROM trail_event WHERE id = %s", events[1].pk)
    run("DELETE FROM trail_eventseal WHERE event_id = %s", events[1].pk)

    assert told() == ["印记第2号到第2号不见了。", f"操作记录 {events[2].pk} 或它的印记被改过。"]


def test_the_tail_cut_off_is_found_by_what_stands_outside(events, owner) -> None:
    for event in events[3:]:
        run("DELETE FROM trail_event WHERE id = %s", event.pk)
        run("DELETE FROM trail_eventseal WHERE event_id = %s", event.pk)

    day = timezone.localdate()
    assert told() == [f"{day:%Y-%m-%d} 存在库外的第5号印记，库里没有：末尾可能被截去。"]


def test_a_chain_written_anew_is_found_by_what_stands_outside(events, owner) -> None:
    run("UPDATE trail_event SET username = 'other' WHERE id = %s", events[0].pk)
    run("DELETE FROM trail_eventseal")
    before = BEFORE_THE_FIRST
    for number, event in enumerate(Event.objects.order_by("pk"), 1):
        before = digest_of(before, event)
        run("INSERT INTO trail_eventseal VALUES (%s, %s, %s, %s)", number, event.pk, before, timezone.now())

    day = timezone.localdate()
    assert told() == [f"第5号印记与 {day:%Y-%m-%d} 存在库外的不同：整条链可能被重新写过。"]


def test_an_event_without_a_seal_after_five_minutes_is_named(events, owner, officer) -> None:
    late = record_event(Action.READ, officer)
    assert told() == [], "the worker has a minute for it"
    run("UPDATE trail_event SET at = %s WHERE id = %s", timezone.now() - timedelta(minutes=6), late.pk)

    assert told() == [f"操作记录 {late.pk} 超过五分钟还没有盖上印记：后台程序没有运行，或它是后来插入的。"]


def test_an_event_committed_late_is_sealed_after_younger_ones(officer) -> None:
    """Of two transactions the one that began first may end last: its event then has the smaller id."""
    slow = record_event(Action.READ, officer)
    run("DROP TABLE IF EXISTS kept")
    lift_guards(connection)
    run("CREATE TEMPORARY TABLE kept AS SELECT * FROM trail_event")
    run("DELETE FROM trail_event")
    quick = record_event(Action.READ, officer)
    seal_events()
    run("INSERT INTO trail_event SELECT * FROM kept")
    set_guards(connection)

    assert seal_events() == 1
    assert list(EventSeal.objects.values_list("event_id", flat=True)) == [quick.pk, slow.pk]
    assert told() == []


def test_many_events_are_sealed_and_verified_in_parts(officer, monkeypatch) -> None:
    monkeypatch.setattr(chain, "AT_ONCE", 3)
    for _number in range(10):
        record_event(Action.READ, officer)

    assert seal_events() == 10
    assert told() == []
    assert day_file().read_text().startswith("10 ")


def test_the_command_says_that_the_trail_holds(events, capsys) -> None:
    call_command("verify_trail")

    assert capsys.readouterr().out == "操作记录完整：5 条都盖有印记，首尾相连。\n"


def test_the_command_names_every_fault_and_ends_with_1(events, owner, capsys) -> None:
    run("UPDATE trail_event SET username = 'other' WHERE id = %s", events[2].pk)

    with pytest.raises(SystemExit) as end:
        call_command("verify_trail")

    said = capsys.readouterr().out
    assert end.value.code == 1
    assert f"操作记录 {events[2].pk} 或它的印记被改过。" in said
    assert "触发器 trail_event_no_update 不在了" in said


def test_the_worker_seals_what_has_been_committed(officer, monkeypatch) -> None:
    record_event(Action.READ, officer)
    monkeypatch.setattr(rounds._Rounds, "last", {})

    worker.go_round()

    assert EventSeal.objects.count() == 1


def test_whatever_somebody_does_to_the_trail_is_found(officer, owner) -> None:
    """22 times, each way twice; a thousand times with `python -m tests.long tampering`."""
    make_trail(officer)

    assert unnoticed(rounds=22, seed=2026) == []
    assert told() == [], "each time all was put back"
