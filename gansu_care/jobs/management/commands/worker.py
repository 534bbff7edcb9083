"""`manage.py worker`: runs background jobs until it is told to stop (SIGTERM or Ctrl-C).

A thread takes up every few seconds what nobody holds any more (jobs/lease.py); what comes round (jobs/rounds.py) is
done beside it. Told to stop, it begins no other job and gives the ones under way 25 seconds; what is not done by then
is left for the next worker. When a process of its queue has died and taken a lock with it, so that nothing is begun
any more, the command ends with status 1: whoever keeps it alive (`up`, systemd) starts it afresh.
"""

import logging
import os
import signal
import threading
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, connections
from django_q.cluster import Cluster

from gansu_care.accounts.allowances import forget_old_acts
from gansu_care.accounts.dormant import end_dormant_accounts
from gansu_care.accounts.grants import settle_what_began
from gansu_care.jobs import stopping
from gansu_care.jobs.ending import end_with_parent, kill_below
from gansu_care.jobs.lease import SWEEP_SECONDS, starving, sweep
from gansu_care.jobs.rounds import every, go_round
from gansu_care.trail.chain import seal_events

log = logging.getLogger(__name__)
SECONDS_TO_DRAIN = 25
SECONDS_STARVING = 30
ROUND_SECONDS = 30
every(timedelta(minutes=1))(seal_events)
every(timedelta(hours=1))(settle_what_began)
every(timedelta(hours=6))(end_dormant_accounts)
every(timedelta(hours=6))(forget_old_acts)


class Command(BaseCommand):
    help = "Runs background jobs until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        over, stuck = threading.Event(), threading.Event()
        _on_signals(over)
        stopping.share()
        # What the cluster forks must not work on when this process is killed.
        os.register_at_fork(after_in_child=lambda: end_with_parent(signal.SIGKILL))
        _safely(sweep, at_start=True)
        connections.close_all()
        cluster = Cluster()
        cluster.start()
        _on_signals(over)  # the cluster set its own
        sweeper = threading.Thread(target=_keep_sweeping, args=(over, stuck, cluster), daemon=True)
        sweeper.start()
        while not over.wait(ROUND_SECONDS):
            _safely(go_round)
            connection.close()
        if stuck.is_set():
            kill_below(os.getpid())
            raise SystemExit(1)
        _drain(cluster)


def _on_signals(over: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())


def _keep_sweeping(over: threading.Event, stuck: threading.Event, cluster: Cluster) -> None:
    """Until it is over: because somebody said so, or because the cluster does not work any more."""
    fed = time.monotonic()
    while not over.wait(SWEEP_SECONDS):
        _safely(sweep)
        if _safely(starving) is not True:
            fed = time.monotonic()
        connection.close()
        if time.monotonic() - fed > SECONDS_STARVING or not cluster.sentinel.is_alive():
            log.error("the queue has stopped working; the worker ends, to be started afresh")
            stuck.set()
            over.set()


def _safely(work: Any, **options: Any) -> Any:
    """The database may be away for a while: logged, and tried again next time."""
    try:
        return work(**options)
    except Exception:
        log.exception("the worker goes on after an error")
        return None


def _drain(cluster: Cluster) -> None:
    """The jobs under way may end; then everything below goes, and what was not done is sent to the next worker."""
    stopping.ask()
    ending = threading.Thread(target=cluster.stop, daemon=True)
    ending.start()
    ending.join(SECONDS_TO_DRAIN)
    if ending.is_alive():
        kill_below(os.getpid())
        time.sleep(0.2)  # until their locks are gone
        _safely(sweep)
        os._exit(0)  # the thread waits for processes that were killed
