"""A row mended on a page: what it shows, what is checked again, what stays as it was, whom it refuses."""

import io
import json

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from gansu_care.spreadsheets.models import MendedRow, Outcome, UploadState
from gansu_care.spreadsheets.uploads import check_upload, clear_due, recheck
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.upload_pages import BAD, GOOD, page, text, workbook
from tests.uploading import (
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    fresh,
    id_number,
    no_progress,
)

pytestmark = pytest.mark.django_db
ROW = 4  # BAD, below the headings and two good rows


def where(upload, row=ROW, sheet=0):
    return reverse("spreadsheets:mend", args=[upload.number, sheet, row])


@pytest.fixture
def upload(officer):
    """Two good centers and one whose type and date are refused."""
    return checked(officer, workbook(*GOOD, BAD), "centers")


@pytest.fixture
def send_cells(client, officer):
    """Send the page's form with some cells typed anew."""
    client.force_login(officer)

    def post(upload, row=ROW, **cells):
        return client.post(where(upload, row), {"check_no": upload.check_no, **cells}, follow=False)

    return post


def test_the_page_shows_every_cell_and_what_is_wrong_with_it(client, officer, upload):
    client.force_login(officer)
    html = client.get(where(upload)).content.decode()
    said = text(html)
    assert "第 4 行：新添镇儿童之家" in said
    assert "有问题的格子" in said
    assert 'name="cell-2" value="游乐场"' in html
    assert 'name="cell-4" value="2015-02-30"' in html
    assert 'name="cell-1" value="新添镇儿童之家"' in html
    assert '<option value="留守儿童之家">' in html
    read = Event.objects.filter(action=Action.READ).get()
    assert (read.kind, read.number, read.rows) == ("upload", upload.number, 1)


def test_a_mended_row_is_checked_again_at_once(client, send_cells, upload, officer):
    answer = send_cells(upload, **{"cell-2": "儿童之家", "cell-4": "2015-02-28"})
    assert answer.status_code == 302
    mended = fresh(upload)
    assert (mended.state, counts(mended), mended.errors) == (UploadState.CHECKED, {"new": 3}, 0)
    assert mended.check_no == upload.check_no + 1
    assert mended.staged.get(row=ROW).outcome == Outcome.NEW
    event = Event.objects.filter(action=Action.CHANGE).get()
    assert (event.kind, event.number, event.username) == ("upload.mend", upload.number, "officer")
    assert "第 4 行可以导入（新增）" in client.get(answer.url, follow=True).content.decode()


def test_what_is_still_wrong_is_shown_again(client, send_cells, upload):
    answer = send_cells(upload, **{"cell-2": "儿童之家", "cell-4": "2015-13-01"})
    assert answer.url == where(upload)
    said = text(client.get(answer.url).content.decode())
    assert "第 4 行还不能导入" in said
    assert codes(fresh(upload)) == ["E_DATE_INVALID"]


def test_the_file_stays_as_it_was_and_a_check_of_it_takes_the_mended_cells(send_cells, upload, officer):
    before = bytes(upload.file.content)
    send_cells(upload, **{"cell-2": "儿童之家", "cell-4": "2015-02-28"})
    mended = fresh(upload)
    assert bytes(mended.file.content) == before
    recheck(mended, officer, queue=False)
    check_upload(mended.pk, no_progress)
    assert counts(fresh(upload)) == {"new": 3}


