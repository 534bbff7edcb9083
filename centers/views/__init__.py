"""Pages of centers and of their equipment."""

from centers.views.centers import (
    CenterAdd,
    CenterDetail,
    CenterEdit,
    CenterExport,
    CenterHistory,
    CenterList,
    CenterOptions,
    CenterStatusChange,
    CenterVoid,
)
from centers.views.equipment import (
    EquipmentAdd,
    EquipmentDetail,
    EquipmentEdit,
    EquipmentExport,
    EquipmentHistory,
    EquipmentList,
    EquipmentVoid,
)

__all__ = [
    "CenterAdd",
    "CenterDetail",
    "CenterEdit",
    "CenterExport",
    "CenterHistory",
    "CenterList",
    "CenterOptions",
    "CenterStatusChange",
    "CenterVoid",
    "EquipmentAdd",
    "EquipmentDetail",
    "EquipmentEdit",
    "EquipmentExport",
    "EquipmentHistory",
    "EquipmentList",
    "EquipmentVoid",
]
