"""For every page that shows or exports a child: the event it leaves. A new route must stand in one of the two lists."""

from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from children.models import Child
from gansu_care.spreadsheets.exports.making import make_export
from gansu_care.trail.models import Action, Event
from tests.exporting import agreed, no_progress
from tests.people import person
from tests.records import invented_id_number, make_child
from tests.uploading import checked, child_numbered, children_file

pytestmark = pytest.mark.django_db


class Page(NamedTuple):
    """How it is asked for, and the event that it leaves: act, kind, rows (None: whatever it shows)."""

    action: str
    kind: str
    rows: int | None = 1
    arguments: str = ""
    post: dict | None = None
    query: str = ""
    who: str = "officer"


CHILD = "child"
PAGES: dict[str, list[Page]] = {
    "pages:search": [
        Page(Action.READ, "child.search", 2, query="?q=张"),
        Page(Action.SEARCH_ID, "child", None, query="?q={id}"),
    ],
    "pages:printed": [
        Page(Action.PRINT, "children", 50, post={"page": "/children/", "rows": "50"}),
        Page(Action.PRINT, "children", 3, post={"page": "/children/{number}/", "rows": "3"}),
    ],
    "children:list": [
        Page(Action.READ, "children", 2),
        Page(Action.SEARCH_ID, "child", None, query="?q={id}"),
    ],
    "children:detail": [Page(Action.READ, CHILD, arguments="child")],
    "children:edit": [
        Page(Action.READ, CHILD, arguments="child"),
        Page(Action.UNMASK, "child.health", arguments="child", query="?with=hidden"),
    ],
    "children:history": [Page(Action.READ, CHILD, arguments="child")],
    "children:readers": [Page(Action.READ, "child.readers", None, "child", who="county")],
    "children:exit": [Page(Action.READ, CHILD, arguments="child")],
    "children:return": [Page(Action.READ, CHILD, arguments="child")],
    "children:void": [Page(Action.READ, CHILD, arguments="child")],
    "children:merge": [
        Page(Action.READ, CHILD, arguments="child"),
        Page(
            Action.READ, CHILD, arguments="child", post={"into": "{other}", "why": "重复登记", "version": "1"}
        ),
    ],
    "children:unmask": [Page(Action.UNMASK, "child.id_number", arguments="value", post={"reason": "verify"})],
    "children:papers": [Page(Action.READ, "children", None)],
    "children:consent": [Page(Action.READ, CHILD, arguments="child")],
    "children:consent_paper": [Page(Action.READ, CHILD, arguments="child")],
    "children:consent_withdraw": [Page(Action.READ, CHILD, arguments="child")],
    "children:consent_print": [Page(Action.PRINT, "child.consent_form", arguments="child")],
    "protection:erasure_due": [Page(Action.READ, "children", None)],
    "protection:erasure_propose": [Page(Action.READ, "child.erasure", arguments="child")],
    "protection:request_list": [Page(Action.READ, "request", None)],
    "exports:file": [Page(Action.DOWNLOAD, "export.file", 2, "export", post={})],
    "reports:rows": [Page(Action.READ, "children_registered", 2, "figure")],
    "spreadsheets:problems": [Page(Action.READ, "upload", None, "upload")],
    "spreadsheets:problem_file": [Page(Action.EXPORT, "children", None, "upload")],
    "spreadsheets:preview": [Page(Action.READ, "upload", None, "upload")],
    "spreadsheets:marked": [Page(Action.READ, "upload", None, "upload")],
    "spreadsheets:refused_rows": [Page(Action.READ, "upload", None, "upload")],
    "trail:list": [Page(Action.READ, "trail", None, who="auditor")],
    "trail_export": [Page(Action.EXPORT, "trail", None, who="auditor")],
    "trail_audit": [Page(Action.EXPORT, "audit", None, "year", who="auditor")],
}
# Read by a second person, of a record that takes more to make, or of an upload that waits: each in its own test, in
# tests/spreadsheets (test_review_pages, test_mending_pages, test_heading_pages), tests/children (test_transfers,
# test_consents) and tests/protection.
ELSEWHERE = {
    "spreadsheets:review", "spreadsheets:review_rows", "spreadsheets:mend", "spreadsheets:doubtful",
    "spreadsheets:doubtful_row", "spreadsheets:columns", "children:ask_transfer", "children:transfer",
    "children:transfer_decide", "children:consent_scan", "protection:erasure_decide", "protection:report_list",
    "protection:report_detail", "protection:report_edit", "protection:report_history", "protection:report_void",
    "protection:request_detail", "protection:request_edit", "protection:request_history", "protection:request_void",
    "protection:request_answer", "protection:request_letter", "protection:request_printout",
}  # fmt: skip
# Pages that show no child: counts, numbers of records, forms to be filled in, and what belongs to no person.
NO_CHILD_APPS = {"accounts", "centers", "funding", "divisions", "jobs", "help"}
NO_CHILD = {
    "children:transfers", "protection:erasure_list", "protection:report_add", "protection:request_add",
    "protection:incident_list", "protection:incident_add", "protection:incident_detail", "protection:incident_edit",
    "protection:incident_history", "protection:incident_letter", "protection:incident_void",
    "protection:assessment_list", "protection:assessment_add", "protection:assessment_detail",
    "protection:assessment_edit", "protection:assessment_file", "protection:assessment_history",
    "protection:assessment_void", "protection:notice_list", "protection:notice_detail", "protection:notice_publish",
    "spreadsheets:sheets", "spreadsheets:headings", "spreadsheets:jobs", "spreadsheets:cancel", "spreadsheets:filled",
    "spreadsheets:export_file",
    "pages:home", "pages:stand", "pages:watermark", "pages:help", "pages:help_task",
    "children:add", "children:unmask_ask", "children:unmask_requests", "children:unmask_request",
    "exports:list", "exports:ask", "exports:detail", "exports:approve", "exports:refuse", "exports:withdraw",
    "reports:report", "reports:annual", "reports:workbook",
    "spreadsheets:list", "spreadsheets:choose", "spreadsheets:blank", "spreadsheets:scorecard",
    "spreadsheets:second_person", "spreadsheets:detail", "spreadsheets:progress", "spreadsheets:confirm",
    "spreadsheets:recheck", "spreadsheets:done", "spreadsheets:ended", "spreadsheets:review_accept",
    "spreadsheets:send_back", "spreadsheets:undo", "spreadsheets:undone",
    "account_sheet", "account_sheet_blank", "healthz", "set_language",
}  # fmt: skip


