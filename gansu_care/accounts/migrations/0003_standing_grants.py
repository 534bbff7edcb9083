"""Accounts that were there before grants: what each had is its standing grant, without an end."""

from django.db import migrations
from django.utils import timezone

REASON = "before_grants"  # pages/screens/grants.py puts it into words


def grant_standing(apps, schema_editor):
    User, Grant = apps.get_model("accounts", "User"), apps.get_model("accounts", "Grant")
    now = timezone.now()
    for user in User.objects.order_by("pk").iterator():
        day = timezone.localtime(user.date_joined).date()
        Grant.objects.create(
            account=user,
            role=user.role,
            division_id=user.division_id,
            valid_from=day,
            reason=REASON,
            approved_at=now,
            closed_at=None if user.is_active else now,
            close_reason="" if user.is_active else user.end_reason,
        )
        user.granted_from = day if user.is_active else None
        user.password_set_at = now  # its age counts from today
        user.save(update_fields=("granted_from", "password_set_at"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_grants")]

    operations = [migrations.RunPython(grant_standing, migrations.RunPython.noop)]
