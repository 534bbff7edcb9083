"""A working day on the database of DATABASE_URL, and between its acts attempts to change what the trail holds.

    python -m tests.trail.site_at_work        prints {"told": {…}, "refused": 140, "done": [], …}

Run under the working role (test_working_role.py): everything of the day must go through, no attempt may.
"""

import json
import os
from io import StringIO

import django

TABLES = ("trail_event", "trail_eventseal")
ATTEMPTS = (
    "UPDATE {} SET at = at",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "DROP TABLE {} CASCADE",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "DROP TRIGGER {}_no_update ON {}",
    "ALTER TABLE {} ADD COLUMN more text",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "CREATE RULE quiet AS ON INSERT TO {} DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; /* {} */ END $$",
)


def attempt() -> tuple[int, list[str]]:
    """Each statement on each table; (how many the database refused, those that it did)."""
    from django.db import DatabaseError, connection, transaction

    refused, done = 0, []
    for table in TABLES:
        for statement in ATTEMPTS:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement.replace("{}", table))
                done.append(statement.replace("{}", table))
            except DatabaseError:
                refused += 1
    return refused, done


def day() -> dict:
    from django.core.management import call_command
    from django.test import Client

    from children.models import Child
    from gansu_care.trail.chain import seal_events
    from gansu_care.trail.models import Event, EventSeal
    from tests.children.child_form import filled
    from tests.people import PASSWORD, person
    from tests.uploading import children_file, written

    officer, client = person("officer"), Client(SERVER_NAME="localhost")

    def child() -> Child:
        return Child.objects.get(name="赵小满")

    acts = {
        "sign in": lambda: client.post("/sign-in/", {"login": "officer", "password": PASSWORD}),
        "add": lambda: client.post("/children/new/", filled()),
        "edit": lambda: client.post(
            f"/children/{child().number}/edit/", filled(version=str(child().version), village="南门村")
        ),
        "upload": lambda: written(officer, children_file({}), "children"),
        "seal": seal_events,
        "back up": lambda: call_command("backup", stdout=StringIO()),
        "rotate": lambda: call_command("rotate_keys", stdout=StringIO()),
    }
    told, refused, done = {}, 0, []
    for name, act in acts.items():
        act()
        told[name] = Event.objects.count() + EventSeal.objects.count()
        some, went_through = attempt()
        refused, done = refused + some, done + went_through
    return {
        "told": told,
        "refused": refused,
        "done": done,
        "children": Child.objects.count(),
        "village": child().village,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gansu_care.settings")
    django.setup()
    print(json.dumps(day()))
