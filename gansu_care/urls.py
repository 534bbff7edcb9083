"""The site map. Every route is written out and says who it is for (accounts/gate.py); what says nothing is closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from gansu_care.accounts.gate import open_to_all, signed_in
from gansu_care.pages import health
from gansu_care.pages.errors import page_403, page_404, page_500
from gansu_care.spreadsheets.account_sheets import AccountsFromSheet, BlankAccountSheet
from gansu_care.spreadsheets.trail_audit import TrailAudit
from gansu_care.spreadsheets.trail_export import TrailExport

urlpatterns = [
    # Open without sign-in
    path("sign-in/", open_to_all(account.login), name="account_login"),
    path("sign-in/code/", open_to_all(mfa.authenticate), name="mfa_authenticate"),
    path("language/", open_to_all(set_language), name="set_language"),
    path("healthz", open_to_all(health.healthz), name="healthz"),
    # The account in use
    path("sign-out/", signed_in(account.logout), name="account_logout"),
    path("account/password/", signed_in(account.password_change), name="account_change_password"),
    path("account/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/", signed_in(mfa.index), name="mfa_index"),
    path("account/second-factor/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/off/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/",
        signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
    # The register
    path("", include("gansu_care.pages.urls")),
    path("children/", include("children.urls")),
    path("centers/", include("centers.urls")),
    path("funding/", include("funding.urls")),
    path("protection/", include("gansu_care.protection.urls")),
    path("uploads/", include("gansu_care.spreadsheets.urls")),
    path("exports/", include("gansu_care.spreadsheets.exports.urls")),
    path("report/", include("gansu_care.reports.urls")),
    path("accounts/sheet/", AccountsFromSheet.as_view(), name="account_sheet"),
    path("accounts/sheet/blank/", BlankAccountSheet.as_view(), name="account_sheet_blank"),
    path("accounts/", include("gansu_care.pages.screens.accounts_urls")),
    path("trail/export/", TrailExport.as_view(), name="trail_export"),
    path("trail/audit/<int:year>/", TrailAudit.as_view(), name="trail_audit"),
    path("trail/", include("gansu_care.pages.screens.trail_urls")),
    path("divisions/", include("gansu_care.pages.screens.divisions_urls")),
    path("jobs/", include("gansu_care.pages.screens.jobs_urls")),
    path("admin/", admin.site.urls),
]

handler403 = page_403
handler404 = page_404
handler500 = page_500
