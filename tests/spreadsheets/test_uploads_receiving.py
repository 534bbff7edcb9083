"""Handing in a file: who may, what is kept, what is answered when it was handed in before."""

from datetime import date

import pytest
from django.db import connection

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.models import Upload, UploadFile, UploadState
from gansu_care.spreadsheets.reading import Unreadable, apart
from gansu_care.spreadsheets.uploads import CannotUpload, receive
from gansu_care.spreadsheets.uploads.checking import check_in_worker
from gansu_care.spreadsheets.uploads.receiving import Declaration
from tests.people import make_user
from tests.uploading import checked, children_file, fresh, written

pytestmark = pytest.mark.django_db


def handed_in(user, data=None, **options) -> Upload:
    return receive(data or children_file({}), "登记表.xlsx", "children", user, queue=False, **options).upload


def test_the_number_names_division_day_and_turn(officer, neighbour):
    first, second = handed_in(officer), handed_in(officer)
    day = f"{first.received_on:%Y%m%d}"
    assert [first.number, second.number] == [f"U-621124-{day}-001", f"U-621124-{day}-002"]
    assert handed_in(neighbour).number == f"U-621125-{day}-001"


def test_the_file_is_kept_sealed(officer):
    data = children_file({})
    upload = handed_in(officer, data)
    assert upload.file.content == data
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {UploadFile._meta.db_table}")
        assert data[:40] not in bytes(cursor.fetchone()[0])


def test_facts_of_the_declaration_are_kept(officer):
    upload = handed_in(officer, consent=Declaration("李晓梅", date(2026, 9, 1)))
    assert (upload.declared_consent_by, upload.declared_consent_on) == ("李晓梅", date(2026, 9, 1))


def test_an_applied_file_is_known_to_its_own_division_only(officer, neighbour, county):
    data = children_file({})
    done = written(officer, data, "children")
    assert receive(data, "x.xlsx", "children", county, queue=False).upload == done
    assert not receive(data, "x.xlsx", "children", neighbour, queue=False).is_known
    assert not receive(data, "x.xlsx", "centers", officer, queue=False).is_known


@pytest.mark.parametrize(
    "state",
    [UploadState.CHECKED, UploadState.REFUSED, UploadState.EXPIRED, UploadState.UNDONE, UploadState.FAILED],
)
def test_a_file_that_was_not_applied_is_checked_anew(officer, state):
    data = children_file({})
    earlier = checked(officer, data, "children")
    Upload.objects.update(state=state)
    received = receive(data, "x.xlsx", "children", officer, queue=False)
    assert (received.is_known, received.upload != earlier) == (False, True)


def test_nobody_sees_another_divisions_uploads(
    officer, neighbour, prefecture, province, county, leader, system
):
    upload = handed_in(officer)
    for user in (officer, county, prefecture, province):
        assert list(Upload.objects.visible_to(user)) == [upload]
    for user in (neighbour, leader, system):
        assert not Upload.objects.visible_to(user).exists()
    handed_in(prefecture)
    assert Upload.objects.visible_to(officer).count() == 1


def test_staged_rows_and_problems_follow_the_upload(officer, neighbour):
    upload = checked(officer, children_file({"性别": "0"}), "children")
    for kept in (upload.staged.model, upload.problems.model, UploadFile):
        assert kept.objects.visible_to(officer).count() == 1
        assert not kept.objects.visible_to(neighbour).exists()


@pytest.mark.parametrize("person", ["township", "leader", "auditor", "system"])
def test_who_may_not_upload_leaves_nothing(request, person):
    with pytest.raises(CannotUpload):
        handed_in(request.getfixturevalue(person))
    assert not Upload.objects.exists()


def test_without_a_division_nothing_is_received(db):
    with pytest.raises(CannotUpload):
        handed_in(make_user("county_officer", None))


def test_a_file_too_large_is_not_kept(officer):
    with pytest.raises(Unreadable, match="E_FILE_TOO_LARGE"):
        handed_in(officer, b"x" * (limits.FILE_BYTES + 1))
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\a/登记表.xls", "登记表.xls"),
        ("表\x00\n格.xls", "表格.xls"),
        ("/", "?"),
        ("长" * 300 + ".xls", "长" * 251 + ".xls"),
    ],
)
def test_only_the_files_own_name_is_kept(officer, name, kept):
    upload = receive(children_file({}), name, "children", officer, queue=False).upload
    assert fresh(upload).file_name == kept


def test_a_file_that_cannot_be_read_says_why(officer):
    upload = checked(officer, b"%PDF-1.4 not a table", "children")
    assert (upload.state, upload.refusal, upload.unreadable_code) == (
        "refused",
        "unreadable",
        "E_FILE_UNKNOWN",
    )
    assert (upload.rows, upload.sheets) == (0, [])


def test_the_worker_reads_the_file_in_a_process_of_its_own(officer, monkeypatch):
    """A file that ends its reader (a Rust panic may abort the process) ends the child, not the worker."""
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")  # a reader that dies whatever the file
    upload = handed_in(officer)

    check_in_worker(upload.pk, lambda *_, **__: None)

    upload.refresh_from_db()
    assert (upload.state, upload.unreadable_code) == (UploadState.REFUSED, "E_FILE_BROKEN")
