"""`manage.py worker`: runs background jobs until it is told to stop (SIGTERM or Ctrl-C).

Every half minute it takes up what another worker left (jobs/lease.py) and does what comes round (jobs/rounds.py).
"""

import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django_q.cluster import Cluster

from gansu_care.accounts.allowances import forget_old_acts
from gansu_care.accounts.dormant import end_dormant_accounts
from gansu_care.accounts.grants import settle_what_began
from gansu_care.jobs.lease import sweep
from gansu_care.jobs.rounds import every, go_round
from gansu_care.trail.chain import seal_events

HALF_A_MINUTE = 30
every(timedelta(minutes=1))(seal_events)
every(timedelta(hours=1))(settle_what_began)
every(timedelta(hours=6))(end_dormant_accounts)
every(timedelta(hours=6))(forget_old_acts)


class Command(BaseCommand):
    help = "Runs background jobs until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        sweep()
        connection.close()
        cluster = Cluster()
        cluster.start()
        for number in (signal.SIGTERM, signal.SIGINT):  # the cluster set its own
            signal.signal(number, lambda *_: over.set())
        while not over.wait(HALF_A_MINUTE):
            sweep()
            go_round()
            connection.close()
        cluster.stop()
