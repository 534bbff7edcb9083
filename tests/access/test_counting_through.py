"""The neighbour county's officer goes on counting, and sends whatever a program can send: she finds nothing."""

import pytest
from django.urls import reverse

from gansu_care.trail.models import RecordNumberCounter
from gansu_care.trail.record_numbers import record_number
from tests.access.test_markers import blank
from tests.access.writes import Register
from tests.people import person
from tests.routes.table import SCOPED, TABLE
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db

COUNTED = 50
CALLED_BY_NUMBER = (
    "children:detail",
    "children:transfer",
    "centers:detail",
    "centers:equipment_detail",
    "funding:receipt_detail",
    "funding:allocation_detail",
    "funding:disbursement_detail",
    "funding:expenditure_detail",
    "funding:reconciliation_detail",
    "protection:request_detail",
    "protection:incident_detail",
    "protection:report_detail",
)
CALLED_BY_DAY_AND_PLACE = ("spreadsheets:detail", "spreadsheets:done", "exports:detail", "exports:file")
CALLED_BY_KEY = ("spreadsheets:export_file",)
OTHER_METHODS = ("head", "put", "patch", "delete", "options")
# Its pages answer PUT as they answer POST, and write nothing without what the form asks for.
ALLAUTH = ("account_", "mfa_", "usersessions_")
# The two that change nothing and tell of the route alone, not of what stands behind it.
READING = ("head", "options")


def test_whoever_counts_through_finds_nothing_and_learns_nothing(examples) -> None:
    """The numbers of all records that there are, and those that come next: byte for byte the same answer to all."""
    client = signed_in(person("neighbour"))
    ahead = RecordNumberCounter.objects.get(pk=1).next + 10
    numbers = [record_number(serial) for serial in range(max(ahead - COUNTED, 1), ahead)]
    tries = [(route, [number]) for route in CALLED_BY_NUMBER for number in numbers]
    for route in CALLED_BY_DAY_AND_PLACE:
        begun = examples[TABLE[route].arguments][0][:-3]
        tries += [(route, [f"{begun}{serial:03d}"]) for serial in range(1, 10)]
    tries += [(route, [key]) for route in CALLED_BY_KEY for key in range(1, COUNTED)]

    said: dict[str, set[tuple[int, str]]] = {}
    for route, arguments in tries:
        path = reverse(route, args=arguments)
        answer = client.get(path)
        said.setdefault(route, set()).add((answer.status_code, blank(answer, path)))

    assert {status for answers in said.values() for status, _text in answers} == {404}
    assert {route: len(answers) for route, answers in said.items() if len(answers) > 1} == {}


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_no_method_gives_the_neighbour_more(method: str, examples) -> None:
    client, register, wrong = signed_in(person("neighbour")), Register(), {}
    for name, row in SCOPED.items():
        path = reverse(name, args=examples[row.arguments])
        written = register.written_by(lambda: getattr(client, method)(path))  # noqa: B023
        answer = written.answer
        told = method == "options" and answer.status_code == 200 and not answer.content
        allowed = (404, 405) if "officer" in row.served else (403,)
        if written.rows or not (answer.status_code in allowed or told):
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("method", [method for method in OTHER_METHODS if method not in READING])
def test_nothing_is_changed_by_a_method_that_no_page_sends(method: str, examples) -> None:
    """Not even one's own: only POST writes."""
    client, register, wrong = signed_in(person("county")), Register(), {}
    for name, row in TABLE.items():
        if "county" in row.served - row.beyond and name != "account_logout":
            path = reverse(name, args=examples[row.arguments])
            written = register.written_by(lambda: getattr(client, method)(path))  # noqa: B023
            takes_it = written.answer.status_code != 405 and not name.startswith(ALLAUTH)
            if written.rows or takes_it:
                wrong[name] = written.answer.status_code, list(written.rows)
    assert wrong == {}
