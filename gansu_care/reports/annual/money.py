"""T15 and T16: money received by source, and allocated by division. Joint sources on one receipt are one line."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import Source
from gansu_care.divisions.models import Level
from gansu_care.reports import dimensions as by
from gansu_care.reports.annual.comparing import all_equal, change, equal, parts_add_up, percent
from gansu_care.reports.annual.frame import Frame, rows_of
from gansu_care.reports.dimensions import BLANK, named_together, source_order
from gansu_care.reports.grouping import grouped
from gansu_care.reports.indicators import ALLOCATED, RECEIVED, YUAN
from gansu_care.reports.places import WHOLE, Key, Place
from gansu_care.spreadsheets.tables import MONEY, PERCENT, Cell, Chart, Check, Column, Row, Table

Sources = tuple[int, ...]
NOUGHT = Decimal("0.00")


@dataclass
class Amounts:
    """Of one line: this year, last year, since 2009, and since 2009 up to the end of last year."""

    this: Decimal = NOUGHT
    last: Decimal = NOUGHT
    since: Decimal = NOUGHT

    def add(self, year: int, amount: Decimal, this_year: int) -> None:
        self.since += amount
        self.this += amount if year == this_year else 0
        self.last += amount if year == this_year - 1 else 0

    @property
    def since_last(self) -> Decimal:
        return self.since - self.this


def columns(frame: Frame) -> list[Column]:
    return [
        Column("this", (frame.this_heading,), MONEY),
        Column("last", (frame.last_heading,), MONEY),
        Column("change", (_("增减"), _("绝对数")), MONEY),
        Column("percent", (_("增减"), "%"), PERCENT),
        Column("since", (_("2009年以来累计"), _("金额")), MONEY),
        Column("share", (_("2009年以来累计"), _("比重（%）")), PERCENT),
    ]


@dataclass
class Receipts:
    """Three queries: receipts by year and sole source; the joint ones with their sources; the sources' names."""

    frame: Frame

    def __post_init__(self) -> None:
        frame = self.frame
        breakdowns = (by.year_of(RECEIVED.day), by.SOURCES, by.SHARES)
        self.now = grouped(RECEIVED, frame.division, frame.since, *breakdowns, places=frame.places)
        self.whole = Amounts()
        self.of_source: defaultdict[Sources, Amounts] = defaultdict(Amounts)
        for (_line, year, source, shares), amount in self._whole_by_source().items():
            self.whole.add(year, amount, frame.year)
            if shares <= 1:
                self.of_source[(source,) if source else ()].add(year, amount, frame.year)
        for sources, year, amount in self._joint():
            self.of_source[sources].add(year, amount, frame.year)

    def _whole_by_source(self) -> dict[tuple[Key, int, int | None, int], Decimal]:
        found = self.now.by("year", "sources", "shares")
        return {key: amount for key, amount in found.items() if key[0] == WHOLE}

    def _joint(self) -> list[tuple[Sources, int, Decimal]]:
        """Each receipt of several sources: their ids, its year, its amount."""
        rows = RECEIVED.rows(self.frame.division, self.frame.since).telling_sole_source()
        rows = rows.filter(share_count__gt=1).order_by("pk", "shares__source")
        sources: defaultdict[int, list[int]] = defaultdict(list)
        facts: dict[int, tuple[int, Decimal]] = {}
        for pk, year, amount, source in rows.values_list(
            "pk", "received_on__year", "amount", "shares__source"
        ):
            sources[pk].append(source)
            facts[pk] = (year, amount)
        return [(tuple(sources[pk]), *facts[pk]) for pk in facts]

    def tables(self) -> list[Table]:
        rows = [
            self._row(_("合计"), self.whole, is_sum=True),
            *(self._row(label, self.of_source[ids], ids) for ids, label in self._named()),
        ]
        table = self.frame.table(
            "T15",
            _("到账资金来源"),
            stub=_("来源"),
            columns=columns(self.frame),
            rows=rows,
            checks=self._checks(rows),
            unit=YUAN,
            rule=_("按到账日期，含实物折价；捐赠方和渠道另列，不作为来源"),
            notes=self._notes(),
        )
        return [table]

    def _named(self) -> list[tuple[Sources, str]]:
        """The lines, in the order of the kinds of source; a joint line after its first source's own."""
        known = Source.objects.in_bulk({pk for ids in self.of_source for pk in ids})

        def order(ids: Sources) -> tuple[bool, list[tuple[int, int]]]:
            return not ids, sorted(source_order(known[pk]) for pk in ids)

        return [(ids, named_together(known[pk] for pk in ids)) for ids in sorted(self.of_source, key=order)]

    def _row(self, label: str, amounts: Amounts, ids: Sources | None = None, is_sum: bool = False) -> Row:
        place, frame = self.frame.places.whole, self.frame
        own = {} if ids is None else {"sources": "-".join(map(str, ids)) or BLANK}
        cells = [
            frame.cell(amounts.this, RECEIVED, place, **own),
            frame.last_cell(amounts.last, RECEIVED, place, **own),
            *change(amounts.this, amounts.last, MONEY),
            frame.since_cell(amounts.since, RECEIVED, place, **own),
            Cell(percent(amounts.since, self.whole.since)),
        ]
        return Row(label, cells, is_sum=is_sum)

    def _checks(self, rows: list[Row]) -> list[Check]:
        parts = self.of_source.values()
        sums = [
            (sum((part.this for part in parts), NOUGHT), self.whole.this),
            (sum((part.last for part in parts), NOUGHT), self.whole.last),
            (sum((part.since for part in parts), NOUGHT), self.whole.since),
        ]
        return [all_equal(_("各来源之和 = 合计"), sums)]

    def _notes(self) -> list[str]:
        return [
            _("同一笔到账由几个来源共同拨付、未分列金额的，按一个联合来源统计，单列一行。"),
            *self.frame.money_notes(),
        ]


