"""Step 2: the check under way, and every problem at once with where, what and how to mend it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gansu_care.jobs.queue import run
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.trail.models import Action, Event
from tests.upload_pages import BAD, GOOD, page, text, workbook

pytestmark = pytest.mark.django_db


def test_the_way_leads_from_the_form_to_the_problems(client, send, officer):
    answer = send(officer, workbook(*GOOD, BAD))
    upload = Upload.objects.get()
    assert client.get(answer.url).url == reverse("spreadsheets:problems", args=[upload.number])
    said = text(page(client, "problems", upload))
    assert "检查结果：1 行需要修改" in said
    assert "行数相符" in said
    assert "游乐场" in said
    assert "只导入没有问题的 2 行" in said
    assert "上传改好的表格" in said


def test_problems_say_where_what_and_how_to_mend(client, uploaded, officer):
    upload = uploaded(officer, BAD)
    html = page(client, "problems", upload)
    said = text(html)
    assert "必须改 活动中心 2 C 类型 游乐场" in said
    assert "E_CODE_UNKNOWN" in said
    assert "E_DATE_INVALID" in said


def test_tabs_show_what_must_be_mended_what_may_and_by_kind(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    assert "E_DATE_INVALID" in page(client, "problems", upload, show="must")
    assert "E_DATE_INVALID" not in page(client, "problems", upload, show="may")
    by_kind = text(page(client, "problems", upload, show="kinds"))
    assert "例子" in by_kind
    assert "活动中心 C4" in by_kind
    one = page(client, "problems", upload, code="E_DATE_INVALID")
    assert "2015-02-30" in one
    assert "游乐场" not in one


def test_any_tab_or_code_or_place_in_the_address_is_answered(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    for query in ({"show": "'"}, {"code": "x" * 500}, {"after": "%00"}, {"show": "kinds", "after": "W10="}):
        assert "1 行需要修改" in page(client, "problems", upload, **query)


def test_problem_file_is_a_workbook_and_leaves_an_event(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    answer = client.get(reverse("spreadsheets:problem_file", args=[upload.number]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[1]][:4] == ["序号", "程度", "工作表", "行"]
    assert sheet.max_row - 1 == upload.errors + upload.warnings
    event = Event.objects.filter(action=Action.EXPORT).get()
    assert (event.number, event.rows, event.username) == (upload.number, sheet.max_row - 1, "officer")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_someone_above_sees_the_problems_without_the_cells(client, uploaded, officer, prefecture):
    upload = uploaded(officer, *GOOD, BAD)
    client.force_login(prefecture)
    html = page(client, "problems", upload)
    assert "E_CODE_UNKNOWN" in html
    assert "游乐场" not in html


def test_unreadable_file_ends_with_a_sentence_and_a_way_on(client, send, officer):
    answer = send(officer, b"PK\x03\x04 this is no workbook", name="照片.xlsx")
    upload = Upload.objects.get()
    answer = client.get(answer.url)
    assert answer.url == reverse("spreadsheets:ended", args=[upload.number])
    said = text(page(client, "ended", upload))
    assert "检查结果：文件读不出来" in said
    assert "登记册 没有任何改动" in said
    assert "上传改好的表格" in said


def test_a_sheet_of_another_kind_is_refused_in_words(client, send, officer):
    book = Workbook()
    book.active.append(["菜名", "价钱"])
    book.active.append(["牛肉面", 8])
    file = io.BytesIO()
    book.save(file)
    send(officer, file.getvalue())
    upload = Upload.objects.get()
    said = text(page(client, "ended", upload))
    assert "没有一个工作表的标题行能认出来" in said


def test_progress_is_shown_and_asked_again(client, officer):
    client.force_login(officer)
    client.post(
        reverse("spreadsheets:choose"),
        {"kind": "centers", "file": SimpleUploadedFile("表.xlsx", workbook(*GOOD))},
    )
    upload = Upload.objects.get()
    here = reverse("spreadsheets:progress", args=[upload.number])
    assert client.get(reverse("spreadsheets:detail", args=[upload.number])).url == here
    assert f'hx-get="{here}"' in page(client, "progress", upload)
    asked = client.get(here, headers={"hx-request": "true"})
    assert "<html" not in asked.content.decode()
    assert "还没有开始" in asked.content.decode()
    run(upload.job.pk)
    asked = client.get(here, headers={"hx-request": "true"})
    assert asked.headers["HX-Redirect"] == reverse("spreadsheets:detail", args=[upload.number])
    assert client.get(here).status_code == 302


def test_a_job_that_gave_up_offers_to_check_again(
    client, officer, jobs_at_once, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    with django_capture_on_commit_callbacks():  # the job is never run
        client.post(
            reverse("spreadsheets:choose"),
            {"kind": "centers", "file": SimpleUploadedFile("表.xlsx", workbook(*GOOD))},
        )
    upload = Upload.objects.get()
    Upload.objects.update(state=UploadState.CHECKING)
    type(upload.job).objects.filter(pk=upload.job.pk).update(state="failed", failure="gone")
    ended = client.get(reverse("spreadsheets:progress", args=[upload.number]))
    assert ended.url == reverse("spreadsheets:ended", args=[upload.number])
    assert "重新检查" in page(client, "ended", upload)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("spreadsheets:recheck", args=[upload.number]))
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED
