"""The dated facts of a center's status, written in bulk as centers/facts.py writes them one by one.

A new center begins with its status on 状态日期; an operating one else on the day it was opened or built; any other on the
day of the row, as nobody said since when. A change of status ends the open fact and begins the next; the same status
again changes nothing but its reason, its day and the center that took over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from centers.code_tables import CenterStatus
from centers.models import Center, CenterState
from centers.resources.successors import attach_successors
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.stored_rows import ABSENT, stored_rows
from gansu_care.spreadsheets.writing_rows import DAY, Batch, Ledger

PARTS = frozenset({"status", "status_since", "status_reason", "successor"})
"""The columns that say something of the status."""


def attach_states(centers: dict[int, Any], *, lock: bool) -> dict[int, Any]:
    """Give each center its open fact as `state`."""
    open_states = CenterState.objects.filter(until=None, center__in=among(centers))
    states = {state.center_id: state for state in stored_rows(open_states, lock=lock)}
    for pk, center in centers.items():
        center.state = states.get(pk, ABSENT)
    attach_successors(centers)
    return centers


def state_centers(added: Sequence[Center], changed: Sequence[Center], batch: Batch) -> None:
    states = Ledger(CenterState, batch)
    for center in added:
        states.add(_fact(center, _beginning(center, batch.values_of[center.pk]), batch))
    for center in changed:
        values = batch.values_of[center.pk]
        if PARTS & values.keys():
            _restate(center, values, batch, states)
    states.write()


def _restate(center: Any, values: dict[str, Any], batch: Batch, states: Ledger) -> None:
    held, since = center.state, values.get("status_since") or values[DAY]
    if held is not ABSENT and held.status == center.status:
        held.reason = values.get("status_reason", held.reason) or ""
        held.since = values.get("status_since") or held.since
        if "successor" in values:
            held.successor_id = _pk(values["successor"])
        states.touch(held)
        return
    if held is not ABSENT:
        held.until = since = max(held.since, since)
        states.touch(held)
    states.add(_fact(center, since, batch))


def _beginning(center: Center, values: dict[str, Any]) -> date:
    if center.status == CenterStatus.OPERATING:
        return values.get("status_since") or center.opened_on or center.built_on or values[DAY]
    return values.get("status_since") or values[DAY]


def _fact(center: Center, since: date, batch: Batch) -> CenterState:
    values = batch.values_of[center.pk]
    reason, successor = values.get("status_reason") or "", _pk(values.get("successor"))
    return CenterState(
        center=center, status=center.status, since=since, reason=reason, successor_id=successor
    )


def _pk(link: Any) -> int | None:
    return link.pk if link else None


def settle_status(centers: Sequence[Any]) -> None:
    """A center's status is that of its open fact, as the facts stand now."""
    held = CenterState.objects.filter(until=None, center__in=among([center.pk for center in centers]))
    open_now = dict(held.values_list("center", "status"))
    for center in centers:
        center.status = open_now.get(center.pk, center.status)
