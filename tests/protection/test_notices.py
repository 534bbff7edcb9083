"""The notice to guardians and the rules: published by an administrator, readable by all, old versions for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from children.models import Notice, NoticeKind
from children.models.notice import ITEMS
from gansu_care.protection.notice_texts import FIRST
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.protection.registers import make_notice

pytestmark = pytest.mark.django_db


def form(kind: str, **values: str) -> dict[str, str]:
    texts = {f"{item.value}_zh": f"{item.label}的内容" for item in ITEMS[kind]}
    return {"valid_from": timezone.localdate().isoformat(), **texts} | values


def test_an_administrator_publishes_what_everybody_can_read() -> None:
    admin = signed_in("admin")
    assert "还没有发布：监护人告知书、儿童个人信息保护规则" in admin.get("/").content.decode()

    answer = admin.post(
        "/protection/notices/notice/new/", form("notice", purpose_zh="为了关爱", purpose_en="For care")
    )

    assert answer.status_code == 302
    notice = Notice.objects.get()
    assert (notice.kind, notice.version, notice.published_by.username) == ("notice", 1, "admin")
    event = Event.objects.get(action=Action.SETTING)
    assert (event.kind, event.number) == ("notice", "notice-1")
    for username in ("officer", "township", "leader", "auditor", "system"):
        page = signed_in(username).get("/protection/notices/notice/1/").content.decode()
        assert "为了关爱" in page
        assert "儿童个人信息保护负责人" in page


def test_the_notice_has_exactly_the_seven_items_of_the_order() -> None:
    assert [item.value for item in ITEMS[NoticeKind.NOTICE]] == [
        "purpose", "storage", "safeguards", "refusal", "complaints", "correction", "other",
    ]  # fmt: skip
    for kind, items in ITEMS.items():
        assert set(FIRST[kind]) == {item.value for item in items}
        assert all(chinese and english for chinese, english in FIRST[kind].values())


def test_a_new_version_begins_with_the_last_and_the_old_one_stays() -> None:
    make_notice(texts={"purpose": ["第一版的目的", ""]})
    admin = signed_in("admin")
    assert "第一版的目的" in admin.get("/protection/notices/notice/new/").content.decode()

    admin.post("/protection/notices/notice/new/", form("notice", purpose_zh="第二版的目的"))

    old = signed_in("officer").get("/protection/notices/notice/1/").content.decode()
    assert "第一版的目的" in old
    assert "这是旧版本" in old
    assert "第二版的目的" in signed_in("officer").get("/protection/notices/notice/2/").content.decode()


def test_a_version_of_tomorrow_is_not_in_force_today() -> None:
    today = timezone.localdate()
    now, later = make_notice(), make_notice(version=2, valid_from=today + timedelta(1))

    assert Notice.objects.in_force("notice", today) == now
    assert Notice.objects.in_force("notice", today + timedelta(1)) == later
    assert "尚未施行" in signed_in("officer").get("/protection/notices/").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"valid_from": "2020-01-01"}, "不能从过去的日期施行"), ({"refusal_zh": ""}, "必填项")],
)
def test_what_cannot_be_published(values: dict[str, str], sentence: str) -> None:
    answer = signed_in("admin").post("/protection/notices/notice/new/", form("notice", **values))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Notice.objects.exists()


def test_there_is_no_third_kind_and_nobody_else_publishes() -> None:
    assert signed_in("admin").get("/protection/notices/other/new/").status_code == 404
    assert signed_in("officer").get("/protection/notices/other/1/").status_code == 404
    assert signed_in("county").post("/protection/notices/notice/new/", form("notice")).status_code == 403


def test_an_english_reader_reads_english_where_there_is_some() -> None:
    make_notice(texts={"purpose": ["为了关爱", "For care"], "storage": ["在甘肃", ""]})
    officer = signed_in("officer")
    officer.post("/language/", {"language": "en"})

    page = officer.get("/protection/notices/notice/1/").content.decode()

    assert "For care" in page
    assert "在甘肃" in page
