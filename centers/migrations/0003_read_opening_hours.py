from django.db import migrations

from centers.opening_hours import Unreadable, read


def read_all(apps, schema_editor):
    """What cannot be read goes to the remarks, so that nothing is lost."""
    for name in ("Center", "HistoricalCenter"):
        model = apps.get_model("centers", name)
        for row in model.objects.exclude(opening_hours_text="").iterator():
            try:
                row.opening_hours = read(row.opening_hours_text)
            except Unreadable:
                row.remarks = f"{row.remarks}\n开放时间：{row.opening_hours_text}".strip()
            row.save(update_fields=["opening_hours", "remarks"])


class Migration(migrations.Migration):
    dependencies = [("centers", "0002_opening_hours")]

    operations = [migrations.RunPython(read_all, migrations.RunPython.noop)]
