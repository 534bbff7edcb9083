"""A child's form as it is filled in on the page, and the people who send it."""

from datetime import date
from typing import Any

from django.test import Client

from children.models import Child
from tests.people import person
from tests.records import division, invented_id_number


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def filled(**values: Any) -> dict[str, Any]:
    """The form of a boy born on 1 September 2016, registered in 2026, both parents away."""
    return {
        "name": "赵小满",
        "sex": "1",
        "ethnic_group": "01",
        "birth_date": "2016-09-01",
        "id_number": invented_id_number(date(2016, 9, 1), 1),
        "document_type": "1",
        "household_registered": "on",
        "division": str(division("621124").pk),
        "schooling": "primary",
        "registered_on": "2026-03-01",
        "guardianship_type": "4",
        "carer_entrusted": "true",
        "father-name": "赵某",
        "father-condition": "away",
        "father-since": "2025-02-01",
        "father-work_place": "江苏苏州",
        "mother-name": "钱某",
        "mother-condition": "away",
        "carer-name": "孙某",
        "carer-relation": "62",
        "consent-given": "on",
        "consent-given_by": "赵某",
        "consent-capacity": "parent",
        "consent-given_on": "2026-03-01",
    } | values


def edited(child: Child, **values: Any) -> dict[str, Any]:
    shown = {
        "name": child.name,
        "birth_date": "2010-09-01",
        "id_number": child.id_number.masked if child.id_number else "",
        "registered_on": "2015-03-01",
        "version": str(child.version),
        "father-name": "张某",
        "mother-name": "张某",
    }
    return filled(**(shown | values))
