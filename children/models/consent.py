"""Who consented to what is kept of a child, the signed paper, and the notice that was shown before."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.code_tables import (
    ConsentCapacity,
    ConsentScope,
    ConsentVerification,
    WithdrawalMethod,
    register_only,
)
from children.models.child import Child
from children.models.notice import Notice
from children.querysets import ConsentQuerySet, ScanQuerySet
from gansu_care.sealed.fields import SealedBlobField
from gansu_care.trail.codes_field import CodesField
from gansu_care.trail.registry import history

SUFFICIENT = (ConsentCapacity.PARENT, ConsentCapacity.LEGAL_GUARDIAN, ConsentCapacity.DECLARED)


class Consent(models.Model):
    """One consent to the processing of the child's data. A later one replaces it; at most one stands at a time.

    An entrusted carer alone is not enough: she is no guardian (Personal Information Protection Law, Art. 31). Without
    a sufficient consent the child stays a draft; when it is withdrawn her record is restricted at once.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents", verbose_name=_("留守儿童"))
    given = models.BooleanField(_("是否取得同意"))
    given_by = models.CharField(_("同意人"), max_length=100, blank=True)
    capacity = models.CharField(_("同意人身份"), max_length=10, choices=ConsentCapacity, blank=True)
    verified_how = models.CharField(_("身份核实方式"), max_length=10, choices=ConsentVerification, blank=True)
    scopes = CodesField(_("同意范围"), table=ConsentScope, default=register_only)
    given_on = models.DateField(_("同意日期"), null=True, blank=True)
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("告知书版本")
    )
    paper_place = models.CharField(_("同意书存放处"), max_length=200, blank=True)
    has_scan = models.BooleanField(_("有扫描件"), default=False, editable=False)
    replaced_on = models.DateField(_("被新的同意代替"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(_("撤回人"), max_length=100, blank=True, editable=False)
    withdrawn_how = models.CharField(
        _("撤回方式"), max_length=10, choices=WithdrawalMethod, blank=True, editable=False
    )

    objects = ConsentQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("监护人同意")
        verbose_name_plural = pgettext_lazy("名单", "监护人同意")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(given=False) | (~Q(given_by="") & Q(given_on__isnull=False)),
                name="consent_names_person_and_day",
            ),
            models.UniqueConstraint(
                fields=("child",), condition=Q(replaced_on=None), name="one_consent_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | (Q(given=True) & Q(withdrawn_on__gte=F("given_on"))),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | (~Q(withdrawn_by="") & ~Q(withdrawn_how="")),
                name="consent_withdrawn_by_somebody",
            ),
        )

    def __str__(self) -> str:
        if self.withdrawn_on:
            return str(_("已撤回"))
        return str(_("已同意") if self.given else _("未同意"))

    @property
    def suffices(self) -> bool:
        is_for_register = ConsentScope.REGISTER in (self.scopes or ())
        return self.given and self.withdrawn_on is None and self.capacity in SUFFICIENT and is_for_register

    @property
    def has_proof(self) -> bool:
        """A scan, or a paper in a named place. What was declared for a whole upload names only the upload."""
        return self.has_scan or bool(self.paper_place and self.capacity != ConsentCapacity.DECLARED)


def proof_due(today: date | None = None) -> date:
    """By when the paper of a consent must be brought that is entered today."""
    return (today or timezone.localdate()) + timedelta(days=settings.CONSENT_PROOF_DAYS)


class ConsentScan(models.Model):
    """The signed paper as a picture or PDF, sealed. A table of its own, which no list and no history loads."""

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="scan", verbose_name=_("监护人同意"))
    content = SealedBlobField("children.consent_scan.content")
    content_type = models.CharField(_("文件类型"), max_length=20)
    size = models.PositiveIntegerField(_("文件大小（字节）"))
    stored_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意书扫描件")
        verbose_name_plural = _("同意书扫描件")

    def __str__(self) -> str:
        return str(self.consent_id)
