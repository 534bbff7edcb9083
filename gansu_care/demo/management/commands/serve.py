"""`manage.py serve`: what `manage.py up` runs once .venv is ready. The site and its worker on this machine."""

import signal
import time
import unicodedata
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gansu_care.accounts.roles import Role
from gansu_care.bootstrap import HOST, add_up_options, other_port, port_is_free
from gansu_care.demo import preparing
from gansu_care.demo.accounts import LOGINS
from gansu_care.demo.processes import Process, stop, wait_for_answer
from gansu_care.divisions.models import Division
from gansu_care.pages.demo_mark import refuse_demo_in_production
from gansu_care.pages.models import SiteMark

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
EARNEST = (
    "`up` 只用于开发和演示（DEBUG 开启时）。正式运行请看 README.md 的“In earnest”一节。\n"
    "`up` is for development and the demo (DEBUG on). For production see “In earnest” in README.md."
)


class Command(BaseCommand):
    help = "Prepares the database, then runs the site and its worker until Ctrl-C. `manage.py up` calls it."
    requires_system_checks = []  # the server that it starts makes them

    def add_arguments(self, parser: CommandParser) -> None:
        add_up_options(parser)

    def handle(self, *args: Any, port: int, no_demo: bool, **options: Any) -> None:
        # SIGINT too: a script that starts us in the background has told us to ignore it.
        for number in STOPPING:
            signal.signal(number, _stop)
        try:
            self.prepare(no_demo)
            self.run_site(port)
        except KeyboardInterrupt:
            self.say("已停止。 Stopped.")

    def prepare(self, no_demo: bool) -> None:
        preparing.need_database()
        if not settings.DEBUG:
            _refuse_production()
        self.say(preparing.set_aside_half_a_demo())
        preparing.make_tables()
        if not no_demo and preparing.may_hold_demo():
            self.say("正在建立示例数据，约需一分钟…… Inventing the demo province, about a minute…")
            preparing.make_demo()

    def run_site(self, port: int) -> None:
        if not port_is_free(port):
            raise CommandError(f"端口 {port} 已被占用。 Port {port} is busy. --port {other_port(port)}")
        server, worker = Process("runserver", "--noreload", f"{HOST}:{port}"), Process("worker")
        try:
            if not wait_for_answer(HOST, port, server.is_alive):
                raise CommandError("服务器没有启动（原因见上）。 The server did not start (see above).")
            self.welcome(port)
            self.keep_alive(server, worker)
        finally:
            for number in STOPPING:
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave orphans
            stop([server, worker])

    def keep_alive(self, server: Process, worker: Process) -> NoReturn:
        while True:
            time.sleep(0.5)
            if worker.restart_if_dead():
                self.say("后台程序中断，已重新启动。 The worker had stopped; it was started again.")
            if not server.is_alive():
                raise CommandError("服务器中断（原因见上）。 The server stopped (see above).")

    def welcome(self, port: int) -> None:
        self.say(f"\n  http://{HOST}:{port}/\n")
        if SiteMark.demo():
            self.say(_table(_logins()))
        else:
            self.say("  没有账号时先运行 No account yet: python3 manage.py createsuperuser\n")
        self.say("按 Ctrl-C 停止。 Ctrl-C stops.")

    def say(self, sentence: str) -> None:
        if sentence:
            self.stdout.write(sentence)
            self.stdout.flush()


def _refuse_production() -> NoReturn:
    try:
        refuse_demo_in_production()
    except ImproperlyConfigured as refusal:
        raise CommandError(str(refusal)) from refusal
    raise CommandError(EARNEST)


def _stop(*_: Any) -> NoReturn:
    raise KeyboardInterrupt


def _logins() -> list[tuple[str, ...]]:
    """(user name, password, role, division) of one account of each role."""
    divisions = Division.objects.in_bulk([login.division_code for login in LOGINS], field_name="code")
    return [
        (login.username, login.password, str(Role(login.role).label), divisions[login.division_code].name)
        for login in LOGINS
    ]


def _table(rows: list[tuple[str, ...]]) -> str:
    rows = [("用户名", "密码", "角色", "行政区划"), *rows]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"  {line.rstrip()}\n" for line in lines)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """In columns of a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
