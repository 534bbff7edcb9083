"""`manage.py worker`: runs background jobs until it is told to stop (SIGTERM or Ctrl-C), sweeping old leases."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django_q.cluster import Cluster

from gansu_care.jobs.lease import sweep

HALF_A_MINUTE = 30


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
            connection.close()
        cluster.stop()
