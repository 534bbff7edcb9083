"""Administrative divisions of Gansu: province, prefectures, counties, townships, each with its validity.

The parent is the truth, the code is a label: codes die when divisions change, and some codes of the
statistics office nest nowhere. Rows are therefore joined by id, and an ended division names the one that
followed it (`successor`).

嘉峪关 is a prefecture without counties and acts as its own county. 兰州新区 is no division but reports
separately: it is a `ReportingUnit`, to which some townships of 皋兰县 belong.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, In
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省")
    PREFECTURE = "prefecture", _("市州")
    COUNTY = "county", _("县区")
    TOWNSHIP = "township", _("乡镇")


def english_is_active() -> bool:
    return (get_language() or "").startswith("en")


class DivisionQuerySet(models.QuerySet["Division"]):
    def in_force(self) -> DivisionQuerySet:
        return self.filter(valid_to=None)

    def counties(self) -> DivisionQuerySet:
        """Divisions in force that report as a county: 86 counties and 嘉峪关."""
        return self.in_force().filter(Q(level=Level.COUNTY) | Q(acts_as_county=True))


class ReportingUnit(models.Model):
    """A unit that reports on its own though it is no division: 兰州新区. Its townships name it."""

    code = models.CharField(_("代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    prefecture = models.ForeignKey(
        "Division", models.PROTECT, related_name="reporting_units", verbose_name=_("所属市州")
    )

    class Meta:
        verbose_name = _("单列填报单位")
        verbose_name_plural = _("单列填报单位")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name_en if english_is_active() and self.name_en else self.name


class Division(models.Model):
    code = models.CharField(
        _("区划代码"), max_length=12, unique=True, help_text=_("县及县以上6位（GB/T 2260），乡镇9位。")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级区划")
    )
    level = models.CharField(_("级别"), max_length=12, choices=Level.choices)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    acts_as_county = models.BooleanField(
        _("按县级填报"), default=False, help_text=_("不设县区的地级市（嘉峪关市）自身按县级填报。")
    )
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True, help_text=_("空表示现行有效。"))
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("继任区划")
    )
    reporting_unit = models.ForeignKey(
        ReportingUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="townships",
        verbose_name=_("单列填报单位"),
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = pgettext_lazy("名单", "行政区划")
        ordering = ["code"]
        indexes = [models.Index(fields=["parent", "level"], name="division_parent_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="division_level_known",
                violation_error_message=_("区划级别只能是省、市州、县区、乡镇。"),
            ),
            models.CheckConstraint(
                condition=In(Length("code"), [6, 9, 12])
                # LTRIM with two arguments means the same on SQLite and PostgreSQL. A regular expression would
                # need a function that SQLite's own tools lack when they restore a dump.
                & Exact(Func(F("code"), Value("0123456789"), function="LTRIM"), Value("")),
                name="division_code_digits",
                violation_error_message=_("区划代码应为6、9或12位数字。"),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, parent=None)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
                name="division_parent_but_for_province",
                violation_error_message=_("除省以外，每个区划都要有上级。"),
            ),
            models.CheckConstraint(
                condition=Q(acts_as_county=False) | Q(level=Level.PREFECTURE),
                name="division_only_prefecture_acts_as_county",
                violation_error_message=_("只有市州可以按县级填报。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="division_ends_after_it_begins",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if english_is_active() and self.name_en else self.name

    @property
    def in_force(self) -> bool:
        return self.valid_to is None

    @property
    def is_county(self) -> bool:
        """Reports as a county: a county, or a prefecture without counties (嘉峪关)."""
        return self.level == Level.COUNTY or self.acts_as_county

    @property
    def current(self) -> Division:
        """What stands today in this one's place; itself while in force or without a successor."""
        division, seen = self, {self.pk}
        while not division.in_force and division.successor and division.successor.pk not in seen:
            division = division.successor
            seen.add(division.pk)
        return division

    def path(self) -> list[Division]:
        """From the province down to this division, itself included."""
        upward: list[Division] = []
        division: Division | None = self
        while division is not None:
            upward.append(division)
            division = division.parent
        return upward[::-1]

    @property
    def county(self) -> Division | None:
        """The division under whose county row this one is counted; None above the counties."""
        return next((division for division in self.path() if division.is_county), None)

    @property
    def prefecture(self) -> Division | None:
        return next((division for division in self.path() if division.level == Level.PREFECTURE), None)

    @property
    def full_name(self) -> str:
        """甘肃省定西市临洮县: Chinese in every language, as it stands on forms and in workbooks."""
        return "".join(division.name for division in self.path())

    @property
    def full_label(self) -> str:
        """The full name in the language of the page: "Lintao County, Dingxi City, Gansu Province"."""
        if english_is_active():
            return ", ".join(division.label for division in reversed(self.path()))
        return self.full_name


class DivisionName(models.Model):
    """Another word for a division: a former name, alias, short label, or another office's code."""

    class Kind(models.TextChoices):
        FORMER = "former", _("曾用名")
        ALIAS = "alias", _("别名")
        SHORT = "short", _("简称")
        CODE = "code", _("其他代码")

    division = models.ForeignKey(
        Division, models.CASCADE, related_name="other_names", verbose_name=_("行政区划")
    )
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices)
    valid_to = models.PositiveSmallIntegerField(_("停用年份"), null=True, blank=True)

    class Meta:
        verbose_name = _("区划其他名称")
        verbose_name_plural = _("区划其他名称")
        ordering = ["division", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["division", "kind", "name"], name="division_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["former", "alias", "short", "code"]), name="division_name_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One loading of the list: from where, when. Its number tells other processes to read the list anew."""

    source = models.CharField(_("来源"), max_length=300, blank=True)
    edition = models.CharField(_("版本"), max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    loaded_at = models.DateTimeField(_("载入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("区划版本")
        verbose_name_plural = _("区划版本")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.edition or self.source
