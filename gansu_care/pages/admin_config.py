"""Stands in settings.INSTALLED_APPS for "django.contrib.admin": the same application with our own site."""

from django.contrib.admin.apps import AdminConfig


class RegisterAdminConfig(AdminConfig):
    default_site = "gansu_care.pages.admin_site.RegisterSite"
