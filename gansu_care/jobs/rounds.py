"""Work that comes round by itself: each worker does it every so often, whether anybody is signed in or not.

    @every(timedelta(hours=1))
    def clear_due() -> None: …

Such work is short, and safe to run twice or in two workers at once.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

log = logging.getLogger(__name__)
Round = Callable[[], object]


class _Rounds:
    """What comes round, how often in seconds, and when it was last done in this process."""

    every: dict[Round, float] = {}
    last: dict[Round, float] = {}


def every(span: timedelta) -> Callable[[Round], Round]:
    def register(work: Round) -> Round:
        _Rounds.every[work] = span.total_seconds()
        return work

    return register


def go_round() -> int:
    """Do what is due; returns how many pieces of work were done. One that fails is logged and tried next time."""
    done = 0
    for work, seconds in _Rounds.every.items():
        now = time.monotonic()
        if now - _Rounds.last.get(work, -seconds) < seconds:
            continue
        _Rounds.last[work] = now
        try:
            work()
            done += 1
        except Exception:
            log.exception("a round failed")
    return done