@dataclass
class Allocations:
    """One query: allocations by year and line."""

    frame: Frame

    def __post_init__(self) -> None:
        frame = self.frame
        years = by.year_of(ALLOCATED.day)
        self.now = grouped(ALLOCATED, frame.division, frame.since, years, places=frame.places)
        self.lines = frame.lines(self.now)
        self.amounts: defaultdict[Key, Amounts] = defaultdict(Amounts)
        counts: Counter = self.now.by("year")
        for (line, year), amount in counts.items():
            self.amounts[line].add(year, Decimal(amount), frame.year)

    @property
    def whole(self) -> Amounts:
        return self.amounts[WHOLE]

    def tables(self, received: Amounts) -> list[Table]:
        rows = rows_of(self.lines, self._cells)
        checks = [parts_add_up(self.frame.places.sum_text, self.lines, rows, (0, 1, 4))]
        if self.frame.division.level == Level.PROVINCE:
            left = received.since - self.whole.since
            checks.append(equal(_("累计分配不超过累计到账"), min(left, NOUGHT), NOUGHT))
        table = self.frame.table(
            "T16",
            _("资金分配情况"),
            columns=columns(self.frame),
            rows=rows,
            checks=checks,
            unit=YUAN,
            rule=_("按下达日期，列入接收单位所在的行"),
            notes=[*self.frame.money_notes(), *self.frame.place_notes()],
            chart=Chart(("since",), _("2009年以来累计分配资金")),
        )
        return [table]

    def _cells(self, place: Place) -> list[Cell]:
        amounts, frame = self.amounts[place.key], self.frame
        return [
            frame.cell(amounts.this, ALLOCATED, place),
            frame.last_cell(amounts.last, ALLOCATED, place),
            *change(amounts.this, amounts.last, MONEY),
            frame.since_cell(amounts.since, ALLOCATED, place),
            Cell(percent(amounts.since, self.whole.since)),
        ]
