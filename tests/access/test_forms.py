"""What a form may write: what stands on it, and nothing of another county.

Every form of every page is sent as its page gives it, filled in as a person would. Then it is sent again with what a
page never offers: the columns that are not on it, and the numbers, codes and keys of the neighbour county.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from gansu_care.accounts.models import User
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import below
from tests.access.crawler import text_of
from tests.access.forms_on_pages import Control, Fields, PostedForm, forms_on
from tests.access.marked_county import MarkedCounty
from tests.access.writes import Register, Rows
from tests.people import ZHANG, person
from tests.records import division, invented_id_number, make_source
from tests.routes.table import TABLE
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db

# Who fills in a form: the first of these that the page serves.
WRITERS = ("county", "officer", "prefecture", "admin", "province", "system", "security", "township")
OWN_ACCOUNT = ("account_", "mfa_", "usersessions_", "set_language")
FAR = "620622"  # 古浪县, of another prefecture
PLACES = {"division", "place", "county", "prefecture"}
RECORDS = {
    "center_number", "child_number", "allocation_number", "receipt_number", "into", "successor", "replaces", "loan",
    "notice", "center", "child", "rows",
}  # fmt: skip
# Forms whose example is good enough to be written; to compare refusals alone would say little.
MUST_WRITE = {
    "children:exit", "children:void", "children:consent", "centers:equipment_add", "centers:equipment_edit",
    "centers:stocktake", "funding:allocation_edit", "funding:disbursement_add", "funding:reconciliation_add",
    "protection:request_add", "protection:incident_edit", "protection:report_edit", "exports:ask",
    "spreadsheets:choose", "accounts:add", "accounts:edit",
}  # fmt: skip


class Sent(NamedTuple):
    route: str
    client: Client
    form: PostedForm

    def send(self, fields: Fields) -> Any:
        for values in fields.values():
            for value in values:
                if hasattr(value, "seek"):
                    value.seek(0)
        return self.client.post(self.form.action, fields)


def every_form(examples: dict[str, list[Any]], writers: tuple[str, ...] = WRITERS) -> Iterator[Sent]:
    """Each form once: by the route that it is sent to, on the first page where it stands."""
    clients = {name: signed_in(person(name)) for name in writers}
    met = set()
    for name, row in TABLE.items():
        who = next((one for one in writers if one in row.served - row.beyond), None)
        if who is None or name.startswith(OWN_ACCOUNT):
            continue
        path = reverse(name, args=examples[row.arguments])
        answer = clients[who].get(path)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        for form in forms_on(answer.content.decode(), path):
            route = resolve(form.action.split("?")[0]).view_name
            if route not in met and not route.startswith(OWN_ACCOUNT):
                met.add(route)
                yield Sent(route, clients[who], form)


def test_a_form_writes_nothing_that_does_not_stand_on_it(examples) -> None:
    """Each column of each model is sent along: what is written is what was written without."""
    MarkedCounty(ZHANG, "漳河畔", 201)
    sent, wrote, wrong = list(every_form(examples)), set(), {}
    known = typed(examples)
    register = Register()
    for one in sent:
        fields = one.form.filled(known)
        plain = register.written_by(lambda: one.send(fields))  # noqa: B023
        more = register.written_by(lambda: one.send(smuggled(one) | fields))  # noqa: B023
        if plain.rows:
            wrote.add(one.route)
        if plain.rows != more.rows or plain.answer.status_code != more.answer.status_code:
            wrong[one.route] = differing(plain.rows, more.rows), more.answer.status_code
        if plain.answer.status_code >= 500:
            wrong[one.route] = {}, plain.answer.status_code

    assert wrong == {}
    assert wrote > MUST_WRITE
    assert len(wrote) > 45


@dataclass
class Foreign:
    """The rows of a county, and what they are called by."""

    county: MarkedCounty
    keys: dict[type[models.Model], set[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        inside = below(self.county.division).values_list("pk", flat=True)
        self.keys = {
            Division: set(inside),
            User: set(User.objects.filter(division__in=inside).values_list("pk", flat=True)),
        }
        for model in apps.get_models():
            if hasattr(model._default_manager, "within") and not hasattr(model, "tracked_fields"):
                rows: Any = model._default_manager
                self.keys[model] = set(rows.within(self.county.division).values_list("pk", flat=True))

    def is_touched_by(self, model: type[models.Model], row: dict[str, Any]) -> bool:
        """Whether a row is one of the county's, or points at one."""
        if row[model._meta.pk.attname] in self.keys.get(model, ()):  # type: ignore[union-attr]
            return True
        pointers = [one for one in model._meta.concrete_fields if one.remote_field]
        return any(row[one.attname] in self.keys.get(one.remote_field.model, ()) for one in pointers)

    def names_for(self, control: Control) -> list[str]:
        """What of the county could stand in this control."""
        county = self.county
        if control.name.rpartition("-")[2] in PLACES:
            return [str(county.division.pk), county.code]
        if control.name.rpartition("-")[2] in RECORDS:
            rows = (county.child, county.center, county.equipment, *county.money[:2], county.upload)
            return [row.number for row in rows] + [
                str(county.child.pk),
                str(county.center.pk),
                county.center.name,
            ]
        return []


