"""What all tables of one report share: division, years, lines, links, and the sentences printed under each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from children.left_behind import MCA2016
from gansu_care.divisions.models import Division, Level
from gansu_care.pages.templatetags.gc import number
from gansu_care.reports.annual.comparing import Figure
from gansu_care.reports.dimensions import Dimension, Words
from gansu_care.reports.grouping import Groups
from gansu_care.reports.indicators import CENTERS_UNDATED, CHILDREN_DRAFTS, Indicator
from gansu_care.reports.links import Links
from gansu_care.reports.periods import (
    RULE_BEGAN,
    SINCE,
    YEAR,
    Period,
    has_ended,
    since_beginning,
    year_period,
)
from gansu_care.reports.places import Place, Places
from gansu_care.spreadsheets.tables import Cell, Row, Table


@dataclass
class Frame:
    """`this` and `last` are the years compared, `since` runs from 2009 to the cut-off."""

    division: Division
    year: int
    links: Links = field(default_factory=Links)
    # For readers who may see no child: small cells are withheld.
    withholds: bool = False

    def __post_init__(self) -> None:
        self.places = Places(self.division)
        self.this = year_period(self.year)
        self.last = year_period(self.year - 1)
        self.since = since_beginning(self.year)
        self.since_last = Period(self.since.first, self.last.last)

    @property
    def this_heading(self) -> str:
        return _("%(year)s年") % {"year": self.year}

    @property
    def last_heading(self) -> str:
        return _("%(year)s年") % {"year": self.year - 1}

    def cell(
        self, value: Figure, indicator: Indicator, place: Place, span: str = YEAR, **filters: str
    ) -> Cell:
        return self.links.cell(value, indicator, self.year, place, span, **filters)

    def last_cell(self, value: Figure, indicator: Indicator, place: Place, **filters: str) -> Cell:
        return self.links.cell(value, indicator, self.year - 1, place, **filters)

    def since_cell(self, value: Figure, indicator: Indicator, place: Place, **filters: str) -> Cell:
        return self.links.cell(value, indicator, self.year, place, SINCE, **filters)

    def lines(self, *groups: Groups) -> list[Place]:
        return self.places.lines({key for found in groups for key in found.used})

    def table(self, number: str, title: Words, **parts: Any) -> Table:
        return Table(number, title, cut_off=self.this.last, **{"stub": self.places.stub, **parts})

    @cached_property
    def drafts(self) -> int:
        return int(CHILDREN_DRAFTS.total(CHILDREN_DRAFTS.rows(self.division, self.this)))

    @cached_property
    def undated_centers(self) -> int:
        return int(CENTERS_UNDATED.total(CENTERS_UNDATED.rows(self.division, self.this)))

    # --- what is printed under the tables --------------------------------------------------------------------------

    @property
    def children_rule(self) -> str:
        return _("%(document)s（%(code)s），存量按年末24时") % {
            "document": MCA2016.document,
            "code": MCA2016.code,
        }

    def children_notes(self) -> list[str]:
        if self.withholds:
            return [_("未计入待核记录（尚未取得监护人同意）。")]
        left_out = _("未计入待核记录 %(count)s 条（尚未取得监护人同意）。")
        return [left_out % {"count": number(self.drafts)}]

    def center_notes(self) -> list[str]:
        left_out = _("未计入建成日期未填的活动中心 %(count)s 个；活动中心没有待核记录。")
        return [left_out % {"count": number(self.undated_centers)}]

    def money_notes(self) -> list[str]:
        return [_("资金没有待核记录，没有未计入的记录。"), *self.year_notes()]

    def place_notes(self) -> list[str]:
        if self.division.level == Level.PROVINCE:
            return [
                _(
                    "各行按现行行政区划归并，按区划代码排列；嘉峪关市只列一行；兰州新区不是行政区划，已含在兰州市内。"
                )
            ]
        return [_("各行按现行行政区划归并，按区划代码排列。")]

    def year_notes(self) -> list[str]:
        return [] if has_ended(self.year) else [_("本年度尚未结束，数字截至今天；上年为全年数或年末数。")]

    def series_notes(self) -> list[str]:
        """Published figures before and after the rule of 2016 do not compare; the page says so."""
        notes = self.year_notes()
        if self.year == RULE_BEGAN:
            notes.append(
                _(
                    "序列中断：2016年起按国发〔2016〕13号统计，与2015年及以前公布的数字不可比；表中上年数按新口径回算。"
                )
            )
        elif self.year < RULE_BEGAN:
            notes.append(_("国发〔2016〕13号于2016年发布；本表按同一口径回算，与当年公布的数字不可比。"))
        return notes


def row_of(place: Place, cells: Sequence[Cell]) -> Row:
    return Row(place.label, cells, level=0 if place.is_part else 1, is_sum=place.is_whole)


def columns_of(dimension: Dimension, *groups: Groups) -> list[tuple[str, Words]]:
    """The values that a table shows: those that always stand, and the rare ones that some record has."""
    found = {value for one in groups for value in one.values(dimension.key)}
    return [*dimension.values, *(pair for pair in dimension.rare if pair[0] in found)]


def rows_of(places: Sequence[Place], cells: Callable[[Place], Sequence[Cell]]) -> list[Row]:
    return [row_of(place, cells(place)) for place in places]
