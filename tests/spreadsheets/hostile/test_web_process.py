"""The real site, as production runs it: hostile files come in by HTTP, and its process stays as small as it was."""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from children.models import Child
from tests.people import person
from tests.uploading import children_file
from tests.worker_process import environment

from . import office_xml, open_document, texts, xlsb, zips
from .table import HOSTILE

pytestmark = [pytest.mark.long, pytest.mark.apart]

FILES = (
    zips.a_member_of_310_megabytes_of_nothing,
    zips.a_thousand_and_one_members,
    office_xml.one_megabyte_shared_by_twelve_thousand_cells,
    office_xml.a_table_of_strings_that_claims_two_thousand_million,
    open_document.a_row_a_million_times,
    xlsb.a_text_of_four_thousand_million_characters,
    texts.noise,
)
PATIENCE = 120
GROWTH = 16 * 1024  # kilobytes; what each of these files would take is a hundred times as much
BOUNDARY = "----------hostile"


class Site:
    """One web process, spoken to as an officer's browser does."""

    def __init__(self, port: int, session: str):
        self.port, self.cookies = port, {settings.SESSION_COOKIE_NAME: session}

    def ask(self, path: str, body: bytes | None = None) -> tuple[int, str, str]:
        """(status, where it leads, page)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        for name, value in re.findall(r"(\w+)=([^;]+);", answer.headers.get("Set-Cookie", "")):
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def upload(self, data: bytes) -> str:
        """The page of the upload."""
        _status, _where, form = self.ask("/uploads/new/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        fields = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {"csrfmiddlewaretoken": token, "kind": "children"}.items()
        )
        file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        status, where, _page = self.ask(
            "/uploads/new/", (fields + file).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        )
        assert status == 302, status
        return where

    def result(self, path: str) -> str:
        """The page on which an upload ends, once the worker has looked at the file."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            status, where, page = self.ask(path)
            assert status < 500
            if where and not where.endswith("/progress/"):
                path = where
            elif status == 200 and not path.endswith("/progress/"):
                return page
            else:
                time.sleep(0.5)
        raise AssertionError(f"{path} did not end")


@pytest.fixture
def site(transactional_db, officer) -> Iterator[tuple[Site, int]]:
    """The site and the number of its one process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = Client()
    client.force_login(person("officer"))
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "gansu_care.wsgi",
        "--workers",
        "1",
        "--threads",
        "2",
        "--no-control-socket",
    ]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"], cwd=settings.BASE_DIR, env=environment()
    )
    try:
        _wait_for(port)
        yield Site(port, client.cookies[settings.SESSION_COOKIE_NAME].value), _child_of(server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the site did not start")


def _child_of(process: int) -> int:
    (child,) = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(child)


def kilobytes(process: int) -> int:
    """The memory that a process has in use."""
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())[1])


def test_the_process_of_the_site_does_not_grow(site, worker):
    pages, process = site
    for _warming_up in range(3):
        pages.result(pages.upload(children_file({})))
    before = kilobytes(process)
    sentences = {hostile.make: hostile.sentence for hostile in HOSTILE}
    for make in FILES:
        assert sentences[make] in pages.result(pages.upload(make())), make.__name__
    assert kilobytes(process) - before < GROWTH
    assert not Child.objects.exists()
