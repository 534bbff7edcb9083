"""Two people who merge the same records at the same moment."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from children.models import Child
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.children.merging.twins import (
    WHY,
    confirmed,
    page,
    twin,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("changed", ["losing", "staying"])
def test_a_record_that_was_changed_meanwhile_is_shown_again(
    losing: Child, staying: Child, changed: str
) -> None:
    seen = confirmed(losing, staying)
    child = losing if changed == "losing" else staying
    child.village = "东门村"
    child.save_version(child.version)

    officer = signed_in("officer")
    again = officer.post(page(losing), seen)

    text = again.content.decode()
    assert again.status_code == 409
    assert "您对照的时候，别人改过其中一条档案，没有合并。请再看一遍，没有问题再确认。" in text
    assert "东门村" in text
    assert WHY in text
    assert not Child.objects.filter(merged_into__isnull=False).exists()
    hidden = {
        name: again.context["form"][name].value() for name in ("into", "why", "version", "into_version")
    }
    assert officer.post(page(losing), hidden).status_code == 302


def test_what_was_voided_meanwhile_is_not_merged(losing: Child, staying: Child) -> None:
    seen = confirmed(losing, staying)
    officer = signed_in("officer")
    for child in (losing, staying):
        officer.post(f"{child.get_absolute_url()}void/", {"why": "误登记", "version": child.version})

    response = officer.post(page(losing), seen)

    assert response.status_code == 422
    assert not Child.objects.filter(merged_into__isnull=False).exists()


def test_confirmed_twice_it_is_done_once(losing: Child, staying: Child) -> None:
    seen = confirmed(losing, staying)
    officer = signed_in("officer")

    answers = [officer.post(page(losing), seen).status_code for _time in range(2)]

    assert answers == [302, 422]
    assert Event.objects.filter(action=Action.END).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_each_into_the_other_exactly_one_does() -> None:
    one, other = twin(), twin(name="王晓满")
    forms = [(page(one), confirmed(one, other)), (page(other), confirmed(other, one))]
    clients = [signed_in("officer"), signed_in("county")]
    start, answers = threading.Barrier(2), []

    def work(client: Client, path: str, form: dict[str, Any]) -> None:
        start.wait()
        try:
            answers.append(client.post(path, form).status_code)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=work, args=(client, path, form))
        for client, (path, form) in zip(clients, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) in ([302, 409], [302, 422])
    assert Child.objects.in_force().count() == 1
    assert Child.objects.get(merged_into__isnull=False).merged_into == Child.objects.in_force().get()


def test_the_database_holds_that_a_merged_record_is_voided_and_not_its_own(
    losing: Child, staying: Child
) -> None:
    rows = Child.objects.filter(pk=losing.pk)

    for values in ({"merged_into": staying}, {"merged_into": losing, "voided_on": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
