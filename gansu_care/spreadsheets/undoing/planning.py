"""What an undo would do with each record that an upload wrote. Nothing is written here.

A new record is removed with all that hangs on it, if nobody has touched it since and nothing points at it. In a changed
record each field is put back that still holds what the upload wrote. What follows one another in time is put back whole
or not at all. Whatever is left as it is, is told with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.hanging import Going, Hanging, Pointing, Together, pointing_at
from gansu_care.spreadsheets.models import UndoAct, UndoWhy, Upload, UploadState
from gansu_care.spreadsheets.undoing.fields import agree, foreign_keys, put_back, units
from gansu_care.spreadsheets.undoing.tracks import (
    ADDED,
    CHANGED,
    Snapshot,
    Stamp,
    Track,
    Tracks,
    attname,
    later,
    tracks_by_key,
    tracks_of,
)


@dataclass(frozen=True)
class Left:
    """What is left as it is: which fields or parts, why, who edited them last, what points at the record."""

    why: str
    what: str = ""
    last: Snapshot | None = None
    pointing: Counter[str] = field(default_factory=Counter)


@dataclass
class Plan:
    """What is to be done with one record and all that hangs on it."""

    resource: str
    pk: int
    number: str
    act: str
    record: Any = None
    # Rows to be removed, to be written again, and those that the upload had removed: in the order of doing it.
    remove: list[models.Model] = field(default_factory=list)
    mend: list[models.Model] = field(default_factory=list)
    bring_back: list[models.Model] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    kept: list[Left] = field(default_factory=list)
    failed: Left | None = None
    # Once it is done, and its rows are let go.
    was_done: bool = False

    @property
    def does_something(self) -> bool:
        return self.failed is None and bool(self.was_done or self.remove or self.mend or self.bring_back)

    @property
    def mends_record(self) -> bool:
        return self.act == UndoAct.RESTORE and self.does_something

    def let_go(self) -> None:
        """Forget the rows: only what is told of them is kept."""
        self.was_done = self.does_something
        self.record, self.remove, self.mend, self.bring_back = None, [], [], []


class CannotUndo(Exception):
    """This record is left wholly as it is."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Reading:
    """How the rows of an undo are read: for whom, locked or only looked at, without what is going to be removed."""

    user: Any
    lock: bool = False
    going: Going = field(default_factory=dict)

    def note(self, plan: Plan) -> None:
        for row in plan.remove if plan.does_something else ():
            self.going.setdefault(type(row), set()).add(row.pk)


class Branch:
    """The rows of one model that hang on a chunk of records, as they stand, and their tracks, by holder."""

    def __init__(self, hanging: Hanging, holders: Collection[int], stamp: Stamp, reading: Reading) -> None:
        self.hanging = hanging
        self.rows: dict[int, dict[int, Any]] = {}
        self.tracks: dict[int, Tracks] = {}
        if not hanging.derived:
            self.tracks = tracks_of(hanging.model, hanging.holder, holders, stamp)
        self._read(holders, reading.lock)
        keys = {pk for group in (*self.rows.values(), *self.tracks.values()) for pk in group}
        self.parts = [Branch(part, keys, stamp, reading) for part in hanging.hangs]
        self.pointed: Pointing = pointing_at(hanging.model, self._added(), hanging.hangs, reading.going)

    def _read(self, holders: Collection[int], lock: bool) -> None:
        rows = self.hanging.model._base_manager.filter(**{f"{self.hanging.holder}__in": among(holders)})
        column = attname(self.hanging.model, self.hanging.holder)
        for row in (rows.select_for_update(of=("self",)) if lock else rows).order_by("pk"):
            self.rows.setdefault(row.__dict__[column], {})[row.pk] = row

    def _added(self) -> list[int]:
        tracks = (pair for group in self.tracks.values() for pair in group.items())
        return [pk for pk, track in tracks if track.sign == ADDED]

    @property
    def name(self) -> str:
        return self.hanging.model._meta.label_lower

    def all_rows(self, holder: int) -> Iterator[Any]:
        """All rows that hang on this holder, the deepest first."""
        for pk, row in self.rows.get(holder, {}).items():
            for part in self.parts:
                yield from part.all_rows(pk)
            yield row

    def edited(self, holder: int) -> Snapshot | None:
        """The last snapshot, here or below, that is not the upload's own; None if nobody else wrote any of it."""
        found = []
        for pk, track in self.tracks.get(holder, {}).items():
            found += track.since if track.sign == ADDED else track.snapshots
            found += [last for part in self.parts if (last := part.edited(pk))]
        return max(found, key=lambda snapshot: snapshot.history_date, default=None)

    def pointing(self, holder: int) -> Counter[str]:
        """What points at the rows of this holder and below."""
        total: Counter[str] = Counter()
        for pk in self.rows.get(holder, {}):
            total += self.pointed.get(pk, Counter())
            for part in self.parts:
                total += part.pointing(pk)
        return total


