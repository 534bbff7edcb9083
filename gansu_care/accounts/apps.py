from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "gansu_care.accounts"
    label = "accounts"
    verbose_name = pgettext_lazy("名单", "账号")
