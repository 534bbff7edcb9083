from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "gansu_care.trail"
    label = "trail"
    verbose_name = _("操作记录")

    def ready(self) -> None:
        from gansu_care.trail.guards import guard_after_migrating

        post_migrate.connect(guard_after_migrating, sender=self)
