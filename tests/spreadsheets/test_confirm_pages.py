"""Steps 3 and 4: what would change, the yes, and the result with its number."""

import pytest
from django.urls import reverse

from centers.models import Center
from gansu_care.spreadsheets.models import Outcome, Upload
from gansu_care.trail.models import Action, Event
from tests.upload_pages import BAD, GOOD, page, text, workbook

pytestmark = pytest.mark.django_db


def test_a_good_file_goes_straight_to_the_preview(client, send, officer):
    answer = send(officer, workbook(*GOOD))
    upload = Upload.objects.get()
    assert client.get(answer.url).url == reverse("spreadsheets:preview", args=[upload.number])
    said = text(page(client, "preview", upload))
    assert "核对变更，再确认导入" in said
    assert "新增 2" in said
    assert "洮阳镇儿童之家" in said
    assert "我已核对新增 2 行、变更 0 行" in said
    assert "确认导入 2 行" in said


def test_nothing_is_written_before_the_yes(uploaded, officer):
    uploaded(officer, *GOOD)
    assert Center.objects.count() == 0


def test_yes_writes_and_the_done_page_gives_the_number(client, uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD)
    answer = say_yes(upload)
    assert answer.status_code == 302
    assert client.get(answer.url).url == reverse("spreadsheets:done", args=[upload.number])
    assert Center.objects.count() == 2
    said = text(page(client, "done", upload))
    assert "已写入登记册：新增 2 行，变更 0 行" in said
    assert upload.number in said
    assert "2 行 = 新增 2 + 变更 0 + 相同 0 + 存疑 0 + 拒绝 0" in said


def test_changes_are_shown_old_and_new(client, uploaded, say_yes, officer):
    say_yes(uploaded(officer, *GOOD))
    changed = [[1, "洮阳镇儿童之家", "儿童之家", "洮阳镇", "2015-07-23", "李晓梅", ""]]
    upload = uploaded(officer, *changed)
    html = page(client, "preview", upload)
    assert "<del>王秀英</del>" in html
    assert "<ins>李晓梅</ins>" in html
    assert "负责人" in html


def test_sent_twice_the_yes_finds_the_same_result(client, uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD)
    first, second = say_yes(upload), say_yes(upload)
    assert first.url == second.url
    assert Center.objects.count() == 2
    assert Event.objects.filter(action=Action.APPLY).count() == 1


def test_without_the_tick_nothing_is_written(client, uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD)
    answer = say_yes(upload, acknowledged="")
    assert answer.status_code == 422
    assert "请先核对，再勾选这一项。" in answer.content.decode()
    assert Center.objects.count() == 0


@pytest.mark.parametrize("seen", ["0", "99", "", "x", "²", "9" * 30])
def test_a_yes_for_another_check_shows_the_new_result(client, uploaded, say_yes, officer, seen):
    upload = uploaded(officer, *GOOD)
    answer = say_yes(upload, check_no=seen)
    assert answer.status_code == 409
    assert "又重新检查过" in answer.content.decode()
    assert Center.objects.count() == 0


def test_bad_rows_hold_the_whole_file_unless_the_officer_chooses(client, uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD, BAD)
    refused = say_yes(upload, good_rows="")
    assert refused.status_code == 409
    assert "有的行不能导入" in refused.content.decode()
    assert Center.objects.count() == 0
    say_yes(upload)
    assert Center.objects.count() == 2
    said = text(page(client, "done", upload))
    assert "1 行没有导入，改好后可以再上传" in said


def test_tabs_of_the_preview_show_each_outcome(client, uploaded, officer):
    upload = uploaded(officer, *GOOD, BAD)
    assert "新添镇儿童之家" not in page(client, "preview", upload, show=Outcome.NEW)
    refused = page(client, "preview", upload, show=Outcome.REFUSED)
    assert "新添镇儿童之家" in refused
    assert "游乐场" in refused
    assert "这一类没有行" in page(client, "preview", upload, show=Outcome.SAME)
    assert page(client, "preview", upload, show="nonsense")


def test_the_same_file_again_is_answered_with_its_result(client, send, say_yes, officer):
    data = workbook(*GOOD)
    send(officer, data)
    upload = Upload.objects.get()
    say_yes(upload)
    answer = client.get(send(officer, data).url, follow=True)
    assert Upload.objects.count() == 1
    said = text(answer.content.decode())
    assert "已经导入过" in said
    assert "导入完成" in said


def test_a_mended_file_names_the_one_it_replaces(client, uploaded, officer):
    first = uploaded(officer, *GOOD, BAD)
    html = client.get(
        reverse("spreadsheets:choose"), {"kind": "centers", "replaces": first.number}
    ).content.decode()
    assert f"新文件将替换 {first.number}" in html
    second = uploaded(officer, *GOOD, replaces=first.number)
    assert second.replaces == first
    said = text(page(client, "problems", first))
    assert f"您后来上传了改好的“中心.xlsx”（{second.number}）" in said


def test_a_file_of_rows_that_are_all_the_same_needs_no_yes(client, uploaded, say_yes, officer):
    say_yes(uploaded(officer, *GOOD))
    upload = uploaded(officer, GOOD[1])
    said = text(page(client, "preview", upload))
    assert "和登记册完全相同，不用导入" in said
    assert "确认导入" not in said


CHILD_HEADINGS = [
    "序号", "姓名", "性别", "民族", "出生日期", "是否登记户口", "就学情况", "现居住地", "父亲状态", "母亲状态",
]  # fmt: skip


def children_workbook(*rows: list) -> bytes:
    return workbook(*rows, headings=CHILD_HEADINGS, sheet="洮阳镇")


def test_done_page_says_who_still_lacks_consent(client, send, say_yes, officer):
    rows = [
        [1, "张小明", "男", "汉", "2015-09-01", "否", "小学", "临洮县洮阳镇", "外出务工", "外出务工"],
        [2, "王小红", "女", "汉", "2016-03-01", "否", "小学", "临洮县洮阳镇", "外出务工", "在家"],
    ]
    send(officer, children_workbook(*rows), kind="children")
    upload = Upload.objects.get()
    say_yes(upload)
    upload.refresh_from_db()
    assert upload.written == 2, [(p.code, p.heading) for p in upload.problems.all()]
    html = page(client, "done", upload)
    assert "2 名儿童还缺监护人同意" in html
    assert f"{reverse('children:list')}?batch={upload.number}&amp;status=draft" in html


def test_done_page_of_declared_consent_asks_for_nothing(client, send, say_yes, officer):
    row = [1, "张小明", "男", "汉", "2015-09-01", "否", "小学", "临洮县洮阳镇", "外出务工", "外出务工"]
    send(officer, children_workbook(row), kind="children", consent_by="李晓梅", consent_on="2026-11-01")
    upload = Upload.objects.get()
    say_yes(upload)
    html = page(client, "done", upload)
    assert "还缺监护人同意" not in html
    assert "同意声明" in html
