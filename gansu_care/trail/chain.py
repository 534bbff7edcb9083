"""The chain that shows tampering: each event's seal is a digest of the event and of the seal before it.

    digest(n) = SHA-256( digest(n - 1), event n as text ), the first one over 64 zeros

Events are sealed once a minute by the worker, for what has been committed by then, so that no request waits for
another. A changed, removed or inserted event breaks the chain at its place. Who could write the chain anew, or cut its
tail, is found out by the digests kept outside the database: one file a day in TRAIL_DIR, to be copied away with the
backups, or on another machine altogether.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.trail.models import Event, EventSeal

BEFORE_THE_FIRST = "0" * 64
# What a seal covers, in this order: a column that comes later is added to another tuple, never to this one.
COVERED = (
    "id", "at", "action", "user_id", "username", "role", "division_code", "address",
    "system_user", "kind", "number", "rows", "reason", "reference",
)  # fmt: skip
AT_ONCE = 5_000
# An event may be committed long after a younger one: so far back the unsealed are looked for each minute.
LOOKED_BACK = 500_000
DAY_FILES = "????-??-??.txt"
SOON = timedelta(minutes=5)


def digest_of(before: str, event: Event) -> str:
    """The next digest of the chain, 64 hexadecimal digits."""
    values = [_plain(getattr(event, name)) for name in COVERED]
    text = json.dumps([before, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if hasattr(value, "astimezone") else value


# --- sealing


def seal_events() -> int:
    """Seal what has been committed since; returns how many events. Of two that do it at once, one wins."""
    sealed = 0
    while count := _seal_some():
        sealed += count
    if sealed or not day_file().exists():
        keep_outside()
    return sealed


def _seal_some() -> int:
    try:
        with transaction.atomic():
            last = EventSeal.objects.order_by("number").last()
            events = list(unsealed(last)[:AT_ONCE])
            EventSeal.objects.bulk_create(_seals(last, events))
    except IntegrityError:  # another worker has sealed them
        return 0
    return len(events)


def _seals(last: EventSeal | None, events: list[Event]) -> Iterator[EventSeal]:
    before, digest = (last.number, last.digest) if last else (0, BEFORE_THE_FIRST)
    for number, event in enumerate(events, before + 1):
        digest = digest_of(digest, event)
        yield EventSeal(number=number, event_id=event.pk, digest=digest)


def unsealed(last: EventSeal | None = None) -> QuerySet[Event]:
    """Events without a seal, in their order; with `last`, those not far before it only."""
    events = Event.objects.order_by("pk").exclude(Exists(EventSeal.objects.filter(event_id=OuterRef("pk"))))
    return events.filter(pk__gt=last.event_id - LOOKED_BACK) if last else events


def day_file(day: Any = None) -> Path:
    return Path(settings.TRAIL_DIR) / f"{day or timezone.localdate():%Y-%m-%d}.txt"


def keep_outside() -> None:
    """Write the last digest into the file of the day, beside the database: whole or not at all."""
    last = EventSeal.objects.order_by("number").last()
    if last is None:
        return
    file = day_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(f"{last.number} {last.digest}\n")
    part.replace(file)


# --- looking whether it holds


class Fault(NamedTuple):
    """What is wrong with the trail; `what` says it in the reader's language."""

    what: str
    number: int = 0  # of the seal
    event_id: int = 0


def faults(now: datetime | None = None) -> Iterator[Fault]:
    """All that is wrong: the chain walked from its beginning, then what it does not hold, then what stands outside.

    A backup is looked at as of the time when it was made.
    """
    expected, before, outside = 1, BEFORE_THE_FIRST, _kept_outside()
    seals = EventSeal.objects.order_by("number").iterator(AT_ONCE)
    while some := list(islice(seals, AT_ONCE)):
        events = Event.objects.in_bulk([seal.event_id for seal in some])
        for seal in some:
            if seal.number != expected:
                yield Fault(_("印记第%(first)s号到第%(last)s号不见了。")
                            % {"first": expected, "last": seal.number - 1}, seal.number)  # fmt: skip
            event = events.get(seal.event_id)
            if event is None:
                yield Fault(
                    _("操作记录 %(event)s 被删除了。") % {"event": seal.event_id}, seal.number, seal.event_id
                )
            elif digest_of(before, event) != seal.digest:
                yield Fault(_("操作记录 %(event)s 或它的印记被改过。") % {"event": seal.event_id},
                            seal.number, seal.event_id)  # fmt: skip
            yield from _differs_outside(outside, seal)
            expected, before = seal.number + 1, seal.digest
    yield from _cut_off(outside)
    yield from _late(now or timezone.now())


def _kept_outside() -> dict[int, tuple[str, str]]:
    """{number of a seal: (its digest, the day whose file says so)}."""
    found = {}
    for file in sorted(Path(settings.TRAIL_DIR).glob(DAY_FILES)):
        number, _space, digest = file.read_text().strip().partition(" ")
        if number.isdigit():
            found[int(number)] = digest, file.stem
    return found


def _differs_outside(outside: dict[int, tuple[str, str]], seal: EventSeal) -> Iterator[Fault]:
    digest, day = outside.pop(seal.number, (seal.digest, ""))
    if digest != seal.digest:
        yield Fault(_("第%(number)s号印记与 %(day)s 存在库外的不同：整条链可能被重新写过。")
                    % {"number": seal.number, "day": day}, seal.number, seal.event_id)  # fmt: skip


def _cut_off(outside: dict[int, tuple[str, str]]) -> Iterator[Fault]:
    for number, (_digest, day) in outside.items():
        yield Fault(_("%(day)s 存在库外的第%(number)s号印记，库里没有：末尾可能被截去。")
                    % {"number": number, "day": day}, number)  # fmt: skip


def _late(now: datetime) -> Iterator[Fault]:
    for event in unsealed().filter(at__lt=now - SOON)[:AT_ONCE]:
        yield Fault(_("操作记录 %(event)s 超过五分钟还没有盖上印记：后台程序没有运行，或它是后来插入的。")
                    % {"event": event.pk}, event_id=event.pk)  # fmt: skip
