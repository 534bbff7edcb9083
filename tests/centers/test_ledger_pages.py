"""What happens to equipment: it is disposed of with signatures, lent and returned, counted once a year."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from centers.models import Center, Equipment, Loan, Stocktake
from tests.people import person
from tests.records import make_center, make_equipment

pytestmark = pytest.mark.django_db


def signed_in(username: str = "officer") -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def center() -> Center:
    return make_center()


@pytest.fixture
def books(center: Center) -> Equipment:
    """30 books of 25 yuan each."""
    return make_equipment(
        center, category="04", item="少儿百科", quantity=Decimal(30), unit="册", unit_price=Decimal(25),
        amount=Decimal(750), asset_no="TS-L01",
    )  # fmt: skip


# --- disposal


def dispose(item: Equipment, **values: Any) -> Any:
    form = {
        "disposal": "scrapped", "quantity": "3", "disposed_on": "2026-06-30", "keeper": "王秀英", "head": "刘建平",
        "approver": "赵玉兰", "why": "破损", "version": item.version,
    }  # fmt: skip
    return signed_in().post(f"/centers/equipment/{item.number}/dispose/", form | values)


def test_a_part_that_leaves_is_a_record_of_its_own(books: Equipment) -> None:
    response = dispose(books)

    assert response.status_code == 302, response.content.decode()
    books.refresh_from_db()
    gone = Equipment.objects.exclude(pk=books.pk).get()
    assert (books.quantity, books.amount, books.condition) == (27, Decimal("675.00"), "good")
    assert (gone.quantity, gone.amount, gone.asset_no, gone.origin) == (
        3,
        Decimal("75.00"),
        "TS-L01/1",
        books,
    )
    assert (gone.condition, gone.disposal, gone.disposed_on) == ("scrapped", "scrapped", date(2026, 6, 30))
    assert (gone.disposal_keeper, gone.disposal_head, gone.disposal_approver) == (
        "王秀英",
        "刘建平",
        "赵玉兰",
    )
    before, after = (Equipment.objects.on_hand_on(date(2026, 6, day)) for day in (29, 30))
    assert [sum(one.quantity for one in rows) for rows in (before, after)] == [30, 27]
    page = signed_in().get(f"/centers/equipment/{gone.number}/").content.decode()
    assert "报废" in page
    assert "赵玉兰" in page


def test_all_of_it_leaves_as_one_record(books: Equipment) -> None:
    assert dispose(books, quantity="30", disposal="lost").status_code == 302

    books.refresh_from_db()
    assert (books.quantity, books.condition, Equipment.objects.count()) == (30, "lost", 1)
    assert books.history.first().history_change_reason == "破损"


def test_what_another_center_takes_over_is_moved_in_there(books: Equipment) -> None:
    other = make_center("621124100", name="洮阳镇第二之家")

    assert dispose(books, disposal="moved", quantity="10", into=other.name).status_code == 302

    came = other.equipment.get()
    assert (came.quantity, came.obtained, came.obtained_on) == (10, "moved_in", date(2026, 6, 30))
    assert (came.amount, came.division, came.origin.disposal) == (Decimal("250.00"), other.division, "moved")
    on_hand = Equipment.objects.on_hand_on(date(2026, 6, 30))
    assert sum(one.quantity for one in on_hand) == 30


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": "31"}, "处置数量不能大于在账的 30。"),
        ({"quantity": "0"}, "处置数量要大于0。"),
        ({"approver": ""}, "这个字段是必填项。"),
        ({"disposed_on": "2009-01-01"}, "处置日期早于购置（接收）日期，请核对。"),
        ({"disposed_on": "2099-01-01"}, "日期还没有到。"),
        ({"into": "洮阳镇留守儿童之家", "disposal": "moved"}, "已经在这个中心，请填另一个中心。"),
        ({"version": "7"}, "这条记录刚刚被别人改过，请返回看过新的内容再操作。"),
    ],
)
def test_a_disposal_that_does_not_fit_is_said(books: Equipment, values: dict, sentence: str) -> None:
    response = dispose(books, **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Equipment.objects.count() == 1


def test_what_is_gone_is_not_disposed_of_twice(books: Equipment) -> None:
    dispose(books, quantity="30")
    books.refresh_from_db()

    response = dispose(books)

    assert response.status_code == 422
    assert "这条记录已经不在账上，不能再次处置。" in response.content.decode()


def test_the_form_leaves_disposal_to_its_page(books: Equipment) -> None:
    form = signed_in().get(f"/centers/equipment/{books.number}/edit/").content.decode()

    assert 'value="scrapped"' not in form
    assert "丢失、报废、调出、捐出的，在物品页面上点“处置”" in form


# --- loans


def lend(item: Equipment, **values: Any) -> Any:
    form = {"borrower": "李某", "quantity": "2", "lent_on": "2026-05-04", "due_on": "2026-06-04"}
    return signed_in().post(f"/centers/equipment/{item.number}/lend/", form | values)


@time_machine.travel("2026-11-23T09:00:00+08:00", tick=False)
def test_lent_out_overdue_and_back(books: Equipment) -> None:
    assert lend(books).status_code == 302
    loan, officer = Loan.objects.get(), signed_in()

    assert "逾期未还" in officer.get(f"/centers/equipment/{books.number}/").content.decode()
    assert books.item in officer.get("/centers/equipment/?loan=overdue").content.decode()
    form = {"loan": loan.pk, "returned_on": "2026-06-20", "note": "缺一页"}
    assert officer.post(f"/centers/equipment/{books.number}/return/", form).status_code == 302
    loan.refresh_from_db()
    assert (loan.returned_on, loan.note) == (date(2026, 6, 20), "缺一页")
    assert f">{books.item}<" not in officer.get("/centers/equipment/?loan=out").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": "31"}, "能借出的还有 30，请核对。"),
        ({"due_on": "2026-05-01"}, "应还日期早于借出日期，请核对。"),
        ({"lent_on": "2099-05-01", "due_on": "2099-06-01"}, "日期还没有到。"),
    ],
)
def test_a_loan_that_does_not_fit_is_said(books: Equipment, values: dict, sentence: str) -> None:
    response = lend(books, **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Loan.objects.exists()


def test_what_is_lent_can_neither_be_lent_again_nor_disposed_of(books: Equipment) -> None:
    lend(books, quantity="28")

    assert "能借出的还有 2，请核对。" in lend(books, quantity="3").content.decode()
    assert "还有 28 借出未还，请先办理归还。" in dispose(books).content.decode()


def test_it_comes_back_after_it_went(books: Equipment) -> None:
    lend(books)

    form = {"loan": Loan.objects.get().pk, "returned_on": "2026-05-01"}
    response = signed_in().post(f"/centers/equipment/{books.number}/return/", form)

    assert response.status_code == 422
    assert "归还日期早于借出日期 2026-05-04，请核对。" in response.content.decode()


# --- the yearly count


def count(center: Center, *lines: tuple[Equipment, str, str], **values: Any) -> Any:
    form: dict[str, Any] = {"counted_on": "2026-07-03", "counted_by": "王秀英、李建国"}
    for item, counted, why in lines:
        form |= {
            f"{item.number}-book": "30",
            f"{item.number}-counted": counted,
            f"{item.number}-explanation": why,
        }
    return signed_in().post(f"/centers/{center.number}/stocktake/", form | values)


def test_a_center_is_counted_at_once(center: Center, books: Equipment) -> None:
    other = make_equipment(center, quantity=Decimal(30))

    response = count(center, (books, "28", "借出未还两册"), (other, "", ""))

    assert response.status_code == 302, response.content.decode()
    taken = Stocktake.objects.get()
    assert (taken.equipment, taken.book, taken.counted, taken.difference) == (books, 30, 28, -2)
    assert (taken.counted_by, taken.explanation) == ("王秀英、李建国", "借出未还两册")
    assert "−2" in signed_in().get(f"/centers/equipment/{books.number}/").content.decode()
    assert "最近一次盘点：2026-07-03" in signed_in().get(f"/centers/{center.number}/").content.decode()


def test_the_same_day_again_corrects_the_count(center: Center, books: Equipment) -> None:
    count(center, (books, "28", "少两册"))

    assert count(center, (books, "30", "")).status_code == 302
    assert [(one.counted, one.explanation) for one in Stocktake.objects.all()] == [(30, "")]
    assert Stocktake.history.count() == 2


@pytest.mark.parametrize(
    ("line", "values", "sentence"),
    [
        (("28", ""), {}, "实盘数和账面数不同，请写明原因。"),
        (("", ""), {}, "一个实盘数也没有填。"),
        (("30", ""), {"counted_on": "2099-01-01"}, "日期还没有到。"),
    ],
)
def test_a_count_that_does_not_fit_is_said(
    center: Center, books: Equipment, line: tuple[str, str], values: dict, sentence: str
) -> None:
    response = count(center, (books, *line), **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Stocktake.objects.exists()


def test_a_ledger_that_changed_meanwhile_is_counted_anew(center: Center, books: Equipment) -> None:
    Equipment.objects.update(quantity=29)

    response = count(center, (books, "30", ""))

    assert response.status_code == 422
    assert "账面数刚刚变了，请按新的账面数核对。" in response.content.decode()


@time_machine.travel("2026-11-23T09:00:00+08:00", tick=False)
def test_the_list_finds_what_was_not_counted_and_what_differs(center: Center, books: Equipment) -> None:
    other = make_equipment(center, item="台式电脑", quantity=Decimal(30))
    count(center, (books, "28", "少两册"), (other, "", ""))

    def found(stocktake: str) -> list[str]:
        page = signed_in().get(f"/centers/equipment/?stocktake={stocktake}")
        return [row.record.item for row in page.context["table"].rows]

    assert found("uncounted") == [other.item]
    assert found("counted") == found("differing") == [books.item]


def test_a_center_without_equipment_says_what_to_do(center: Center) -> None:
    page = signed_in().get(f"/centers/{center.number}/stocktake/").content.decode()

    assert "先登记设备物资，再来盘点。" in page


# --- the telephone


def test_the_telephone_is_shown_for_a_reason_and_logged(officer, center: Center) -> None:
    from gansu_care.trail.models import Event

    center.manager_phone = "13800000000"
    center.save()
    client = signed_in()

    assert "138****0000" in client.get(f"/centers/{center.number}/").content.decode()
    refused = client.post(f"/centers/{center.number}/phone/", {"reason": "other"})
    shown = client.post(
        f"/centers/{center.number}/phone/", {"reason": "work"}, headers={"Accept": "application/json"}
    )

    assert (refused.status_code, shown.json()["value"]) == (400, "13800000000")
    event = Event.objects.get(action="unmask")
    assert (event.kind, event.number, event.reason) == ("center.manager_phone", center.number, "联系工作")
