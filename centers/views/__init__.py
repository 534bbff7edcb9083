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
    CenterStocktake,
    CenterVoid,
)
from centers.views.equipment import (
    EquipmentAdd,
    EquipmentDetail,
    EquipmentDispose,
    EquipmentEdit,
    EquipmentExport,
    EquipmentHistory,
    EquipmentLend,
    EquipmentList,
    EquipmentReturn,
    EquipmentVoid,
)
from centers.views.phone import CenterPhone

__all__ = [
    "CenterAdd", "CenterDetail", "CenterEdit", "CenterExport", "CenterHistory", "CenterList", "CenterOptions",
    "CenterPhone", "CenterStatusChange", "CenterStocktake", "CenterVoid", "EquipmentAdd", "EquipmentDetail",
    "EquipmentDispose", "EquipmentEdit", "EquipmentExport", "EquipmentHistory", "EquipmentLend", "EquipmentList",
    "EquipmentReturn", "EquipmentVoid",
]  # fmt: skip
