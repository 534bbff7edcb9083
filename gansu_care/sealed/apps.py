from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealedConfig(AppConfig):
    name = "gansu_care.sealed"
    label = "sealed"
    verbose_name = _("密封字段")
