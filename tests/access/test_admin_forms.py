"""Forms of the admin sent with another county's divisions, children, centers and accounts: refused, without a trace.

Every screen that is registered, a new one too: its form to add, its form of a record of that county and of one's own,
its page to delete, and what a list does with ticked rows. No role with a division below the province comes in; the
two that do write nothing there but the list of sources.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from funding.models import Source
from gansu_care.pages.admin import OpenTable
from tests.access.marked_county import MarkedCounty
from tests.access.test_forms import FAR, Foreign, forged
from tests.access.writes import Register
from tests.pages.admin.screens import request_of
from tests.people import LINTAO, person
from tests.routes.visiting import signed_in

pytestmark = pytest.mark.django_db

SCOPED = ("officer", "county", "township", "prefecture")
ADMINISTRATORS = ("admin", "system")


@pytest.fixture
def far() -> Foreign:
    """The rows of a county of another prefecture."""
    return Foreign(MarkedCounty(FAR, "古浪峡", 301))


@pytest.fixture
def near() -> Foreign:
    """Rows of 临洮县 itself: the form of one of them, sent with ids of the far county."""
    return Foreign(MarkedCounty(LINTAO, "洮河畔", 303))


def foreign_ids(model: type[models.Model], far: Foreign) -> dict[str, list[str]]:
    """A value for every column of the model; where it points at another row, one of the far county's."""
    fields = forged([model])
    for column in model._meta.concrete_fields:
        keys = far.keys.get(column.remote_field.model) if column.remote_field else None
        if keys:
            fields[column.name] = [str(min(keys))]
    return fields | {"_save": ["1"]}


def sendings(model: type[models.Model], *held: Foreign) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(path, what is sent beside the columns) of every form of a screen."""
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    yield f"{base}add/", {}
    keys = [min(one.keys[model]) for one in held if one.keys.get(model)]
    for key in keys:
        yield f"{base}{key}/change/", {}
        yield f"{base}{key}/delete/", {"post": ["yes"]}
    ticked = [str(key) for key in keys] or ["1"]
    yield base, {"action": ["delete_selected"], "_selected_action": ticked, "post": ["yes"]}
    yield base, {"form-TOTAL_FORMS": ["1"], "form-INITIAL_FORMS": ["1"], "form-0-id": ticked[:1]}


def test_a_form_with_ids_of_another_county_writes_nothing(far: Foreign, near: Foreign) -> None:
    clients = {name: signed_in(person(name)) for name in (*SCOPED, *ADMINISTRATORS)}
    register, wrong, sent = Register(), {}, 0
    for model in admin.site._registry:
        fields = foreign_ids(model, far)
        for (path, beside), (who, client) in product(list(sendings(model, far, near)), clients.items()):
            written = register.written_by(lambda: client.post(path, fields | beside))  # noqa: B023
            sent += 1
            status = written.answer.status_code
            # The province's administrator is shown every county's rows; she writes none of them here.
            told = who in SCOPED and any(
                text in written.answer.content.decode() for text in far.county.betrays
            )
            is_hers = who == "admin" and model is Source
            if (written.raw and not is_hers) or told or status >= 500 or (who in SCOPED and status != 403):
                wrong[who, path] = status, [row.__name__ for row, _values in written.raw]
    assert wrong == {}
    assert sent > 6 * 4 * len(admin.site._registry)


def test_no_field_of_any_screen_takes_an_id_from_beyond_the_scope(far: Foreign) -> None:
    """Even for a screen that would be opened to them one day: neither its rows nor its choices reach further."""
    wrong, tried = set(), 0
    for who, (model, screen) in product(SCOPED, admin.site._registry.items()):
        request = request_of(person(who))
        is_open = isinstance(screen, OpenTable)  # a list of codes, the same for all
        rows = set() if is_open else set(screen.get_queryset(request).values_list("pk", flat=True))
        if rows & far.keys.get(model, set()):
            wrong.add((who, model.__name__, "rows"))
        for column in model._meta.concrete_fields:
            keys = far.keys.get(column.remote_field.model) if column.remote_field else None
            field: Any = screen.formfield_for_dbfield(column, request) if keys and column.editable else None
            if field:
                tried += 1
                if field.queryset.filter(pk__in=keys).exists():
                    wrong.add((who, model.__name__, column.name))
                with pytest.raises(ValidationError):
                    field.clean(min(keys or ()))
    assert wrong == set()
    assert tried > 40
