"""T9 to T11: centers built and operating, by type and host; townships that have one. One query for all three."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext as _

from centers.code_tables import CenterStatus
from gansu_care.reports import dimensions as by
from gansu_care.reports.annual.comparing import all_equal, equal, parts_add_up, percent
from gansu_care.reports.annual.frame import Frame, columns_of, rows_of
from gansu_care.reports.coverage import towns_in, towns_of
from gansu_care.reports.dimensions import BLANK, Dimension
from gansu_care.reports.grouping import grouped
from gansu_care.reports.indicators import (
    CENTERS,
    CENTERS_BUILT,
    CENTERS_BUILT_IN_YEAR,
    CENTERS_OPERATING,
    TOWNS_WITH_CENTER,
    TOWNS_WITH_OPERATING_CENTER,
)
from gansu_care.reports.periods import Period
from gansu_care.reports.places import WHOLE, Key, Place
from gansu_care.spreadsheets.tables import PERCENT, Cell, Chart, Check, Column, Row, Table

OPERATING = CenterStatus.OPERATING.value
IN_YEAR, BEFORE = "in_year", "before"


def _with_time(rows: QuerySet, period: Period) -> QuerySet:
    in_year = When(built_on__gte=period.first, then=Value(IN_YEAR))
    return rows.annotate(built_when=Case(in_year, default=Value(BEFORE), output_field=CharField()))


BUILT_WHEN = Dimension("when", _("建成时间"), "built_when", (), tell=_with_time)


@dataclass
class Centers:
    frame: Frame

    def __post_init__(self) -> None:
        breakdowns = (by.STATUS, BUILT_WHEN, by.TYPE, by.HOST, by.DIVISION)
        frame = self.frame
        self.now = grouped(CENTERS_BUILT, frame.division, frame.this, *breakdowns, places=frame.places)
        self.lines = frame.lines(self.now)

    @cached_property
    def totals(self) -> Counter:
        return self.now.by()

    @cached_property
    def by_time(self) -> Counter:
        return self.now.by("when")

    @property
    def built_before(self) -> int:
        return self.by_time[WHOLE, BEFORE]

    def tables(self) -> list[Table]:
        return [self.built_and_operating(), self.by_type_and_host(), self.coverage()]

    # --- T9 --------------------------------------------------------------------------------------------------------

    def built_and_operating(self) -> Table:
        statuses, counts = columns_of(by.STATUS, self.now), self.now.by("status")
        columns = [
            Column("built", (_("建成"), _("累计"))),
            Column("built_in_year", (_("建成"), _("本年"))),
            Column("built_before", (_("建成"), _("以前年度"))),
            *(Column(f"status_{value or 'blank'}", (_("年末状态"), label)) for value, label in statuses),
        ]

        def cells(place: Place) -> list[Cell]:
            in_status = (
                self.frame.cell(counts[place.key, value], CENTERS_BUILT, place, status=value or BLANK)
                for value, _label in statuses
            )
            return [*self._built(place), *in_status]

        rows = rows_of(self.lines, cells)
        checks = [
            all_equal(_("累计 = 本年 + 以前年度"), ((_n(row, 0), _n(row, 1) + _n(row, 2)) for row in rows)),
            all_equal(
                _("累计 = 各年末状态之和"),
                ((_n(row, 0), sum(_n(row, 3 + i) for i in range(len(statuses)))) for row in rows),
            ),
            self._places(rows, range(3 + len(statuses))),
        ]
        notes = [_("累计建成与年末运行不同：撤并、关闭的中心仍计入累计建成。")]
        return self.frame.table(
            "T9",
            _("活动中心建设与运行情况"),
            columns=columns,
            rows=rows,
            checks=checks,
            unit=CENTERS,
            rule=_("建成按建成日期，状态按年末24时"),
            notes=[*notes, *self.frame.center_notes(), *self.frame.place_notes()],
            chart=Chart(("built",), _("累计建成活动中心")),
        )

    def _built(self, place: Place) -> list[Cell]:
        frame = self.frame
        return [
            frame.cell(self.totals[place.key], CENTERS_BUILT, place),
            frame.cell(self.by_time[place.key, IN_YEAR], CENTERS_BUILT_IN_YEAR, place),
            frame.last_cell(self.by_time[place.key, BEFORE], CENTERS_BUILT, place),
        ]

    # --- T10 -------------------------------------------------------------------------------------------------------

    def by_type_and_host(self) -> Table:
        types, hosts = columns_of(by.TYPE, self.now), columns_of(by.HOST, self.now)
        columns = [
            Column("built", (_("累计建成"),)),
            *(Column(f"host_{value or 'blank'}", (_("依托单位"), label)) for value, label in hosts),
            Column("built_in_year", (_("其中"), _("本年建成"))),
            Column("operating", (_("其中"), _("年末运行"))),
        ]
        place = self.frame.places.whole
        by_type, by_host = self.now.by("type"), self.now.by("type", "host")
        in_year = self.now.by("type", when=IN_YEAR)
        operating = self.now.by("type", status=OPERATING)

        def cells(kind: str) -> list[Cell]:
            own, cell = {"type": kind or BLANK}, self.frame.cell
            return [
                cell(by_type[WHOLE, kind], CENTERS_BUILT, place, **own),
                *(
                    cell(by_host[WHOLE, kind, host], CENTERS_BUILT, place, host=host or BLANK, **own)
                    for host, _label in hosts
                ),
                cell(in_year[WHOLE, kind], CENTERS_BUILT_IN_YEAR, place, **own),
                cell(operating[WHOLE, kind], CENTERS_OPERATING, place, **own),
            ]

        whole, rows = (
            self._all_types(place, hosts),
            [Row(label, cells(value)) for value, label in types],
        )
        return self.frame.table(
            "T10",
            _("活动中心类型与依托单位"),
            stub=_("类型"),
            columns=columns,
            rows=[whole, *rows],
            checks=self._type_checks(whole, rows, len(hosts)),
            unit=CENTERS,
            rule=_("建成按建成日期，状态按年末24时"),
            notes=self.frame.center_notes(),
        )

    def _all_types(self, place: Place, hosts: list) -> Row:
        by_host, cell = self.now.by("host"), self.frame.cell
        operating = self.now.by(status=OPERATING)
        return Row(
            _("合计"),
            [
                cell(self.totals[WHOLE], CENTERS_BUILT, place),
                *(
                    cell(by_host[WHOLE, host], CENTERS_BUILT, place, host=host or BLANK)
                    for host, _label in hosts
                ),
                cell(self.by_time[WHOLE, IN_YEAR], CENTERS_BUILT_IN_YEAR, place),
                cell(operating[WHOLE], CENTERS_OPERATING, place),
            ],
            is_sum=True,
        )

    def _type_checks(self, whole: Row, rows: list[Row], hosts: int) -> list[Check]:
        return [
            all_equal(
                _("合计 = 各类型之和"),
                ((_n(whole, i), sum(_n(row, i) for row in rows)) for i in range(len(whole.cells))),
            ),
            all_equal(
                _("累计建成 = 各依托单位之和"),
                ((_n(row, 0), sum(_n(row, 1 + i) for i in range(hosts))) for row in [whole, *rows]),
            ),
            equal(_("合计 = 表9累计"), _n(whole, 0), self.totals[WHOLE]),
        ]

    # --- T11 -------------------------------------------------------------------------------------------------------

    def coverage(self) -> Table:
        columns = [
            Column("towns", (_("乡镇数"),)),
            Column("with_center", (_("建有活动中心"), _("乡镇数"))),
            Column("with_center_share", (_("建有活动中心"), _("覆盖率（%）")), PERCENT),
            Column("with_operating", (_("有运行中的活动中心"), _("乡镇数"))),
            Column("with_operating_share", (_("有运行中的活动中心"), _("覆盖率（%）")), PERCENT),
        ]
        rows = rows_of(self.lines, self._coverage_of)
        checks = [
            self._places(rows, (0, 1, 3)),
            all_equal(
                _("有运行中的 ≤ 建有的 ≤ 乡镇数"),
                ((max(_n(row, 3) - _n(row, 1), _n(row, 1) - _n(row, 0), 0), 0) for row in rows),
            ),
        ]
        return self.frame.table(
            "T11",
            _("活动中心乡镇覆盖情况"),
            columns=columns,
            rows=rows,
            checks=checks,
            rule=_("乡镇指现行的镇和乡，不含街道和其他乡级单位"),
            notes=[*self.frame.center_notes(), *self.frame.place_notes()],
        )

    def _coverage_of(self, place: Place) -> list[Cell]:
        towns = len(self.towns[place.key])
        built, operating = self.covered(place.key), self.covered(place.key, status=OPERATING)
        return [
            Cell(towns),
            self.frame.cell(built, TOWNS_WITH_CENTER, place),
            Cell(percent(built, towns)),
            self.frame.cell(operating, TOWNS_WITH_OPERATING_CENTER, place),
            Cell(percent(operating, towns)),
        ]

    @cached_property
    def towns(self) -> dict[Key, set[int]]:
        """For each line its towns."""
        places = self.frame.places
        found: dict[Key, set[int]] = {place.key: set() for place in self.lines}
        for town in towns_in(self.frame.division):
            column = {"prefecture_id": town.prefecture, "county_id": town.county}.get(places.column, town)
            for key in places.keys(column.pk if column else None, town.reporting_unit_id):
                found.setdefault(key, set()).add(town.pk)
        return found

    def covered(self, key: Key = WHOLE, **only: str) -> int:
        """How many towns of a line have a center (of this status, built at this time)."""
        ids = (
            values["division"]
            for lines, values, _measures in self.now.groups
            if key in lines and all(values[name] == wanted for name, wanted in only.items())
        )
        return len(towns_of(ids))

    def _places(self, rows: list[Row], columns: range | tuple[int, ...]) -> Check:
        return parts_add_up(self.frame.places.sum_text, self.lines, rows, columns)


def _n(row: Row, index: int) -> int:
    value = row.cells[index].value
    assert isinstance(value, int)
    return value
