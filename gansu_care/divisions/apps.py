from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DivisionsConfig(AppConfig):
    name = "gansu_care.divisions"
    label = "divisions"
    verbose_name = pgettext_lazy("名单", "行政区划")
    default_auto_field = "django.db.models.BigAutoField"
