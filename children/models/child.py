"""The child. Fields follow 农村留守儿童基本情况登记表 (2016, annex 1); what hangs on time stands in dated facts."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.code_tables import (
    Aid,
    Assessment,
    DatePrecision,
    DifficultyClass,
    DisabilityGrade,
    DisabilityType,
    DocumentType,
    EconomicStatus,
    EthnicGroup,
    Grade,
    GuardianshipType,
    HealthState,
    HouseholdType,
    IncomeSource,
    Need,
    Schooling,
    SchoolRoll,
    Sex,
    UnableParent,
    VerificationMethod,
)
from children.code_tables.guardianship import assessment_of
from children.name_keys import sort_key
from children.querysets import ChildQuerySet
from gansu_care.divisions.models import Division
from gansu_care.pages.prefix import First
from gansu_care.sealed.fields import DigestField, SealedTextField
from gansu_care.sealed.masks import mask_address, mask_id_number, mask_phone
from gansu_care.trail.codes_field import CodesField
from gansu_care.trail.registry import RegistryRow, history


class ChildStatus(models.TextChoices):
    """Draft: listed and correctable, never in a figure (no consent yet). Exited: her last episode has ended.

    Restricted: consent was withdrawn, or the record is erased. It stands in no list, and opens for whoever may erase;
    the years in which she was rightly in the register keep their figures.
    """

    DRAFT = "draft", _("待核")
    ACTIVE = "active", _("在册")
    EXITED = "exited", _("已退出")
    RESTRICTED = "restricted", _("限制处理")

    @classmethod
    def listed(cls) -> list[tuple[str, Any]]:
        """Those that lists can be asked for."""
        return [(one.value, one.label) for one in cls if one is not cls.RESTRICTED]


def text(label: Any, length: int = 100, **kwargs: Any) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True, **kwargs)


def code(label: Any, table: type[models.TextChoices], **kwargs: Any) -> models.CharField:
    return models.CharField(label, max_length=20, choices=table, blank=True, **kwargs)


def yes_no(label: Any) -> models.BooleanField:
    """是, 否, or not known (NULL)."""
    return models.BooleanField(label, null=True, blank=True)


IN_FORCE = Q(voided_on=None)
LACKING = IN_FORCE & Q(proof_due_on__isnull=False)
# What the filters of the list look at: an index with all of it says by itself how many rows there are.
FACTS = ("status", "birth_date", "sex", "schooling", "guardianship_type", "division", "id")


def listed(name: str, *columns: str) -> models.Index:
    """An index of what lists show, the rows in force: they are counted without being looked at."""
    return models.Index(fields=columns, name=name, condition=IN_FORCE)


class Child(RegistryRow):
    """A rural left-behind child (or child in difficulty) of the register. `division` is the present residence."""

    # Identity
    name = models.CharField(_("姓名"), max_length=100)
    former_name = text(_("曾用名"))
    sex = models.CharField(_("性别"), max_length=1, choices=Sex)
    ethnic_group = models.CharField(_("民族"), max_length=2, choices=EthnicGroup)
    birth_date = models.DateField(_("出生日期"))
    birth_precision = models.CharField(
        _("出生日期精度"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    document_type = code(_("证件类型"), DocumentType, default=DocumentType.RESIDENT_ID)
    id_number = SealedTextField(
        "children.child.id_number",
        mask=mask_id_number,
        digest_field="id_number_digest",
        verbose_name=_("身份证号"),
    )
    id_number_digest = DigestField(of="id_number")
    id_number_digest_even = DigestField(of="id_number", even=True)
    household_registered = models.BooleanField(_("是否登记户口"), default=True)
    household_type = code(_("户口性质"), HouseholdType)
    household_division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("户籍所在地")
    )
    household_address = SealedTextField(
        "children.child.household_address", mask=mask_address, verbose_name=_("户籍详细地址")
    )
    village = text(_("村（社区）"), 60)
    address = SealedTextField("children.child.address", mask=mask_address, verbose_name=_("现住详细地址"))
    # School
    schooling = models.CharField(_("就学情况"), max_length=20, choices=Schooling)
    school = text(_("学校名称"))
    school_code = text(_("学校标识码"), 20)
    grade = code(_("年级"), Grade)
    school_class = text(_("班级"), 20)
    boarder = yes_no(_("是否寄宿"))
    entered_stage_on = models.DateField(_("入学年月"), null=True, blank=True)
    school_roll = code(_("学籍留守标记"), SchoolRoll)
    # Health
    health = CodesField(_("身体情况"), table=HealthState)
    disability_types = CodesField(_("残疾类别"), table=DisabilityType)
    disability_grade = code(_("残疾等级"), DisabilityGrade)
    disability_card = SealedTextField("children.child.disability_card", verbose_name=_("残疾证号"))
    disease = text(_("患病类型"))
    # Family
    income_sources = CodesField(_("家庭经济来源"), table=IncomeSource)
    economic_status = code(_("家庭经济状况"), EconomicStatus)
    # Guardianship
    both_away = yes_no(_("父母双方同时外出"))
    one_away_other_unable = yes_no(_("一方外出另一方无监护能力"))
    unable_parent = code(_("无监护能力方"), UnableParent)
    carer_entrusted = yes_no(_("有无委托其他监护人"))
    guardianship_type = code(_("监护类型"), GuardianshipType)
    assessed_on = models.DateField(_("评估日期"), null=True, blank=True)
    assessed_by = text(_("评估人"), 50)
    written_notice = yes_no(_("委托照护告知书"))
    village_contact = text(_("村（居）委会联系人"), 50)
    village_contact_phone = SealedTextField(
        "children.child.village_contact_phone", mask=mask_phone, verbose_name=_("村（居）委会联系电话")
    )
    teacher_contact = text(_("教师联系人"), 50)
    # Help
    aid = CodesField(_("救助帮扶情况"), table=Aid)
    difficulty = CodesField(_("困境儿童类别"), table=DifficultyClass)
    needs = CodesField(_("帮扶需求"), table=Need)
    # Register
    status = models.CharField(
        _("状态"), max_length=10, choices=ChildStatus, default=ChildStatus.DRAFT, editable=False
    )
    registered_on = models.DateField(_("登记日期"))
    filled_by = text(_("填表人"), 50)
    reviewed_by = text(_("复核人"), 50)
    unit_head = text(_("单位负责人"), 50)
    verified_on = models.DateField(_("核查日期"), null=True, blank=True)
    verified_how = code(_("核查方式"), VerificationMethod)
    left_behind_note = text(_("留守情形更正说明"), 200)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("合并到"),
    )
    # By when the paper of her consent must be brought; empty when it is there, or she is not in the register.
    proof_due_on = models.DateField(_("同意书补交期限"), null=True, blank=True, editable=False)
    erased_on = models.DateField(_("个人信息删除日期"), null=True, blank=True, editable=False)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)
    name_sort = models.CharField(_("姓名拼音"), max_length=300, blank=True, editable=False)

    detail_route = "children:detail"
    placed_with = ("name_keys",)

    objects = ChildQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("留守儿童")
        verbose_name_plural = pgettext_lazy("名单", "留守儿童")
        ordering = ("id",)
        constraints = (
            # One child, one ID number in the whole province; a voided or merged record frees its number.
            models.UniqueConstraint(
                fields=("id_number_digest",),
                condition=IN_FORCE,
                name="child_id_number_once",
                violation_error_message=_("这个身份证号不能登记，请核对；确认无误的，请向上级妇联申请核查。"),
            ),
            models.UniqueConstraint(
                fields=("id_number_digest_even",),
                condition=IN_FORCE,
                name="child_id_number_once_even",
                violation_error_message=_("这个身份证号不能登记，请核对；确认无误的，请向上级妇联申请核查。"),
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="child_sex_known"),
            models.CheckConstraint(condition=Q(status__in=ChildStatus.values), name="child_status_known"),
            models.CheckConstraint(
                condition=Q(registered_on__gte=F("birth_date")),
                name="child_registered_after_birth",
                violation_error_message=_("登记日期早于出生日期，请核对。"),
            ),
            models.CheckConstraint(
                condition=~Q(both_away=True) | ~Q(one_away_other_unable=True),
                name="child_one_away_state",
                violation_error_message=_("“父母双方同时外出”和“一方外出另一方无监护能力”不能都选“是”。"),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(voided_on__isnull=False) & ~Q(merged_into=F("pk"))),
                name="child_merged_into_another",
            ),
        )
        # Each sort of the list at each height of scope; what filters look at, and names, which an index answers alone.
        indexes = (
            listed("child_county", "county", "id"),
            listed("child_county_name", "county", "name_sort", "id", "name"),
            listed("child_county_birth", "county", "birth_date", "id"),
            listed("child_county_facts", "county", *FACTS),
            listed("child_prefecture", "prefecture", "id"),
            listed("child_prefecture_name", "prefecture", "name_sort", "id"),
            listed("child_prefecture_birth", "prefecture", "birth_date", "id"),
            listed("child_prefecture_facts", "prefecture", *FACTS),
            listed("child_name", "name_sort", "id"),
            listed("child_birth", "birth_date", "id"),
            models.Index(
                fields=("county", "proof_due_on", "id"), name="child_county_proof", condition=LACKING
            ),
            models.Index(
                fields=("prefecture", "proof_due_on", "id"), name="child_prefecture_proof", condition=LACKING
            ),
            models.Index(fields=("proof_due_on", "id"), name="child_proof", condition=LACKING),
            models.Index(
                First("name"), "name_sort", "id", "name", "prefecture", name="child_first", condition=IN_FORCE
            ),
            models.Index(fields=("name",), name="child_name_prefix", opclasses=("varchar_pattern_ops",)),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def assessment(self) -> Assessment | None:
        """监护评估, computed from the type: 差 covers types 1 to 3."""
        return assessment_of(self.guardianship_type)

    @property
    def is_draft(self) -> bool:
        return self.status == ChildStatus.DRAFT

    @property
    def is_restricted(self) -> bool:
        return self.status == ChildStatus.RESTRICTED

    @property
    def consent(self) -> Any:
        """The consent that stands, withdrawn or not; None if none was ever entered."""
        consents: Any = self.consents
        return consents.standing().first() if self.pk else None
