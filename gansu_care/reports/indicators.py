"""Each figure of the report and the home page, defined once: its name, unit, kind, rule in words, and its rows.

The figure is the count (or sum) of its rows; the list behind it shows the same rows. Tables group them
(reports/grouping.py), so that page, list, home and workbook cannot differ.

A definition's rows are not scoped to a user: a figure counts its whole division. Lists add `visible_to(user)`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Model, Q, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centers.code_tables import CenterStatus
from centers.models import Center, Equipment
from centers.source_kinds import SourceKind
from children.models import Child, Episode
from funding.models import Allocation, Expenditure, Receipt
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.placing import Divided
from gansu_care.reports import dimensions as by
from gansu_care.reports.coverage import towns_with
from gansu_care.reports.dimensions import Dimension, Rows, Words
from gansu_care.reports.periods import YEAR, Period, period_of
from gansu_care.reports.places import Places

FEN = Decimal("0.01")
MONEY = DecimalField(max_digits=18, decimal_places=2)
JOINT_KINDS = (SourceKind.ACWF, SourceKind.CCTF)


class Kind(TextChoices):
    STOCK = "stock", _("年末数")
    FLOW = "flow", _("全年数")


@dataclass(frozen=True)
class Indicator:
    """`rows(division, period)` are the rows of a division and period; `field` is summed, without one rows are counted.

    `right` is what a reader needs to see the rows; the figure itself is for everyone who sees the report. `day` names
    the date of a flow's rows. `dimensions` are the breakdowns that its list answers to.
    """

    code: str
    label: Words
    unit: Words
    kind: Kind
    rule: Words
    model: type[Model]
    right: str
    rows: Callable[[Division, Period], Rows]
    field: str = ""
    day: str = ""
    dimensions: tuple[Dimension, ...] = ()

    @property
    def is_money(self) -> bool:
        return bool(self.field)

    @property
    def is_flow(self) -> bool:
        return self.kind == Kind.FLOW

    def aggregate(self, condition: Q | None = None) -> Any:
        if not self.field:
            return Count("pk", filter=condition)
        return Coalesce(Sum(self.field, filter=condition), Decimal(0), output_field=MONEY)

    def clean(self, raw: Any) -> int | Decimal:
        """What the database gave as a figure: yuan with two decimals, or a whole number."""
        return Decimal(raw or 0).quantize(FEN) if self.field else int(raw or 0)

    def total(self, rows: Rows) -> int | Decimal:
        return self.clean(rows.order_by().aggregate(figure=self.aggregate())["figure"])

    def narrowed(self, rows: Rows, period: Period, filters: Mapping[str, str]) -> Rows:
        """The rows of one cell; raises dimensions.UnknownValue. Filters that are no breakdown of it are left alone."""
        for dimension in self.dimensions:
            if dimension.key in filters:
                rows = dimension.narrow(rows, period, filters[dimension.key])
        return rows


CHILD = (by.SEX, by.AGE, by.SCHOOLING, by.GUARDIANSHIP, by.CARE)
CENTER = (by.STATUS, by.TYPE, by.HOST)
NAMES, CENTERS, TOWNS = (
    pgettext_lazy("儿童", "名"),
    pgettext_lazy("活动中心", "个"),
    pgettext_lazy("乡镇", "个"),
)
TIMES, YUAN, RECORDS = _("人次"), _("元"), _("条")


def children(code: str, label: Words, rule: Words, rows: Callable[[Division, Period], Rows]) -> Indicator:
    return Indicator(code, label, NAMES, Kind.STOCK, rule, Child, Right.SEE_PERSONS, rows, dimensions=CHILD)


def episodes(
    code: str, label: Words, rule: Words, rows: Callable[[Division, Period], Rows], day: str
) -> Indicator:
    return Indicator(code, label, TIMES, Kind.FLOW, rule, Episode, Right.SEE_PERSONS, rows, day=day)


def centers(
    code: str, label: Words, rule: Words, rows: Callable[[Division, Period], Rows], day: str = ""
) -> Indicator:
    kind = Kind.FLOW if day else Kind.STOCK
    return Indicator(
        code, label, CENTERS, kind, rule, Center, Right.SEE_REGISTRY, rows, day=day, dimensions=CENTER
    )


def towns(code: str, label: Words, rule: Words, rows: Callable[[Division, Period], Rows]) -> Indicator:
    return Indicator(code, label, TOWNS, Kind.STOCK, rule, Division, Right.SEE_REGISTRY, rows)


def money(
    code: str,
    label: Words,
    rule: Words,
    model: type[Model],
    rows: Callable[[Division, Period], Rows],
    day: str,
    dimensions: tuple[Dimension, ...] = (),
) -> Indicator:
    return Indicator(
        code, label, YUAN, Kind.FLOW, rule, model, Right.SEE_MONEY, rows, "amount", day, dimensions
    )


CHILDREN_REGISTERED = children(
    "children_registered",
    _("在册儿童"),
    _("年末24时有未结束的在册经历的儿童；不含待核、作废和合并的记录。"),
    lambda division, period: Child.objects.registered_on(period.last).within(division),
)
CHILDREN_LEFT_BEHIND = children(
    "children_left_behind",
    _("农村留守儿童"),
    _(
        "在册儿童中，年末不满16周岁、农村户籍，父母双方外出务工，或一方外出务工而另一方无监护能力的（国发〔2016〕13号）。"
    ),
    lambda division, period: Child.objects.left_behind_on(period.last).within(division),
)
CHILDREN_DRAFTS = Indicator(
    "children_drafts",
    _("待核记录"),
    RECORDS,
    Kind.STOCK,
    _("登记日期不晚于年末、尚未取得监护人同意的儿童记录；不计入任何数字。"),
    Child,
    Right.SEE_PERSONS,
    lambda division, period: Child.objects.drafts_by(period.last).within(division),
)
CHILDREN_ENTERED = episodes(
    "children_entered",
    _("本年登记入册"),
    _("按登记日期计入当年的在册经历；退出后再次登记的另计一次。"),
    lambda division, period: Episode.objects.begun_between(period.first, period.last).within(division),
    "registered_on",
)
CHILDREN_EXITED = episodes(
    "children_exited",
    _("本年退出"),
    _("按退出日期计入当年的在册经历。"),
    lambda division, period: Episode.objects.ended_between(period.first, period.last).within(division),
    "ended_on",
)
CENTERS_BUILT = centers(
    "centers_built",
    _("累计建成活动中心"),
    _("建成日期不晚于年末的活动中心；以后撤并、关闭的仍计入。"),
    lambda division, period: Center.objects.built_by(period.last).within(division),
)
CENTERS_BUILT_IN_YEAR = centers(
    "centers_built_in_year",
    _("本年建成活动中心"),
    _("按建成日期计入当年的活动中心。"),
    lambda division, period: Center.objects.built_between(period.first, period.last).within(division),
    "built_on",
)
CENTERS_OPERATING = centers(
    "centers_operating",
    _("运行中的活动中心"),
    _("年末24时状态为运行的活动中心。"),
    lambda division, period: Center.objects.operating_on(period.last).within(division),
)
CENTERS_PAUSED = centers(
    "centers_paused",
    _("暂停的活动中心"),
    _("年末24时状态为暂停的活动中心。"),
    lambda division, period: Center.objects.with_status_on(period.last, CenterStatus.PAUSED).within(division),
)
CENTERS_CLOSED = centers(
    "centers_closed",
    _("撤并、关闭的活动中心"),
    _("年末24时状态为撤并或关闭的活动中心。"),
    lambda division, period: Center.objects.closed_on(period.last).within(division),
)
CENTERS_EQUIPPED = centers(
    "centers_equipped",
    _("四类设备齐全的活动中心"),
    _("累计建成的活动中心中，年末以前配有电脑、电视、文具和图书四类的。"),
    lambda division, period: Center.objects.fully_equipped_on(period.last).within(division),
)
CENTERS_UNDATED = centers(
    "centers_undated",
    _("建成日期未填的活动中心"),
    _("不在筹建、在建状态而没有填写建成日期的活动中心；不计入任何数字。"),
    lambda division, period: Center.objects.with_unknown_building_date().within(division),
)
TOWNS_WITH_CENTER = towns(
    "towns_with_center",
    _("建有活动中心的乡镇"),
    _("年末以前建成过活动中心的镇和乡；不含街道和其他乡级单位。"),
    lambda division, period: towns_with(CENTERS_BUILT.rows(division, period)),
)
TOWNS_WITH_OPERATING_CENTER = towns(
    "towns_with_operating_center",
    _("有运行中活动中心的乡镇"),
    _("年末24时有运行中的活动中心的镇和乡。"),
    lambda division, period: towns_with(CENTERS_OPERATING.rows(division, period)),
)
EQUIPMENT = Indicator(
    "equipment",
    _("设备物资价值"),
    YUAN,
    Kind.STOCK,
    _("年末在账的设备物资金额：年末以前取得（日期未填的计入）且未处置的；未填金额的按数量乘单价。"),
    Equipment,
    Right.SEE_REGISTRY,
    lambda division, period: Equipment.objects.on_hand_on(period.last).telling_value().within(division),
    field="value",
    dimensions=(by.CATEGORY,),
)
RECEIVED = money(
    "received",
    _("到账资金"),
    _("按到账日期计入当年的资金，含实物折价。"),
    Receipt,
    lambda division, period: Receipt.objects.between(period.first, period.last).within(division),
    "received_on",
    (by.SOURCES,),
)
RECEIVED_JOINTLY = money(
    "received_jointly",
    _("全国妇联、中国儿童少年基金会联合到账资金"),
    _("一笔到账同时来自全国妇联和中国儿童少年基金会、没有其他来源的资金。"),
    Receipt,
    lambda division, period: RECEIVED.rows(division, period).jointly_from(*JOINT_KINDS),
    "received_on",
    (by.SOURCES,),
)
ALLOCATED = money(
    "allocated",
    _("分配资金"),
    _("按下达日期计入当年、分配给本级和下级单位的资金。"),
    Allocation,
    lambda division, period: Allocation.objects.between(period.first, period.last).within(division),
    "allocated_on",
)
SPENT = money(
    "spent",
    _("支出资金"),
    _("按支出日期计入当年的资金。"),
    Expenditure,
    lambda division, period: Expenditure.objects.between(period.first, period.last).within(division),
    "spent_on",
)

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        CHILDREN_REGISTERED,
        CHILDREN_LEFT_BEHIND,
        CHILDREN_ENTERED,
        CHILDREN_EXITED,
        CHILDREN_DRAFTS,
        CENTERS_BUILT,
        CENTERS_BUILT_IN_YEAR,
        CENTERS_OPERATING,
        CENTERS_PAUSED,
        CENTERS_CLOSED,
        CENTERS_EQUIPPED,
        CENTERS_UNDATED,
        TOWNS_WITH_CENTER,
        TOWNS_WITH_OPERATING_CENTER,
        EQUIPMENT,
        RECEIVED,
        RECEIVED_JOINTLY,
        ALLOCATED,
        SPENT,
    )
}


def figure(code: str, division: Division, year: int, span: str = YEAR) -> int | Decimal:
    """The figure of a division and year; `span` SINCE counts a flow from 2009 on."""
    indicator = INDICATORS[code]
    return indicator.total(indicator.rows(division, period_of(year, span)))


def rows_behind(
    code: str, division: Division, year: int, span: str = YEAR, filters: Mapping[str, str] | None = None
) -> Rows:
    """The rows that a cell counts; raises KeyError for an unknown figure, dimensions.UnknownValue for a value."""
    indicator, period, filters = INDICATORS[code], period_of(year, span), filters or {}
    rows = indicator.narrowed(indicator.rows(division, period), period, filters)
    return Places(division).narrow(rows, filters) if issubclass(indicator.model, Divided | Division) else rows
