from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CentersConfig(AppConfig):
    name = "centers"
    verbose_name = pgettext_lazy("名单", "活动中心")

    def ready(self) -> None:
        # Models are loaded now: the search box may know of them.
        from centers.finding import find_centers
        from gansu_care.accounts.roles import Right
        from gansu_care.pages.search import register_finder

        register_finder(_("活动中心"), Right.SEE_REGISTRY, find_centers)
