"""What cannot be merged, and what the form says of it."""

from datetime import date

import pytest

from children.models import Child, ChildStatus
from tests.children.child_form import signed_in
from tests.children.merging.twins import asked, confirmed, merged, page, refusal, twin
from tests.people import ZHANG

pytestmark = pytest.mark.django_db


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
