"""`python -m tests.releases.forward FILE`: put a kept register into the empty database that DATABASE_URL names, as its
release had the tables, and migrate it by today's migrations. Prints as JSON what is then in it, and of what it is made.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.releases.kept import KEYS, Kept, restore
from tests.releases.tables import described


def main(path: str) -> None:
    os.environ |= KEYS | {"DJANGO_SETTINGS_MODULE": "gansu_care.settings", "DEBUG": "true"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    restore(connection, Kept.read(Path(path)))
    call_command("migrate", verbosity=0)
    print(json.dumps(found() | {"tables": described(connection)}, default=str))


def found() -> dict[str, Any]:
    """What an office would look for after an update: its rows, who wrote them, the trail, what is sealed."""
    from django.apps import apps

    from children.models import Child
    from gansu_care.divisions.models import Division
    from gansu_care.reports.annual import annual_report
    from gansu_care.trail.models import Event

    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    rows = {model._meta.db_table: model._base_manager.order_by("pk") for model in models}
    children = list(Child.objects.order_by("pk"))
    annual_report(2026, Division.objects.get(code="621124"))  # can be made of what is there
    return {
        "counts": {table: found.count() for table, found in rows.items()},
        "history": {
            table: list(found.values_list("history_id", "id", "history_type", "history_user_id"))
            for table, found in rows.items()
            if hasattr(found.model, "history_type")
        },
        "trail": list(Event.objects.order_by("pk").values_list("id", "action", "username", "number")),
        "children": [[child.number, child.name, child.version, child.upload_number] for child in children],
        "opened": {child.number: _digest_of(child.id_number) for child in children if child.id_number},
    }


def _digest_of(sealed: Any) -> str:
    """The digest of the opened value: it shows that the value opens, and is that of its blind index."""
    from gansu_care.sealed.cipher import digest

    return digest(sealed.open(), sealed.name)


if __name__ == "__main__":
    main(sys.argv[1])
