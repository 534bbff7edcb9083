"""A center that was registered twice: what hangs on the record that goes is handed over to the one that stays.

Whatever names a center (equipment, and money in the apps above) is found by its foreign key; nothing is deleted.
"""

from collections.abc import Iterator
from typing import Any

from centers.models import Center, CenterState
from gansu_care.trail.registry import RegistryRow


def attached(center: Center) -> Iterator[tuple[Any, Any]]:
    """(foreign key, rows in force) of each kind of record that names this center."""
    for relation in Center._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, RegistryRow):
            rows = model._default_manager.in_force().filter(**{relation.field.name: center})
            yield relation.field, rows.order_by("pk")


def counted(center: Center) -> list[tuple[str, int]]:
    """What there is to hand over: the name of the kind and how many."""
    found = ((field.model._meta.verbose_name, rows.count()) for field, rows in attached(center))
    return [(str(name), count) for name, count in found if count]


def same_numbers(center: Center, kept: Center) -> list[str]:
    """Asset numbers that both centers have given: they cannot stand beside each other."""
    own = kept.equipment.in_force().exclude(asset_no="").values("asset_no")
    return list(center.equipment.in_force().filter(asset_no__in=own).values_list("asset_no", flat=True))


def hand_over(center: Center, kept: Center, reason: str) -> None:
    """In the caller's transaction. Rows that stood where the center stood go where the other one stands."""
    for field, rows in attached(center):
        for row in rows.select_for_update(of=("self",)):
            setattr(row, field.name, kept)
            if row.division_id == center.division_id:
                row.division = kept.division
            row._change_reason = reason
            row.save_version(row.version)
    for state in CenterState.objects.filter(successor=center):
        state.successor, state._change_reason = kept, reason
        state.save()
