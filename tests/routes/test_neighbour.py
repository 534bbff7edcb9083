"""Nothing of a county exists for the neighbour county."""

import pytest
from django.urls import reverse

from children.models import Child
from funding.models import Allocation, Disbursement, Expenditure, Receipt, Reconciliation
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from tests.people import ZHANG, make_user, person
from tests.routes.table import SCOPED
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.STAFF_COUNTY])
def test_nothing_of_the_county_exists_for_the_neighbour_county(role: str, examples) -> None:
    like = "officer" if role == Role.COUNTY_OFFICER else "county"
    client, wrong = signed_in(make_user(role, ZHANG, username="stranger")), {}
    for name, row in SCOPED.items():
        path = reverse(name, args=examples[row.arguments])
        for send in (client.get, client.post):
            status = send(path).status_code
            # 405: a page that only takes the other method says so whether the record exists or not.
            if status not in ((404, 405) if like in row.served else (403,)):
                wrong[name, send.__name__] = status
    assert wrong == {}
    for model in (Child, Receipt, Allocation, Disbursement, Expenditure, Reconciliation):
        assert not model.objects.filter(voided_on__isnull=False).exists()
    assert not User.objects.filter(username="wang", is_active=False).exists()


def test_not_yours_and_not_there_get_the_same_answer(examples) -> None:
    """Nobody learns from an answer whether a record exists elsewhere."""
    client = signed_in(person("neighbour"))
    for name, row in SCOPED.items():
        if "officer" in row.served and row.arguments in ("child", "center", "equipment", "receipt", "upload"):
            mine = reverse(name, args=examples[row.arguments])
            none = reverse(name, args=["GC9999999999"])
            assert client.get(mine).status_code == client.get(none).status_code, name
