"""Admin screen of uploads. What a file holds is sealed and stays on the pages of the upload itself."""

from typing import ClassVar

from django.contrib import admin

from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import PlaceFilter, RegistryAdmin
from gansu_care.spreadsheets.models import Upload


@admin.register(Upload)
class UploadAdmin(RegistryAdmin):
    see_right = Right.UPLOAD
    hidden: ClassVar = ("facts", "sheets", "chosen_sheets", "unreadable_params", "declared_consent_by")
    list_display = (
        "number",
        "kind",
        "state",
        "division",
        "user",
        "received_at",
        "rows",
        "new",
        "changed",
        "refused",
    )
    list_filter = (PlaceFilter, "state", "kind")
    list_select_related = ("division", "user")
    search_help_text = "U-621124-20261123-001"
