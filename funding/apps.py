from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = _("资金")

    def ready(self) -> None:
        # Models are loaded now: pages of centers and equipment show what money knows of them.
        from funding.panels import center_money, equipment_money
        from gansu_care.accounts.roles import Right
        from gansu_care.pages.panels import register_panel

        register_panel("center", "funding/money_panel.html", Right.SEE_MONEY, center_money)
        register_panel("equipment", "funding/money_panel.html", Right.SEE_MONEY, equipment_money)
