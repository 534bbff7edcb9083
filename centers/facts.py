"""Dated facts of centers, written one way for pages and uploads; and what a center's page adds up."""

from datetime import date
from typing import Any

from django.db.models import Sum

from centers.code_tables import FOUR_KINDS, EquipmentCategory
from centers.models import Center, CenterState


def state_center(
    center: Center, status: str, since: date, reason: str = "", successor: Center | None = None
) -> None:
    """From `since` on the center has this status; the open fact ends there. The caller saves center.status."""
    held = center.states.filter(until=None).first()
    if held and held.status == status:
        return
    if held:
        held.until = max(held.since, since)
        held.save()
        since = held.until
    CenterState.objects.create(center=center, status=status, since=since, reason=reason, successor=successor)


def amend_state(center: Center, reason: str, successor: Center | None) -> None:
    """The present fact was told wrongly: another reason, another center that took over."""
    held = center.states.filter(until=None).first()
    if held:
        held.reason, held.successor = reason, successor
        held._change_reason = reason
        held.save()


def place_equipment(center: Center, reason: str = "") -> None:
    """The equipment of a center stands where the center stands, also after the center was given another place."""
    for item in center.equipment.exclude(division=center.division_id).select_for_update(of=("self",)):
        item._change_reason = reason
        item.save_version(item.version)


def equipment_by_category(center: Center, day: date) -> list[dict[str, Any]]:
    """Quantity and value on hand of each category; the four kinds stand there even when there is none."""
    on_hand = center.equipment.on_hand_on(day).order_by()
    found = {
        row["category"]: row
        for row in on_hand.values("category").annotate(n=Sum("quantity"), value=Sum("amount"))
    }
    return [
        {
            "label": category.label,
            "quantity": found.get(category, {}).get("n") or 0,
            "amount": found.get(category, {}).get("value"),
            "code": category.value,
        }
        for category in EquipmentCategory
        if category in found or category in FOUR_KINDS
    ]
