"""The annual report of a division: title, cut-off, rule, sections of tables, and the sums that were checked.

The outline follows the federation's yearly reports. About twenty queries, whatever the number of counties.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known
from gansu_care.reports.annual.annexes import check_results, checks_of, definitions
from gansu_care.reports.annual.centers import Centers
from gansu_care.reports.annual.children import Children
from gansu_care.reports.annual.equipment import Ledger
from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.annual.key_figures import KeyFigures
from gansu_care.reports.annual.money import Allocations, Receipts
from gansu_care.reports.annual.prose import introduction, overview
from gansu_care.reports.annual.withholding import sees_small_cells
from gansu_care.reports.links import Links
from gansu_care.spreadsheets.tables import Check, Table


@dataclass(frozen=True)
class Section:
    """`anchor` is the part of the page's address that jumps to it."""

    anchor: str
    heading: str
    tables: Sequence[Table]
    paragraphs: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    project: str
    year: int
    division: Division
    cut_off: date
    rule: str
    sections: Sequence[Section]
    introduction: Sequence[str] = field(default_factory=tuple)

    @property
    def edition(self) -> str:
        return _("%(year)s年度报告") % {"year": self.year}

    @property
    def title(self) -> str:
        return _("%(project)s%(edition)s") % {"project": self.project, "edition": self.edition}

    @property
    def tables(self) -> list[Table]:
        return [table for section in self.sections for table in section.tables]

    @property
    def checks(self) -> list[tuple[Table, Check]]:
        """Every checked sum with the table it stands under."""
        return checks_of(self.tables)

    @property
    def failed(self) -> list[tuple[Table, Check]]:
        return [(table, check) for table, check in self.checks if not check.holds]

    def as_json(self) -> dict[str, Any]:
        """Plain values. Tables stand under their names (T1, T2 …)."""
        return {
            "title": self.title,
            "year": self.year,
            "division": {"code": self.division.code, "name": self.division.full_name},
            "cut_off": self.cut_off.isoformat(),
            "rule": self.rule,
            "sections": [
                {"heading": section.heading, "tables": [table.number for table in section.tables]}
                for section in self.sections
            ],
            "tables": {table.number: table.as_json() for table in self.tables},
            "holds": not self.failed,
        }


def annual_report(year: int, division: Division, user: Any = None, *, public: bool = False) -> Report:
    """The report as the register stands now; its cells open their rows where `user` has the right to see them.

    Small cells of children are withheld from a user who may see no child, and from the public.
    """
    withholds = public or (user is not None and not sees_small_cells(user))
    frame = Frame(known(division).current, year, Links(user), withholds)
    children, centers, ledger = Children(frame), Centers(frame), Ledger(frame)
    receipts, allocations = Receipts(frame), Allocations(frame)
    key = KeyFigures(frame, children, centers, ledger)
    sections = [
        Section("key", _("一、年度概况与主要指标"), key.tables(receipts, allocations), overview(key)),
        Section("children", _("二、留守儿童基本情况"), children.tables()),
        Section("centers", _("三、活动中心建设与运行"), centers.tables()),
        Section("equipment", _("四、设备与图书"), ledger.tables()),
        Section("money", _("五、资金筹集与分配"), [*receipts.tables(), *allocations.tables(receipts.whole)]),
    ]
    tables = [table for section in sections for table in section.tables]
    sections += [
        Section("definitions", _("附：指标口径"), [definitions(frame)]),
        Section("checks", _("附：勾稽关系检查结果"), [check_results(frame, tables)]),
    ]
    return Report(
        project=_("%(division)s农村留守儿童关爱服务项目") % {"division": frame.division.full_label},
        year=year,
        division=frame.division,
        cut_off=frame.this.last,
        rule=frame.children_rule,
        sections=sections,
        introduction=introduction(frame),
    )
