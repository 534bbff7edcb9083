"""Two records of one child: compared side by side, then the one merged into the other."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from children.models import Child, ChildStatus, Episode
from gansu_care.reports.indicators import figure
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.children.merging.twins import (
    BORN,
    ID_NUMBER,
    WHY,
    asked,
    merged,
    nothing_happened,
    page,
    twin,
)
from tests.people import LINTAO, person
from tests.records import division, invented_id_number

pytestmark = pytest.mark.django_db


def test_the_record_leads_to_the_page_that_asks_for_the_other_record(losing: Child) -> None:
    officer = signed_in("officer")

    record = officer.get(losing.get_absolute_url()).content.decode()
    form = officer.get(page(losing)).content.decode()

    assert f'href="{page(losing)}">合并到另一条档案</a>' in record
    assert "保留的档案编号" in form
    assert f"{losing.number} 会作废，另一条档案保留。" in form


def test_both_records_stand_side_by_side_before_anything_is_done(losing: Child, staying: Child) -> None:
    father = losing.parents.get(kind="father")
    father.phone = "13800000001"
    father.save()

    shown = signed_in("officer").post(page(losing), asked(staying))

    text = shown.content.decode()
    both = shown.context["both"]
    assert shown.status_code == 200
    assert {line.label: (line.losing, line.staying) for line in both.different} == {
        "姓名": ("王小满", "王晓满"),
        "身份证号": (losing.id_number.masked, ""),
        "村（社区）": ("南门村", "北门村"),
        "学校名称": ("洮阳小学", ""),
        "父亲：联系电话": ("138****0001", ""),
    }
    assert [line.label for line in both.to_enter] == ["学校名称", "父亲：联系电话"]
    assert f"有 2 项只有 {losing.number} 填了，合并时不会带过去。" in text
    assert f"需要的，请先在 {staying.number} 里补录：学校名称、父亲：联系电话" in text
    assert (
        f"身份证号只登记在 {losing.number} 上。一个号码不能登记两次：合并以后，请马上在 {staying.number} 里补录。"
        in text
    )
    assert ID_NUMBER not in text
    assert "13800000001" not in text
    assert nothing_happened(staying)


def test_who_compares_has_read_both_records(losing: Child, staying: Child) -> None:
    signed_in("officer").post(page(losing), asked(staying))

    assert set(Event.objects.filter(action=Action.READ).values_list("number", flat=True)) == {
        losing.number,
        staying.number,
    }


def test_two_values_under_one_mask_are_told_apart(staying: Child) -> None:
    one = twin(id_number=invented_id_number(BORN, 23))
    other = twin(id_number=invented_id_number(date(2016, 8, 1), 9), birth_date=date(2016, 8, 1))
    for child, address in ((one, "南门村1号"), (other, "南门村2号")):
        child.address = address
        child.save()

    text = signed_in("officer").post(page(one), asked(other)).content.decode()

    assert "遮盖的部分不同" in text
    assert "南门村1号" not in text


def test_confirmed_the_losing_record_is_voided_and_points_at_the_staying_one(
    losing: Child, staying: Child
) -> None:
    before = staying.version
    today = timezone.localdate()

    merged(losing, staying)

    assert (losing.merged_into, losing.voided_on, losing.void_reason, losing.version) == (
        staying,
        today,
        WHY,
        2,
    )
    assert losing.status == ChildStatus.EXITED
    episode = losing.episodes.get()
    assert (episode.ended_on, episode.reason, episode.note) == (today, "07", f"合并到 {staying.number}")
    assert (staying.version, staying.school, staying.id_number, staying.status) == (
        before,
        "",
        None,
        "active",
    )
    assert staying.episodes.get().ended_on is None


def test_history_and_trail_of_both_tell_why(losing: Child, staying: Child) -> None:
    merged(losing, staying)

    told = losing.history.first()
    assert (told.history_change_reason, told.history_user, told.merged_into_id) == (
        WHY,
        person("officer"),
        staying.pk,
    )
    assert Episode.history.filter(child_id=losing.pk).first().history_change_reason == WHY
    told = staying.history.first()
    assert told.history_change_reason == f"merged:{losing.number} {WHY}"
    assert (told.history_user, told.history_type, told.version) == (person("officer"), "~", staying.version)
    events = Event.objects.filter(action__in=(Action.END, Action.CHANGE)).values_list(
        "action", "number", "reason"
    )
    why = f"{losing.number} 合并到 {staying.number}：{WHY}"
    assert set(events) == {(Action.END, losing.number, why), (Action.CHANGE, staying.number, why)}


def test_each_record_leads_to_the_other(losing: Child, staying: Child) -> None:
    merged(losing, staying)
    officer = signed_in("officer")

    of_losing = officer.get(losing.get_absolute_url()).content.decode()
    of_staying = officer.get(staying.get_absolute_url()).content.decode()

    assert f"已合并到 {staying.number}。这条档案不进任何名单和数字，历史保留。" in of_losing
    assert f'<a href="{staying.get_absolute_url()}">打开保留的档案</a>' in of_losing
    assert page(losing) not in of_losing
    assert f'由这些档案合并而来：<a href="{losing.get_absolute_url()}">{losing.number}</a>' in of_staying
    assert "合并到" in officer.get(f"{losing.get_absolute_url()}history/").content.decode()
    assert (
        f"由 {losing.number} 合并而来"
        in officer.get(f"{staying.get_absolute_url()}history/").content.decode()
    )


def test_the_merged_record_is_in_no_list_and_no_figure(losing: Child, staying: Child) -> None:
    officer = signed_in("officer")
    assert listed(officer) == {losing.number, staying.number}
    assert figures() == {"children_registered": 2, "children_left_behind": 2, "children_exited": 0}

    merged(losing, staying)

    assert listed(officer) == {staying.number}
    assert listed(officer, "?status=exited") == set()
    assert figures() == {"children_registered": 1, "children_left_behind": 1, "children_exited": 0}
    rows = officer.get(f"/report/{this_year()}/{LINTAO}/rows/children_registered/").content.decode()
    assert staying.number in rows
    assert losing.number not in rows


def listed(client: Client, query: str = "") -> set[str]:
    shown = client.get(f"/children/{query}").content.decode()
    return {child.number for child in Child.objects.all() if child.get_absolute_url() in shown}


def figures() -> dict[str, Any]:
    codes = ("children_registered", "children_left_behind", "children_exited")
    return {code: figure(code, division(LINTAO), this_year()) for code in codes}


def this_year() -> int:
    return timezone.localdate().year


def test_the_id_number_is_free_for_the_staying_record(losing: Child, staying: Child) -> None:
    merged(losing, staying)

    staying.id_number = ID_NUMBER
    staying.save()

    assert Child.objects.in_force().get(id_number=ID_NUMBER) == staying


def test_what_was_merged_earlier_points_at_the_one_that_stays_last(losing: Child, staying: Child) -> None:
    last = twin(name="王小曼")
    merged(losing, staying)

    merged(staying, last)

    losing.refresh_from_db()
    assert (losing.merged_into, staying.merged_into, last.merged_into) == (last, last, None)
    assert losing.history.first().history_change_reason == WHY
    shown = signed_in("officer").get(last.get_absolute_url()).content.decode()
    assert f">{losing.number}</a>、<a" in shown
    assert f">{staying.number}</a>" in shown
