"""The bolt between the demo and earnest: production refuses to start on a database of invented people."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from gansu_care.pages.models import SiteMark

REFUSAL = (
    "数据库“{0}”是演示库，里面的人和数字都是虚构的，正式环境不能使用。请把 DATABASE_URL 指向正式的数据库。\n"
    "The database “{0}” is marked as a demo: its people and figures are invented, and production (DEBUG off) "
    "does not start on it. Point DATABASE_URL at the real database."
)


def refuse_demo_in_production() -> None:
    """Raise ImproperlyConfigured with DEBUG off on a demo database. A database without tables is no demo."""
    if settings.DEBUG or SiteMark._meta.db_table not in connection.introspection.table_names():
        return
    if SiteMark.demo():
        raise ImproperlyConfigured(REFUSAL.format(connection.settings_dict["NAME"]))
