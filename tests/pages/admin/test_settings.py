"""Settings in the admin."""

import pytest
from django.contrib.admin.models import LogEntry

from funding.models import Source
from gansu_care.trail.models import Action, Event
from tests.pages.admin.screens import signed_in

pytestmark = pytest.mark.django_db


def test_the_provincial_administrator_keeps_the_sources_of_money() -> None:
    client = signed_in("admin")
    form = {"name": "某某慈善会", "name_en": "", "kind": "social", "in_use": "on"}

    added = client.post("/admin/funding/source/add/", form)
    source = Source.objects.get(name="某某慈善会")
    client.post(f"/admin/funding/source/{source.pk}/change/", {**form, "in_use": ""})

    assert added.status_code == 302
    assert not Source.objects.get(pk=source.pk).in_use
    assert not LogEntry.objects.exists()
    events = Event.objects.filter(kind="source").order_by("id").values_list("action", "number", "username")
    assert list(events) == [(Action.ADD, "某某慈善会", "admin"), (Action.CHANGE, "某某慈善会", "admin")]
    assert client.post(f"/admin/funding/source/{source.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_wrong_source_is_said_in_the_form() -> None:
    response = signed_in("admin").post("/admin/funding/source/add/", {"name": "", "kind": "no"})

    assert response.status_code == 200
    assert not Source.objects.filter(name="").exists()
