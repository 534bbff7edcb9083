"""The suite's own footing: the people stand where they should, and the divisions survive a test that empties tables."""

import pytest
from django.urls import reverse

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import standing
from tests.browser import sign_in
from tests.people import PEOPLE, person


@pytest.mark.django_db
@pytest.mark.parametrize("username", PEOPLE)
def test_everyone_stands_at_the_division_of_the_role(username: str) -> None:
    user = person(username)
    role, code, _ = PEOPLE[username]
    assert (user.role, standing(user).code) == (role, code)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_divisions_are_there_after_a_test_that_emptied_the_tables(time: str) -> None:
    assert Division.objects.get(code="621124").full_name == "甘肃省定西市临洮县"


def test_a_page_opens_signed_in(page_as) -> None:
    page = page_as("officer")
    page.goto("/")
    assert page.url.endswith("/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_a_person_signs_in_by_the_form(officer, new_page) -> None:
    page = new_page()
    sign_in(page, "officer")
    assert reverse("account_login") not in page.url
