"""The history kept 表格导入 U-… as the reason of what an upload wrote: now a code, whose words each page puts.

It stands in the history of every kind of row, so the tables of the apps above must be there.
"""

from typing import Any

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Replace

WRITTEN_OUT, CODED = "表格导入 U-", "upload:U-"
SETTLED_WRITTEN_OUT, SETTLED_CODED = "状态随监护人同意和在册经历更新", "settled:"


def histories(apps: Any) -> list[Any]:
    models = (
        model for app in ("centers", "children", "funding") for model in apps.get_app_config(app).get_models()
    )
    return [model for model in models if any(f.name == "history_change_reason" for f in model._meta.fields)]


def change(apps: Any, pairs: list[tuple[str, str]]) -> None:
    for model in histories(apps):
        for old, new in pairs:
            rows = model.objects.filter(history_change_reason__startswith=old)
            rows.update(history_change_reason=Replace("history_change_reason", Value(old), Value(new)))


def encode(apps: Any, schema_editor: Any) -> None:
    change(apps, [(WRITTEN_OUT, CODED), (SETTLED_WRITTEN_OUT, SETTLED_CODED)])


def write_out(apps: Any, schema_editor: Any) -> None:
    change(apps, [(CODED, WRITTEN_OUT), (SETTLED_CODED, SETTLED_WRITTEN_OUT)])


class Migration(migrations.Migration):
    dependencies = [
        ("spreadsheets", "0002_second_person_and_undo"),
        ("centers", "0001_centers_and_equipment"),
        ("children", "0001_children"),
        ("funding", "0001_funding"),
    ]

    operations = [migrations.RunPython(encode, write_out)]
