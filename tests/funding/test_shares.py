"""A receipt of several sources: what each gave, or that nobody knows."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from funding.models import Receipt, Source
from gansu_care.spreadsheets.kinds import kind_of
from tests.people import person
from tests.records import division, make_receipt, make_source
from tests.uploading import checked, counts, places, written, xlsx

pytestmark = pytest.mark.django_db

AMOUNT = Decimal("120000.00")


@pytest.fixture
def acwf() -> Source:
    return make_source("全国妇联", "acwf")


@pytest.fixture
def cctf() -> Source:
    return make_source("中国儿童少年基金会", "cctf")


@pytest.fixture
def county_budget() -> Source:
    return make_source("县区财政", "county")


def send(path: str = "new/", **values: Any) -> Any:
    client = Client()
    client.force_login(person("province"))
    form = {
        "division": str(division("620000").pk),
        "received_on": "2015-07-01",
        "amount": "120000",
        "in_kind": "0",
    }
    return client.post(f"/funding/receipts/{path}", form | values)


def given(**amounts: tuple[Source, str]) -> dict[str, Any]:
    """Ticks for these sources, with what is filled in beside them."""
    sources = {f"given_by-{source.pk}": text for source, text in amounts.values()}
    return {"given_by": [str(source.pk) for source, _text in amounts.values()], **sources}


def shares(receipt: Receipt) -> dict[str, Decimal | None]:
    return dict(receipt.shares.values_list("source__kind", "amount"))


def test_both_amounts_are_known(acwf, cctf) -> None:
    response = send(**given(a=(acwf, "100,000"), b=(cctf, "20000.00")))

    assert response.status_code == 302, response.content.decode()
    assert shares(Receipt.objects.get()) == {"acwf": 100000, "cctf": 20000}


def test_of_several_only_one_is_open(acwf, cctf) -> None:
    """The one that is open gave what the other did not."""
    send(**given(a=(acwf, "100000"), b=(cctf, "")))

    assert shares(Receipt.objects.get()) == {"acwf": 100000, "cctf": 20000}


def test_some_are_open_and_some_are_known(acwf, cctf, county_budget) -> None:
    send(**given(a=(acwf, "100000"), b=(cctf, ""), c=(county_budget, "")))

    assert shares(Receipt.objects.get()) == {"acwf": 100000, "cctf": None, "county": None}
    assert Receipt.objects.of_unknown_split().exists()


def test_one_source_gave_the_whole(acwf) -> None:
    send(**given(a=(acwf, "")))

    assert shares(Receipt.objects.get()) == {"acwf": AMOUNT}


def test_an_amount_without_a_tick_counts(acwf, cctf) -> None:
    send(given_by=[str(acwf.pk)], **{f"given_by-{cctf.pk}": "20000"})

    assert shares(Receipt.objects.get()) == {"acwf": 100000, "cctf": 20000}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (
            "100000",
            "10000",
            "各来源金额合计 110,000.00 元，和到账金额 120,000.00 元相差 10,000.00 元，请核对。",
        ),
        (
            "120000",
            "",
            "已填的来源金额合计 120,000.00 元，到账金额 120,000.00 元没有余下的分给其他来源，请核对。",
        ),
        ("-5", "", "全国妇联的金额要填大于0的数，最多两位小数；不详的留空。"),
        ("约十万", "", "全国妇联的金额要填大于0的数，最多两位小数；不详的留空。"),
        ("1.005", "", "全国妇联的金额要填大于0的数，最多两位小数；不详的留空。"),
        ("NaN", "", "全国妇联的金额要填大于0的数，最多两位小数；不详的留空。"),
    ],
)
def test_what_does_not_add_up_is_said(acwf, cctf, first: str, second: str, sentence: str) -> None:
    response = send(**given(a=(acwf, first), b=(cctf, second)))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Receipt.objects.exists()


def test_one_source_with_another_amount(acwf) -> None:
    response = send(**given(a=(acwf, "5")))

    assert "只有一个来源，它的金额应等于到账金额 120,000.00 元。" in response.content.decode()


@pytest.mark.parametrize(
    ("ticks", "sentence"),
    [([], "请至少选一个资金来源。"), (["999"], "有的资金来源不在名单里，请重新选。")],
)
def test_no_source_and_one_that_is_none(acwf, ticks: list[str], sentence: str) -> None:
    response = send(given_by=ticks)

    assert response.status_code == 422
    assert sentence in response.content.decode()


# --- edited


@pytest.fixture
def receipt(acwf, cctf) -> Receipt:
    receipt = make_receipt("620000", acwf, cctf, amount=AMOUNT)
    receipt.shares.filter(source=acwf).update(amount=100000)
    receipt.shares.filter(source=cctf).update(amount=20000)
    return receipt


def edit(receipt: Receipt, **values: Any) -> Any:
    return send(f"{receipt.number}/edit/", version=receipt.version, **values)


def test_a_source_is_taken_away_and_another_added_with_its_trace(receipt, acwf, cctf, county_budget) -> None:
    response = edit(receipt, change_reason="更正来源", **given(a=(acwf, "90000"), b=(county_budget, "30000")))

    assert response.status_code == 302, response.content.decode()
    assert shares(receipt) == {"acwf": 90000, "county": 30000}
    client = Client()
    client.force_login(person("province"))
    history = client.get(f"/funding/receipts/{receipt.number}/history/").content.decode()
    assert "更正来源" in history
    assert "县区财政" in history
    page = client.get(f"/funding/receipts/{receipt.number}/").content.decode()
    assert "90,000.00" in page
    assert "30,000.00" in page


def test_another_amount_must_be_shared_anew(receipt, acwf, cctf) -> None:
    response = edit(receipt, amount="130000", **given(a=(acwf, "100000"), b=(cctf, "20000")))

    assert response.status_code == 422
    assert "相差 10,000.00 元" in response.content.decode()


def test_who_comes_second_sees_both_splits(receipt, acwf, cctf) -> None:
    edit(receipt, **given(a=(acwf, "60000"), b=(cctf, "60000")))

    response = edit(receipt, **given(a=(acwf, "110000"), b=(cctf, "10000")))

    assert response.status_code == 409
    page = response.content.decode()
    assert "全国妇联 60,000.00、中国儿童少年基金会 60,000.00" in page
    assert "全国妇联 110,000.00、中国儿童少年基金会 10,000.00" in page
    assert shares(receipt) == {"acwf": 60000, "cctf": 60000}


def test_a_source_put_out_of_use_stays_on_its_receipt(receipt, acwf, cctf) -> None:
    Source.objects.filter(pk=cctf.pk).update(in_use=False)

    assert edit(receipt, **given(a=(acwf, "100000"), b=(cctf, "20000"))).status_code == 302
    assert shares(receipt) == {"acwf": 100000, "cctf": 20000}


def test_the_page_says_what_is_not_known(acwf, cctf) -> None:
    receipt = make_receipt("620000", acwf, cctf, amount=AMOUNT)
    client = Client()
    client.force_login(person("province"))

    page = client.get(f"/funding/receipts/{receipt.number}/").content.decode()

    assert page.count("分摊不详") == 2
    assert "分摊不详" in client.get("/funding/").content.decode()


# --- by workbook


def test_a_split_survives_the_way_out_and_back(province, receipt) -> None:
    resource = kind_of("funding").resources[0]()
    rows = list(resource.export_rows(Receipt.objects.all(), province))

    upload = checked(province, xlsx([resource.export_headers(), *rows]), "funding")

    assert counts(upload) == {"same": 1}
    assert shares(receipt) == {"acwf": 100000, "cctf": 20000}


def test_another_sum_alone_is_refused_where_the_split_is_known(province, receipt) -> None:
    head = ["档案编号", "金额", "到账日期"]
    upload = checked(province, xlsx([head, [receipt.number, 130000, "2009-05-01"]]), "funding")
    other = [receipt.number, 130000, "2009-05-01", "县区财政"]
    resourced = written(province, xlsx([[*head, "资金来源"], other]), "funding")

    assert places(upload) == ["B2 E_SPLIT_KNOWN"]
    assert resourced.changed == 1
    assert shares(receipt) == {"county": 130000}
