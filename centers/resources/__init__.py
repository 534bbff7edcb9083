"""Centers and their equipment as workbooks, in and out."""

from django.utils.translation import gettext_lazy as _

import centers.resources.problem_kinds  # noqa: F401
from centers.resources.center import CenterResource
from centers.resources.equipment import EquipmentResource
from gansu_care.spreadsheets.kinds import Kind, register

__all__ = ["CenterResource", "EquipmentResource"]

register(
    Kind(
        "centers",
        _("活动中心表"),
        _("中心基本情况、状态"),
        (CenterResource,),
        list_route="centers:list",
    )
)
register(
    Kind(
        "equipment",
        _("设备物资台账"),
        _("电脑、电视、文具、图书等"),
        (EquipmentResource,),
        list_route="centers:equipment_list",
    )
)
