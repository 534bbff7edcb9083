"""T13: what is in the equipment ledger at the end of the year, by category and by division, in quantity and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Q, Sum
from django.utils.translation import gettext as _

from gansu_care.pages.templatetags.gc import number
from gansu_care.reports import dimensions as by
from gansu_care.reports.annual.comparing import Figure, all_equal, change, equal
from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.dimensions import Words
from gansu_care.reports.grouping import grouped
from gansu_care.reports.indicators import EQUIPMENT
from gansu_care.reports.places import WHOLE, Key, Place
from gansu_care.spreadsheets.tables import DECIMAL, INT, MONEY, PERCENT, Cell, Check, Column, Row, Table

QUANTITY, UNVALUED = "quantity", "unvalued"
MEASURES = {
    QUANTITY: Sum("quantity", output_field=DecimalField(max_digits=18, decimal_places=2)),
    UNVALUED: Count("pk", filter=Q(value=None)),
}


@dataclass
class Ledger:
    """Two queries: the ledger at the end of this year and of last."""

    frame: Frame

    def __post_init__(self) -> None:
        frame = self.frame
        self.now, self.before = (
            grouped(EQUIPMENT, frame.division, period, by.CATEGORY, places=frame.places, measures=MEASURES)
            for period in (frame.this, frame.last)
        )
        self.lines = frame.lines(self.now, self.before)
        self.value, self.last_value = self.now.by("category"), self.before.by("category")
        self.quantity = self.now.by("category", measure=QUANTITY)
        self.last_quantity = self.before.by("category", measure=QUANTITY)
        self.values, self.last_values = self.now.by(), self.before.by()

    def tables(self) -> list[Table]:
        rows = [*self._all_categories(), *(row for kind in self.categories for row in self._category(*kind))]
        table = self.frame.table(
            "T13",
            _("设备物资数量与价值"),
            stub=_("类别、%(divisions)s") % {"divisions": self.frame.places.stub},
            columns=self._columns(),
            rows=rows,
            checks=self._checks(),
            rule=_("年末在账：年末以前取得（日期未填的计入）且未处置"),
            notes=self._notes(),
        )
        return [table]

    @property
    def categories(self) -> list[tuple[str, Words]]:
        """Those that the ledger has, this year or last."""
        found = self.now.values("category") | self.before.values("category")
        return [pair for pair in by.CATEGORY.values if pair[0] in found]

    def _columns(self) -> list[Column]:
        this, last = self.frame.this_heading, self.frame.last_heading
        return [
            Column("quantity", (_("数量"), this), DECIMAL),
            Column("last_quantity", (_("数量"), last), DECIMAL),
            Column("quantity_change", (_("数量"), _("增减")), DECIMAL),
            Column("value", (_("金额（元）"), this), MONEY),
            Column("last_value", (_("金额（元）"), last), MONEY),
            Column("value_change", (_("金额（元）"), _("增减")), MONEY),
            Column("value_percent", (_("金额（元）"), _("增减%")), PERCENT),
        ]

    def _all_categories(self) -> Iterator[Row]:
        for place in self.lines:
            yield Row(
                place.label,
                [Cell(None), Cell(None), Cell(None), *self._values(place, {})],
                level=_level(place),
                is_sum=place.is_whole,
            )

    def _category(self, category: str, label: Words) -> Iterator[Row]:
        for place in self.lines:
            cells = [*self._quantities(place.key, category), *self._values(place, {"category": category})]
            if place.is_whole:
                yield Row(label, cells, is_sum=True)
            elif any(cell.value for cell in cells):
                yield Row(place.label, cells, level=_level(place))

    def _quantities(self, key: Key, category: str) -> list[Cell]:
        now, before = (
            self.quantity[key, category] or Decimal(0),
            self.last_quantity[key, category] or Decimal(0),
        )
        return [_count(now), _count(before), _count(now - before)]

    def _values(self, place: Place, own: dict[str, str]) -> list[Cell]:
        key: Any = (place.key, own["category"]) if own else place.key
        now = (self.value if own else self.values)[key] or Decimal(0)
        before = (self.last_value if own else self.last_values)[key] or Decimal(0)
        return [
            self.frame.cell(now, EQUIPMENT, place, **own),
            self.frame.last_cell(before, EQUIPMENT, place, **own),
            *change(now, before, MONEY),
        ]

    def _checks(self) -> list[Check]:
        parts = [place.key for place in self.lines if place.is_part and not place.is_whole]
        kinds = [category for category, _label in self.categories]
        pairs: list[tuple[Figure, Figure]] = [(_sum(self.values, parts), self.values[WHOLE] or Decimal(0))]
        pairs += [
            (_sum(counts, [(part, kind) for part in parts]), counts[WHOLE, kind])
            for kind in kinds
            for counts in (self.value, self.quantity)
        ]
        of_kinds = sum((self.value[WHOLE, kind] for kind in kinds), Decimal(0))
        return [
            equal(_("各类别金额之和 = 合计"), of_kinds, self.values[WHOLE] or Decimal(0)),
            all_equal(self.frame.places.sum_text, pairs if parts else []),
        ]

    def _notes(self) -> list[str]:
        unvalued = int(self.now.by(measure=UNVALUED)[WHOLE])
        return [
            _("不同类别的数量单位（台、套、册、件等）不同，数量不合计。"),
            _("金额未填的按数量乘单价；两者都未填的 %(count)s 行只计数量。设备物资没有待核记录。")
            % {"count": number(unvalued)},
            *self.frame.year_notes(),
            *self.frame.place_notes(),
        ]


def _level(place: Place) -> int:
    """Divisions stand indented under their category, a reporting unit under its division."""
    return 0 if place.is_whole else 1 if place.is_part else 2


def _count(quantity: Figure) -> Cell:
    """A quantity: whole ones without decimals."""
    value = Decimal(quantity)
    return Cell(int(value), kind=INT) if value == int(value) else Cell(value.quantize(Decimal("0.01")))


def _sum(counts: Any, keys: list[Any]) -> Figure:
    return sum((counts[key] for key in keys), Decimal(0))
