"""T1: the key figures. Each is counted by its own definition, apart from the tables below it, so that the checks
between T1 and the other tables mean something."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gansu_care.reports.annual.centers import BEFORE, OPERATING, Centers
from gansu_care.reports.annual.children import Children
from gansu_care.reports.annual.comparing import Figure, all_equal, change, equal
from gansu_care.reports.annual.equipment import Ledger
from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.annual.money import Allocations, Receipts
from gansu_care.reports.annual.withholding import note, withheld_flows, withheld_lines
from gansu_care.reports.grouping import by_year, figures
from gansu_care.reports.indicators import (
    ALLOCATED,
    CENTERS_BUILT,
    CENTERS_BUILT_IN_YEAR,
    CENTERS_CLOSED,
    CENTERS_EQUIPPED,
    CENTERS_OPERATING,
    CENTERS_PAUSED,
    CHILDREN_ENTERED,
    CHILDREN_EXITED,
    CHILDREN_LEFT_BEHIND,
    CHILDREN_REGISTERED,
    EQUIPMENT,
    RECEIVED,
    RECEIVED_JOINTLY,
    SPENT,
    TOWNS_WITH_CENTER,
    Indicator,
)
from gansu_care.reports.periods import Period
from gansu_care.reports.places import WHOLE
from gansu_care.spreadsheets.tables import MONEY, PERCENT, TEXT, WITHHELD, Cell, Check, Column, Row, Table

CENTER_FIGURES = (CENTERS_BUILT, CENTERS_OPERATING, CENTERS_PAUSED, CENTERS_CLOSED, CENTERS_EQUIPPED)
THIS, LAST, TOTAL, TOTAL_LAST = "this", "last", "since", "since_last"


@dataclass
class KeyFigures:
    """The values of T1: {(indicator's code, THIS | LAST | SINCE | SINCE_LAST): figure}."""

    frame: Frame
    children: Children
    centers: Centers
    ledger: Ledger

    def __post_init__(self) -> None:
        self.values: dict[tuple[str, str], Figure] = {}
        self._count_children()
        self._count_centers()
        self._count_money(RECEIVED, RECEIVED_JOINTLY)
        self._count_money(ALLOCATED)
        self._count_money(SPENT)
        self._put(EQUIPMENT, self.ledger.values[WHOLE], self.ledger.last_values[WHOLE])

    def value(self, indicator: Indicator, when: str = THIS) -> Figure:
        return self.values[indicator.code, when]

    @cached_property
    def withheld(self) -> frozenset[tuple[str, str]]:
        """(indicator's code, THIS or LAST) of the children's figures that these readers are not told."""
        frame = self.frame
        if not frame.withholds:
            return frozenset()
        found = set()
        for when, column, year, period in (
            (THIS, "total", frame.year, frame.this),
            (LAST, "last", frame.year - 1, frame.last),
        ):
            if (WHOLE, column) in self.children.withheld:
                found.add((CHILDREN_LEFT_BEHIND.code, when))
            if WHOLE in withheld_lines(CHILDREN_REGISTERED, frame.division, period):
                found.add((CHILDREN_REGISTERED.code, when))
            if WHOLE in withheld_flows(frame.division, year):
                found |= {(CHILDREN_ENTERED.code, when), (CHILDREN_EXITED.code, when)}
        return frozenset(found)

    def _put(self, indicator: Indicator, this: Figure, last: Figure) -> None:
        self.values[indicator.code, THIS] = indicator.clean(this)
        self.values[indicator.code, LAST] = indicator.clean(last)

    def _count_children(self) -> None:
        frame = self.frame
        division = frame.division
        registered = (
            CHILDREN_REGISTERED.total(CHILDREN_REGISTERED.rows(division, period))
            for period in (frame.this, frame.last)
        )
        self._put(CHILDREN_REGISTERED, *registered)
        self._put(CHILDREN_LEFT_BEHIND, self.children.totals[WHOLE], self.children.last_totals[WHOLE])
        both_years = Period(frame.last.first, frame.this.last)
        for flow in (CHILDREN_ENTERED, CHILDREN_EXITED):
            found = by_year(flow, division, both_years)
            self._put(flow, found[frame.year], found[frame.year - 1])

    def _count_centers(self) -> None:
        frame = self.frame
        wanted = {
            f"{one.code}:{when}": (one, period)
            for one in CENTER_FIGURES
            for when, period in ((THIS, frame.this), (LAST, frame.last))
        }
        wanted |= self._flow(CENTERS_BUILT_IN_YEAR)
        self._take(figures(frame.division, wanted))
        self._put(TOWNS_WITH_CENTER, self.centers.covered(), self.centers.covered(when=BEFORE))
        self.values[CENTERS_BUILT.code, TOTAL] = self.value(CENTERS_BUILT_IN_YEAR, TOTAL)

    def _count_money(self, *flows: Indicator) -> None:
        wanted: dict[str, tuple[Indicator, Period]] = {}
        for flow in flows:
            wanted |= self._flow(flow)
        self._take(figures(self.frame.division, wanted))

    def _flow(self, indicator: Indicator) -> dict[str, tuple[Indicator, Period]]:
        frame = self.frame
        periods = {THIS: frame.this, LAST: frame.last, TOTAL: frame.since, TOTAL_LAST: frame.since_last}
        return {f"{indicator.code}:{when}": (indicator, period) for when, period in periods.items()}

    def _take(self, found: dict[str, Figure]) -> None:
        for name, value in found.items():
            code, _colon, when = name.partition(":")
            self.values[code, when] = value

    # --- the table -------------------------------------------------------------------------------------------------

    def tables(self, receipts: Receipts, allocations: Allocations) -> list[Table]:
        frame = self.frame
        table = frame.table(
            "T1",
            _("主要指标"),
            stub=_("指标"),
            columns=[
                Column("unit", (_("单位"),), TEXT),
                Column("this", (frame.this_heading,)),
                Column("last", (frame.last_heading,)),
                Column("change", (_("增减"), _("绝对数"))),
                Column("percent", (_("增减"), "%"), PERCENT),
                Column("since", (_("2009年以来累计"),)),
            ],
            rows=self._rows(),
            checks=[*self._own_checks(), *self._checks_against(receipts, allocations)],
            rule=_("%(rule)s；各指标口径见附表A1") % {"rule": frame.children_rule},
            notes=[
                _("“—”表示不适用，或上年为 0 而不计算百分比。"),
                _("累计建成与年末运行不同：撤并、关闭的中心仍计入累计建成。"),
                *frame.children_notes(),
                *frame.series_notes(),
                *([note()] if frame.withholds else []),
            ],
        )
        return [table]

    def _rows(self) -> list[Row]:
        return [
            Row(_("一、留守儿童"), is_section=True),
            self._row(CHILDREN_REGISTERED),
            self._row(CHILDREN_LEFT_BEHIND, _("其中：农村留守儿童")),
            self._row(CHILDREN_ENTERED),
            self._row(CHILDREN_EXITED),
            Row(_("二、活动中心"), is_section=True),
            self._row(CENTERS_BUILT, _("累计建成")),
            self._row(CENTERS_OPERATING, _("其中：运行")),
            self._row(CENTERS_PAUSED, _("其中：暂停")),
            self._row(CENTERS_CLOSED, _("其中：撤并、关闭")),
            self._row(CENTERS_BUILT_IN_YEAR, _("本年建成")),
            self._row(CENTERS_EQUIPPED, _("四类设备齐全")),
            self._row(TOWNS_WITH_CENTER),
            self._row(EQUIPMENT),
            Row(_("三、资金"), is_section=True),
            self._row(RECEIVED, pgettext("指标", "到账")),
            self._row(RECEIVED_JOINTLY, _("其中：全国妇联、中国儿童少年基金会联合")),
            self._row(ALLOCATED, pgettext("指标", "分配")),
            self._row(SPENT, pgettext("指标", "支出")),
        ]

    def _row(self, indicator: Indicator, label: str = "") -> Row:
        frame, place = self.frame, self.frame.places.whole
        this, last = self.value(indicator), self.value(indicator, LAST)
        hidden = {when for code, when in self.withheld if code == indicator.code}
        since = self.values.get((indicator.code, TOTAL))
        counted = CENTERS_BUILT_IN_YEAR if indicator is CENTERS_BUILT else indicator
        cells = [
            Cell(str(indicator.unit)),
            Cell(WITHHELD) if THIS in hidden else frame.cell(this, indicator, place),
            Cell(WITHHELD) if LAST in hidden else frame.last_cell(last, indicator, place),
            *(
                [Cell(WITHHELD), Cell(WITHHELD)]
                if hidden
                else change(this, last, MONEY if indicator.is_money else "")
            ),
            Cell(None) if since is None else frame.since_cell(since, counted, place),
        ]
        return Row(label or indicator.label, cells, level=1)

    # --- checks ----------------------------------------------------------------------------------------------------

    def _own_checks(self) -> list[Check]:
        value, flows = self.value, (CENTERS_BUILT_IN_YEAR, RECEIVED, RECEIVED_JOINTLY, ALLOCATED, SPENT)
        return [
            equal(
                _("上年末在册 + 登记入册 − 退出 = 年末在册"),
                value(CHILDREN_REGISTERED, LAST) + value(CHILDREN_ENTERED) - value(CHILDREN_EXITED),
                value(CHILDREN_REGISTERED),
            ),
            equal(
                _("上年累计建成 + 本年建成 = 累计建成"),
                value(CENTERS_BUILT, LAST) + value(CENTERS_BUILT_IN_YEAR),
                value(CENTERS_BUILT),
            ),
            equal(
                _("累计建成 = 运行 + 暂停 + 撤并、关闭 + 其他"), self._in_some_status(), value(CENTERS_BUILT)
            ),
            all_equal(
                _("2009年以来累计 = 上年累计 + 本年"),
                ((value(one, TOTAL_LAST) + value(one), value(one, TOTAL)) for one in flows),
            ),
        ]

    def _in_some_status(self) -> Figure:
        """Centers in the three states, and those that table 9 shows in another."""
        statuses = self.centers.now.by("status")
        main = (CENTERS_OPERATING, CENTERS_PAUSED, CENTERS_CLOSED)
        other = sum(
            count
            for key, count in statuses.items()
            if key[0] == WHOLE and key[1] in ("", "planned", "building")
        )
        return sum((self.value(one) for one in main), 0) + other

    def _checks_against(self, receipts: Receipts, allocations: Allocations) -> list[Check]:
        value = self.value
        centers = self.centers
        operating = centers.now.by(status=OPERATING)[WHOLE]
        return [
            equal(_("累计建成与表9一致"), value(CENTERS_BUILT), centers.totals[WHOLE]),
            equal(
                _("上年累计建成与表9以前年度一致"), value(CENTERS_BUILT, LAST), centers.by_time[WHOLE, BEFORE]
            ),
            equal(_("年末运行与表9一致"), value(CENTERS_OPERATING), operating),
            all_equal(
                _("到账资金与表15一致"),
                (
                    (value(RECEIVED), receipts.whole.this),
                    (value(RECEIVED, LAST), receipts.whole.last),
                    (value(RECEIVED, TOTAL), receipts.whole.since),
                ),
            ),
            all_equal(
                _("分配资金与表16一致"),
                (
                    (value(ALLOCATED), allocations.whole.this),
                    (value(ALLOCATED, LAST), allocations.whole.last),
                    (value(ALLOCATED, TOTAL), allocations.whole.since),
                ),
            ),
        ]
