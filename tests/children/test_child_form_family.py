"""Parents, grandparents and carer on a child's form: added, changed, taken out, and who was faster."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from children.models import Child, Grandparent
from tests.children.child_form import edited, filled, signed_in
from tests.people import TAOYANG
from tests.records import division, invented_id_number, make_child

pytestmark = pytest.mark.django_db
ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)
ADULT = invented_id_number(date(1988, 1, 1), 5)


@pytest.fixture
def child(db: None) -> Child:
    """Her grandmother and her father's telephone are known."""
    child = make_child(id_number=ID_NUMBER)
    Grandparent.objects.create(child=child, relation="62", name="李桂英", birth_date=date(1952, 3, 4))
    father = child.parents.get(kind="father")
    father.phone = "13800000001"
    father.save()
    return child


def form_of(child: Child, **values: Any) -> dict[str, Any]:
    """The form as it is shown, other fields as given."""
    grandmother = child.grandparents.filter(relation="62").first() or Grandparent()
    shown = {
        "mother-since": str(child.parents.get(kind="mother").states.get(until=None).since),
        "father-phone": "138****0001",
        "grandmother-name": grandmother.name,
        "grandmother-birth_date": grandmother.birth_date or "",
        "grandmother-deceased": "on" if grandmother.deceased else "",
    }
    return edited(child, **(shown | values))


def sent(child: Child, **values: Any) -> Any:
    return signed_in("officer").post(f"/children/{child.number}/edit/", form_of(child, **values))


def grandparents(child: Child) -> dict[str, tuple[str, date | None, bool]]:
    return {one.relation: (one.name, one.birth_date, one.deceased) for one in child.grandparents.all()}


GRANDMOTHER = ("李桂英", date(1952, 3, 4), False)


# --- grandparents


def test_the_form_shows_the_four_grandparents(child: Child) -> None:
    shown = signed_in("officer").get(f"/children/{child.number}/edit/").content.decode()

    for relation in ("祖父", "祖母", "外祖父", "外祖母"):
        for what in ("姓名", "出生日期", "已去世"):
            assert f"{relation}：{what}" in shown
    assert 'value="李桂英"' in shown
    assert 'value="1952-03-04"' in shown


def test_a_child_is_registered_with_her_grandparents() -> None:
    form = filled(**{"grandfather-name": "—", "maternal_grandmother-name": "周秀英"})

    assert signed_in("officer").post("/children/new/", form).status_code == 302

    assert grandparents(Child.objects.get()) == {"61": ("", None, True), "64": ("周秀英", None, False)}


def test_a_grandparent_is_added_and_the_others_keep_their_history(child: Child) -> None:
    added = {"maternal_grandfather-name": "周老汉", "maternal_grandfather-birth_date": "1950-01-01"}

    assert sent(child, **added, change_reason="入户核实").status_code == 302

    assert grandparents(child) == {"62": GRANDMOTHER, "63": ("周老汉", date(1950, 1, 1), False)}
    snapshot = child.grandparents.get(relation="63").history.get()
    assert (snapshot.history_type, snapshot.history_change_reason) == ("+", "入户核实")
    assert snapshot.history_user.username == "officer"
    assert child.grandparents.get(relation="62").history.count() == 1


def test_what_was_not_changed_gets_no_line_of_history(child: Child) -> None:
    sent(child, **{"carer-name": "孙某", "carer-relation": "62"})
    parts = [*child.parents.all(), child.consent, child.carers.get(), child.grandparents.get()]
    before = [part.history.count() for part in parts]
    child.refresh_from_db()

    assert sent(child, village="北门村").status_code == 302

    assert [part.history.count() for part in parts] == before


def test_a_grandparent_is_changed_with_history_and_the_records_version_rises(child: Child) -> None:
    assert (
        sent(child, **{"grandmother-birth_date": "1953-03-04", "grandmother-deceased": "on"}).status_code
        == 302
    )

    assert grandparents(child) == {"62": ("李桂英", date(1953, 3, 4), True)}
    now, before = child.grandparents.get().history.all()
    assert (before.birth_date, before.deceased, now.history_type) == (date(1952, 3, 4), False, "~")
    child.refresh_from_db()
    assert child.version == 2
    record = signed_in("officer").get(child.get_absolute_url()).content.decode()
    assert '李桂英　<span class="sub">已去世</span>' in record
    assert "1953-03-04" in record


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("—", ("", None, True)),
        ("周老汉（已故）", ("周老汉", None, True)),
        ("周·老汉", ("周·老汉", None, False)),
    ],
)
def test_a_dash_says_that_she_is_dead_as_on_paper(child: Child, name: str, stored: tuple) -> None:
    sent(child, **{"grandfather-name": name})

    assert grandparents(child)["61"] == stored


