"""From an empty database to a site that can be looked at: tables, divisions and, where it is safe, the demo."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from funding.models import Source
from funding.sources import ensure_sources
from gansu_care.divisions.loading import load_own_list_once
from gansu_care.pages.models import SiteMark

REGISTERS = ("accounts", "centers", "children", "funding", "spreadsheets")
GIVEN = (Source, Source.history.model)  # what every database knows from its first day
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def need_database() -> None:
    """Raise CommandError with a plain sentence when the database cannot be reached."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(_no_database(error)) from error


def _no_database(error: OperationalError) -> str:
    database = connection.settings_dict
    said = str(error).strip()
    if connection.vendor == "sqlite":
        return (
            f"数据库文件 {database['NAME']} 打不开，请检查目录和权限。（{said}）\n"
            f"The database file {database['NAME']} cannot be opened; check the folder and its permissions."
        )
    who = "".join(
        f" {flag} {database[key]}"
        for flag, key in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER"))
        if database[key]
    )
    return (
        f"连不上数据库“{database['NAME']}”（{said}）。\n"
        f"如果它还没有建立，请先运行：createdb{who} {database['NAME']}；"
        "如果已经建立，请检查 DATABASE_URL 和数据库服务。\n"
        f"The database “{database['NAME']}” cannot be reached. If it does not exist yet, first run: "
        f"createdb{who} {database['NAME']}; if it does, check DATABASE_URL and the database server."
    )


def set_aside_half_a_demo() -> str:
    """A demo whose making was interrupted is put beside the database, so that it is made anew. Returns what to say.

    Nobody has worked in it: `up` opens the site only when the demo is complete.
    """
    if "pages_sitemark" not in connection.introspection.table_names() or not SiteMark.half_a_demo():
        return ""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        raise CommandError(
            f"上次建立示例数据时中断了。请用 dropdb 和 createdb 重建数据库“{name}”后再运行。\n"
            f"The demo was interrupted half-way last time. Make the database “{name}” anew (dropdb, createdb) first."
        )
    connection.close()
    for end in ("", "-wal", "-shm"):
        file = Path(f"{name}{end}")
        if file.exists():
            file.rename(f"{name}.half{end}")
    return "上次的示例数据没有建完，现在重新建立。 The demo was not finished last time; it is made anew."


def make_tables() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_own_list_once()
    ensure_sources()


def may_hold_demo() -> bool:
    """Only in development, on this machine, in a database in which nobody has entered anything."""
    return settings.DEBUG and is_local(connection.settings_dict) and is_empty()


def is_local(database: dict[str, Any]) -> bool:
    host = database["HOST"]
    return "sqlite" in database["ENGINE"] or host in LOCAL_HOSTS or host.startswith("/")


def is_empty() -> bool:
    models = [model for label in REGISTERS for model in apps.get_app_config(label).get_models()]
    return not any(model._base_manager.exists() for model in models if model not in GIVEN)


def make_demo() -> None:
    call_command("seed_demo")
