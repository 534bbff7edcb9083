"""Every route of the site: whom it serves, whom it refuses, and that a stranger is sent to the sign-in.

The table is written by hand from the rules, not from the code. A route that is missing from it fails, and so does a
line of the table whose route is gone.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from children.erasure_proposals import propose
from children.models import Child, ConsentScan
from children.unmasking import ask_to_open
from funding.models import Allocation, Disbursement, Expenditure, Receipt, Reconciliation
from gansu_care.accounts.models import Alarm, Grant, User
from gansu_care.accounts.roles import Role
from gansu_care.jobs.queue import enqueue
from gansu_care.protection.models import AssessmentFile
from gansu_care.spreadsheets.export_jobs import ask_export
from gansu_care.spreadsheets.uploads import receive
from tests.children.papers import PNG
from tests.exporting import asked
from tests.people import LINTAO, PEOPLE, TAOYANG, ZHANG, make_user, person
from tests.protection.registers import (
    make_assessment,
    make_incident,
    make_notice,
    make_report,
    make_request,
)
from tests.records import (
    invented_id_number,
    make_allocation,
    make_center,
    make_child,
    make_equipment,
    make_receipt,
    make_transfer,
)

pytestmark = pytest.mark.django_db

# --- the table


OPEN_TO_ALL = {"account_login", "mfa_authenticate", "set_language", "healthz"}

EVERYBODY = set(PEOPLE) - {"neighbour"}  # the neighbour county's officer has a test of her own
REGISTRY = EVERYBODY - {"system", "security"}
PERSONS = {"officer", "township", "county", "prefecture", "province", "admin"}
UPLOADERS = {"officer", "county", "prefecture", "province", "admin"}
UNMASKERS = {"officer", "county", "prefecture"}
WRITE_CHILDREN = {"officer", "county"}
WRITE_CENTERS = {"officer", "county", "prefecture", "province"}
WRITE_EQUIPMENT = {"officer", "county", "township"}
WRITE_MONEY = {"officer", "county", "prefecture", "province"}
ACCOUNTS = {"county", "prefecture", "admin", "system"}
ADMINISTRATORS = {"admin", "system"}
SECOND_PERSONS = {"county", "prefecture", "province", "admin"}
UPLOAD_MANAGERS = {"county", "prefecture", "admin"}
KEEPERS = {"officer", "county", "prefecture", "province", "admin"}
PROVINCE_CLERKS = {"province", "admin"}
APPROVERS, APPROVING = {"county", "prefecture", "province", "admin"}, {"approve", "refuse"}


class Row(NamedTuple):
    """Who is served. `beyond`: those who have the right, but for whom the example does not exist."""

    served: set[str]
    arguments: str = ""  # a key of `examples`
    beyond: set[str] = set()


TABLE: dict[str, Row] = {
    # one's own account
    "account_logout": Row(EVERYBODY),
    "account_change_password": Row(EVERYBODY),
    "account_reauthenticate": Row(EVERYBODY),
    "mfa_reauthenticate": Row(EVERYBODY),
    "mfa_index": Row(EVERYBODY),
    "mfa_activate_totp": Row(EVERYBODY),
    "mfa_deactivate_totp": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "mfa_view_recovery_codes": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "mfa_generate_recovery_codes": Row(EVERYBODY),
    "mfa_download_recovery_codes": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "usersessions_list": Row(EVERYBODY),
    # pages
    "pages:home": Row(EVERYBODY),
    "pages:search": Row(EVERYBODY),
    "pages:stand": Row(EVERYBODY),
    "pages:watermark": Row(EVERYBODY),
    "pages:printed": Row(EVERYBODY),
    "pages:help": Row(EVERYBODY),
    "pages:help_task": Row(EVERYBODY, "task"),
    # children
    "children:list": Row(PERSONS),
    "children:add": Row(WRITE_CHILDREN),
    "children:detail": Row(PERSONS, "child"),
    "children:edit": Row(WRITE_CHILDREN, "child"),
    "children:history": Row(PERSONS, "child"),
    "children:exit": Row(WRITE_CHILDREN, "child"),
    "children:return": Row(WRITE_CHILDREN, "child"),
    "children:void": Row(WRITE_CHILDREN, "child"),
    "children:merge": Row(WRITE_CHILDREN, "child"),
    "children:unmask": Row(UNMASKERS, "sealed value"),  # the province after another's yes only
    "children:readers": Row(APPROVERS, "child"),
    "children:unmask_ask": Row(PROVINCE_CLERKS, "child"),
    "children:unmask_requests": Row(PROVINCE_CLERKS),
    "children:unmask_request": Row(PROVINCE_CLERKS, "unmask request"),
    "children:papers": Row(PERSONS),
    "children:consent": Row(WRITE_CHILDREN, "child"),
    "children:consent_paper": Row(WRITE_CHILDREN, "child"),
    "children:consent_withdraw": Row(WRITE_CHILDREN, "child"),
    "children:consent_print": Row(WRITE_CHILDREN, "child"),
    "children:consent_scan": Row(UNMASKERS, "scan"),
    # personal information protection
    "protection:notice_list": Row(EVERYBODY),
    "protection:notice_detail": Row(EVERYBODY, "notice"),
    "protection:notice_publish": Row({"admin"}, "kind of notice"),
    "protection:erasure_due": Row(KEEPERS),
    "protection:erasure_list": Row(KEEPERS),
    "protection:erasure_propose": Row(KEEPERS, "child"),
    "protection:erasure_decide": Row(SECOND_PERSONS, "child to be erased"),
    "protection:request_list": Row(KEEPERS),
    "protection:request_add": Row(KEEPERS),
    **{
        f"protection:request_{page}": Row(KEEPERS, "request")
        for page in ("detail", "edit", "history", "void", "answer", "printout")
    },
    "protection:request_letter": Row(KEEPERS, "answered request"),
    "protection:incident_list": Row(KEEPERS),
    "protection:incident_add": Row(KEEPERS),
    **{
        f"protection:incident_{page}": Row(KEEPERS, "incident")
        for page in ("detail", "edit", "history", "void", "letter")
    },
    # what happened to which child is nobody's business beyond the county
    "protection:report_list": Row(KEEPERS),
    "protection:report_add": Row(KEEPERS),
    **{
        f"protection:report_{page}": Row(KEEPERS, "mandatory report", {"prefecture", "province", "admin"})
        for page in ("detail", "edit", "history", "void")
    },
    "protection:assessment_list": Row({"admin"}),
    "protection:assessment_add": Row({"admin"}),
    **{
        f"protection:assessment_{page}": Row({"admin"}, "assessment")
        for page in ("detail", "edit", "history", "void", "file")
    },
    "children:transfers": Row(UPLOADERS),
    "children:transfer": Row(UPLOADERS, "transfer"),
    "children:transfer_decide": Row(UPLOADERS, "transfer"),
    # only from a row that was held, by people of the unit that sent the file
    "children:ask_transfer": Row({"officer", "county"}, "row", {"officer", "county"}),
    # centers and equipment
    "centers:list": Row(REGISTRY),
    "centers:export": Row(UPLOADERS),
    "centers:add": Row(WRITE_CENTERS),
    "centers:options": Row(REGISTRY),
    "centers:detail": Row(REGISTRY, "center"),
    "centers:edit": Row(WRITE_CENTERS, "center"),
    "centers:history": Row(REGISTRY, "center"),
    "centers:status": Row(WRITE_CENTERS, "center"),
    "centers:void": Row(WRITE_CENTERS, "center"),
    "centers:stocktake": Row(WRITE_EQUIPMENT, "center"),
    "centers:phone": Row(UNMASKERS, "center"),
    "centers:equipment_list": Row(REGISTRY),
    "centers:equipment_export": Row(UPLOADERS),
    "centers:equipment_add": Row(WRITE_EQUIPMENT),
    "centers:equipment_detail": Row(REGISTRY, "equipment"),
    "centers:equipment_edit": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_history": Row(REGISTRY, "equipment"),
    "centers:equipment_void": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_dispose": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_lend": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_return": Row(WRITE_EQUIPMENT, "equipment"),
    # money
    "funding:overview": Row(REGISTRY),
    **{
        f"funding:{kind}_{page}": Row(served, kind if page not in ("list", "export", "add") else "")
        for kind in ("receipt", "allocation", "disbursement", "expenditure")
        for page, served in {
            "list": REGISTRY,
            "export": UPLOADERS,
            "add": WRITE_MONEY,
            "detail": REGISTRY,
            "edit": WRITE_MONEY,
            "history": REGISTRY,
            "void": WRITE_MONEY,
            "reverse": WRITE_MONEY,
        }.items()
    },
    "funding:reconciliation_list": Row(REGISTRY),
    "funding:reconciliation_add": Row(WRITE_MONEY),
    "funding:reconciliation_detail": Row(REGISTRY, "reconciliation"),
    "funding:reconciliation_edit": Row(WRITE_MONEY, "reconciliation"),
    "funding:reconciliation_history": Row(REGISTRY, "reconciliation"),
    "funding:reconciliation_close": Row(WRITE_MONEY, "reconciliation"),
    "funding:reconciliation_void": Row(WRITE_MONEY, "reconciliation"),
    # uploads
    "spreadsheets:list": Row(UPLOADERS),
    "spreadsheets:choose": Row(UPLOADERS),
    "spreadsheets:jobs": Row(UPLOADERS),
    "spreadsheets:cancel": Row(UPLOADERS, "job"),
    "spreadsheets:export_file": Row(UPLOADERS, "export", UPLOADERS - {"officer"}),
    "spreadsheets:blank": Row(UPLOADERS, "kind"),
    "spreadsheets:filled": Row(UPLOADERS, "kind"),
    "spreadsheets:scorecard": Row(UPLOADERS),
    "spreadsheets:headings": Row(UPLOADERS),
    "spreadsheets:second_person": Row(UPLOAD_MANAGERS),
    **{
        f"spreadsheets:{page}": Row(SECOND_PERSONS, "upload")
        for page in ("review_rows", "review_accept", "send_back", "undo")
    },
    **{
        f"spreadsheets:{page}": Row(UPLOADERS, "upload")
        for page in (
            "detail",
            "progress",
            "columns",
            "sheets",
            "problems",
            "problem_file",
            "preview",
            "confirm",
            "recheck",
            "review",
            "done",
            "ended",
            "undone",
        )
    },
    # the marked file quotes every cell: only people of the unit that sent it
    "spreadsheets:marked": Row({"officer", "county"}, "upload"),
    "spreadsheets:refused_rows": Row({"officer", "county"}, "upload"),
    # files with children
    "exports:list": Row(UPLOADERS),
    "exports:ask": Row(UPLOADERS, "source"),
    **{
        f"exports:{page}": Row(UPLOADERS if page not in APPROVING else APPROVERS, "export request")
        for page in ("detail", "approve", "refuse", "withdraw", "file")
    },
    # and so do the pages of single rows
    "spreadsheets:mend": Row({"officer", "county"}, "row"),
    "spreadsheets:doubtful": Row({"officer", "county"}, "upload"),
    "spreadsheets:doubtful_row": Row({"officer", "county"}, "row"),
    # report
    "reports:report": Row(REGISTRY),
    "reports:annual": Row(REGISTRY, "report", {"township"}),
    "reports:workbook": Row(REGISTRY, "report", {"township"}),
    "reports:rows": Row(REGISTRY, "figure", {"township"}),
    # accounts; the system administrator manages the province's, not those of a township
    "accounts:list": Row(ACCOUNTS),
    "accounts:add": Row(ACCOUNTS),
    "account_sheet": Row(ACCOUNTS),
    "account_sheet_blank": Row(ACCOUNTS),
    "accounts:locks": Row({"system", "security"}),
    "accounts:grants": Row({"security"}),
    "accounts:approve": Row({"security"}, "grant"),
    "accounts:refuse": Row({"security"}, "grant"),
    "accounts:watch": Row({"security"}),
    "accounts:alarm": Row({"security"}, "alarm"),
    "accounts:sign_ins": Row({"security"}),
    "accounts:end_session": Row({"security"}, "session"),
    "accounts:detail": Row(ACCOUNTS, "account", {"system"}),
    "accounts:edit": Row(ACCOUNTS, "account", {"system"}),
    "accounts:end": Row(ACCOUNTS, "account", {"system"}),
    "accounts:password": Row(ACCOUNTS, "account", {"system"}),
    "accounts:restore": Row(ACCOUNTS, "ended account", {"system"}),
    # trail, divisions, jobs
    "trail:list": Row({"auditor"}),
    "trail_export": Row({"auditor"}),
    "trail_audit": Row({"auditor"}, "year"),
    "divisions:list": Row({"admin"}),
    "divisions:load": Row({"admin"}),
    "divisions:confirm": Row({"admin"}),
    "jobs:list": Row({"system"}),
}

# Whose screens each administrator finds in the admin, by app; everybody else finds none of it.
ADMIN_APPS = {
    "admin": {"accounts", "divisions", "spreadsheets", "centers", "children", "funding", "protection"},
    "system": {"accounts", "divisions", "jobs"},
}


# --- the routes as they are


def walk(
    resolver: URLResolver, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """(name, pattern as text, route) of every route."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, pattern, (*names, entry.namespace) if entry.namespace else names)
        else:
            yield ":".join((*names, entry.name or "")), pattern, entry


