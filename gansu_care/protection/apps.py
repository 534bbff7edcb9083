from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "gansu_care.protection"
    label = "protection"
    verbose_name = _("个人信息保护")

    def ready(self) -> None:
        # Models are loaded now: the home page, a child's page and erasing may know of them.
        from children.erasing import register_eraser
        from gansu_care.accounts.roles import Right
        from gansu_care.pages.panels import register_panel, register_todos
        from gansu_care.protection.erasing import erase_registers
        from gansu_care.protection.models import MandatoryReport, PersonRequest
        from gansu_care.protection.panels import erasures_of, requests_of
        from gansu_care.protection.waiting import protection_todos

        register_eraser(erase_registers, PersonRequest, MandatoryReport)
        register_panel("child", "protection/child_panel.html", Right.KEEP_REGISTERS, requests_of)
        for page in ("child", "restricted_child"):
            register_panel(page, "protection/erasure_panel.html", Right.PROPOSE_ERASURE, erasures_of)
        register_todos(protection_todos)
