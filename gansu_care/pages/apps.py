from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

import gansu_care.pages.prefix  # noqa: F401  registers the look-up


class PagesConfig(AppConfig):
    name = "gansu_care.pages"
    label = "pages"
    verbose_name = _("页面")

    def ready(self) -> None:
        from gansu_care.pages.panels import register_todos
        from gansu_care.pages.screens.accounts_waiting import account_todos

        register_todos(account_todos)
