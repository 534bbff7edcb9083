"""The screens of the admin, as these tests open them."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.test import Client, RequestFactory

from gansu_care.accounts.models import User
from gansu_care.pages.admin_screens import RegistryAdmin
from tests.people import person
from tests.records import invented_id_number

CHILDREN = "/admin/children/child/"
ID_NUMBER = invented_id_number(date(2010, 9, 1), 13)
OURS = ("divisions", "trail", "accounts", "jobs", "spreadsheets", "centers", "children", "funding")
# Models that have no screen: counters, search keys, sealed things, old passwords, and what has a page of its own
# (alarms, headings, one's own long lists).
WITHOUT_SCREEN = {
    "recordnumbercounter", "sitemark", "namekey", "uploadfile", "stagedrow", "storedproblem", "divisionname",
    "eventseal", "undoline", "secondperson", "exportfilepart", "alarm", "costlyact", "usedpassword", "consentscan",
    "mendedrow", "rowanswer", "askedheading", "headingchoice", "listexport", "listexportpart",
}  # fmt: skip


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def request_of(user: User, method: str = "get", **data: str) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/admin/", data)
    request.user, request.session = user, {}
    return request


def screen(model: Any) -> RegistryAdmin:
    return admin.site.get_model_admin(model)
