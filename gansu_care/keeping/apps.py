from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "gansu_care.keeping"
    label = "keeping"
    verbose_name = _("保管")

    def ready(self) -> None:
        from gansu_care.keeping import checks, second_factors  # noqa: F401  they register themselves
