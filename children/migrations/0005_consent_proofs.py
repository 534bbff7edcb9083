from datetime import timedelta

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def ask_for_papers(apps, schema_editor):
    """Children in the register whose consent names no paper keep their state; the paper must be brought by a day.

    What was declared for a whole upload names only the upload's number.
    """
    Child, Consent = apps.get_model("children", "Child"), apps.get_model("children", "Consent")
    due = timezone.localdate() + timedelta(days=settings.CONSENT_PROOF_DAYS)
    given = Consent.objects.filter(given=True)
    without_paper = given.filter(paper_place="") | given.filter(capacity="declared")
    children = Child.objects.filter(status="active", voided_on=None, pk__in=without_paper.values("child"))
    children.update(proof_due_on=due)


class Migration(migrations.Migration):
    dependencies = [("children", "0004_consent")]

    operations = [migrations.RunPython(ask_for_papers, migrations.RunPython.noop)]
