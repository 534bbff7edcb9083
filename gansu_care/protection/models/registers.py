"""Incidents, mandatory reports, impact assessments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.models import Child
from gansu_care.protection.code_tables import Harm, Notified, ReportedTo
from gansu_care.protection.querysets import MandatoryReportQuerySet, RegisterQuerySet
from gansu_care.sealed.fields import SealedBlobField, SealedTextField
from gansu_care.trail.codes_field import CodesField
from gansu_care.trail.registry import RegistryRow, history


def listed_by(name: str) -> tuple[models.Index, ...]:
    return (
        models.Index(fields=("county", "-id"), name=f"{name}_county"),
        models.Index(fields=("prefecture", "-id"), name=f"{name}_prefecture"),
    )


class Incident(RegistryRow):
    """Personal information was, or may have been, lost, leaked or changed (PIPL Art. 57). It names no person."""

    title = models.CharField(_("事件"), max_length=100)
    happened_on = models.DateField(_("发生日期"), null=True, blank=True)
    found_on = models.DateField(_("发现日期"))
    found_by = models.CharField(_("发现人"), max_length=50)
    scope = models.TextField(_("涉及的信息和范围"), max_length=1000)
    persons = models.PositiveIntegerField(_("涉及人数"), null=True, blank=True)
    harm = models.TextField(_("原因和可能的危害"), max_length=1000)
    measures = models.TextField(_("已采取的措施"), max_length=1000)
    advice = models.TextField(_("监护人可以采取的措施"), max_length=1000, blank=True)
    notified = CodesField(_("已通知"), table=Notified)
    notified_on = models.DateField(_("通知日期"), null=True, blank=True)
    closed_on = models.DateField(_("处置完毕日期"), null=True, blank=True)

    detail_route = "protection:incident_detail"
    objects = RegisterQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("安全事件")
        verbose_name_plural = pgettext_lazy("名单", "安全事件")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(happened_on=None) | Q(found_on__gte=F("happened_on")),
                name="incident_found_after",
                violation_error_message=_("发现日期早于发生日期，请核对。"),
            ),
        )
        indexes = listed_by("incident")


class MandatoryReport(RegistryRow):
    """Harm to a child, reported at once (Minors Protection Law Art. 11). What happened is sealed."""

    child = models.ForeignKey(
        Child,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandatory_reports",
        verbose_name=_("留守儿童"),
    )
    harm = models.CharField(_("情形"), max_length=12, choices=Harm)
    found_on = models.DateField(_("发现日期"))
    about = SealedTextField("protection.report.about", verbose_name=_("情况"))
    reported_on = models.DateField(_("报告日期"), null=True, blank=True)
    reported_to = CodesField(_("已报告"), table=ReportedTo)
    reported_by = models.CharField(_("报告人"), max_length=50, blank=True)
    receipt_no = models.CharField(_("受理编号"), max_length=60, blank=True)
    outcome = SealedTextField("protection.report.outcome", verbose_name=_("后续情况"))

    detail_route = "protection:report_detail"
    objects = MandatoryReportQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("强制报告")
        verbose_name_plural = pgettext_lazy("名单", "强制报告")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(reported_on=None) | Q(reported_on__gte=F("found_on")),
                name="report_after_finding",
                violation_error_message=_("报告日期早于发现日期，请核对。"),
            ),
        )
        indexes = listed_by("report")


class ImpactAssessment(RegistryRow):
    """The assessment made before children's data are processed (PIPL Art. 55, 56); kept three years and longer."""

    title = models.CharField(_("评估名称"), max_length=100)
    edition = models.PositiveIntegerField(_("第几版"), default=1)
    assessed_on = models.DateField(_("评估日期"))
    valid_until = models.DateField(_("有效期至"))
    assessor = models.CharField(_("评估人"), max_length=100)
    conclusion = models.TextField(_("结论"), max_length=2000)
    has_file = models.BooleanField(_("有报告文件"), default=False, editable=False)

    detail_route = "protection:assessment_detail"
    objects = RegisterQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("影响评估")
        verbose_name_plural = pgettext_lazy("名单", "影响评估")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("assessed_on")),
                name="assessment_valid_after",
                violation_error_message=_("有效期要晚于评估日期。"),
            ),
        )
        indexes = listed_by("assessment")


class AssessmentFile(models.Model):
    """The report itself, sealed."""

    assessment = models.OneToOneField(
        ImpactAssessment, models.CASCADE, related_name="file", verbose_name=_("影响评估")
    )
    content = SealedBlobField("protection.assessment_file.content")
    content_type = models.CharField(_("文件类型"), max_length=20)
    size = models.PositiveIntegerField(_("文件大小（字节）"))

    class Meta:
        verbose_name = _("评估报告文件")
        verbose_name_plural = _("评估报告文件")

    def __str__(self) -> str:
        return str(self.assessment_id)
