from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "gansu_care.accounts"
    label = "accounts"
    verbose_name = pgettext_lazy("名单", "账号")

    def ready(self) -> None:
        from allauth.mfa import signals as second_factor_changes
        from django.contrib.auth.signals import user_logged_in

        from gansu_care.accounts import second_factor
        from gansu_care.accounts.session_age import stamp_session

        user_logged_in.connect(stamp_session)
        second_factor_changes.authenticator_added.connect(second_factor.note_added)
        second_factor_changes.authenticator_reset.connect(second_factor.note_codes)
        second_factor_changes.authenticator_removed.connect(second_factor.note_removed)