ROUTES = list(walk(get_resolver()))
OURS = {name for name, _pattern, _route in ROUTES if not name.startswith("admin:")}


def test_every_route_stands_in_the_table_and_every_line_has_its_route() -> None:
    assert OURS - OPEN_TO_ALL - set(TABLE) == set(), "routes that the table does not know"
    assert set(TABLE) - OURS == set(), "lines of the table without a route"


def test_no_route_has_two_meanings() -> None:
    """A fixed path stands before a pattern that would swallow it; so no two routes share a name either."""
    names = [name for name, _pattern, _route in ROUTES if not name.endswith(":")]
    assert len(names) == len(set(names))


# --- examples, all of 洮阳镇 in 临洮县


@pytest.fixture
def examples() -> dict[str, list[Any]]:
    child = make_child(
        TAOYANG, id_number=invented_id_number(Child._meta.get_field("birth_date").to_python("2010-09-01"), 13)
    )
    scan = ConsentScan.objects.create(
        consent=child.consent, content=PNG, content_type="image/png", size=len(PNG)
    )
    center = make_center(TAOYANG, manager_phone="13800000000")
    equipment = make_equipment(center)
    receipt, allocation = make_receipt(place=TAOYANG), make_allocation(TAOYANG)
    expenditure = Expenditure.objects.create(
        division=center.division, spent_on="2015-05-01", category="equipment", amount=100
    )
    disbursement = Disbursement.objects.create(
        allocation=allocation, disbursed_on="2015-05-01", payee="临洮县妇联", amount=100
    )
    reconciliation = Reconciliation.objects.create(
        division=center.division, month=date(2015, 5, 1), book=1, vouchers=1, reconciled_by=person("officer")
    )
    upload = receive(HEADLESS, "中心.csv", "centers", person("officer"), queue=False).upload
    job = enqueue("check_upload", upload.pk, person("officer"))
    export = ask_export(person("officer"), "children", Child.objects.visible_to(person("officer")))
    leaving = make_child(TAOYANG, name="张小亮", ended=(date(2020, 6, 1), "02"))
    propose(leaving, "retention", person("township"))
    notice, assessment = make_notice(), make_assessment(TAOYANG, has_file=True)
    AssessmentFile.objects.create(assessment=assessment, content=PNG, content_type="image/png", size=len(PNG))
    answered = make_request(child, state="granted", answered_on=date(2026, 11, 5), answer="已办理")
    transfer = make_transfer(child, "621121", person("officer"))
    account = make_user(Role.STAFF_TOWNSHIP, TAOYANG, username="wang")
    ended = make_user(Role.STAFF_TOWNSHIP, TAOYANG, username="liu", is_active=False)
    grant = Grant.objects.create(
        account=account, role=Role.LEADER, division=center.division, valid_from=date(2015, 5, 1)
    )
    session = UserSession.objects.create(user=ended, ip="127.0.0.1", session_key="ended", user_agent="")
    alarm = Alarm.objects.create(account=account, what="unmask")
    return {
        "": [],
        "task": ["upload"],
        "source": ["children"],
        "year": [2026],
        "export request": [asked(person("officer")).number],
        "unmask request": [ask_to_open(person("province"), child, ["id_number"], "核对").pk],
        "kind": ["children"],
        "child": [child.number],
        "sealed value": [child.number, "id_number"],
        "scan": [child.number, scan.consent_id],
        "child to be erased": [leaving.number],
        "notice": [notice.kind, notice.version],
        "kind of notice": [notice.kind],
        "request": [make_request(child).number],
        "answered request": [answered.number],
        "incident": [make_incident(TAOYANG).number],
        "mandatory report": [make_report(TAOYANG, child=child).number],
        "assessment": [assessment.number],
        "center": [center.number],
        "equipment": [equipment.number],
        "receipt": [receipt.number],
        "allocation": [allocation.number],
        "disbursement": [disbursement.number],
        "expenditure": [expenditure.number],
        "reconciliation": [reconciliation.number],
        "upload": [upload.number],
        "job": [job.pk],
        "export": [export.pk],
        "row": [upload.number, 0, 2],
        "transfer": [transfer.number],
        "report": [2015, LINTAO],
        "figure": [2015, LINTAO, "centers_built"],
        "account": [account.pk],
        "ended account": [ended.pk],
        "grant": [grant.pk],
        "session": [session.pk],
        "alarm": [alarm.pk],
    }


