"""The list kept in mind: a list that another process loaded is noticed."""

import pytest

from gansu_care.divisions import book as book_module
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Edition

pytestmark = pytest.mark.django_db


def rename_as_another_process_would() -> None:
    Division.objects.filter(code="621124").update(name="临洮市")
    Edition.objects.create(edition="2027", sha256="0" * 64)


def test_a_new_edition_is_noticed_after_a_while(monkeypatch):
    assert book().by_code["621124"].name == "临洮县"
    rename_as_another_process_would()
    assert book().by_code["621124"].name == "临洮县"
    monkeypatch.setattr(book_module, "RECHECK_SECONDS", 0)
    assert book().by_code["621124"].name == "临洮市"


def test_names_and_paths_out_of_the_book_ask_no_database(django_assert_num_queries):
    township = book().by_code["621124100"]
    with django_assert_num_queries(0):
        assert township.full_name == "甘肃省定西市临洮县洮阳镇"
        assert township.county.name == "临洮县"
        assert township.prefecture.name == "定西市"
