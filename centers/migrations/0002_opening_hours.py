from django.db import migrations

import centers.opening_hours_field

HOURS = {"blank": True, "default": list, "verbose_name": "开放时间"}


class Migration(migrations.Migration):
    """Opening hours become rows: the text moves aside until 0003 has read it."""

    dependencies = [("centers", "0001_centers_and_equipment")]

    operations = [
        operation
        for model in ("center", "historicalcenter")
        for operation in (
            migrations.RenameField(model, "opening_hours", "opening_hours_text"),
            migrations.AddField(
                model, "opening_hours", centers.opening_hours_field.OpeningHoursField(**HOURS)
            ),
        )
    ]
