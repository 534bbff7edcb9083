"""Who looks after the child, and when she was in the register."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.code_tables import ExitReason, Relation
from children.models.child import Child
from children.querysets import EpisodeQuerySet, PersonPartQuerySet
from gansu_care.sealed.fields import DigestField, SealedTextField
from gansu_care.sealed.masks import mask_address, mask_id_number, mask_phone
from gansu_care.trail.registry import history


class Carer(models.Model):
    """The entrusted carer (受委托照护人). At most one at a time; those before keep their dates."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="carers", verbose_name=_("留守儿童"))
    name = models.CharField(_("姓名"), max_length=100)
    relation = models.CharField(_("与儿童关系"), max_length=2, choices=Relation, blank=True)
    id_number = SealedTextField(
        "children.carer.id_number",
        mask=mask_id_number,
        digest_field="id_number_digest",
        verbose_name=_("身份证号"),
    )
    id_number_digest = DigestField(of="id_number", db_index=True)
    id_number_digest_even = DigestField(of="id_number", even=True, db_index=True)
    phone = SealedTextField(
        "children.carer.phone", mask=mask_phone, digest_field="phone_digest", verbose_name=_("联系电话")
    )
    phone_digest = DigestField(of="phone")
    phone_digest_even = DigestField(of="phone", even=True)
    address = SealedTextField("children.carer.address", mask=mask_address, verbose_name=_("住址"))
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    objects = PersonPartQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("照护人")
        verbose_name_plural = pgettext_lazy("名单", "照护人")
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=("child",), condition=Q(until=None), name="one_carer_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="carer_order"),
        )

    def __str__(self) -> str:
        return str(Relation(self.relation).label) if self.relation else str(_("照护人"))


class Episode(models.Model):
    """One stay in the register: registered on, ended on, why. A child who comes back gets the next episode."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="episodes", verbose_name=_("留守儿童"))
    episode_no = models.PositiveSmallIntegerField(_("第几次"), default=1)
    registered_on = models.DateField(_("登记日期"))
    ended_on = models.DateField(_("退出日期"), null=True, blank=True)
    reason = models.CharField(_("退出原因"), max_length=2, choices=ExitReason, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = EpisodeQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("在册经历")
        verbose_name_plural = pgettext_lazy("名单", "在册经历")
        ordering = ("episode_no",)
        constraints = (
            models.UniqueConstraint(fields=("child", "episode_no"), name="episode_no_once"),
            models.UniqueConstraint(fields=("child",), condition=Q(ended_on=None), name="one_open_episode"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("registered_on")), name="episode_order"
            ),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(reason=""), name="episode_end_has_reason"),
        )
        indexes = (
            models.Index(fields=("child", "registered_on", "ended_on"), name="episode_of_child"),
            models.Index(fields=("registered_on", "child"), name="episode_begun"),
            models.Index(fields=("ended_on", "child"), name="episode_ended"),
        )

    def __str__(self) -> str:
        return str(self.episode_no)
