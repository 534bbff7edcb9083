"""A record of each kind that a route asks for, all of 洮阳镇 in 临洮县."""

from datetime import date
from typing import Any

import pytest
from allauth.usersessions.models import UserSession

from children.erasure_proposals import propose
from children.models import Child, ConsentScan
from children.unmasking import ask_to_open
from funding.models import Disbursement, Expenditure, Reconciliation
from gansu_care.accounts.models import Alarm, Grant
from gansu_care.accounts.roles import Role
from gansu_care.jobs.queue import enqueue
from gansu_care.protection.models import AssessmentFile
from gansu_care.spreadsheets.export_jobs import ask_export
from gansu_care.spreadsheets.uploads import receive
from tests.children.papers import PNG
from tests.exporting import asked
from tests.people import LINTAO, TAOYANG, make_user, person
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

HEADLESS = "某某,随便\n1,2\n".encode()


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
