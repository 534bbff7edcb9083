"""The doors: who gets the marked workbook, what the trail keeps of it, what is said when it cannot be had."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gansu_care.spreadsheets.marking import apart
from gansu_care.spreadsheets.marking.apart import mark_apart
from gansu_care.spreadsheets.marking.order_of import order_of
from gansu_care.spreadsheets.marking.orders import CannotMark
from gansu_care.spreadsheets.models import UploadFile
from gansu_care.trail.models import Action, Event
from tests.upload_pages import BAD, GOOD, XLSX, page, text

from .parts import colour

pytestmark = pytest.mark.django_db

DOORS = ("marked", "refused_rows")


def get(client, door: str, upload):
    return client.get(reverse(f"spreadsheets:{door}", args=[upload.number]))


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_officer_gets_her_workbook_back_marked(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    said = text(page(client, "problems", upload))
    assert "下载标注好的原表" in said
    assert "只下载有问题的行" in said
    answer = get(client, "marked", upload)
    assert answer.headers["Content-Type"] == XLSX
    assert (
        "%E4%B8%AD%E5%BF%83%EF%BC%88%E5%B7%B2%E6%A0%87%E6%B3%A8%EF%BC%89.xlsx"
        in answer.headers["Content-Disposition"]
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    book = load_workbook(BytesIO(content(answer)))
    assert book.sheetnames == ["活动中心", "问题清单"]
    assert colour(book["活动中心"]["C4"]) == "FFEFBCB6"
    assert book["活动中心"]["H2"].value == "新增：登记册里还没有"


def test_the_refused_rows_alone(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    answer = get(client, "refused_rows", upload)
    assert (
        "%EF%BC%88%E6%9C%89%E9%97%AE%E9%A2%98%E7%9A%84%E8%A1%8C%EF%BC%89.xlsx"
        in answer.headers["Content-Disposition"]
    )
    sheet = load_workbook(BytesIO(content(answer)))["活动中心"]
    assert [sheet["B1"].value, sheet["B2"].value, sheet["B3"].value] == ["中心名称", BAD[1], None]


def test_each_is_in_the_trail_and_is_no_export(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    for door in DOORS:
        content(get(client, door, upload))
    events = Event.objects.filter(
        action=Action.READ, reason__in=("marked workbook", "refused rows")
    ).order_by("id")
    assert [(event.number, event.rows, event.username, event.reason) for event in events] == [
        (upload.number, 3, "officer", "marked workbook"),
        (upload.number, 1, "officer", "refused rows"),
    ]
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_a_colleague_of_the_unit_gets_it_others_in_scope_do_not_see_the_doors(
    client, uploaded, officer, county, prefecture
):
    upload = uploaded(officer, *GOOD, BAD)
    client.force_login(county)
    assert get(client, "marked", upload).status_code == 200
    client.force_login(prefecture)
    assert "下载标注好的原表" not in page(client, "problems", upload)
    assert [get(client, door, upload).status_code for door in DOORS] == [403, 403]


def test_for_the_neighbour_county_there_is_no_such_file(client, uploaded, officer, neighbour):
    upload = uploaded(officer, *GOOD, BAD)
    client.force_login(neighbour)
    assert [get(client, door, upload).status_code for door in DOORS] == [404, 404]


def test_when_the_file_is_deleted_the_page_says_so(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    UploadFile.objects.all().delete()
    said = text(page(client, "problems", upload))
    assert "原始文件已经删除，不能再下载标注好的原表。" in said
    assert "下载标注好的原表 " not in said
    for door in DOORS:
        assert get(client, door, upload).url == reverse("spreadsheets:detail", args=[upload.number])


def test_without_refused_rows_there_is_no_workbook_of_them(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    assert get(client, "refused_rows", upload).status_code == 302
    assert get(client, "marked", upload).status_code == 200


def test_after_the_import_the_rows_left_can_be_had(client, uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD, BAD)
    say_yes(upload)
    said = text(page(client, "done", upload))
    assert "标注好的原表" in said
    assert "只有没导入的行" in said
    assert get(client, "refused_rows", upload).status_code == 200


def test_a_file_that_cannot_be_marked_ends_in_a_sentence(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    file = UploadFile.objects.get()
    file.content = b"PK\x03\x04 no workbook any more"
    file.save()
    answer = client.get(reverse("spreadsheets:marked", args=[upload.number]), follow=True)
    assert "这份表格标注不了。请下载问题清单，照着改。" in text(answer.content.decode())
    assert not Event.objects.filter(reason="marked workbook").exists()


def test_the_child_process_is_bounded_and_its_end_harms_nobody(uploaded, officer, monkeypatch):
    upload = uploaded(officer, *GOOD, BAD)
    order = order_of(upload)
    ending, made = mark_apart(bytes(upload.file.content), order)
    assert (ending, load_workbook(BytesIO(made)).sheetnames) == ("xlsx", ["活动中心", "问题清单"])
    monkeypatch.setattr(apart.limits, "READING_SECONDS", 0.01)
    with pytest.raises(CannotMark):
        mark_apart(bytes(upload.file.content), order)


def test_an_upload_that_is_not_checked_leads_to_where_it_stands(client, officer):
    from gansu_care.spreadsheets.uploads import receive

    upload = receive(b"x,y\n1,2\n", "表.csv", "centers", officer, queue=False).upload
    client.force_login(officer)
    assert get(client, "marked", upload).url == reverse("spreadsheets:detail", args=[upload.number])
