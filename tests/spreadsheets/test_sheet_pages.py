"""Which sheets are read: the officer sees them all after the check, ticks differently, and the file is checked anew."""

import pytest
from django.urls import reverse

from children.models import Child
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.upload_pages import page, text
from tests.uploading import CHILD_HEAD, child_numbered, children_rows, fresh, xlsx

pytestmark = pytest.mark.django_db

WITHOUT_TOWNSHIP = [name for name in CHILD_HEAD if name != "乡镇"]
NAMES = ["洮阳镇", "八里铺镇", "去年的", "填表说明", "随笔"]


def township(*places: int) -> list:
    return children_rows(*(child_numbered(place) for place in places), head=WITHOUT_TOWNSHIP)


@pytest.fixture
def upload(send, officer) -> Upload:
    """One sheet a township, last year's hidden, and two that hold no data."""
    data = xlsx(
        township(1),
        township(2, 3),
        township(4),
        [["怎么填"]],
        [["今天", "下雨"]],
        names=NAMES,
        hidden=["去年的"],
    )
    send(officer, data, name="各乡镇.xlsx", kind="children")
    return Upload.objects.get()


@pytest.fixture
def tick(client, jobs_at_once, django_capture_on_commit_callbacks):
    def post(upload: Upload, *names: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("spreadsheets:sheets", args=[upload.number]), {"sheet": names})

    return post


def test_all_sheets_are_shown_with_what_they_are_and_why_not(client, upload):
    assert (
        "没有读取的工作表： 去年的（隐藏的工作表）、填表说明（填表说明）、随笔（没有认出标题行） 选择工作表"
        in text(page(client, "preview", upload))
    )
    said = text(page(client, "sheets", upload))
    assert "洮阳镇 留守儿童 1 0 —" in said
    assert "八里铺镇 留守儿童 2 0 —" in said
    assert "去年的 留守儿童 1 — 隐藏的工作表" in said
    assert "随笔 — — — 没有认出标题行" in said


def test_ticked_differently_the_file_is_checked_anew(client, upload, tick, say_yes):
    assert upload.new == 3
    tick(upload, "洮阳镇", "去年的")
    upload.refresh_from_db()
    assert (upload.state, upload.new, upload.check_no) == (UploadState.CHECKED, 2, 2)
    assert upload.chosen_sheets == ["洮阳镇", "去年的"]
    assert "八里铺镇 留守儿童 2 — 没有勾选" in text(page(client, "sheets", upload))
    say_yes(upload)
    assert Child.objects.count() == 2


def test_a_ticked_sheet_without_headings_says_so(client, upload, tick):
    tick(upload, "洮阳镇", "随笔")
    assert "随笔（没有认出标题行）" in text(page(client, "preview", fresh(upload)))


def test_at_least_one_sheet_is_ticked(client, upload, tick):
    answer = tick(upload)
    assert (answer.status_code, fresh(upload).check_no) == (422, 1)
    assert "至少勾选一个工作表" in answer.content.decode()
    assert tick(upload, "没有这个表").status_code == 422


def test_the_same_ticks_check_nothing_anew(upload, tick):
    tick(upload, "洮阳镇", "八里铺镇")
    assert fresh(upload).check_no == 1


def test_a_confirmation_of_the_earlier_check_is_refused(upload, tick, say_yes):
    seen = upload.check_no
    tick(upload, "洮阳镇")
    answer = say_yes(fresh(upload), check_no=seen)
    assert answer.status_code == 409
    assert not Child.objects.exists()


def test_after_the_import_nothing_is_ticked(client, upload, tick, say_yes):
    say_yes(upload)
    assert client.get(reverse("spreadsheets:sheets", args=[upload.number])).status_code == 302
    tick(upload, "洮阳镇")
    assert fresh(upload).state == UploadState.APPLIED


def test_a_file_of_which_no_sheet_was_recognised_shows_its_sheets(client, send, officer):
    send(officer, xlsx([["品名", "数量"], ["图书", 3]], names=["台账"]), name="台账.xlsx", kind="children")
    upload = Upload.objects.get()
    assert upload.state == UploadState.REFUSED
    assert "台账（没有认出标题行）" in text(page(client, "ended", upload))
    assert "台账 — — — 没有认出标题行" in text(page(client, "sheets", upload))
