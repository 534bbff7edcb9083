"""Sealed columns: unreadable in the database, masked when printed, found exactly, moved nowhere."""

from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from children.models import Child
from gansu_care.sealed import cipher
from gansu_care.sealed.masks import is_masked, mask_id_number, mask_name, mask_phone
from tests.records import invented_id_number, make_child

pytestmark = pytest.mark.django_db
ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)


def column(name: str, table: str = "children_child") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table}")
        value = cursor.fetchone()[0]
    return value.encode() if isinstance(value, str) else bytes(value)


def test_the_database_holds_no_clear_text() -> None:
    make_child(id_number=ID_NUMBER)

    assert ID_NUMBER.encode() not in column("id_number")
    assert ID_NUMBER.encode() not in column("id_number_digest")
    assert ID_NUMBER.encode() not in column("id_number", "children_historicalchild")


def test_printing_shows_the_mask_and_open_the_value() -> None:
    make_child(id_number=ID_NUMBER)

    number = Child.objects.get().id_number
    assert str(number) == f"{number}" == mask_id_number(ID_NUMBER)
    assert ID_NUMBER not in repr(number)
    assert number.open() == ID_NUMBER


def test_exact_search_goes_by_the_digest() -> None:
    child = make_child(id_number=ID_NUMBER)

    assert Child.objects.get(id_number=ID_NUMBER) == child
    assert not Child.objects.filter(id_number=invented_id_number(date(2010, 9, 1), 5)).exists()
    assert Child.objects.filter(id_number=None).count() == 0


@pytest.mark.parametrize("lookup", ["contains", "startswith", "gt", "in", "iexact", "regex", "prefix"])
def test_every_other_look_up_is_refused(lookup: str) -> None:
    with pytest.raises(FieldError):
        list(Child.objects.filter(**{f"id_number__{lookup}": "6201"}))


def test_an_unchanged_value_keeps_its_ciphertext_and_history_the_same_one() -> None:
    make_child(id_number=ID_NUMBER)
    before = column("id_number")

    child = Child.objects.get()
    child.id_number = ID_NUMBER
    child.village = "南门村"
    child.save()

    assert column("id_number") == before
    assert {bytes(row.id_number.token) for row in Child.history.all()} == {before}


def test_a_changed_value_changes_its_digest_on_every_way_of_writing() -> None:
    make_child(id_number=ID_NUMBER)
    other = invented_id_number(date(2010, 9, 1), 5)

    child = Child.objects.get()
    child.id_number = other
    Child.objects.bulk_update([child], ["id_number", "id_number_digest"])

    assert Child.objects.filter(id_number=other).exists()
    assert not Child.objects.filter(id_number=ID_NUMBER).exists()


def test_a_token_cannot_be_moved_to_another_field() -> None:
    token = cipher.seal(b"13800000000", "children.parent.phone")

    assert cipher.unseal(token, "children.parent.phone") == b"13800000000"
    with pytest.raises(cipher.CannotOpen):
        cipher.unseal(token, "children.carer.phone")


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_damaged_token_is_not_opened(place: int) -> None:
    token = bytearray(cipher.seal(b"13800000000", "x"))
    token[place] ^= 1

    with pytest.raises(cipher.CannotOpen):
        cipher.unseal(bytes(token), "x")


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (mask_id_number("620100201009010013"), "6201**********0013"),
        (mask_phone("13800000000"), "138****0000"),
        (mask_phone("13800000000、0931-0000000"), "138****0000、0931-****000"),
        (mask_name("张三"), "张*"),
        (mask_name("阿依古丽·买买提"), "阿*提"),
    ],
)
def test_masks(masked: str, expected: str) -> None:
    assert masked == expected
    assert is_masked(masked)
