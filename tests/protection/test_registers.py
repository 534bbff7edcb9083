"""Incidents, mandatory reports and impact assessments: kept, printed, seen by whom."""

from datetime import date
from typing import Any

import pytest
import time_machine

from gansu_care.protection.models import ImpactAssessment, Incident, MandatoryReport
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.children.papers import PDF, scan
from tests.protection.registers import make_assessment, make_incident, make_notice, make_report
from tests.records import division, make_child

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with time_machine.travel(date(2026, 11, 25)):
        yield


def incident_form(**values: Any) -> dict[str, Any]:
    return {
        "title": "登记表误发到群里",
        "division": str(division("621124").pk),
        "found_on": "2026-11-02",
        "found_by": "李晓梅",
        "persons": "12",
        "scope": "12名儿童的姓名和学校",
        "harm": "误操作，可能被转发",
        "measures": "已撤回",
        "advice": "不要转发",
        "notified": ["guardians", "cyberspace"],
        "notified_on": "2026-11-03",
    } | values


def report_form(**values: Any) -> dict[str, Any]:
    place = str(division("621124").pk)
    return {"division": place, "harm": "neglect", "found_on": "2026-11-02", "about": "独自在家三天"} | values


def test_an_incident_is_kept_and_guardians_are_told() -> None:
    officer = signed_in("officer")

    assert officer.post("/protection/incidents/new/", incident_form()).status_code == 302

    record = Incident.objects.get()
    assert (record.notified, record.persons) == (["guardians", "cyberspace"], 12)
    assert record.number in officer.get("/protection/incidents/").content.decode()
    letter = officer.get(f"/protection/incidents/{record.number}/letter/").content.decode()
    for words in ("第五十七条", "12名儿童的姓名和学校", "可能被转发", "已撤回", "不要转发"):
        assert words in letter
    assert [event.action for event in Event.objects.filter(number=record.number)] == [
        Action.PRINT,
        Action.ADD,
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"happened_on": "2026-11-20"}, "发现日期早于发生日期"),
        ({"found_on": "2026-12-20"}, "日期还没有到"),
        ({"division": "0"}, "选择一个有效的选项"),
    ],
)
def test_an_incident_that_cannot_be_is_refused(values: dict[str, str], sentence: str) -> None:
    answer = signed_in("officer").post("/protection/incidents/new/", incident_form(**values))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Incident.objects.exists()


def test_of_two_editors_of_one_incident_the_second_sees_both() -> None:
    record = make_incident()
    signed_in("county").post(
        f"/protection/incidents/{record.number}/edit/", incident_form(title="甲", version="1")
    )

    answer = signed_in("officer").post(
        f"/protection/incidents/{record.number}/edit/", incident_form(title="乙", version="1")
    )

    assert answer.status_code == 409
    assert "甲" in answer.content.decode()
    assert record.history.count() == 2


def test_a_mandatory_report_is_sealed_and_stays_in_the_county() -> None:
    child = make_child()
    officer = signed_in("officer")

    officer.post("/protection/reports/new/", report_form(child_number=child.number))

    record = MandatoryReport.objects.get()
    assert (record.child, record.about.open(), record.about.is_new) == (child, "独自在家三天", False)
    page = officer.get(f"/protection/reports/{record.number}/").content.decode()
    assert "独自在家三天" in page
    assert "还没有报告" in officer.get("/protection/reports/").content.decode()
    assert Event.objects.filter(action=Action.READ, kind="report", number=record.number).count() == 1
    for username in ("prefecture", "province", "admin"):
        counts = signed_in(username).get("/protection/reports/").content.decode()
        assert "临洮县" in counts
        assert record.number not in counts
        assert signed_in(username).get(f"/protection/reports/{record.number}/").status_code == 404


def test_a_report_says_when_and_to_whom() -> None:
    record = make_report()
    officer, url = signed_in("officer"), f"/protection/reports/{record.number}/edit/"

    half = officer.post(url, report_form(reported_on="2026-11-03", version="1"))
    whole = officer.post(
        url,
        report_form(
            about=record.about.masked, reported_on="2026-11-03", reported_to=["police"], receipt_no="临公2026-1",
            version="1",
        ),
    )  # fmt: skip

    assert half.status_code == 422
    assert "请选报告给了哪个部门" in half.content.decode()
    assert whole.status_code == 302, whole.content.decode()
    record.refresh_from_db()
    assert (record.reported_to, record.about.open()) == (["police"], "独自在家三天")


def test_an_assessment_with_its_file_and_a_reminder_when_the_notice_changes() -> None:
    admin = signed_in("admin")
    assert "还没有个人信息保护影响评估" in admin.get("/").content.decode()
    form = {
        "title": "系统影响评估", "edition": "1", "division": str(division("620000").pk), "assessed_on": "2026-06-01",
        "valid_until": "2027-06-01", "assessor": "省妇联", "conclusion": "风险可控", "paper": scan(PDF, "评估.pdf"),
    }  # fmt: skip

    assert admin.post("/protection/assessments/new/", form).status_code == 302

    record = ImpactAssessment.objects.get()
    file = admin.get(f"/protection/assessments/{record.number}/file/")
    assert (file.content, file.headers["Content-Type"]) == (PDF, "application/pdf")
    assert "no-store" in file.headers["Cache-Control"]
    assert "影响评估" not in _todos(admin)
    make_notice(valid_from=date(2026, 9, 1))
    assert "告知书改过以后还没有重新评估" in _todos(admin)


def test_an_assessment_past_its_day_is_reminded_of() -> None:
    make_assessment(valid_until=date(2026, 10, 1))

    assert "影响评估已过有效期" in _todos(signed_in("admin"))


def _todos(client: Any) -> str:
    page = client.get("/").content.decode()
    return page[page.index("gc-todo") :] if "gc-todo" in page else ""
