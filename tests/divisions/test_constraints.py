"""What the database itself refuses of a division."""

import pytest
from django.db import IntegrityError, transaction

from gansu_care.divisions.models import Division, DivisionName

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "62112"},
        {"code": "62112x999"},
        {"code": "６２１１２４９９９"},
        {"level": "village"},
        {"parent": None},
        {"acts_as_county": True},
        {"valid_from": "2026-01-02", "valid_to": "2026-01-01"},
        {"code": "621124100"},
    ],
)
def test_a_wrong_division_is_refused(at, wrong):
    values = {"code": "621124999", "name": "某镇", "level": "township", "parent": at("621124")} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Division.objects.create(**values)


def test_an_unknown_kind_of_name_is_refused(at):
    with pytest.raises(IntegrityError), transaction.atomic():
        DivisionName.objects.create(division=at("621124"), name="某县", kind="nickname")
