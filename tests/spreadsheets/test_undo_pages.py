"""Undo on pages: it looks ahead, asks for a reason, says what was undone and what was not; links from the records."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from centers.models import Center
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import check_upload, clear_due
from gansu_care.trail.models import Action, Event
from tests.records import make_center
from tests.upload_pages import GOOD, page, text, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(uploaded, say_yes, officer):
    upload = uploaded(officer, *GOOD)
    say_yes(upload)
    upload.refresh_from_db()
    return upload


@pytest.fixture
def undo(client, jobs_at_once, django_capture_on_commit_callbacks):
    def post(upload, why: str = "传错了文件"):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("spreadsheets:undo", args=[upload.number]), {"why": why})

    return post


def test_an_administrator_of_the_scope_takes_it_back(client, applied, county, undo):
    client.force_login(county)
    assert "撤销这次导入" in text(page(client, "done", applied))
    said = text(page(client, "undo", applied))
    assert "2 删除新增的记录 0 恢复原来的内容 0 保留，不撤销" in said
    answer = undo(applied)
    assert client.get(answer.url).url == reverse("spreadsheets:undone", args=[applied.number])
    assert Center.objects.count() == 0
    said = text(page(client, "undone", applied))
    assert "这一批已经撤销" in said
    assert "导入写入的内容都已恢复原样" in said
    assert "传错了文件" in said
    assert "赵玉兰 撤销导入" in said
    assert "已撤销 2 保留 0 未能撤销 0" in said


def test_what_was_edited_since_is_announced_and_listed_with_who_and_why(client, applied, county, undo):
    center = Center.objects.get(name="洮阳镇儿童之家")
    center._history_user = county
    center.manager = "李晓梅"
    center.save_version(center.version)
    client.force_login(county)
    ahead = text(page(client, "undo", applied))
    assert "1 删除新增的记录 0 恢复原来的内容 1 保留，不撤销" in ahead
    assert f"{center.number} 活动中心 新增的记录没有删除 — 导入以后 赵玉兰 在" in ahead
    undo(applied)
    html = page(client, "undone", applied)
    assert f'<a href="{center.get_absolute_url()}">{center.number}</a>' in html
    assert "1 处没有撤销，见下面的清单" in text(html)
    assert "保留的内容是导入以后别人改过的。" in text(html)
    assert center.number not in page(client, "undone", applied, show="undone")


def test_fields_are_named_and_no_value_is_shown(client, uploaded, say_yes, officer, county, undo):
    say_yes(uploaded(officer, *GOOD))
    upload = uploaded(officer, [1, "洮阳镇儿童之家", "儿童之家", "洮阳镇", "2015-07-23", "陈丽华", "新修"])
    say_yes(upload)
    client.force_login(county)
    undo(upload)
    html = page(client, "undone", upload)
    assert "已恢复原来的内容" in text(html)
    assert "负责人、备注" in text(html)
    assert "陈丽华" not in html
    assert "新修" not in html


def test_a_reason_is_asked_for(client, applied, county, undo):
    client.force_login(county)
    answer = undo(applied, "  ")
    assert answer.status_code == 422
    assert "请写明原因。" in answer.content.decode()
    applied.refresh_from_db()
    assert applied.state == UploadState.APPLIED


def test_sent_twice_it_is_undone_once(client, applied, county, undo):
    client.force_login(county)
    first, second = undo(applied), undo(applied)
    assert first.url == second.url
    assert Event.objects.filter(action=Action.UNDO).count() == 1


def test_whom_it_refuses(client, applied, officer, neighbour, undo):
    assert "撤销这次导入" not in text(page(client, "done", applied))
    assert undo(applied).status_code == 403
    client.force_login(neighbour)
    assert client.get(reverse("spreadsheets:undone", args=[applied.number])).status_code == 404
    applied.refresh_from_db()
    assert applied.state == UploadState.APPLIED


def test_it_may_be_imported_again(client, applied, county, officer, undo, say_yes, jobs_at_once):
    client.force_login(county)
    undo(applied)
    client.force_login(officer)
    assert "重新核对这份表格" in text(page(client, "undone", applied))
    client.post(reverse("spreadsheets:recheck", args=[applied.number]))
    check_upload(applied.pk, lambda *_, **__: None)
    applied.refresh_from_db()
    assert (applied.state, applied.new) == (UploadState.CHECKED, 2)


# --- what is gone is said


def after(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_pages_say_until_when_the_file_is_kept_and_that_it_is_gone(client, applied, officer):
    until = timezone.localtime(applied.applied_at + timedelta(days=30))
    assert f"原始文件 已加密保存 {until:%Y-%m-%d} 删除" in text(page(client, "done", applied))
    with after(31):
        clear_due()
        client.force_login(officer)
        gone = f"{timezone.localdate():%Y-%m-%d}"
        said = text(page(client, "done", applied))
    assert f"原始文件 {gone} 已删除 暂存的行和引用的格子也已删除" in said
    assert "删除原始文件和暂存的内容" in said


def test_an_expired_upload_asks_for_the_file_again(client, uploaded, officer):
    upload = uploaded(officer, *GOOD)
    with after(15):
        clear_due()
        client.force_login(officer)
        said = text(page(client, "ended", upload))
        assert "这一批已经过期" in said
        assert "检查以后一直没有确认，原始文件和暂存的内容已经删除，登记册没有任何改动。" in said
        assert "重新上传" in said
        assert "重新检查" not in said
        answer = client.post(reverse("spreadsheets:recheck", args=[upload.number]))
        assert answer.status_code == 409
        assert "原始文件已经按规定删除，不能重新检查。请重新上传这份表格。" in answer.content.decode()


def test_an_undone_upload_without_its_file_asks_for_it(client, applied, county, undo):
    client.force_login(county)
    undo(applied)
    with after(31):
        clear_due()
        client.force_login(county)
        said = text(page(client, "undone", applied))
    assert "重新核对这份表格" not in said
    assert "重新上传" in said


# --- the same rows again


def test_the_same_rows_in_another_order_are_answered_with_their_result(client, send, applied, officer):
    answer = send(officer, workbook(*reversed(GOOD)))
    said = text(client.get(answer.url, follow=True).content.decode())
    assert "这份表格您的单位已经导入过，只是行的顺序不同。下面是那一次的结果。" in said
    assert "导入完成" in said
    assert applied.number in said
    assert "每一行都和这一批相同，没有再导入一次。" in said
    assert Center.objects.count() == 2


def test_they_may_be_checked_all_the_same(client, send, applied, officer, jobs_at_once):
    send(officer, workbook(*reversed(GOOD)))
    again = Upload.objects.latest("id")
    assert "已经导入过" in text(page(client, "ended", again))
    assert "重新检查" in text(page(client, "ended", again))


# --- found again from each row it made


def test_a_records_page_links_to_the_upload_it_came_from_even_after_an_edit(client, applied, officer):
    center = Center.objects.get(name="洮阳镇儿童之家")
    center.manager = "李晓梅"
    center.save_version(center.version)
    client.force_login(officer)
    link = f'<a href="{reverse("spreadsheets:detail", args=[applied.number])}">{applied.number}</a>'
    assert link in client.get(center.get_absolute_url()).content.decode()
    assert link in client.get(reverse("centers:history", args=[center.number])).content.decode()


def test_a_record_that_no_upload_wrote_has_no_such_card(client, officer):
    client.force_login(officer)
    assert "来源批次" not in text(client.get(make_center().get_absolute_url()).content.decode()).replace(
        "来源批次号", ""
    )


def test_who_may_not_see_uploads_reads_no_link(client, applied, leader):
    center = Center.objects.first()
    client.force_login(leader)
    for address in (center.get_absolute_url(), reverse("centers:history", args=[center.number])):
        assert f"/uploads/{applied.number}" not in client.get(address).content.decode()
