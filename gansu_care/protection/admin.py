"""Admin screens of the registers, to look at: they are written on their own pages."""

from django.contrib import admin

from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import PlaceFilter, RegistryAdmin
from gansu_care.protection.models import ImpactAssessment, Incident, PersonRequest


@admin.register(PersonRequest)
class PersonRequestAdmin(RegistryAdmin):
    see_right = Right.KEEP_REGISTERS
    reads_persons = True
    list_display = ("number", "child", "kind", "received_on", "due_on", "state", "division", "voided_on")
    list_filter = (PlaceFilter, "kind", "state")
    list_select_related = ("division", "child")


@admin.register(Incident)
class IncidentAdmin(RegistryAdmin):
    see_right = Right.KEEP_REGISTERS
    list_display = ("number", "title", "found_on", "persons", "closed_on", "division", "voided_on")
    list_filter = (PlaceFilter,)
    list_select_related = ("division",)


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(RegistryAdmin):
    see_right = Right.PUBLISH_NOTICES
    list_display = ("number", "title", "edition", "assessed_on", "valid_until", "division", "voided_on")
    list_filter = (PlaceFilter,)
    list_select_related = ("division",)
