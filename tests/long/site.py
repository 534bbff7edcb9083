"""The site as it runs in earnest: a web process and a worker, kept alive as `up` keeps them; an officer sends files."""

import http.client
import os
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections
from django.test import Client

from gansu_care.accounts.models import CostlyAct
from gansu_care.demo.processes import Process, stop, wait_for_answer
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.people import person
from tests.worker_process import environment

HOST, PATIENCE = "127.0.0.1", 90.0
TOKEN = "k" * 32
UNDER_WAY = (UploadState.RECEIVED, UploadState.CHECKING, UploadState.APPLYING)
FORM = "application/x-www-form-urlencoded"


class Site:
    """Whatever it starts works on the database that this process works on."""

    def __enter__(self) -> "Site":
        self.officer = person("officer")
        client = Client()
        client.force_login(self.officer)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        os.environ.update(environment())
        connections.close_all()
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.web = Process("runserver", "--noreload", f"{HOST}:{self.port}")
        self.worker = Process("worker")
        assert wait_for_answer(HOST, self.port, self.web.is_alive)
        return self

    def __exit__(self, *_: Any) -> None:
        stop([self.web, self.worker])

    def keep_alive(self) -> None:
        self.worker.restart_if_dead()
        if self.web.restart_if_dead():
            wait_for_answer(HOST, self.port, self.web.is_alive)

    def until(self, true: Callable[[], bool]) -> bool:
        """Wait for it, and keep both processes alive meanwhile; whether it came."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.keep_alive()
            try:
                if true():
                    return True
            except (DatabaseError, InterfaceError):  # our own connection was cut too
                connection.close()
            time.sleep(0.1)
        return False

    # --- the officer

    def hand_in(self, data: bytes) -> Upload:
        """Send a file until somebody answers; the upload, whatever state it is in."""
        last = Upload.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        new = Upload.objects.filter(pk__gt=last).order_by("-id")
        body = (
            b'--FILE\r\nContent-Disposition: form-data; name="kind"\r\n\r\nchildren\r\n'
            b'--FILE\r\nContent-Disposition: form-data; name="file"; filename="f.xlsx"\r\n\r\n'
            + data
            + b"\r\n--FILE--\r\n"
        )
        CostlyAct.objects.all().delete()  # nobody sends as many in an hour: no more than 20 would be taken
        self.ask("/uploads/new/", body, "multipart/form-data; boundary=FILE", new.exists)
        return new[0]

    def confirm(self, upload: Upload) -> None:
        said = {"acknowledged": "1", "check_no": str(upload.check_no)}
        waits = Upload.objects.filter(pk=upload.pk, state=UploadState.CHECKED)
        path = f"/uploads/{upload.number}/confirm/"
        self.ask(path, urlencode(said).encode(), FORM, lambda: not waits.exists())

    def ask(self, path: str, body: bytes, kind: str, done: Callable[[], bool]) -> None:
        """Again as long as nobody answers, as people do."""
        self.until(lambda: self.post(path, body, kind) or done())

    def post(self, path: str, body: bytes, kind: str = FORM) -> bool:
        """Whether it was answered as asked."""
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers = {"Content-Type": kind, "Cookie": cookies, "X-CSRFToken": TOKEN}
        line = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            line.request("POST", path, body, headers)
            return line.getresponse().status == 302
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def ended(self, upload: Upload) -> Upload:
        """As it is when nothing is under way any more; what broke off for good is asked for again by its button."""
        held = Upload.objects.filter(pk=upload.pk)
        self.until(lambda: not held.filter(state__in=UNDER_WAY).exists())
        if held.filter(state=UploadState.FAILED).exists():
            self.post(f"/uploads/{upload.number}/check-again/", b"")
            self.until(lambda: held.filter(state=UploadState.CHECKED).exists())
        return held.get()
