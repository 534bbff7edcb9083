"""Someone who owns the tables, has taken the guards away, and changes the trail at random."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from gansu_care.trail.chain import COVERED, faults, seal_events
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event, EventSeal

EVENTS = 12
TEXTS = [name for name in COVERED if name not in ("id", "at", "user_id", "rows")]


def make_trail(user) -> None:
    for number in range(EVENTS):
        record_event(Action.READ, user, number=f"GC{number:010d}", rows=number, reason="r")
    seal_events()


def run(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def one(chance: Random) -> int:
    return chance.choice(list(Event.objects.order_by("pk").values_list("pk", flat=True)))


def edit(chance: Random) -> None:
    run(
        f"UPDATE trail_event SET {chance.choice(TEXTS)} = %s WHERE id = %s",
        f"x{chance.randrange(99)}",
        one(chance),
    )


def edit_time(chance: Random) -> None:
    event = Event.objects.get(pk=one(chance))
    later = event.at + timedelta(microseconds=chance.randrange(1, 10**9))
    run("UPDATE trail_event SET at = %s WHERE id = %s", later, event.pk)


def edit_rows(chance: Random) -> None:
    run("UPDATE trail_event SET rows = rows + %s WHERE id = %s", chance.randrange(1, 99), one(chance))


def edit_seal(chance: Random) -> None:
    run(
        "UPDATE trail_eventseal SET digest = %s WHERE event_id = %s",
        f"{chance.getrandbits(256):064x}",
        one(chance),
    )


def delete(chance: Random) -> None:
    run("DELETE FROM trail_event WHERE id = %s", one(chance))


def delete_with_seal(chance: Random) -> None:
    pk = one(chance)
    run("DELETE FROM trail_event WHERE id = %s", pk)
    run("DELETE FROM trail_eventseal WHERE event_id = %s", pk)


def delete_and_close_the_gap(chance: Random) -> None:
    """The seals behind it move up by one; the last digest stands outside under another number."""
    pk = one(chance)
    number = EventSeal.objects.get(event_id=pk).number
    delete_seal_and_event = (
        "DELETE FROM trail_event WHERE id = %s",
        "DELETE FROM trail_eventseal WHERE event_id = %s",
    )
    for statement in delete_seal_and_event:
        run(statement, pk)
    for later in range(number + 1, EVENTS + 1):
        run("UPDATE trail_eventseal SET number = %s WHERE number = %s", later - 1, later)


def swap(chance: Random) -> None:
    """Two events exchange what they tell."""
    first, second = chance.sample(list(Event.objects.order_by("pk")), 2)
    for event, other in ((first, second), (second, first)):
        run("UPDATE trail_event SET number = %s, rows = %s WHERE id = %s", other.number, other.rows, event.pk)


def swap_seals(chance: Random) -> None:
    first, second = chance.sample(list(EventSeal.objects.order_by("number")), 2)
    run("UPDATE trail_eventseal SET event_id = -1 WHERE number = %s", first.number)
    run("UPDATE trail_eventseal SET event_id = %s WHERE number = %s", first.event_id, second.number)
    run("UPDATE trail_eventseal SET event_id = %s WHERE number = %s", second.event_id, first.number)


def cut_tail(chance: Random) -> None:
    for pk in Event.objects.order_by("-pk").values_list("pk", flat=True)[: chance.randrange(1, EVENTS)]:
        run("DELETE FROM trail_event WHERE id = %s", pk)
        run("DELETE FROM trail_eventseal WHERE event_id = %s", pk)


def insert(chance: Random) -> None:
    """An event that would have been a week ago."""
    event = record_event(Action.READ, None, number="GC0000000009")
    ago = timezone.now() - timedelta(minutes=chance.randrange(6, 10_000))
    run("UPDATE trail_event SET at = %s WHERE id = %s", ago, event.pk)


ACTS: tuple[Callable[[Random], None], ...] = (
    edit, edit_time, edit_rows, edit_seal, delete, delete_with_seal, delete_and_close_the_gap, swap, swap_seals,
    cut_tail, insert,
)  # fmt: skip


def unnoticed(rounds: int, seed: int) -> list[str]:
    """Tamper so many times, each time with the whole trail; those acts that verify_trail did not find."""
    missed, chance = [], Random(seed)
    for turn in range(rounds):
        act = ACTS[turn % len(ACTS)]
        with transaction.atomic():
            act(chance)
            if not list(faults()):
                missed.append(f"{turn} {act.__name__}")
            transaction.set_rollback(True)
    return missed
