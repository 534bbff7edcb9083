"""What a screen would show to somebody of one county."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from centers.models import Equipment
from children.models import Child
from funding.models import Allocation
from gansu_care.pages.admin_screens import choices_for
from tests.pages.admin.screens import request_of, screen
from tests.people import LINTAO, ZHANG
from tests.records import division, make_center, make_child

pytestmark = pytest.mark.django_db


def test_rows_choices_and_searches_stay_in_the_county(officer) -> None:
    own, foreign = make_child(), make_child(ZHANG)
    make_center(ZHANG, name="漳县中心")
    mine = make_center(LINTAO, name="临洮中心")
    request = request_of(officer)
    children = screen(Child)

    assert list(children.get_queryset(request)) == [own]
    assert children.get_object(request, str(foreign.pk)) is None
    found, _more = children.get_search_results(request, children.get_queryset(request), foreign.number)
    assert not found.exists()
    equipment, allocation = screen(Equipment), screen(Allocation)
    center = equipment.formfield_for_foreignkey(Equipment._meta.get_field("center"), request)
    place = allocation.formfield_for_foreignkey(Allocation._meta.get_field("division"), request)
    assert list(center.queryset) == [mine]
    assert {one.code[:6] for one in place.queryset} == {LINTAO}
    assert not choices_for(LogEntry, officer).exists()


def test_names_are_full_in_ones_own_county(officer) -> None:
    child = make_child()
    shown = {value.__name__: value(child) for value in screen(Child).values(request_of(officer))}

    assert (shown["name"], shown["birth_date"]) == ("张小明", "2010-09-01")


def test_a_row_saved_out_of_scope_is_refused(officer) -> None:
    child = make_child()
    child.division = division(ZHANG)

    with pytest.raises(PermissionDenied):
        screen(Child).save_model(request_of(officer, "post"), child, None, True)
