"""Who may take an upload back, how long, and only once."""

import pytest

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, ask_undo, undo_upload
from gansu_care.trail.models import Action, Event
from tests.spreadsheets.taking_back.undoing import TWO, WHY, undone
from tests.uploading import (
    children_file,
    fresh,
    no_progress,
    written,
)

pytestmark = pytest.mark.django_db


def test_the_undo_is_itself_recorded(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    back = undone(upload, county)
    event = Event.objects.get(action=Action.UNDO)
    assert (event.username, event.number, event.rows, event.reason) == ("county", upload.number, 2, WHY)
    assert (back.undone_by, back.undo_reason, back.undone_at is not None) == (county, WHY, True)


@pytest.mark.parametrize("who", ["officer", "neighbour", "leader", "auditor", "system", "township"])
def test_who_may_not_undo(request, officer, who):
    upload = written(officer, children_file({}), "children")
    with pytest.raises(CannotApply) as refused:
        ask_undo(upload, request.getfixturevalue(who), WHY, queue=False)
    assert refused.value.refusal == "out_of_scope"


def test_an_administrator_of_another_county_is_stopped_even_when_asked_past_the_page(officer, neighbour):
    upload = written(officer, children_file({}), "children")
    User.objects.filter(pk=neighbour.pk).update(role=Role.STAFF_COUNTY)
    ask_undo(upload, User.objects.get(pk=neighbour.pk), WHY, queue=False)
    undo_upload(upload.pk, no_progress)
    assert (fresh(upload).state, fresh(upload).refusal) == (UploadState.APPLIED, "out_of_scope")
    assert Child.objects.count() == 1


@pytest.mark.parametrize("state", [UploadState.CHECKED, UploadState.REFUSED, UploadState.EXPIRED])
def test_only_what_was_applied_can_be_undone(officer, county, state):
    upload = written(officer, children_file({}), "children")
    Upload.objects.update(state=state)
    with pytest.raises(CannotApply) as refused:
        ask_undo(upload, county, WHY, queue=False)
    assert refused.value.refusal == "not_applied"


def test_asked_twice_and_run_twice_it_is_undone_once(officer, county, prefecture):
    upload = written(officer, children_file(*TWO), "children")
    ask_undo(upload, county, WHY, queue=False)
    ask_undo(upload, prefecture, "再来一次", queue=False)
    undo_upload(upload.pk, no_progress)
    undo_upload(upload.pk, no_progress)
    ask_undo(upload, county, WHY, queue=False)
    back = fresh(upload)
    assert (back.state, back.undone_by, back.undo_reason) == (UploadState.UNDONE, county, WHY)
    assert (back.undo_lines.count(), Event.objects.filter(action=Action.UNDO).count()) == (2, 1)


def test_rows_without_their_history_are_not_guessed_at(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    Child.history.filter(name="王小花").delete()
    back = undone(upload, county)
    assert (back.state, back.refusal) == (UploadState.APPLIED, "no_trace")
    assert Child.objects.count() == 2