def test_nothing_of_another_county_can_be_written_to_or_pointed_at(examples) -> None:
    foreign = Foreign(MarkedCounty(ZHANG, "漳河畔", 201))
    known, register, wrong, tried = typed(examples), Register(), {}, set()
    for one in every_form(examples, ("county", "officer")):
        fields = one.form.filled(known)
        for control in one.form.controls.values():
            for name in foreign.names_for(control):
                written = register.written_by(lambda: one.send(fields | {control.name: [name]}))  # noqa: B023
                tried.add((one.route, control.name))
                touched = [row for row in written.raw if foreign.is_touched_by(*row)]
                if (
                    touched
                    or written.answer.status_code >= 500
                    or foreign_shown(written.answer, foreign.county, name)
                ):
                    wrong[one.route, control.name, name] = written.answer.status_code, touched

    assert wrong == {}
    assert len(tried) > 20


def foreign_shown(answer: Any, county: MarkedCounty, sent: str) -> bool:
    """What she sent herself is told back to her."""
    text = text_of(answer).replace(county.center.name, "…") if sent == county.center.name else text_of(answer)
    return any(one in text for one in county.betrays if one != sent)


@pytest.mark.parametrize("username", ["county", "prefecture"])
def test_an_address_that_names_another_countys_record_says_nothing_of_it(username: str, examples) -> None:
    """As links between pages do: ?center=…, ?child=…; to every page that takes no number of its own."""
    far = MarkedCounty(FAR, "古浪峡", 301)
    names = {
        "center": far.center.number, "child": far.child.number, "into": far.child.number,
        "equipment": far.equipment.number,
        "receipt": far.money[0].number, "allocation": far.money[1].number, "replaces": far.upload.number,
        "upload": far.upload.number, "batch": far.upload.number, "request": far.protected[0].number,
        "division": str(far.division.pk), "place": far.code, "county": far.code, "account": str(far.officer.pk),
        "under": far.code, "with": far.child.number, "code": far.code,
    }  # fmt: skip
    client, wrong = signed_in(person(username)), {}
    for name, row in TABLE.items():
        if username in row.served - row.beyond and not name.startswith(OWN_ACCOUNT):
            answer = client.get(reverse(name, args=examples[row.arguments]), names)
            text = text_of(answer)
            shown = [one for one in far.betrays if one in text and one not in names.values()]
            if shown or answer.status_code >= 500:
                wrong[name] = answer.status_code, shown
    assert wrong == {}


def differing(plain: Rows, more: Rows) -> dict[Any, dict[str, Any]]:
    """{row: {column: what was written with more}}."""
    return {
        key: {
            name: value
            for name, value in (more.get(key) or {}).items()
            if (plain.get(key) or {}).get(name) != value
        }
        for key in plain.keys() | more.keys()
        if plain.get(key) != more.get(key)
    }


def smuggled(one: Sent) -> Fields:
    """A value for every column that there is; under the prefixes of the form's parts those of its own app."""
    own = one.route.split(":")[0]
    ours = sorted(apps.get_models(), key=lambda model: (model._meta.app_label == own, model._meta.label))
    near = [model for model in ours if model._meta.app_label == own]
    more: Fields = {"pk": ["1"], "groups": ["1"], "user_permissions": ["1"]} | forged(ours)
    parts = {name.partition("-")[0] for name in one.form.controls if name.partition("-")[2].isidentifier()}
    for prefix in parts:
        more |= {f"{prefix}-{name}": value for name, value in forged(near).items()}
    return {name: value for name, value in more.items() if name not in one.form.controls}


def forged(ours: list[type[models.Model]]) -> Fields:
    return {column.name: [_forged(column)] for model in ours for column in model._meta.concrete_fields}


def _forged(column: Any) -> str:
    if column.name in PLACES:
        return str(division(ZHANG).pk)
    if column.name == "role":
        return "administrator"
    if column.choices:
        return str(column.flatchoices[-1][0])
    if isinstance(column, models.BooleanField):
        return "on"
    if isinstance(column, models.DateTimeField):
        return "2001-02-03 04:05"
    if isinstance(column, models.DateField):
        return str(date(2001, 2, 3))
    if isinstance(column, models.CharField | models.TextField):
        return "漳县"
    return "1"


def typed(examples: dict[str, list[Any]]) -> dict[str, str]:
    """What she would type where a page does not offer it."""
    return {
        "center_number": examples["center"][0],
        "child_number": examples["child"][0],
        "allocation_number": examples["allocation"][0],
        f"{examples['equipment'][0]}-counted": "2",
        "given_by": str(make_source().pk),
        "carer-name": "王秀英",
        "carer-relation": "62",
        "id_number": invented_id_number(date(2010, 9, 1), 77),
        "birth_date": "2010-09-01",
        "due_on": str(timezone.localdate()),
        "values": "id_number",
        "manager": "李晓梅",
        "manager_phone": "13800000009",
        "typed": examples["child to be erased"][0],
        "valid_from": str(timezone.localdate()),
        "valid_until": str(timezone.localdate() + timedelta(days=30)),
        "username": "sun-li",
    }