HEADLESS = "某某,随便\n1,2\n".encode()
ANYBODYS = ("", "task", "kind", "notice", "kind of notice", "source", "year")
SCOPED = {name: row for name, row in TABLE.items() if row.arguments not in ANYBODYS}


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def is_sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next=")


# --- strangers


def test_open_without_sign_in_are_exactly_these(client: Client, examples) -> None:
    open_routes = {name for name in OPEN_TO_ALL if not is_sent_to_sign_in(client.get(reverse(name)))}
    assert open_routes == OPEN_TO_ALL
    closed = {
        name
        for name, row in TABLE.items()
        for send in (client.get, client.post, client.head, client.put, client.delete, client.options)
        if not is_sent_to_sign_in(send(reverse(name, args=examples[row.arguments])))
    }
    assert closed == set()


def test_what_is_open_tells_nothing(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/no/such/page").status_code == 404
    assert client.get("/sign-in/code/").status_code in (302, 405)
    assert not is_sent_to_sign_in(client.get("/static/design.css"))


def test_every_page_of_the_admin_sends_a_stranger_to_the_sign_in(client: Client) -> None:
    assert [path for path in admin_paths() if not is_sent_to_sign_in(client.get(path))] == []


# --- each role


@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_each_role_is_served_and_refused_as_the_table_says(username: str, examples) -> None:
    client, wrong = signed_in(person(username)), {}
    for name, row in TABLE.items():
        if name == "account_logout":
            continue
        status = client.get(reverse(name, args=examples[row.arguments])).status_code
        expected = (
            (403,) if username not in row.served else (404,) if username in row.beyond else (200, 302, 405)
        )
        if status not in expected:
            wrong[name] = (status, expected)
    assert wrong == {}


@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_what_is_refused_to_look_at_is_refused_to_send_to(username: str, examples) -> None:
    client, wrong = signed_in(person(username)), {}
    for name, row in TABLE.items():
        if username not in row.served:
            status = client.post(reverse(name, args=examples[row.arguments])).status_code
            if status != 403:
                wrong[name] = status
    assert wrong == {}


# --- the neighbour county


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.STAFF_COUNTY])
def test_nothing_of_the_county_exists_for_the_neighbour_county(role: str, examples) -> None:
    like = "officer" if role == Role.COUNTY_OFFICER else "county"
    client, wrong = signed_in(make_user(role, ZHANG, username="stranger")), {}
    for name, row in SCOPED.items():
        path = reverse(name, args=examples[row.arguments])
        for send in (client.get, client.post):
            status = send(path).status_code
            # 405: a page that only takes the other method says so whether the record exists or not.
            if status not in ((404, 405) if like in row.served else (403,)):
                wrong[name, send.__name__] = status
    assert wrong == {}
    for model in (Child, Receipt, Allocation, Disbursement, Expenditure, Reconciliation):
        assert not model.objects.filter(voided_on__isnull=False).exists()
    assert not User.objects.filter(username="wang", is_active=False).exists()


