"""What the history says of a row: as it was before an upload, as that left it, what came after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from gansu_care.spreadsheets.bulk import among

Snapshot = Any  # a row of a historical model
ADDED, CHANGED, GONE = "+", "~", "-"


@dataclass(frozen=True)
class Stamp:
    """What all snapshots of one application, in one kind of record, have in common: its reason and its moment."""

    reason: str
    at: datetime

    def is_on(self, snapshot: Snapshot) -> bool:
        return (snapshot.history_change_reason, snapshot.history_date) == (self.reason, self.at)


class Track:
    """The history of one row, oldest first, and where in it the upload stands."""

    def __init__(self, snapshots: list[Snapshot], stamp: Stamp) -> None:
        places = [place for place, snapshot in enumerate(snapshots) if stamp.is_on(snapshot)]
        self.snapshots = snapshots
        # What the upload did with the row: added, changed, removed it; empty for nothing.
        self.sign: str = snapshots[places[0]].history_type if places else ""
        # As the upload left the row; None for a row that it did not touch.
        self.written: Snapshot | None = snapshots[places[-1]] if places else None
        self.before: Snapshot | None = snapshots[places[0] - 1] if places and places[0] else None
        self.since: list[Snapshot] = snapshots[places[-1] + 1 :] if places else []

    def who_changed(self, columns: Collection[str]) -> Snapshot:
        """The last snapshot since the upload in which one of these columns is not as in the one before."""
        last, held = self.snapshots[-1], self.written
        for snapshot in self.since:
            if any(snapshot.__dict__[name] != held.__dict__[name] for name in columns):
                last = snapshot
            held = snapshot
        return last


Tracks = dict[int, Track]
"""The tracks of rows by their keys."""


def attname(model: type[models.Model], name: str) -> str:
    """The column of a foreign key."""
    field: Any = model._meta.get_field(name)
    return field.attname


def tracks_of(
    model: type[models.Model], holder: str, ids: Collection[int], stamp: Stamp
) -> dict[int, Tracks]:
    """The tracks of all rows, present and gone, that hang on these by the foreign key `holder`, by the holder's key."""
    column = attname(model, holder)
    found: dict[int, Tracks] = defaultdict(dict)
    for pk, series in _series(model, holder, ids).items():
        found[series[-1].__dict__[column]][pk] = Track(series, stamp)
    return found


def tracks_by_key(model: type[models.Model], ids: Collection[int], stamp: Stamp) -> Tracks:
    return {pk: Track(series, stamp) for pk, series in _series(model, "id", ids).items()}


def _series(model: type[models.Model], name: str, ids: Collection[int]) -> dict[int, list[Snapshot]]:
    """The snapshots of each row, oldest first."""
    by_row: dict[int, list[Snapshot]] = defaultdict(list)
    past = model.history.filter(**{f"{name}__in": among(ids)})  # type: ignore[attr-defined]
    for snapshot in past.order_by("history_id"):
        by_row[snapshot.id].append(snapshot)
    return by_row


def later(tracks: Tracks) -> list[Snapshot]:
    """Of the rows of one holder, the snapshots made after the upload, oldest first.

    Rows that the upload did not touch count too: whoever adds the next dated fact builds on what the upload wrote.
    """
    stamped = [track.written.history_id for track in tracks.values() if track.written is not None]
    if not stamped:
        return []
    after = [snapshot for track in tracks.values() for snapshot in track.since]
    for track in tracks.values():
        if track.written is None:
            after += [snapshot for snapshot in track.snapshots if snapshot.history_id > max(stamped)]
    return sorted(after, key=lambda snapshot: snapshot.history_id)