def test_cells_typed_anew_are_sealed_and_deleted_with_the_file(send_cells, upload, settings):
    send_cells(upload, **{"cell-2": "儿童之家", "cell-5": "陈丽华华"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells_json FROM spreadsheets_mendedrow")
        stored = bytes(cursor.fetchone()[0])
    assert "陈丽华华".encode() not in stored
    assert json.dumps("陈丽华华").encode() not in stored
    settings.UPLOAD_EXPIRES_DAYS = settings.UPLOAD_KEPT_DAYS = -1
    clear_due()
    assert not MendedRow.objects.exists()


def test_a_row_mended_twice_keeps_what_was_mended_first(send_cells, upload):
    send_cells(upload, **{"cell-2": "儿童之家"})
    send_cells(fresh(upload), **{"cell-4": "2015-02-28"})
    assert MendedRow.objects.get().cells == {2: "儿童之家", 4: "2015-02-28"}
    assert counts(fresh(upload)) == {"new": 3}


def test_nothing_changed_is_not_checked_again(client, send_cells, upload):
    answer = send_cells(upload, **{"cell-2": " 游乐场 "})
    assert answer.url == where(upload)
    assert fresh(upload).check_no == upload.check_no
    assert "没有改动" in client.get(answer.url).content.decode()


def test_of_two_windows_the_second_sees_that_the_check_moved_on(client, send_cells, upload):
    send_cells(upload, **{"cell-2": "儿童之家"})
    answer = send_cells(upload, **{"cell-4": "2015-02-28"})  # with the number of the check before
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "又重新检查过" in html
    assert 'name="cell-4" value="2015-02-28"' in html  # what she typed is not lost
    assert MendedRow.objects.get().cells == {2: "儿童之家"}


def test_a_duplicate_names_the_first_row_and_is_gone_when_that_one_is_mended(client, send_cells, officer):
    upload = checked(officer, children_file({}, {"姓名": "王小朵"}), "children")
    assert codes(upload) == ["E_DUP_IN_FILE"]
    first = where(upload, row=2)
    assert first in page(client, "problems", upload, show="rows")
    other = id_number("62010020150901004")
    client.post(first, {"check_no": upload.check_no, "cell-5": other})
    assert (counts(fresh(upload)), codes(fresh(upload))) == ({"new": 2}, [])


def test_a_sealed_cell_is_shown_masked_and_left_alone_when_sent_back(client, send_cells, officer):
    upload = checked(officer, children_file({"民族": "汉组"}), "children")
    html = client.get(where(upload, row=2)).content.decode()
    assert 'name="cell-5" value="6201**********' in html
    assert id_number("62010020150901002") not in html
    assert "13800000000" not in html
    assert "138****0000" in html
    masks = {"cell-5": "6201**********" + id_number("62010020150901002")[-4:], "cell-12": "138****0000"}
    send_cells(upload, row=2, **masks, **{"cell-3": "汉族"})
    assert MendedRow.objects.get().cells == {3: "汉族"}
    assert counts(fresh(upload)) == {"new": 1}


def test_tricks_with_the_form_are_answered(client, send_cells, upload):
    assert send_cells(upload, **{"cell-2": "儿童\0之家", "cell-99": "x", "cell-": "x"}).status_code == 302
    assert MendedRow.objects.get().cells == {2: "儿童之家"}
    for path in (where(upload, row=99), where(upload, sheet=7), where(upload, row=10**30)):
        assert client.get(path).status_code == 404


def test_who_is_served_and_who_is_not(
    client, upload, officer, county, neighbour, township, prefecture, leader
):
    served = {}
    for user in (officer, county, neighbour, township, prefecture, leader):
        client.force_login(user)
        served[user.username] = client.get(where(upload)).status_code
    assert served == {
        "officer": 200, "county": 200, "neighbour": 404, "township": 403, "prefecture": 403, "leader": 403,
    }  # fmt: skip
    client.force_login(person("neighbour"))
    assert client.post(where(upload), {"check_no": upload.check_no, "cell-2": "x"}).status_code == 404
    assert not MendedRow.objects.exists()


def test_an_applied_file_is_not_mended(client, send_cells, say_yes, upload):
    say_yes(upload)
    answer = send_cells(upload, **{"cell-2": "儿童之家"})
    assert answer.status_code == 302
    assert not MendedRow.objects.exists()


def test_the_marked_workbook_tells_which_rows_were_mended(client, send_cells, upload):
    send_cells(upload, **{"cell-2": "儿童之家"})
    answer = client.get(reverse("spreadsheets:marked", args=[upload.number]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["活动中心"]
    results = [sheet.cell(row, sheet.max_column).value for row in (2, 4)]
    assert "在网页上改过" not in results[0]
    assert "在网页上改过：类型" in results[1]
    assert sheet["C4"].value == "游乐场"  # the officer's own file


def test_a_large_file_is_checked_by_the_worker(client, send_cells, upload, monkeypatch):
    monkeypatch.setattr("gansu_care.spreadsheets.limits.ROWS_AT_ONCE", 1)
    answer = send_cells(upload, **{"cell-2": "儿童之家", "cell-4": "2015-02-28"})
    assert fresh(upload).state == UploadState.RECEIVED
    assert client.get(answer.url).url == reverse("spreadsheets:progress", args=[upload.number])


def test_a_row_of_many_children_is_mended_among_them(send_cells, officer):
    rows = [child_numbered(n) for n in range(30)]
    upload = checked(officer, children_file(*rows[:10], {**rows[10], "性别": "？"}, *rows[11:]), "children")
    assert counts(upload) == {"new": 29, "refused": 1}
    send_cells(upload, row=12, **{"cell-2": "女"})
    assert counts(fresh(upload)) == {"new": 30}
