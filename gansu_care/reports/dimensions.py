"""By what figures are broken down: each breakdown once, for the table that counts and for the list behind a cell.

`values` are columns (or rows) that always stand in the table; `rare` ones (not told, out of the ordinary) only when a
record has them, so that the parts always add up to the whole.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centers.code_tables import CenterStatus, CenterType, EquipmentCategory, HostType
from centers.source_kinds import SourceKind
from children.ages import latest_birth_at_age
from children.code_tables import CareClass, GuardianshipType, Schooling, Sex
from children.code_tables.family import care_class
from funding.models import Source
from gansu_care.reports.periods import Period

Words = str | Promise
Rows = Any  # a queryset of one of our registry models, with its own words
Labelled = tuple[tuple[str, Words], ...]
NOT_TOLD = ("", _("未填"))
# How "not told" is written in an address, where an empty value means no condition.
BLANK = "-"
# More sources than this stand on no receipt; it bounds what an address can ask of the database.
MOST_SOURCES = 12


class UnknownValue(ValueError):
    """A value that this breakdown does not have."""


def told(raw: Any) -> str:
    return raw or ""


def as_found(raw: Any) -> Any:
    return raw


def as_it_is(rows: Rows, period: Period) -> Rows:
    return rows


@dataclass(frozen=True)
class Dimension:
    """`tell` annotates what `field` names; `fold` makes a value of what the database found; `choose` and `name` serve
    breakdowns whose values are not known beforehand. Without `values` any value goes."""

    key: str
    label: Words
    field: str
    values: Labelled
    rare: Labelled = ()
    tell: Callable[[Rows, Period], Rows] = as_it_is
    fold: Callable[[Any], Any] = told
    choose: Callable[[Rows, Period, str], Rows] | None = None
    name: Callable[[str], Words] | None = None

    def narrow(self, rows: Rows, period: Period, value: str) -> Rows:
        """The rows of one value; raises UnknownValue."""
        value = "" if value == BLANK else value
        if self.values and value not in dict(self.values + self.rare):
            raise UnknownValue(f"{self.key}={value}")
        if self.choose:
            return self.choose(rows, period, value)
        return self.tell(rows, period).filter(**{self.field: value})

    def label_of(self, value: str) -> Words:
        if self.name:
            return self.name(value)
        return dict(self.values + self.rare).get("" if value == BLANK else value, value)


def choices(table: Any, *members: Any) -> Labelled:
    return tuple((member.value, member.label) for member in (members or table))


# Age bands of the ministry's summary table: 0 to 5, 6 to 13, 14 and 15 full years.
AGE_BANDS = (("0-5", 0, 5), ("6-13", 6, 13), ("14-15", 14, 15), ("16-17", 16, 17))


def _with_age_band(rows: Rows, period: Period) -> Rows:
    bands = [
        When(birth_date__gt=latest_birth_at_age(high + 1, period.last), then=Value(name))
        for name, _low, high in AGE_BANDS
    ]
    return rows.annotate(age_band=Case(*bands, default=Value("18+"), output_field=CharField()))


def _care(relation: str | None) -> str:
    return CareClass.NOBODY.value if relation is None else care_class(relation).value if relation else ""


SEX = Dimension(
    "sex",
    _("性别"),
    "sex",
    choices(Sex, Sex.MALE, Sex.FEMALE),
    choices(Sex, Sex.UNKNOWN, Sex.UNSTATED),
)
AGE = Dimension(
    "age",
    _("年龄"),
    "age_band",
    (("0-5", _("0–5周岁")), ("6-13", _("6–13周岁")), ("14-15", _("14–15周岁"))),
    (("16-17", _("16–17周岁")), ("18+", _("18周岁以上"))),
    tell=_with_age_band,
)
SCHOOLING = Dimension("schooling", _("就学情况"), "schooling", choices(Schooling), (NOT_TOLD,))
GUARDIANSHIP = Dimension(
    "guardianship", _("监护类型"), "guardianship_type", choices(GuardianshipType), (NOT_TOLD,)
)
CARE = Dimension(
    "care",
    _("照护人与儿童关系"),
    "relation_on_day",
    choices(CareClass),
    (NOT_TOLD,),
    tell=lambda rows, period: rows.telling_relation_on(period.last),
    fold=_care,
    choose=lambda rows, period, value: rows.cared_for_by(value, period.last),
)
STATUS = Dimension(
    "status",
    _("年末状态"),
    "status_on_day",
    choices(
        CenterStatus, CenterStatus.OPERATING, CenterStatus.PAUSED, CenterStatus.MERGED, CenterStatus.CLOSED
    ),
    (*choices(CenterStatus, CenterStatus.PLANNED, CenterStatus.BUILDING), NOT_TOLD),
    tell=lambda rows, period: rows.telling_status_on(period.last),
)
TYPE = Dimension("type", _("类型"), "type", choices(CenterType), (NOT_TOLD,))
HOST = Dimension("host", _("依托单位"), "host_type", choices(HostType), (NOT_TOLD,))
CATEGORY = Dimension("category", _("类别"), "category", choices(EquipmentCategory))


def _source_ids(value: str) -> list[int]:
    parts = [part for part in value.split("-") if part]
    if len(parts) > MOST_SOURCES or not all(
        part.isascii() and part.isdigit() and len(part) < 10 for part in parts
    ):
        raise UnknownValue(f"sources={value}")
    return [int(part) for part in parts]


def joint_label(names: Sequence[str]) -> str:
    """全国妇联、中国儿童少年基金会（联合）: several sources on one receipt are a line of their own."""
    if len(names) > 1:
        return gettext("%(names)s（联合）") % {"names": gettext("、").join(names)}
    return names[0] if names else gettext("来源未填")


def source_order(source: Source) -> tuple[int, int]:
    """By kind of source, as the table of kinds has them."""
    kinds = list(SourceKind.values)
    return kinds.index(source.kind) if source.kind in kinds else len(kinds), source.pk


def named_together(sources: Iterable[Source]) -> str:
    return joint_label([source.label for source in sorted(sources, key=source_order)])


def _sources_named(value: str) -> str:
    return named_together(Source.objects.in_bulk(_source_ids(value)).values())


# The sources of a receipt together, by their ids: "3", "3-5", or "-" for a receipt that tells none.
SOURCES = Dimension(
    "sources",
    _("资金来源"),
    "sole_source",
    (),
    tell=lambda rows, period: rows.telling_sole_source(),
    fold=as_found,
    choose=lambda rows, period, value: rows.from_sources(*_source_ids(value)),
    name=_sources_named,
)
SHARES = Dimension("shares", _("来源个数"), "share_count", (), fold=as_found)


def year_of(field: str) -> Dimension:
    """The year of a dated row, as a number."""
    return Dimension("year", _("年度"), f"{field}__year", (), fold=as_found)


# The division itself, by id: what townships have a center.
DIVISION = Dimension("division", _("行政区划"), "division_id", (), fold=as_found)
