"""A county whose every text bears a marker: wherever the marker shows, something of that county shows.

theirs = MarkedCounty("621125", "漳河畔", 201)     children with their consents, centers, equipment, money, uploads,
                                                    accounts and grants, what was asked for (transfers, files, values,
                                                    erasures, rights of a person), incidents, reports, headings
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from centers.models import Center
from children.models import Carer, Child, Consent, Episode, Erasure, Parent, UnmaskRequest
from children.models.unmasking import WAITS_FOR
from funding.models import Disbursement, Expenditure, Reconciliation
from gansu_care.accounts.models import Grant, User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import below
from gansu_care.sealed.fields import SealedTextField
from gansu_care.spreadsheets.export_jobs import ask_export
from gansu_care.spreadsheets.models import ExportRequest, HeadingChoice, ListExport, Upload
from tests.exporting import asked
from tests.people import make_user
from tests.protection.registers import make_incident, make_report, make_request
from tests.records import (
    division,
    invented_id_number,
    make_allocation,
    make_center,
    make_child,
    make_equipment,
    make_receipt,
    make_transfer,
)
from tests.uploading import CHILD_HEAD, applied, checked, child_row, xlsx

BORN = date(2012, 5, 6)
ASKING = "620702"  # 甘州区, which no other test of these looks from
# What is no text of a person or a place: numbers and codes that the register makes or that other rows are found by.
LEFT_ALONE = {"number", "upload_number", "name_sort", "id_number", "disability_card", "void_reason"}
LEFT_ALONE |= {"disposal_keeper", "disposal_head", "disposal_approver"}  # they sign what has left


class MarkedCounty:
    """Two records of each kind at a county: one as pages make it, one out of an upload of its own officer."""

    def __init__(self, code: str, marker: str, serial: int) -> None:
        self.code, self.marker = code, marker
        self.division = division(code)
        self.id_number = invented_id_number(BORN, serial)
        self.officer: User = make_user(
            Role.COUNTY_OFFICER, self.division, username=f"{code}-officer", name=marker, unit=f"{marker}妇联"
        )
        self.child = self._child()
        self.center = self._marked(make_center(code, name=f"{marker}留守儿童之家"))
        self.equipment = self._marked(make_equipment(self.center))
        self.money: list[Any] = self._money()
        self.upload: Upload = applied(
            checked(self.officer, self._sheet(serial), "children", name=f"{marker}登记表.xlsx", consent=(marker, BORN)),
            self.officer,
        )  # fmt: skip
        self.half_done: Upload = checked(
            self.officer, xlsx([["某某", "随便"], [marker, 1]]), "centers", name=f"{marker}中心.xlsx"
        )
        self.leaving: Child = make_child(code, name=f"{marker}离", ended=(date(2016, 6, 1), "02"))
        self.protected: list[Any] = self._protected()
        self.export: ExportRequest = asked(self.officer, f"q={marker}")
        self.list_export: ListExport = ask_export(
            self.officer, "centers", Center.objects.within(self.division)
        )
        self.supervisor: User = make_user(
            Role.STAFF_COUNTY,
            self.division,
            username=f"{code}-county",
            name=f"{marker}管",
            unit=f"{marker}妇联",
        )
        self._asked_for()

    @property
    def numbers(self) -> list[str]:
        """What the records and uploads are called by."""
        records = (self.child, self.center, self.equipment, *self.money, self.upload, self.half_done)
        records += (self.leaving, *self.protected, self.export)
        return [record.number for record in records if hasattr(record, "number")]

    @property
    def betrays(self) -> tuple[str, ...]:
        """What must not be seen from outside."""
        return (self.marker, self.id_number, *self.numbers)

    def _child(self) -> Child:
        child = make_child(
            self.code, name=f"{self.marker[0]}{self.marker}", birth_date=BORN, id_number=self.id_number
        )
        Carer.objects.create(child=child, name=self.marker, relation="62", since=child.registered_on)
        self._marked(child)
        for model in (Parent, Carer, Consent, Episode):
            for part in model.objects.filter(child=child):
                self._marked(part)
        return child

    def _money(self) -> list[Any]:
        spent = {"division": self.division, "amount": Decimal(100)}
        allocation = self._marked(make_allocation(self.code))
        return [
            self._marked(make_receipt(self.code)),
            allocation,
            self._marked(
                Expenditure.objects.create(spent_on=date(2015, 5, 1), category="equipment", center=self.center, **spent)
            ),
            self._marked(
                Disbursement.objects.create(
                    allocation=allocation, disbursed_on=date(2015, 5, 1), payee=self.marker, amount=100
                )
            ),
            self._marked(
                Reconciliation.objects.create(
                    division=self.division, month=date(2015, 5, 1), book=1, vouchers=1, reconciled_by=self.officer
                )
            ),
        ]  # fmt: skip

    def _protected(self) -> list[Any]:
        """A request of a person, an incident, a report, and a child that another county asks for."""
        about = {"asked_by": self.marker, "about": f"{self.marker}要看登记", "answer": self.marker}
        told = dict.fromkeys(("title", "scope", "harm", "measures"), self.marker)
        return [
            self._marked(make_request(self.child, **about)),
            self._marked(make_incident(self.code, **told)),
            self._marked(make_report(self.code, child=self.child, about=self.marker)),
            make_transfer(
                self.child, ASKING, make_user(Role.COUNTY_OFFICER, ASKING, username=f"asks-{self.code}")
            ),
        ]

    def _asked_for(self) -> None:
        """What has no number: an erasure, a value to be opened, a heading that is remembered, a grant to come."""
        now = timezone.now()
        self.erasure = Erasure.objects.create(
            child=self.leaving, ground="retention", proposed_by=self.officer, note=self.marker
        )
        self.unmask_request = UnmaskRequest.objects.create(
            user=self.supervisor, division=self.division, child_number=self.child.number, values=["id_number"],
            reason=self.marker, asked_at=now, until=now + WAITS_FOR,
        )  # fmt: skip
        HeadingChoice.objects.create(
            division=self.division, resource="centers", path=self.marker, heading=self.marker, set_by=self.officer,
            upload_number=self.upload.number,
        )  # fmt: skip
        Grant.objects.create(
            account=self.officer, role=Role.STAFF_COUNTY, division=self.division, valid_from=date(2050, 1, 1)
        )

    def _marked(self, row: Any) -> Any:
        """Every free text of the row is the marker, or begins with it."""
        for field in row._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | SealedTextField)
            free = (
                is_text
                and not field.choices
                and field.name not in LEFT_ALONE
                and not field.name.endswith("_digest")
            )
            if free and field.name != "birth_precision" and not getattr(row, field.attname):
                setattr(row, field.attname, self.marker)
        row._change_reason = self.marker
        row.save()
        return row

    def _sheet(self, serial: int) -> bytes:
        township = below(self.division).filter(level=Level.TOWNSHIP).order_by("code")[0]
        texts = ("姓名", "村", "父亲姓名", "母亲姓名", "照护人姓名", "同意人")
        cells = {
            "出生日期": f"{BORN:%Y-%m-%d}",
            "身份证号": invented_id_number(BORN, serial + 3),
            "乡镇": township.name,
        } | dict.fromkeys(texts, self.marker)
        return xlsx([CHILD_HEAD, child_row(**cells)])
