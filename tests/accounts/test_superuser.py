"""`createsuperuser` makes a system administrator and no more: she sees no child, no family, no money."""

import pytest
from django.core.management import call_command
from django.test import Client

from children.models import Carer, Child, Consent, Episode, Grandparent, Parent, ParentState
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ALL_RIGHTS, ROLES, Right, Role
from gansu_care.divisions.placing import divided_models
from tests.people import PASSWORD
from tests.records import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username="root", interactive=False, verbosity=0)
    return User.objects.get(username="root")


def test_createsuperuser_makes_a_system_administrator(root: User) -> None:
    assert (root.role, root.is_superuser, root.is_active) == (Role.SYSTEM, True, True)
    assert {right for right in ALL_RIGHTS if root.may(right)} == ROLES[Role.SYSTEM].rights
    assert not root.has_perm("children.view_child")


def test_another_role_gives_a_superuser_nothing(root: User) -> None:
    root.role = Role.STAFF_PROVINCE

    assert not root.may(Right.SEE_PERSONS)
    assert not root.may(Right.SEE_REGISTRY)


def test_no_person_is_visible_to_a_superuser(root: User) -> None:
    make_child()

    for model in (Child, Parent, ParentState, Carer, Episode, Consent, Grandparent):
        assert not model.objects.visible_to(root).exists(), model.__name__


def test_no_row_of_the_register_is_visible_to_a_superuser(root: User) -> None:
    make_child()

    for model in divided_models():
        if hasattr(model._default_manager.all(), "visible_to"):
            assert not model._default_manager.visible_to(root).exists(), model.__name__


def test_a_superuser_opens_the_provinces_accounts(root: User) -> None:
    client = Client()
    client.force_login(root)

    response = client.post(
        "/accounts/new/", {"username": "zhou", "name": "周敏", "role": "administrator", "division": "甘肃省"}
    )

    assert response.status_code == 200
    assert User.objects.get(username="zhou").role == Role.ADMINISTRATOR
    assert client.get("/children/").status_code == 403
