"""Two records of one child: compared side by side, then the one merged into the other."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone

from children.models import Child, ChildStatus, Episode
from gansu_care.reports.indicators import figure
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.people import LINTAO, ZHANG, person
from tests.records import division, invented_id_number, make_child
from tests.uploading import checked, codes, xlsx

pytestmark = pytest.mark.django_db
BORN = date(2016, 9, 1)
ID_NUMBER = invented_id_number(BORN, 3)
WHY = "同一个孩子登记了两次"


def twin(place: str = LINTAO, **values: Any) -> Child:
    """A record of 王小满, born on 1 September 2016."""
    return make_child(
        place, **{"name": "王小满", "birth_date": BORN, "registered_on": date(2020, 3, 1)} | values
    )


@pytest.fixture
def losing() -> Child:
    return twin(id_number=ID_NUMBER, school="洮阳小学", village="南门村")


@pytest.fixture
def staying() -> Child:
    return twin(name="王晓满", village="北门村")


def page(child: Child) -> str:
    return f"/children/{child.number}/merge/"


def asked(into: Child | str, **more: Any) -> dict[str, Any]:
    return {"into": getattr(into, "number", into), "why": WHY} | more


def confirmed(losing: Child, staying: Child) -> dict[str, Any]:
    """What the officer sends who has seen both records as they are given here."""
    return asked(staying, version=losing.version, into_version=staying.version)


def merged(losing: Child, staying: Child) -> None:
    response = signed_in("officer").post(page(losing), confirmed(losing, staying))
    assert response.status_code == 302, response.content.decode()
    losing.refresh_from_db()
    staying.refresh_from_db()


def nothing_happened(*children: Child) -> bool:
    return not Child.objects.exclude(voided_on=None, merged_into=None).exists() and not any(
        child.history.count() > 2 for child in children
    )


# --- the story


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


# --- what is refused, on the form


def refusal(client: Client, losing: Child, into: Any) -> str:
    """The one sentence under the number, the same whether it is asked or confirmed."""
    sentences = set()
    for form in (asked(into), asked(into, version=losing.version, into_version=getattr(into, "version", 1))):
        response = client.post(page(losing), form)
        assert response.status_code == 422
        sentences.add(response.context["form"].errors["into"][0])
    assert Child.objects.filter(merged_into__isnull=False, pk=losing.pk).count() == 0
    (sentence,) = sentences
    return sentence


def test_an_unknown_number_and_one_of_another_county_get_the_same_answer(losing: Child) -> None:
    stranger = twin(ZHANG)
    officer = signed_in("officer")

    assert refusal(officer, losing, stranger) == f"没有找到档案编号“{stranger.number}”，请核对。"
    assert refusal(officer, losing, "GC9999999990") == "没有找到档案编号“GC9999999990”，请核对。"
    assert refusal(officer, losing, "王小满\u3000二") == "没有找到档案编号“王小满二”，请核对。"


def test_a_record_is_not_merged_into_itself(losing: Child) -> None:
    sentence = refusal(signed_in("officer"), losing, losing)

    assert sentence == "不能把档案合并到它自己。请填另一条档案的编号。"


def test_a_record_is_not_merged_into_a_voided_one(losing: Child, staying: Child) -> None:
    Child.objects.filter(pk=staying.pk).update(voided_on=date(2026, 1, 1), void_reason="误登记")

    assert refusal(signed_in("officer"), losing, staying) == f"{staying.number} 已作废，不能合并到它。"


def test_no_chain_and_no_circle(losing: Child, staying: Child) -> None:
    other = twin(name="王小曼")
    merged(losing, staying)
    officer = signed_in("officer")

    for child in (other, staying):
        assert (
            refusal(officer, child, losing)
            == f"{losing.number} 已合并到另一条档案。请打开它，照那里写的编号填。"
        )


def test_a_record_that_counts_is_not_merged_into_a_draft(losing: Child) -> None:
    draft, other_draft = twin(consent=False), twin(name="王小曼", consent=False)

    assert refusal(signed_in("officer"), losing, draft) == (
        f"{draft.number} 还是待核，不计入数字。请反过来，把它合并到 {losing.number}；或者先给它补上监护人同意。"
    )
    merged(draft, losing)
    assert draft.status == ChildStatus.DRAFT
    merged(other_draft, losing)


def test_who_would_leave_the_register_is_said(losing: Child) -> None:
    gone = twin(ended=(date(2024, 6, 1), "03"))

    text = signed_in("officer").post(page(losing), asked(gone)).content.decode()

    assert f"{gone.number} 已经退出，合并后这名儿童不再在册。" in text
    assert "2020-03-01 至 2024-06-01（随父母外出（转流动儿童））" in text


def test_a_voided_record_is_not_merged(losing: Child, staying: Child) -> None:
    Child.objects.filter(pk=losing.pk).update(voided_on=date(2026, 1, 1), void_reason="误登记")
    officer = signed_in("officer")

    looked = officer.get(page(losing), follow=True)
    sent = officer.post(page(losing), confirmed(losing, staying))

    assert looked.redirect_chain == [(losing.get_absolute_url(), 302)]
    assert "这条档案已经作废，不能再合并。" in looked.content.decode()
    assert sent.status_code == 422
    assert "这条档案已经作废，不能再合并。" in sent.content.decode()
    assert not Child.objects.filter(merged_into__isnull=False).exists()


def test_number_and_reason_are_asked_for(losing: Child) -> None:
    response = signed_in("officer").post(page(losing), {"into": "", "why": ""})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"into", "why"}


def test_the_number_may_be_typed_as_it_is_read(losing: Child, staying: Child) -> None:
    typed = f" ｇｃ{staying.number[2:7]} {staying.number[7:]}"

    response = signed_in("officer").post(page(losing), asked(typed))

    assert response.context["both"].staying == staying


# --- who


@pytest.mark.parametrize(
    "username", ["township", "prefecture", "province", "admin", "leader", "auditor", "system"]
)
def test_who_may_not_write_children_may_not_merge(username: str, losing: Child, staying: Child) -> None:
    client = signed_in(username)

    assert client.get(page(losing)).status_code == 403
    for form in (asked(staying), confirmed(losing, staying)):
        assert client.post(page(losing), form).status_code == 403
    assert nothing_happened(staying)


def test_for_the_neighbour_neither_record_exists(losing: Child, staying: Child) -> None:
    own, neighbour = twin(ZHANG), signed_in("neighbour")

    for child in (losing, staying):
        assert neighbour.get(page(child)).status_code == 404
        assert neighbour.post(page(child), confirmed(child, own)).status_code == 404
        assert refusal(neighbour, own, child) == f"没有找到档案编号“{child.number}”，请核对。"
    assert nothing_happened(staying)


def test_staff_of_the_county_may_merge(losing: Child, staying: Child) -> None:
    response = signed_in("county").post(page(losing), confirmed(losing, staying))

    assert response.status_code == 302
    losing.refresh_from_db()
    assert losing.merged_into == staying


def test_a_record_beyond_ones_scope_is_not_named(losing: Child, staying: Child) -> None:
    merged(losing, staying)
    Child.objects.filter(pk=staying.pk).update(county=twin(ZHANG).county, division=twin(ZHANG).division)

    of_losing = signed_in("officer").get(losing.get_absolute_url()).content.decode()
    of_staying = signed_in("neighbour").get(staying.get_absolute_url()).content.decode()

    assert "已合并到另一条档案。这条档案不进任何名单和数字，历史保留。" in of_losing
    assert staying.number not in of_losing
    assert losing.number not in of_staying


# --- two at once


@pytest.mark.parametrize("changed", ["losing", "staying"])
def test_a_record_that_was_changed_meanwhile_is_shown_again(
    losing: Child, staying: Child, changed: str
) -> None:
    seen = confirmed(losing, staying)
    child = losing if changed == "losing" else staying
    child.village = "东门村"
    child.save_version(child.version)

    officer = signed_in("officer")
    again = officer.post(page(losing), seen)

    text = again.content.decode()
    assert again.status_code == 409
    assert "您对照的时候，别人改过其中一条档案，没有合并。请再看一遍，没有问题再确认。" in text
    assert "东门村" in text
    assert WHY in text
    assert not Child.objects.filter(merged_into__isnull=False).exists()
    hidden = {
        name: again.context["form"][name].value() for name in ("into", "why", "version", "into_version")
    }
    assert officer.post(page(losing), hidden).status_code == 302


def test_what_was_voided_meanwhile_is_not_merged(losing: Child, staying: Child) -> None:
    seen = confirmed(losing, staying)
    officer = signed_in("officer")
    for child in (losing, staying):
        officer.post(f"{child.get_absolute_url()}void/", {"why": "误登记", "version": child.version})

    response = officer.post(page(losing), seen)

    assert response.status_code == 422
    assert not Child.objects.filter(merged_into__isnull=False).exists()


def test_confirmed_twice_it_is_done_once(losing: Child, staying: Child) -> None:
    seen = confirmed(losing, staying)
    officer = signed_in("officer")

    answers = [officer.post(page(losing), seen).status_code for _time in range(2)]

    assert answers == [302, 422]
    assert Event.objects.filter(action=Action.END).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_each_into_the_other_exactly_one_does() -> None:
    one, other = twin(), twin(name="王晓满")
    forms = [(page(one), confirmed(one, other)), (page(other), confirmed(other, one))]
    clients = [signed_in("officer"), signed_in("county")]
    start, answers = threading.Barrier(2), []

    def work(client: Client, path: str, form: dict[str, Any]) -> None:
        start.wait()
        try:
            answers.append(client.post(path, form).status_code)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=work, args=(client, path, form))
        for client, (path, form) in zip(clients, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) in ([302, 409], [302, 422])
    assert Child.objects.in_force().count() == 1
    assert Child.objects.get(merged_into__isnull=False).merged_into == Child.objects.in_force().get()


def test_the_database_holds_that_a_merged_record_is_voided_and_not_its_own(
    losing: Child, staying: Child
) -> None:
    rows = Child.objects.filter(pk=losing.pk)

    for values in ({"merged_into": staying}, {"merged_into": losing, "voided_on": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


# --- an upload that names the losing record


def test_an_upload_that_names_it_is_told_which_record_stayed(officer, losing: Child, staying: Child) -> None:
    merged(losing, staying)

    upload = checked(
        officer, xlsx([["档案编号", "村（社区）"], [losing.number.lower(), "东门村"]]), "children"
    )

    problem = upload.problems.get().problem
    assert codes(upload) == ["E_RECORD_NUMBER_UNKNOWN"]
    assert problem.message == f"“{losing.number.lower()}”已合并到 {staying.number}"
    assert problem.remedy == f"把档案编号改成 {staying.number}，或者重新导出后再改"


def test_an_upload_of_another_county_is_told_nothing(neighbour, losing: Child, staying: Child) -> None:
    merged(losing, staying)

    upload = checked(neighbour, xlsx([["档案编号", "村（社区）"], [losing.number, "东门村"]]), "children")

    assert upload.problems.get().problem.message == f"没有找到档案编号“{losing.number}”"


def test_an_upload_is_not_told_of_a_record_that_stayed_in_another_county(
    officer, losing: Child, staying: Child
) -> None:
    merged(losing, staying)
    Child.objects.filter(pk=staying.pk).update(county=twin(ZHANG).county)

    upload = checked(officer, xlsx([["档案编号", "村（社区）"], [losing.number, "东门村"]]), "children")

    assert upload.problems.get().problem.message == f"没有找到档案编号“{losing.number}”"
