"""`python -m tests.releases.keep 0.2.0`: make a small register with the release checked out, and keep it.

The demo's people send its sample workbooks by the doors of a county office; then a child is ended, a record is mended,
an ID number is looked at, so that history and trail have something to lose.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.releases.kept import KEYS, keep


def main(release: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= KEYS | {
            "DJANGO_SETTINGS_MODULE": "gansu_care.settings",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "GANSU_VAR": folder,
            "DEBUG": "true",
            "JOBS_SYNC": "true",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("load_divisions")
        fill_register()
        kept = keep(connection, release)
        kept.write()
        print(f"{kept.path}: {sum(len(table.rows) for table in kept.tables.values())} rows")


def fill_register() -> None:
    from funding.sources import ensure_sources
    from gansu_care.demo.accounts import account, make_accounts
    from gansu_care.demo.samples import SAMPLES
    from gansu_care.pages.models import SiteMark
    from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive

    SiteMark.begin_demo()
    ensure_sources()
    make_accounts()
    officer = account("officer")
    for sample in SAMPLES:
        sender = account("county") if sample.kind == "funding" else officer
        upload = receive(sample.write(), sample.file_name, sample.kind, sender, queue=False).upload
        check_upload(upload.pk, silent)
        upload.refresh_from_db()
        if sample.refused or upload.bad:
            continue  # one that waits, with its problems
        confirm(upload, sender, warnings_acknowledged=True, queue=False)
        apply_upload(upload.pk, silent)
    SiteMark.finish_demo()
    walk_pages()


def silent(*_: object, **__: object) -> None:
    """Nobody watches."""


def walk_pages() -> None:
    """What people do to records in a browser; the forms are sent as the pages give them."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    from centers.models import Center
    from children.code_tables import ExitReason
    from children.models import Child, ChildStatus
    from gansu_care.demo.accounts import account

    setup_test_environment()  # so that an answer knows its form
    client = Client()
    client.force_login(account("officer"))
    child = Child.objects.exclude(status=ChildStatus.DRAFT).exclude(id_number_digest=None).earliest("id")
    expect(200, client.get(f"/children/{child.number}/"))
    expect(200, client.post(f"/children/{child.number}/unmask/id_number/", {"reason": "verify"}))
    leaver = Child.objects.exclude(pk=child.pk).exclude(status=ChildStatus.DRAFT).latest("id")
    leaving = {"ended_on": "2026-11-01", "why": ExitReason.PARENT_BACK, "version": leaver.version}
    expect(302, client.post(f"/children/{leaver.number}/exit/", leaving))
    center = Center.objects.earliest("id")
    form = client.get(f"/centers/{center.number}/edit/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"area": "88"}
    expect(302, client.post(f"/centers/{center.number}/edit/", sent))


def expect(status: int, answer: object) -> None:
    got = getattr(answer, "status_code", None)
    if got != status:
        raise SystemExit(f"{answer.request['PATH_INFO']} gives {got}, not {status}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(sys.argv[1])
