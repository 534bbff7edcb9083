"""Into the register: once, whole, and never over what somebody else has changed meanwhile."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext

from centers.models import Center
from children.models import Child, Episode, NameKey, Parent
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_confirmed, apply_upload, confirm
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.uploading import (
    A_CHILD,
    applied,
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    fresh,
    id_number,
    no_progress,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

TWO = ({}, child_numbered(2))


def confirmed(upload: Upload, user: User) -> Upload:
    return confirm(upload, user, warnings_acknowledged=True, queue=False)


# --- records that changed, or were made, since the check


def test_a_record_changed_since_the_check_is_not_overwritten(officer):
    written(officer, children_file(*TWO), "children")
    upload = checked(officer, children_file({"村": "北街村"}, child_numbered(2, 村="北街村")), "children")
    child = Child.objects.get(id_number=A_CHILD["身份证号"])
    child.village = "别人改的村"
    child.save_version(child.version)
    back = applied(upload, officer)
    assert (back.state, back.refusal, back.stale) == (UploadState.CHECKED, "stale", 1)
    assert (counts(back), back.check_no) == ({"changed": 2}, 2)
    assert not Child.objects.filter(village="北街村").exists()
    assert applied(back, officer).state == UploadState.APPLIED


def test_a_child_made_since_the_check_is_not_made_twice(officer, county):
    first = checked(officer, children_file(*TWO), "children")
    second = checked(county, children_file({}), "children")
    applied(second, county)
    back = applied(first, officer)
    assert (back.state, back.refusal) == (UploadState.CHECKED, "stale")
    assert counts(back) == {"new": 1, "same": 1}
    assert applied(back, officer).written == 1
    assert Child.objects.count() == 2


def test_a_unique_number_taken_this_moment_is_no_server_error(officer, monkeypatch):
    upload = confirmed(checked(officer, children_file(*TWO), "children"), officer)
    real, failed = bulk.insert, []

    def insert_after_somebody_else(rows):
        rows = list(rows)
        if rows and isinstance(rows[0], Child) and not failed:
            failed.append(True)
            raise IntegrityError("unique")
        return real(rows)

    monkeypatch.setattr(bulk, "insert", insert_after_somebody_else)
    apply_upload(upload.pk, no_progress)
    back = fresh(upload)
    assert (back.state, back.refusal) == (UploadState.CHECKED, "conflict")
    assert not Child.objects.exists()


# --- killed in the middle


@pytest.mark.parametrize("victim", [Child, Parent, Episode, NameKey])
def test_a_killed_application_leaves_nothing_and_runs_again(officer, monkeypatch, victim):
    upload = confirmed(checked(officer, children_file(*TWO), "children"), officer)
    real = bulk.insert

    class Killed(BaseException):
        pass

    def killed_at(rows):
        if rows and isinstance(rows[0], victim):
            raise Killed
        return real(rows)

    monkeypatch.setattr(bulk, "insert", killed_at)
    with pytest.raises(Killed):
        apply_upload(upload.pk, no_progress)
    monkeypatch.undo()
    assert not Child.objects.exists()
    assert not Child.history.exists()
    assert not Event.objects.filter(action=Action.APPLY).exists()
    assert fresh(upload).state == UploadState.APPLYING
    apply_upload(upload.pk, no_progress)
    assert (fresh(upload).written, Child.objects.count()) == (2, 2)


def test_a_failure_puts_the_upload_back_and_says_so(officer, monkeypatch):
    upload = confirmed(checked(officer, children_file(*TWO), "children"), officer)
    monkeypatch.setattr(bulk, "take_ids", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply_confirmed(upload.pk, no_progress)
    back = fresh(upload)
    assert (back.state, back.refusal) == (UploadState.CHECKED, "broken_off")
    assert not Child.objects.exists()


# --- rights at the moment of writing


def test_a_right_taken_away_stops_the_writing(officer):
    upload = confirmed(checked(officer, children_file(*TWO), "children"), officer)
    User.objects.filter(pk=officer.pk).update(role=Role.LEADER)
    apply_upload(upload.pk, no_progress)
    back = fresh(upload)
    assert (back.state, back.refusal) == (UploadState.CHECKED, "out_of_scope")
    assert not Child.objects.exists()


def test_rows_outside_the_writers_scope_are_counted_and_rolled_back(officer):
    upload = confirmed(checked(officer, children_file(*TWO), "children"), officer)
    User.objects.filter(pk=officer.pk).update(division=person("neighbour").division)
    apply_upload(upload.pk, no_progress)
    assert fresh(upload).refusal == "out_of_scope"
    assert not Child.objects.exists()


def test_columns_that_are_nobodys_business_are_not_read(officer, neighbour):
    """A file cannot set a county, a status, a version or a key."""
    head = ["id", "pk", "county_id", "status", "version", "upload_number", *A_CHILD]
    row = [7, 7, neighbour.division_id, "active", 9, "U-1", *A_CHILD.values()]
    row[head.index("是否取得同意")] = "否"
    written(officer, xlsx([head, row]), "children")
    child = Child.objects.get()
    assert (child.county.name, child.status, child.version) == ("临洮县", "draft", 1)


# --- the same number of statements, however many rows


def many(count: int) -> bytes:
    """Children of different ID numbers, none of whom is in the register."""
    numbers = [
        id_number(
            f"620100{2013 + count % 3}{place % 12 + 1:02d}{place // 12 % 28 + 1:02d}{place // 336 * 2:03d}"
        )
        for place in range(count)
    ]
    born = [f"{number[6:10]}-{number[10:12]}-{number[12:14]}" for number in numbers]
    return children_file(
        *({"身份证号": number, "出生日期": day} for number, day in zip(numbers, born, strict=True))
    )


def statements(user, count: int) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as check:
        upload = checked(user, many(count), "children")
    assert (counts(upload), codes(upload)) == ({"new": count}, [])
    with CaptureQueriesContext(connection) as application:
        assert applied(upload, user).written == count
    return len(check), len(application)


@pytest.mark.long
def test_a_constant_number_of_statements(officer):
    statements(officer, 6)
    assert statements(officer, 100) == statements(officer, 1000 + 1)


# --- at the same moment


def at_once(*works: Callable[[], object]) -> None:
    """Run them in threads that start together, each with a connection of its own."""
    start, errors = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.django_db(transaction=True)
def test_eight_confirmations_at_once_write_one_set_of_rows():
    officer, county = person("officer"), person("county")
    upload = checked(officer, children_file(*(child_numbered(place) for place in range(20))), "children")

    def work(user):
        def both():
            confirm(Upload.objects.get(pk=upload.pk), user, warnings_acknowledged=True, queue=False)
            apply_upload(upload.pk, no_progress)

        return both

    at_once(*(work(officer if place % 2 else county) for place in range(8)))
    assert (fresh(upload).state, fresh(upload).written) == (UploadState.APPLIED, 20)
    assert Child.objects.count() == 20
    assert Child.history.count() == 20
    assert Event.objects.filter(action=Action.APPLY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_with_common_children_in_opposite_order():
    officer, county = person("officer"), person("county")
    rows = [child_numbered(place) for place in range(30)]
    first = confirmed(checked(officer, children_file(*rows[:20]), "children"), officer)
    second = confirmed(checked(county, children_file(*reversed(rows[10:])), "children"), county)
    at_once(
        lambda: apply_upload(first.pk, no_progress),
        lambda: apply_upload(second.pk, no_progress),
    )
    loser = next(one for one in (fresh(first), fresh(second)) if one.state == UploadState.CHECKED)
    assert (loser.refusal, counts(loser)) in (
        ("stale", {"new": 10, "same": 10}),
        ("conflict", {"new": 10, "same": 10}),
    )
    applied(loser, officer)
    assert Child.objects.count() == 30
    assert Child.objects.values("id_number_digest").distinct().count() == 30


@pytest.mark.django_db(transaction=True)
def test_uploads_of_one_division_at_once_get_numbers_of_their_own():
    officer = person("officer")
    data = children_file({})
    at_once(*(lambda: checked(officer, data, "children") for _turn in range(4)))
    numbers = list(Upload.objects.values_list("day_no", flat=True))
    assert sorted(numbers) == [1, 2, 3, 4]


def test_centers_are_written_the_same_way(officer):
    head = ["中心名称", "乡镇", "建成日期"]
    upload = written(officer, xlsx([head, ["南门村留守儿童之家", "洮阳镇", "2009-09-01"]]), "centers")
    assert (upload.written, Center.objects.get().upload_number) == (1, upload.number)
