"""What becomes of the registers when a record is erased: that there was a case stays, what it was about goes."""

from typing import Any

from gansu_care.protection.models import MandatoryReport, PersonRequest

PERSONAL: dict[Any, dict[str, Any]] = {
    PersonRequest: {"asked_by": None, "phone": None, "about": None, "answer": None},
    MandatoryReport: {"about": None, "outcome": None},
}


def erase_registers(ids: list[int]) -> None:
    for model, nothing in PERSONAL.items():
        rows = model.objects.filter(child__in=ids)
        model.history.filter(id__in=[row.pk for row in rows]).delete()
        rows.update(**nothing)
