"""An index for names that have no account: who tried to sign in as nobody, what was done on the command line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trail", "0004_acts_and_indexes")]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["username", "-id"], name="event_by_username")),
    ]
