from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "gansu_care.reports"
    label = "reports"
    verbose_name = _("年度报告")

    def ready(self) -> None:
        # Models are loaded now, which the figures need.
        from gansu_care.accounts.roles import Right
        from gansu_care.pages.panels import register_panel
        from gansu_care.pages.screens.trail_words import register_names
        from gansu_care.reports.figure_names import figure_in_words
        from gansu_care.reports.home import home_panel

        register_panel("home", "reports/home_panel.html", Right.SEE_REPORT, home_panel, order=10)
        register_names(figure_in_words)