def test_not_yours_and_not_there_get_the_same_answer(examples) -> None:
    """Nobody learns from an answer whether a record exists elsewhere."""
    client = signed_in(person("neighbour"))
    for name, row in SCOPED.items():
        if "officer" in row.served and row.arguments in ("child", "center", "equipment", "receipt", "upload"):
            mine = reverse(name, args=examples[row.arguments])
            none = reverse(name, args=["GC9999999999"])
            assert client.get(mine).status_code == client.get(none).status_code, name


# --- the admin


def admin_paths() -> Iterator[str]:
    """Every path of the admin, with the number 1 where one is asked for."""
    for name, pattern, _route in ROUTES:
        if name.startswith("admin:") and "(?P<" not in pattern:
            yield "/" + pattern.replace("<path:object_id>", "1")
    yield from (f"/admin/{label}/" for label in {model._meta.app_label for model in admin.site._registry})
    yield "/admin/anything/else/"


@pytest.mark.parametrize("username", sorted(EVERYBODY - ADMINISTRATORS))
def test_nobody_else_comes_into_the_admin(username: str) -> None:
    client = signed_in(person(username))

    assert [path for path in admin_paths() if client.get(path).status_code != 403] == []


@pytest.mark.parametrize("username", sorted(ADMINISTRATORS))
def test_an_administrator_finds_only_the_screens_of_her_own_apps(username: str) -> None:
    client, labels = signed_in(person(username)), {model._meta.app_label for model in admin.site._registry}
    foreign = [path for path in admin_paths() if path.split("/")[2] in labels - ADMIN_APPS[username]]
    own = [f"/admin/{label}/" for label in ADMIN_APPS[username]]

    assert {client.get(path).status_code for path in foreign} <= {302, 403, 404}
    assert {path for path in foreign if client.get(path, follow=True).status_code == 200} == set()
    assert {client.get(path).status_code for path in own} == {200}
