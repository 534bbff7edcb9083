"""The home page's figures: the same definitions, queries and links as the report's."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from centers.code_tables import CenterStatus
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level
from gansu_care.pages.standing import standing_of
from gansu_care.pages.templatetags.gc import money, number, percent
from gansu_care.pages.tile_map import TileMap, tile_map
from gansu_care.reports import dimensions as by
from gansu_care.reports.annual.comparing import percent as share
from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.annual.withholding import sees_small_cells, withheld_lines
from gansu_care.reports.coverage import towns_of
from gansu_care.reports.grouping import Groups, by_year, figures, grouped
from gansu_care.reports.indicators import (
    ALLOCATED,
    CENTERS_BUILT,
    CENTERS_BUILT_IN_YEAR,
    CENTERS_CLOSED,
    CENTERS_EQUIPPED,
    CENTERS_OPERATING,
    CHILDREN_REGISTERED,
    RECEIVED,
    RECEIVED_JOINTLY,
    TOWNS_WITH_CENTER,
    Indicator,
)
from gansu_care.reports.links import Links
from gansu_care.reports.periods import SINCE
from gansu_care.reports.places import WHOLE, Place
from gansu_care.spreadsheets.tables import WITHHELD, Cell, shown

CENTERS, CHILDREN, FUNDS = "centers", "children", "funds"
TEN_THOUSAND = 10_000


class Kpi(NamedTuple):
    label: str
    value: str
    unit: str
    note: str
    url: str


@dataclass
class Home:
    """What the home page shows of one division and year, counted once."""

    frame: Frame

    def __post_init__(self) -> None:
        frame, places = self.frame, self.frame.places
        division = frame.division
        self.children = grouped(CHILDREN_REGISTERED, division, frame.this, places=places)
        self.centers = grouped(CENTERS_BUILT, division, frame.this, by.STATUS, by.DIVISION, places=places)
        self.equipped = grouped(CENTERS_EQUIPPED, division, frame.this, places=places)
        self.allocated = grouped(ALLOCATED, division, frame.since, places=places)
        self.built = by_year(CENTERS_BUILT_IN_YEAR, division, frame.since)
        periods = {"this": frame.this, "since": frame.since}
        wanted = {when: (RECEIVED, period) for when, period in periods.items()}
        self.money = figures(division, wanted | {"joint": (RECEIVED_JOINTLY, frame.since)})

    @cached_property
    def by_line(self) -> dict[str, Counter]:
        """{indicator: {line: figure}} of the figures shown by line."""
        return {
            CHILDREN_REGISTERED.code: self.children.by(),
            CENTERS_BUILT.code: self.centers.by(),
            CENTERS_OPERATING.code: self.centers.by(status=CenterStatus.OPERATING.value),
            CENTERS_CLOSED.code: self.centers.by(status=CenterStatus.MERGED.value)
            + self.centers.by(status=CenterStatus.CLOSED.value),
            CENTERS_EQUIPPED.code: self.equipped.by(),
            TOWNS_WITH_CENTER.code: towns_by_line(self.centers),
            ALLOCATED.code: self.allocated.by(),
        }

    @cached_property
    def withheld(self) -> frozenset[Any]:
        """The lines whose children this reader is not told."""
        frame = self.frame
        return (
            withheld_lines(CHILDREN_REGISTERED, frame.division, frame.this)
            if frame.withholds
            else frozenset()
        )

    @property
    def last_is_withheld(self) -> bool:
        frame = self.frame
        return frame.withholds and WHOLE in withheld_lines(CHILDREN_REGISTERED, frame.division, frame.last)

    # --- key figures -----------------------------------------------------------------------------------------------

    def kpis(self) -> list[Kpi]:
        if self.frame.division.level in (Level.COUNTY, Level.TOWNSHIP) or self.frame.division.acts_as_county:
            return [self._registered(), self._operating(), self._equipped(), self._received_in_year()]
        return [self._built(), self._received(), self._jointly(), self._equipped()]

    def _kpi(self, indicator: Indicator, label: str, value: str, note: str, span: str = "") -> Kpi:
        frame = self.frame
        url = frame.links.to(indicator, frame.year, frame.places.whole, span)
        return Kpi(label, value, str(indicator.unit), note, url)

    def _built(self) -> Kpi:
        note = _("运行 %(operating)s 个，撤并、关闭 %(closed)s 个") % {
            "operating": number(self.by_line[CENTERS_OPERATING.code][WHOLE]),
            "closed": number(self.by_line[CENTERS_CLOSED.code][WHOLE]),
        }
        return self._kpi(CENTERS_BUILT, _("累计建成活动中心"), number(self.centers.by()[WHOLE]), note)

    def _received(self) -> Kpi:
        note = _("2009年以来；本年 %(amount)s 元") % {"amount": money(self.money["this"])}
        return self._kpi(RECEIVED, _("累计到账资金"), money(self.money["since"]), note, SINCE)

    def _jointly(self) -> Kpi:
        part = share(self.money["joint"], self.money["since"])
        note = _("联合拨付；占累计到账 %(share)s") % {"share": percent(part)}
        label = _("其中：全国妇联与中国儿童少年基金会")
        return self._kpi(RECEIVED_JOINTLY, label, money(self.money["joint"]), note, SINCE)

    def _equipped(self) -> Kpi:
        count = self.equipped.by()[WHOLE]
        part = percent(share(count, self.centers.by()[WHOLE]))
        note = _("电脑、电视、文具、图书；齐全率 %(share)s") % {"share": part}
        return self._kpi(CENTERS_EQUIPPED, _("四类设备齐全的中心"), number(count), note)

    def _registered(self) -> Kpi:
        frame = self.frame
        last = CHILDREN_REGISTERED.total(CHILDREN_REGISTERED.rows(frame.division, frame.last))
        count = self.children.by()[WHOLE]
        words = {"count": number(abs(count - last)), "last": number(last)}
        if count > last:
            note = _("比上年末多 %(count)s 名") % words
        else:
            note = _("比上年末少 %(count)s 名") % words if count < last else _("与上年末相同")
        if WHOLE in self.withheld:
            return self._kpi(CHILDREN_REGISTERED, _("在册儿童"), WITHHELD, "")
        if self.last_is_withheld:
            note = ""
        return self._kpi(CHILDREN_REGISTERED, _("在册儿童"), number(count), note)

    def _operating(self) -> Kpi:
        note = _("累计建成 %(built)s 个，撤并、关闭 %(closed)s 个") % {
            "built": number(self.centers.by()[WHOLE]),
            "closed": number(self.by_line[CENTERS_CLOSED.code][WHOLE]),
        }
        operating = number(self.by_line[CENTERS_OPERATING.code][WHOLE])
        return self._kpi(CENTERS_OPERATING, _("运行中的活动中心"), operating, note)

    def _received_in_year(self) -> Kpi:
        note = _("2009年以来 %(amount)s 元") % {"amount": money(self.money["since"])}
        return self._kpi(RECEIVED, _("本年到账资金"), money(self.money["this"]), note)

    # --- map and trend ---------------------------------------------------------------------------------------------

    def tiles(self, measure: str) -> TileMap | None:
        """The 14 prefectures; None below the province."""
        if self.frame.division.level != Level.PROVINCE:
            return None
        shaded = {CHILDREN: CHILDREN_REGISTERED, FUNDS: ALLOCATED}.get(measure, CENTERS_BUILT)
        counts = self.by_line[shaded.code]
        scale = TEN_THOUSAND if measure == FUNDS else 1
        found = tile_map(
            (part.code, book().short_label(part), _scaled(counts[part.pk], scale), stand_url(part.code))
            for part in self.frame.places.parts
        )
        if shaded is not CHILDREN_REGISTERED:
            return found
        codes = {part.code for part in self.frame.places.parts if part.pk in self.withheld}
        return TileMap([_untold(tile) if tile[0] in codes else tile for tile in found.tiles], found.key)

    def trend(self) -> dict[str, Any]:
        """Context of components/chart.html: built in each year, and built altogether by its end."""
        before = self.centers.by()[WHOLE] - sum(self.built.values())
        rows, total = [], before
        for year, count in self.built.items():
            total += count
            rows.append([str(year), count, total])
        return {
            "id": "trend",
            "title": _("2009年以来建设情况"),
            "unit": CENTERS_BUILT.unit,
            "heads": [_("年份"), _("当年新建"), _("累计建成")],
            "rows": rows,
            "kinds": "bar line",
        }

    # --- the table of divisions ------------------------------------------------------------------------------------

    def table(self) -> dict[str, Any]:
        """`heads` [(label, looks)], `rows` [(label, url, cells)], `total` cells; a cell: (text, url, label, looks)."""
        lines = self.frame.lines(self.children, self.centers, self.allocated)
        parts = [place for place in lines if place.is_part and not place.is_whole]
        return {
            "title": _("各%(divisions)s情况") % {"divisions": self.frame.places.stub},
            "stub": self.frame.places.stub,
            "heads": [(label, looks) for label, _indicator, looks in self._columns()],
            "rows": [(place.label, self._place_url(place), self._cells(place)) for place in parts],
            "total": self._cells(self.frame.places.whole),
        }

    def _columns(self) -> list[tuple[str, Indicator, str]]:
        columns = [
            (_("在册儿童"), CHILDREN_REGISTERED, ""),
            (_("累计建成"), CENTERS_BUILT, ""),
            (_("撤并、关闭"), CENTERS_CLOSED, "drop-sm"),
            (_("运行"), CENTERS_OPERATING, ""),
            (_("覆盖乡镇"), TOWNS_WITH_CENTER, "drop-sm"),
            (_("四类齐全"), CENTERS_EQUIPPED, "drop-sm"),
            (_("已分配资金（元）"), ALLOCATED, "drop-sm"),
        ]
        has_townships = self.frame.places.column == "division_id"
        return [one for one in columns if not (has_townships and one[1] is TOWNS_WITH_CENTER)]

    def _cells(self, place: Place) -> list[tuple[str, str, str, str]]:
        return [(*self._shown(indicator, place), label, looks) for label, indicator, looks in self._columns()]

    def _shown(self, indicator: Indicator, place: Place) -> tuple[str, str]:
        value = indicator.clean(self.by_line[indicator.code][place.key])
        if indicator is CHILDREN_REGISTERED and place.key in self.withheld:
            return WITHHELD, ""
        span = SINCE if indicator is ALLOCATED else ""
        cell: Cell = self.frame.links.cell(value, indicator, self.frame.year, place, span)
        return shown(cell.value, cell.kind or "int"), cell.url

    def _place_url(self, place: Place) -> str:
        return "" if place.filters else stand_url(place.code)


def towns_by_line(centers: Groups) -> Counter:
    ids: dict[Any, set[int]] = {}
    for lines, values, _measures in centers.groups:
        for line in lines:
            ids.setdefault(line, set()).add(values["division"])
    return Counter({line: len(towns_of(found)) for line, found in ids.items()})


def _untold(tile: tuple[str, str, Any, int, str]) -> tuple[str, str, Any, int, str]:
    """A tile whose number is withheld, in the palest shade whatever the number."""
    code, name, _number, _level, url = tile
    return code, name, WITHHELD, 1, url


def _scaled(value: int | Decimal, scale: int) -> int | Decimal:
    return value if scale == 1 else (Decimal(value) / scale).quantize(Decimal(1))


def stand_url(code: str) -> str:
    """Step down to a division and stay on the home page."""
    return f"{reverse('pages:stand')}?{urlencode({'division': code, 'next': reverse('pages:home')})}"


def home_context(user: Any, division: Division, year: int, measure: str = CENTERS) -> dict[str, Any]:
    """Key figures, tile map (None below the province), trend and table, with the reader's links."""
    home = Home(Frame(division, year, Links(user), withholds=not sees_small_cells(user)))
    return {
        "kpis": home.kpis(),
        "tiles": home.tiles(measure),
        "trend": home.trend(),
        "table": home.table(),
        "division": division,
        "year": year,
        "cut_off": home.frame.this.last,
        "measure": measure,
        "measures": [(CENTERS, _("中心")), (CHILDREN, _("儿童")), (FUNDS, _("资金"))],
        "measure_unit": measure_unit(measure),
    }


def measure_unit(measure: str) -> str:
    units = {CHILDREN: _("在册儿童，单位：名"), FUNDS: _("2009年以来分配，单位：万元")}
    return units.get(measure, _("累计建成，单位：个"))


def home_panel(request: HttpRequest, thing: Any = None) -> dict[str, Any] | None:
    """The panel of the home page, for the division and year where the reader stands."""
    standing = standing_of(request)
    if standing.division is None:
        return None
    measure = request.GET.get("map", CENTERS)
    known = measure if measure in (CENTERS, CHILDREN, FUNDS) else CENTERS
    return home_context(request.user, standing.division, standing.year, known)