def routes(resolver: Any = None, names: tuple[str, ...] = ()) -> set[str]:
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                found |= routes(entry, (*names, entry.namespace) if entry.namespace else names)
        else:
            found.add(":".join((*names, entry.name or "")))
    return found


def test_no_route_is_forgotten() -> None:
    own_account = {name for name in routes() if name.startswith(("account_", "mfa_", "usersessions"))}
    known = set(PAGES) | ELSEWHERE | NO_CHILD | own_account
    left = {name for name in routes() - known if name.split(":")[0] not in NO_CHILD_APPS}
    assert left == set(), "says whether it shows a child, and what event it leaves"
    assert (set(PAGES) | ELSEWHERE | NO_CHILD) - routes() == set()


@pytest.fixture
def examples() -> dict[str, Any]:
    child = make_child(
        "621124100",
        id_number=invented_id_number(Child._meta.get_field("birth_date").to_python("2010-09-01"), 13),
    )
    other = make_child("621124100", name="张小红")
    return {"child": child, "other": other}


def arguments(kind: str, examples: dict[str, Any]) -> list[Any]:
    child = examples["child"]
    if kind == "upload":
        file = children_file(child_numbered(1), child_numbered(2, 姓名=""))
        return [checked(person("officer"), file, "children").number]
    if kind == "export":
        request, _password = agreed(person("officer"))
        make_export(request.pk, no_progress)
        return [request.number]
    made = {"": [], "child": [child.number], "value": [child.number, "id_number"], "year": [2026],
            "figure": [2026, "621124", "children_registered"]}  # fmt: skip
    return made[kind]


@pytest.mark.parametrize(
    ("name", "look"), [(name, look) for name, looks in PAGES.items() for look in looks],
    ids=[f"{name}-{n}" for name, looks in PAGES.items() for n, _look in enumerate(looks)],
)  # fmt: skip
def test_the_page_leaves_its_event(name: str, look: Page, examples) -> None:
    child, other = examples["child"], examples["other"]
    path = reverse(name, args=arguments(look.arguments, examples))
    words = {"number": child.number, "other": other.number, "id": child.id_number.open()}
    client, last = Client(), Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    client.force_login(person(look.who))
    if look.post is None:
        answer = client.get(path + look.query.format(**words))
    else:
        answer = client.post(path, {key: value.format(**words) for key, value in look.post.items()})
    assert answer.status_code in (200, 204, 302), answer.status_code

    new = Event.objects.filter(pk__gt=last, username=look.who).exclude(action=Action.SIGN_IN)
    told = new.filter(action=look.action, kind=look.kind)
    assert told, [(event.action, event.kind, event.rows) for event in new]
    if look.rows is not None:
        assert look.rows in {event.rows for event in told}
    for event in new:
        text = f"{event.number} {event.reason} {event.kind}"
        assert child.id_number.open() not in text
        assert "张小明" not in text


def test_refused_access_is_in_the_trail_without_what_was_typed(examples) -> None:
    client = Client()
    client.force_login(person("leader"))
    client.get(f"/children/{examples['child'].number}/")
    client.get("/children/张小明/")
    mine, typed = Event.objects.filter(action=Action.REFUSED).order_by("pk")
    assert (mine.username, mine.kind, mine.number) == ("leader", "children", examples["child"].number)
    assert mine.reason == "GET children:detail"
    assert typed.number == ""


def test_the_admin_leaves_events_for_list_record_and_history(examples) -> None:
    client, child = Client(), examples["child"]
    client.force_login(person("admin"))
    for path in (
        "/admin/children/child/",
        f"/admin/children/child/{child.pk}/change/",
        f"/admin/children/child/{child.pk}/history/",
    ):
        before = Event.objects.filter(action=Action.READ, kind="child").count()
        assert client.get(path).status_code == 200
        assert Event.objects.filter(action=Action.READ, kind="child").count() == before + 1, path


def test_staff_sees_who_saw_a_child_and_the_officer_does_not(examples) -> None:
    child = examples["child"]
    her, staff = Client(), Client()
    her.force_login(person("officer"))
    staff.force_login(person("county"))
    her.post(f"/children/{child.number}/unmask/id_number/", {"reason": "verify"})
    assert her.get(f"/children/{child.number}/readers/").status_code == 403
    page = staff.get(f"/children/{child.number}/readers/").content.decode()
    assert [word for word in ("李晓梅", "查看完整信息", "入户或电话核实", "临洮县") if word not in page] == []
    assert child.id_number.open() not in page