def test_a_grandparent_is_taken_out_and_her_history_stays(child: Child) -> None:
    emptied = {"grandmother-name": "", "grandmother-birth_date": "", "grandmother-deceased": ""}

    assert sent(child, **emptied, change_reason="登记错了").status_code == 302

    assert grandparents(child) == {"62": ("", None, False)}
    client = signed_in("officer")
    assert "祖辈" not in client.get(child.get_absolute_url()).content.decode()
    history = client.get(f"{child.get_absolute_url()}history/").content.decode()
    assert "李桂英" in history
    assert "登记错了" in history


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("grandfather-name", "周老汉2", "“周老汉2”不像一个人的名字。填户口本上的姓名。"),
        (
            "grandfather-name",
            "周*汉",
            "格子里是打了星号的内容，和登记的对不上。不改就留空；要改请填上完整内容。",
        ),
        ("grandfather-name", "周老汉（62岁）", "名字后面还写了“62岁”。请删去；要保留的，写到备注里。"),
        ("grandfather-birth_date", "2099-01-01", "日期在将来。核对年份后重新填写。"),
        ("grandfather-birth_date", "1950-13-01", "输入一个有效的日期。"),
    ],
)
def test_a_grandparent_that_cannot_be_is_refused_and_nothing_written(
    child: Child, field: str, value: str, sentence: str
) -> None:
    response = sent(child, **{field: value, "village": "北门村"})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert grandparents(child) == {"62": GRANDMOTHER}
    child.refresh_from_db()
    assert (child.village, child.version) == ("", 1)


def test_beyond_the_county_the_record_masks_grandparents(child: Child) -> None:
    shown = signed_in("prefecture").get(child.get_absolute_url()).content.decode()

    assert "李*英" in shown
    assert "1952-**-**" in shown
    assert "李桂英" not in shown
    assert "1952-03-04" not in shown


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("neighbour", 404),
        ("township", 403),
        ("prefecture", 403),
        ("province", 403),
        ("leader", 403),
        ("auditor", 403),
    ],
)
def test_who_may_not_write_the_child_may_not_write_her_grandparents(
    child: Child, username: str, status: int
) -> None:
    form = form_of(child, **{"grandfather-name": "周老汉"})

    assert signed_in(username).post(f"/children/{child.number}/edit/", form).status_code == status
    assert grandparents(child) == {"62": GRANDMOTHER}


# --- sealed values of the family


def test_a_telephone_sent_back_as_its_mask_keeps_its_ciphertext(child: Child) -> None:
    token = bytes(child.parents.get(kind="father").phone.token)

    assert sent(child, **{"grandfather-name": "周老汉"}).status_code == 302

    assert bytes(child.parents.get(kind="father").phone.token) == token


def test_the_same_telephone_typed_out_keeps_its_ciphertext_too(child: Child) -> None:
    token = bytes(child.parents.get(kind="father").phone.token)

    assert sent(child, **{"father-phone": "138 0000 0001"}).status_code == 302

    father = child.parents.get(kind="father")
    assert (bytes(father.phone.token), father.phone.open()) == (token, "13800000001")


def test_a_telephone_is_stored_as_an_upload_would_store_it(child: Child) -> None:
    new = {"mother-phone": "1380000-0002，13800000003", "carer-phone": "（0931）0000000"}

    assert sent(child, **new, village_contact_phone="+86 13800000004").status_code == 302

    child.refresh_from_db()
    assert child.parents.get(kind="mother").phone.open() == "13800000002、13800000003"
    assert child.carers.get().phone.open() == "0931-0000000"
    assert child.village_contact_phone.open() == "13800000004"