class Chunk:
    """Some records that the upload wrote, with all that hangs on them, read at once."""

    def __init__(self, resource: Any, ids: Sequence[int], stamp: Stamp, reading: Reading) -> None:
        self.resource, self.ids, self.model = resource, ids, resource._meta.model
        rows = self.model._base_manager.filter(pk__in=among(ids)).order_by("pk")
        self.rows = {row.pk: row for row in (rows.select_for_update(of=("self",)) if reading.lock else rows)}
        self.tracks = tracks_by_key(self.model, ids, stamp)
        seen = self.model._default_manager.visible_to(reading.user).filter(pk__in=among(ids))
        self.visible = set(seen.values_list("pk", flat=True))
        self.branches = [Branch(hanging, ids, stamp, reading) for hanging in resource.hangs]
        numbers = {snapshot.upload_number for track in self.tracks.values() for snapshot in track.snapshots}
        undone = Upload.objects.filter(number__in=numbers, state=UploadState.UNDONE)
        self.undone = set(undone.values_list("number", flat=True))
        added = [pk for pk, track in self.tracks.items() if track.sign == ADDED]
        self.pointed: Pointing = pointing_at(self.model, added, resource.hangs, reading.going)

    def plans(self) -> list[Plan]:
        found = [self.plan(pk) for pk in self.ids]
        self._refuse_missing_targets(found)
        return found

    def plan(self, pk: int) -> Plan:
        track = self.tracks[pk]
        act = UndoAct.REMOVE if track.sign == ADDED else UndoAct.RESTORE
        plan = Plan(self.resource.code, pk, track.snapshots[-1].number, act, self.rows.get(pk))
        try:
            if plan.record is None:
                raise CannotUndo(UndoWhy.GONE)
            if pk not in self.visible:
                plan.kept.append(Left(UndoWhy.OUT_OF_SCOPE))
            elif plan.record.voided_on is not None and track.written.voided_on is None:  # type: ignore[union-attr]
                plan.kept.append(Left(UndoWhy.EDITED, last=track.snapshots[-1]))
            elif act == UndoAct.REMOVE:
                self._remove(plan, track)
            else:
                self._restore(plan, track)
        except CannotUndo as refused:
            plan.failed = Left(refused.why)
        return plan

    # --- a new record

    def _remove(self, plan: Plan, track: Track) -> None:
        edits = [last for branch in self.branches if (last := branch.edited(plan.pk))] + track.since[-1:]
        pointing = sum(
            (branch.pointing(plan.pk) for branch in self.branches), self.pointed.get(plan.pk, Counter())
        )
        if edits:
            last = max(edits, key=lambda snapshot: snapshot.history_date)
            plan.kept.append(Left(UndoWhy.EDITED, last=last))
        elif pointing:
            plan.kept.append(Left(UndoWhy.POINTED_AT, pointing=pointing))
        else:
            plan.remove = [row for branch in self.branches for row in branch.all_rows(plan.pk)] + [
                plan.record
            ]

    # --- a changed record

    def _restore(self, plan: Plan, track: Track) -> None:
        self._put_back(plan, plan.record, track, self.resource.together)
        for branch in self.branches:
            self._undo_group(plan, branch, plan.pk)
        if not plan.undone:
            return
        plan.mend.append(plan.record)
        if plan.record.upload_number == track.written.upload_number:  # type: ignore[union-attr]
            plan.record.upload_number = self._source_before(track)

    def _source_before(self, track: Track) -> str:
        """The upload that wrote the record before this one, and was not itself undone."""
        place = track.snapshots.index(track.written)
        numbers = (snapshot.upload_number for snapshot in reversed(track.snapshots[:place]))
        return next((number for number in numbers if number not in self.undone), "")

    def _put_back(self, plan: Plan, row: Any, track: Track, together: Together, holder: str = "") -> bool:
        """Each field that still holds what the upload wrote; whether there was one."""
        if track.before is None:
            raise CannotUndo(UndoWhy.NO_HISTORY)
        model: Any = type(row)
        mended = False
        for unit in units(model, together, holder):
            if agree(unit, track.before, track.written):
                continue
            path = f"{model._meta.label_lower}.{unit.name}"
            if agree(unit, row, track.written):
                put_back(unit, row, track.before)
                plan.undone.append(path)
                mended = True
            elif not agree(unit, row, track.before):
                plan.kept.append(Left(UndoWhy.EDITED, path, track.who_changed(unit.columns)))
        return mended

    # --- what hangs on it

    def _undo_group(self, plan: Plan, branch: Branch, holder: int) -> None:
        """The rows of one holder."""
        tracks = branch.tracks.get(holder, {})
        touched = {pk: track for pk, track in tracks.items() if track.written is not None}
        after = later(tracks)
        if branch.hanging.in_turn and _is_built_upon(touched, after):
            plan.kept.append(Left(UndoWhy.EDITED, branch.name, after[-1]))
            return
        for pk, track in touched.items():
            self._undo_part(plan, branch, holder, pk, track)
        for pk, row in branch.rows.get(holder, {}).items():
            if row not in plan.remove:
                for part in branch.parts:
                    self._undo_group(plan, part, pk)

    def _undo_part(self, plan: Plan, branch: Branch, holder: int, pk: int, track: Track) -> None:
        row, hanging = branch.rows.get(holder, {}).get(pk), branch.hanging
        if track.sign == ADDED:
            self._remove_part(plan, branch, pk, row, track)
        elif track.sign == CHANGED and row is not None:
            if self._put_back(plan, row, track, hanging.together, hanging.holder):
                plan.mend.append(row)
        elif track.sign == CHANGED:
            plan.kept.append(Left(UndoWhy.EDITED, branch.name, track.snapshots[-1]))
        else:
            plan.bring_back.append(track.written.instance)  # type: ignore[union-attr]
            plan.undone.append(branch.name)

    def _remove_part(self, plan: Plan, branch: Branch, pk: int, row: Any, track: Track) -> None:
        edits = track.since[-1:] + [last for part in branch.parts if (last := part.edited(pk))]
        pointing = sum((part.pointing(pk) for part in branch.parts), branch.pointed.get(pk, Counter()))
        if edits or row is None:
            last = max(edits or track.snapshots, key=lambda snapshot: snapshot.history_date)
            plan.kept.append(Left(UndoWhy.EDITED, branch.name, last))
        elif pointing:
            plan.kept.append(Left(UndoWhy.POINTED_AT, branch.name, pointing=pointing))
        else:
            plan.remove += [below for part in branch.parts for below in part.all_rows(pk)] + [row]
            plan.undone.append(branch.name)

    # --- what it would point at again

    def _refuse_missing_targets(self, plans: list[Plan]) -> None:
        """A row cannot point again at a record that is gone."""
        wanted: dict[type[models.Model], set[int]] = {}
        for plan in plans:
            for key, target in _targets(plan):
                wanted.setdefault(target, set()).add(key)
        there = {
            model: set(model._base_manager.filter(pk__in=among(keys)).values_list("pk", flat=True))
            for model, keys in wanted.items()
        }
        for plan in plans:
            if any(key not in there[target] for key, target in _targets(plan)):
                plan.failed = Left(UndoWhy.TARGET_GONE)


def _is_built_upon(touched: Tracks, after: list[Snapshot]) -> bool:
    """Whether rows that follow one another cannot be put back: somebody went on from what the upload wrote.

    Where the upload only changed rows, other changes of them are no matter; another row, before or behind, is.
    """
    signs = {track.sign for track in touched.values()}
    return bool(after) and (signs != {CHANGED} or any(snapshot.history_type != CHANGED for snapshot in after))


def _targets(plan: Plan) -> Iterator[tuple[int, type[models.Model]]]:
    for row in (*plan.mend, *plan.bring_back):
        for column, key in foreign_keys(type(row)).items():
            if row.__dict__[column] is not None:
                yield row.__dict__[column], key.related_model
