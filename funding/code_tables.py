"""Code tables of money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpendingCategory(TextChoices):
    BUILDING = "building", _("建设改造")
    EQUIPMENT = "equipment", _("设备")
    BOOKS = "books", _("图书")
    EVENTS = "events", _("活动")
    TRAINING = "training", _("培训")
    GIFTS = "gifts", _("慰问")
    MANAGEMENT = "management", _("管理")


class Reversal(TextChoices):
    RETURNED = "returned", _("退回")
    CORRECTED = "corrected", _("冲正")
