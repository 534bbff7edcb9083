"""One row of each register of personal information protection, with fixed values and overridable defaults."""

from datetime import date
from typing import Any

from children.models import Child, Notice
from gansu_care.protection.models import ImpactAssessment, Incident, MandatoryReport, PersonRequest
from tests.people import person
from tests.records import division


def make_notice(kind: str = "notice", version: int = 1, **values: Any) -> Notice:
    texts = {"purpose": ["为孩子登记", "To register the child"], "officer": ["专人负责", "An officer"]}
    defaults = {"valid_from": date(2026, 1, 1), "texts": texts, "published_by": person("admin")}
    return Notice.objects.create(kind=kind, version=version, **(defaults | values))


def make_request(child: Child, **values: Any) -> PersonRequest:
    """The father asks for a copy, on Tuesday 3 November 2026."""
    defaults: dict[str, Any] = {
        "kind": "copy",
        "asked_by": "张大山",
        "capacity": "parent",
        "verified_how": "id_card",
        "phone": "13800000001",
        "about": "要孩子的登记内容",
        "received_on": date(2026, 11, 3),
    }
    return PersonRequest.objects.create(child=child, division=child.division, **(defaults | values))


def make_incident(place: str = "621124", **values: Any) -> Incident:
    defaults: dict[str, Any] = {
        "title": "登记表误发到群里",
        "found_on": date(2026, 11, 2),
        "found_by": "李晓梅",
        "scope": "12名儿童的姓名和学校",
        "persons": 12,
        "harm": "误操作，可能被转发",
        "measures": "已撤回并逐一要求删除",
    }
    return Incident.objects.create(division=division(place), **(defaults | values))


def make_report(place: str = "621124", **values: Any) -> MandatoryReport:
    defaults: dict[str, Any] = {"harm": "neglect", "found_on": date(2026, 11, 2), "about": "独自在家三天"}
    return MandatoryReport.objects.create(division=division(place), **(defaults | values))


def make_assessment(place: str = "620000", **values: Any) -> ImpactAssessment:
    defaults: dict[str, Any] = {
        "title": "留守儿童登记系统影响评估",
        "assessed_on": date(2026, 6, 1),
        "valid_until": date(2027, 6, 1),
        "assessor": "省妇联",
        "conclusion": "风险可控",
    }
    return ImpactAssessment.objects.create(division=division(place), **(defaults | values))
