"""Father and mother, what each was from when until when, and the grandparents the official form asks for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from children.code_tables import ContactFrequency, DatePrecision, ParentCondition, Relation, ReturnFrequency
from children.models.child import Child
from children.querysets import ParentStateQuerySet, PersonPartQuerySet
from gansu_care.sealed.fields import DigestField, SealedTextField
from gansu_care.sealed.masks import mask_id_number, mask_phone
from gansu_care.trail.registry import history


class ParentKind(models.TextChoices):
    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")


class Parent(models.Model):
    """Father or mother of one child."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="parents", verbose_name=_("留守儿童"))
    kind = models.CharField(_("父或母"), max_length=6, choices=ParentKind)
    name = models.CharField(_("姓名"), max_length=100, blank=True)
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    birth_precision = models.CharField(
        max_length=5, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    id_number = SealedTextField(
        "children.parent.id_number",
        mask=mask_id_number,
        digest_field="id_number_digest",
        verbose_name=_("身份证号"),
    )
    id_number_digest = DigestField(of="id_number", db_index=True)
    id_number_digest_even = DigestField(of="id_number", even=True, db_index=True)
    phone = SealedTextField(
        "children.parent.phone", mask=mask_phone, digest_field="phone_digest", verbose_name=_("联系电话")
    )
    phone_digest = DigestField(of="phone")
    phone_digest_even = DigestField(of="phone", even=True)
    return_frequency = models.CharField(_("返乡频率"), max_length=20, choices=ReturnFrequency, blank=True)
    contact_frequency = models.CharField(_("联系频率"), max_length=20, choices=ContactFrequency, blank=True)

    objects = PersonPartQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("父母")
        verbose_name_plural = _("父母")
        constraints = (
            models.UniqueConstraint(fields=("child", "kind"), name="one_parent_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=ParentKind.values), name="parent_kind_known"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class ParentState(models.Model):
    """A dated fact: from `since` until `until` the parent was at home, away for work, dead … One open fact each."""

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="states", verbose_name=_("父母"))
    condition = models.CharField(_("状态"), max_length=10, choices=ParentCondition)
    since = models.DateField(_("自"))
    since_precision = models.CharField(
        max_length=5, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    until = models.DateField(_("至"), null=True, blank=True)
    work_place = models.CharField(_("务工地点（省、市）"), max_length=100, blank=True)

    objects = ParentStateQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("父母状态")
        verbose_name_plural = _("父母状态")
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("parent",), condition=Q(until=None), name="one_open_parent_state"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="parent_state_order"
            ),
        )
        indexes = (models.Index(fields=("parent", "since"), name="parent_state_since"),)

    def __str__(self) -> str:
        return self.get_condition_display()


class Grandparent(models.Model):
    """祖父、祖母、外祖父、外祖母 of the official form; “—” in the paper form means deceased."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="grandparents", verbose_name=_("留守儿童"))
    relation = models.CharField(_("与儿童关系"), max_length=2, choices=Relation)
    name = models.CharField(_("姓名"), max_length=100, blank=True)
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    deceased = models.BooleanField(_("已去世"), default=False)

    objects = PersonPartQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("祖辈")
        verbose_name_plural = _("祖辈")
        constraints = (models.UniqueConstraint(fields=("child", "relation"), name="one_grandparent_each"),)

    def __str__(self) -> str:
        return self.get_relation_display()
