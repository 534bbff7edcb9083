"""What persons ask for about their own data: to look, to copy, to correct, to delete."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.code_tables import ConsentVerification
from children.models import Child
from gansu_care.protection.code_tables import RequestCapacity, RequestKind, RequestState
from gansu_care.protection.querysets import PersonRequestQuerySet
from gansu_care.protection.working_days import after_working_days
from gansu_care.sealed.fields import SealedTextField
from gansu_care.sealed.masks import mask_name, mask_phone
from gansu_care.trail.registry import RegistryRow, history


class PersonRequest(RegistryRow):
    """One request and its answer. `division` is the child's when it was made."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="requests", verbose_name=_("留守儿童"))
    kind = models.CharField(_("请求事项"), max_length=10, choices=RequestKind)
    asked_by = SealedTextField("protection.request.asked_by", mask=mask_name, verbose_name=_("请求人"))
    capacity = models.CharField(_("请求人身份"), max_length=10, choices=RequestCapacity)
    verified_how = models.CharField(_("身份核实方式"), max_length=10, choices=ConsentVerification)
    phone = SealedTextField("protection.request.phone", mask=mask_phone, verbose_name=_("联系电话"))
    about = SealedTextField("protection.request.about", verbose_name=_("请求内容"))
    received_on = models.DateField(_("收到日期"))
    due_on = models.DateField(_("答复期限"), editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=RequestState, default=RequestState.OPEN, editable=False
    )
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)
    answer = SealedTextField("protection.request.answer", verbose_name=_("答复"))

    detail_route = "protection:request_detail"
    objects = PersonRequestQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("个人信息请求")
        verbose_name_plural = pgettext_lazy("名单", "个人信息请求")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", answered_on=None)
                | (~Q(state="open") & Q(answered_on__isnull=False)),
                name="request_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")), name="request_due_after_receipt"
            ),
        )
        indexes = (
            models.Index(fields=("county", "-id"), name="request_county"),
            models.Index(fields=("county", "state", "due_on"), name="request_county_due"),
            models.Index(fields=("prefecture", "-id"), name="request_prefecture"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.due_on = after_working_days(self.received_on, settings.REQUEST_DAYS)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()