@pytest.mark.parametrize("field", ["father-phone", "mother-phone", "carer-phone", "village_contact_phone"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1380000", "不是完整的电话号码。手机填 11 位，座机带区号，如 0931-0000000；多个号码用顿号分开。"),
        ("13800000002王主任", "号码旁边还写了“王主任”。请删去；要保留的，写到备注里。"),
        ("139****0009", "带星号的内容不能保存。要改就填完整的，不改就保留原样。"),
    ],
)
def test_a_bad_telephone_is_refused_and_nothing_written(
    child: Child, field: str, value: str, sentence: str
) -> None:
    response = sent(child, **{field: value, "village": "北门村"})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    child.refresh_from_db()
    assert (child.village, child.version) == ("", 1)
    assert child.parents.get(kind="father").phone.open() == "13800000001"


@pytest.mark.parametrize("field", ["father-id_number", "carer-id_number"])
def test_an_adults_id_number_is_checked_as_in_an_upload(child: Child, field: str) -> None:
    refused = sent(child, **{field: ADULT[:-1] + ("0" if ADULT[-1] != "0" else "1")})
    taken = sent(child, **{field: f"{ADULT[:6]} {ADULT[6:14]} {ADULT[14:]}"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "身份证号末位校验不对，有数字录错了。照户口本核对后重新录入。" in refused.content.decode()
    person = child.parents.get(kind="father") if field.startswith("father") else child.carers.get()
    assert person.id_number.open() == ADULT


# --- two at once


def test_of_two_people_who_change_the_family_the_second_sees_both_values(child: Child) -> None:
    first = form_of(child, **{"grandmother-name": "李桂花", "father-phone": "13800000009"})
    second = form_of(
        child,
        **{"grandfather-name": "周老汉", "father-phone": "13800000008", "father-work_place": "浙江宁波"},
    )
    signed_in("officer").post(f"/children/{child.number}/edit/", first)

    response = signed_in("county").post(f"/children/{child.number}/edit/", second)

    assert response.status_code == 409
    assert response.context["form"].clashes == [
        ("父亲：联系电话", "138****0009", "138****0008"),
        ("父亲：务工地点（省、市）", "江苏苏州", "浙江宁波"),
        ("祖父：姓名", "", "周老汉"),
        ("祖母：姓名", "李桂花", "李桂英"),
    ]
    assert grandparents(child) == {"62": ("李桂花", date(1952, 3, 4), False)}
    again = typed_into(response)
    assert (again["grandfather-name"], again["father-phone"], again["version"]) == (
        "周老汉",
        "13800000008",
        "2",
    )
    assert signed_in("county").post(f"/children/{child.number}/edit/", again).status_code == 302
    assert grandparents(child) == {"61": ("周老汉", None, False), "62": GRANDMOTHER}


def typed_into(response: Any) -> dict[str, Any]:
    """What the browser would send of the form in this answer."""
    form = response.context["form"]
    fields = [field for one in (form, *form.parts) for field in one]
    assert all(f'name="{field.html_name}"' in response.content.decode() for field in fields)
    return {field.html_name: field.value() for field in fields if field.value() not in (None, False)}


def test_each_card_of_the_form_is_named_by_its_own_heading(child: Child) -> None:
    shown: str = signed_in("officer").get(f"/children/{child.number}/edit/").content.decode()
    names = [part.split('"')[0] for part in shown.split('aria-labelledby="')[1:]]

    assert len(set(names)) == len(names)
    assert all(shown.count(f' id="{name}"') == 1 for name in names)


def test_a_household_registered_in_a_township_stays_when_something_else_is_changed(child: Child) -> None:
    child.household_division = division(TAOYANG)
    child.save()
    shown = signed_in("officer").get(f"/children/{child.number}/edit/").context["form"]["household_division"]

    assert sent(child, household_division=shown.value(), village="北门村").status_code == 302

    child.refresh_from_db()
    assert f'<option value="{child.household_division_id}" selected>' in str(shown)
    assert (child.household_division.code, child.village) == (TAOYANG, "北门村")


def test_not_signed_in_nothing_is_written(child: Child) -> None:
    response = Client().post(
        f"/children/{child.number}/edit/", form_of(child, **{"grandfather-name": "周老汉"})
    )

    assert response.headers["Location"].startswith("/sign-in/")
    assert grandparents(child) == {"62": GRANDMOTHER}
