"""What stands at the prefecture itself, or was sent and asked for there, is none of a county's or township's."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from funding.models import Disbursement, Expenditure, Reconciliation
from gansu_care.spreadsheets.uploads import receive
from tests.access.writes import Register
from tests.exporting import asked
from tests.people import DINGXI, person
from tests.protection.registers import make_incident, make_report
from tests.records import division, make_allocation, make_center, make_equipment, make_receipt
from tests.routes.examples import HEADLESS
from tests.routes.table import SCOPED
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def above() -> dict[str, list[Any]]:
    """The arguments of the routes, as in the table of routes; all of 定西市."""
    place, user = division(DINGXI), person("prefecture")
    center, allocation = make_center(DINGXI, manager_phone="13800000000"), make_allocation(DINGXI)
    paid = Disbursement.objects.create(
        allocation=allocation, disbursed_on=date(2015, 5, 1), payee="定西市妇联", amount=100
    )
    spent = Expenditure.objects.create(
        division=place, spent_on=date(2015, 5, 1), category="equipment", amount=100
    )
    closed = Reconciliation.objects.create(
        division=place, month=date(2015, 5, 1), book=1, vouchers=1, reconciled_by=user
    )
    upload = receive(HEADLESS, "中心.csv", "centers", user, queue=False).upload
    return {
        "center": [center.number],
        "equipment": [make_equipment(center).number],
        "receipt": [make_receipt(DINGXI).number],
        "allocation": [allocation.number],
        "disbursement": [paid.number],
        "expenditure": [spent.number],
        "reconciliation": [closed.number],
        "incident": [make_incident(DINGXI).number],
        "mandatory report": [make_report(DINGXI).number],
        "upload": [upload.number],
        "row": [upload.number, 0, 2],
        "export request": [asked(user).number],
    }


@pytest.mark.parametrize("username", ["officer", "county", "township"])
def test_nothing_of_the_prefecture_exists_for_those_below(username: str, above: dict[str, list[Any]]) -> None:
    client, register, wrong = signed_in(person(username)), Register(), {}
    for name, row in SCOPED.items():
        if row.arguments in above:
            path = reverse(name, args=above[row.arguments])
            allowed = (404, 405) if username in row.served else (403,)
            for send in (client.get, client.post):
                written = register.written_by(lambda: send(path))  # noqa: B023
                if written.rows or written.answer.status_code not in allowed:
                    wrong[name, send.__name__] = written.answer.status_code
    assert wrong == {}
