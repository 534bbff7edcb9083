"""T2 to T5: left-behind children at the end of the year, by sex, age, schooling, guardianship."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gansu_care.reports import dimensions as by
from gansu_care.reports.annual.comparing import all_equal, change, parts_add_up
from gansu_care.reports.annual.frame import Frame, columns_of, rows_of
from gansu_care.reports.annual.withholding import counted, withheld_cells, withhold
from gansu_care.reports.dimensions import BLANK, Dimension, Words
from gansu_care.reports.indicators import CHILDREN_LEFT_BEHIND, NAMES
from gansu_care.reports.places import WHOLE, Place
from gansu_care.spreadsheets.tables import PERCENT, Cell, Chart, Check, Column, Row, Table

INDICATOR = CHILDREN_LEFT_BEHIND


@dataclass
class Children:
    """Two queries: this year by all breakdowns at once, last year by line."""

    frame: Frame

    def __post_init__(self) -> None:
        frame = self.frame
        self.now, self.before = counted(frame.division, frame.year, frame.places)
        self.lines = frame.lines(self.now, self.before)

    @cached_property
    def totals(self) -> Counter:
        return self.now.by()

    @cached_property
    def last_totals(self) -> Counter:
        return self.before.by()

    def tables(self) -> list[Table]:
        tables = [self.by_sex(), self.by_age(), self.by_schooling(), self.by_guardianship()]
        if not self.frame.withholds:
            return tables
        return [withhold(table, self.lines, self.withheld) for table in tables]

    @cached_property
    def withheld(self) -> frozenset[Any]:
        """(line, key of the column) of what these readers are not told; nothing for those who see the children."""
        frame = self.frame
        if not frame.withholds:
            return frozenset()
        return withheld_cells(frame.division, frame.year, self.now, self.before, self.lines)

    # --- T2 --------------------------------------------------------------------------------------------------------

    def by_sex(self) -> Table:
        sexes, counts = columns_of(by.SEX, self.now), self.now.by("sex")
        columns = [
            Column("total", (self.frame.this_heading, _("合计"))),
            *(Column(f"sex_{value}", (self.frame.this_heading, label)) for value, label in sexes),
            Column("last", (self.frame.last_heading,)),
            Column("change", (_("增减"), _("绝对数"))),
            Column("percent", (_("增减"), "%"), PERCENT),
        ]
        rows = rows_of(
            self.lines,
            lambda place: [
                *self._counts(place, counts, by.SEX, sexes),
                self.frame.last_cell(self.last_totals[place.key], INDICATOR, place),
                *change(self.totals[place.key], self.last_totals[place.key]),
            ],
        )
        checks = [
            self._sums(_("合计 = 各性别之和"), rows, 1, len(sexes)),
            self._places(rows, range(len(sexes) + 2)),
        ]
        notes, chart = self.frame.series_notes(), Chart(("total",))
        return self._table("T2", _("农村留守儿童人数"), columns, rows, checks, notes, chart)

    # --- T3 --------------------------------------------------------------------------------------------------------

    def by_age(self) -> Table:
        bands, sexes = columns_of(by.AGE, self.now), columns_of(by.SEX, self.now)
        columns = [Column("total", (_("合计"),))]
        for band, label in bands:
            columns.append(Column(f"age_{band}", (label, _("小计"))))
            columns += [Column(f"age_{band}_sex_{sex}", (label, word)) for sex, word in sexes]
        counts, both = self.now.by("age"), self.now.by("age", "sex")

        def cells(place: Place) -> list[Cell]:
            found = [self.frame.cell(self.totals[place.key], INDICATOR, place)]
            for band, _label in bands:
                found.append(self.frame.cell(counts[place.key, band], INDICATOR, place, age=band))
                for sex, _word in sexes:
                    count = both[place.key, band, sex]
                    found.append(self.frame.cell(count, INDICATOR, place, age=band, sex=sex))
            return found

        rows, step = rows_of(self.lines, cells), len(sexes) + 1
        checks = [
            all_equal(
                _("合计 = 各年龄段之和"),
                ((_value(row, 0), sum(_value(row, 1 + step * i) for i in range(len(bands)))) for row in rows),
            ),
            all_equal(
                _("每个年龄段 = 各性别之和"),
                (
                    (_value(row, start), sum(_value(row, start + j) for j in range(1, step)))
                    for row in rows
                    for start in range(1, 1 + step * len(bands), step)
                ),
            ),
            *self._as_in_table_2(rows, range(1, 1 + step * len(bands), step)),
        ]
        return self._table("T3", _("农村留守儿童年龄"), columns, rows, checks)

    # --- T4 --------------------------------------------------------------------------------------------------------

    def by_schooling(self) -> Table:
        stages, counts = columns_of(by.SCHOOLING, self.now), self.now.by("schooling")
        columns = [
            Column("total", (_("合计"),)),
            *(Column(f"schooling_{value or 'blank'}", (label,)) for value, label in stages),
        ]
        rows = rows_of(self.lines, lambda place: self._counts(place, counts, by.SCHOOLING, stages))
        checks = [
            self._sums(_("合计 = 各就学情况之和"), rows, 1, len(stages)),
            *self._as_in_table_2(rows, range(1, 1 + len(stages))),
        ]
        notes = [_("就学情况按最近一次登记的内容统计。")]
        return self._table("T4", _("农村留守儿童就学情况"), columns, rows, checks, notes)

    # --- T5 --------------------------------------------------------------------------------------------------------

    def by_guardianship(self) -> Table:
        types, classes = columns_of(by.GUARDIANSHIP, self.now), columns_of(by.CARE, self.now)
        columns = [
            Column("total", (_("合计"),)),
            *(Column(f"type_{value or 'blank'}", (_("监护类型"), label)) for value, label in types),
            *(Column(f"care_{value or 'blank'}", (_("照护人与儿童关系"), label)) for value, label in classes),
        ]
        of_type, of_class = self.now.by("guardianship"), self.now.by("care")
        rows = rows_of(
            self.lines,
            lambda place: [
                *self._counts(place, of_type, by.GUARDIANSHIP, types),
                *self._counts(place, of_class, by.CARE, classes)[1:],
            ],
        )
        checks = [
            self._sums(_("合计 = 各监护类型之和"), rows, 1, len(types)),
            self._sums(_("合计 = 各类照护人之和"), rows, 1 + len(types), len(classes)),
            *self._as_in_table_2(
                rows,
                range(1, 1 + len(types)),
                range(1 + len(types), 1 + len(types) + len(classes)),
            ),
        ]
        notes = [
            _(
                "监护类型按最近一次评估的内容统计；照护人按年末24时的委托照护统计，没有委托照护人的列入“无人”。"
            )
        ]
        return self._table("T5", _("农村留守儿童监护情况"), columns, rows, checks, notes)

    # --- parts of the tables ---------------------------------------------------------------------------------------

    def _counts(
        self, place: Place, counts: Counter, dimension: Dimension, values: list[tuple[str, Words]]
    ) -> list[Cell]:
        """The line's total, then one cell for each value."""
        total = self.frame.cell(self.totals[place.key], INDICATOR, place)
        return [
            total,
            *(
                self.frame.cell(counts[place.key, value], INDICATOR, place, **{dimension.key: value or BLANK})
                for value, _label in values
            ),
        ]

    def _sums(self, text: str, rows: list[Row], first: int, count: int) -> Check:
        """The first cell of each line is the sum of `count` cells from `first` on."""
        return all_equal(
            text, ((_value(row, 0), sum(_value(row, first + i) for i in range(count))) for row in rows)
        )

    def _places(self, rows: list[Row], columns: range) -> Check:
        return parts_add_up(self.frame.places.sum_text, self.lines, rows, columns)

    def _as_in_table_2(self, rows: list[Row], *parts: Sequence[int]) -> list[Check]:
        """The lines add up; each breakdown (the places of its cells) comes to the total of table 2."""
        whole = next(row for place, row in zip(self.lines, rows, strict=True) if place.is_whole)
        sums = ((sum(_value(whole, index) for index in part), self.totals[WHOLE]) for part in parts)
        return [self._places(rows, range(len(whole.cells))), all_equal(_("各项之和 = 表2合计"), sums)]

    def _table(
        self,
        number: str,
        title: Words,
        columns: list[Column],
        rows: list[Row],
        checks: list[Check],
        notes: Sequence[str] = (),
        chart: Chart | None = None,
    ) -> Table:
        return self.frame.table(
            number,
            title,
            columns=columns,
            rows=rows,
            checks=checks,
            unit=NAMES,
            rule=self.frame.children_rule,
            notes=[*notes, *self.frame.children_notes(), *self.frame.place_notes()],
            chart=chart,
        )


def _value(row: Row, index: int) -> int:
    value = row.cells[index].value
    assert isinstance(value, int)
    return value
