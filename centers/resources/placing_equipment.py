"""The equipment of a center that is given another place goes with it: its place is its center's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from centers.models import Equipment
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.stored_rows import stored_rows
from gansu_care.spreadsheets.writing_rows import Batch, Ledger


def place_equipment(changed: Sequence[Any], batch: Batch) -> None:
    moved = {center.pk: center for center in changed if center.division_id != center.as_read.division_id}
    if not moved:
        return
    ledger = Ledger(Equipment, batch)
    for item in stored_rows(Equipment.objects.filter(center__in=among(moved)), lock=True):
        item.division_id = moved[item.center_id].division_id
        item.derive_placing()
        ledger.touch(item)
    ledger.write()
