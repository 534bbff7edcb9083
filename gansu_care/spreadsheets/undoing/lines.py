"""The three lists of an undo: undone, kept, failed. Numbers of records, names of fields, reasons; no value in clear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model

from gansu_care.spreadsheets.models import UndoLine, UndoOutcome, Upload
from gansu_care.spreadsheets.undoing.planning import Left, Plan


class Lines:
    """Makes the lines of one upload; knows the people by name who edited since."""

    def __init__(self, upload: Upload, plans: list[Plan]) -> None:
        self.upload, self.plans = upload, plans
        last = (left.last for plan in plans for left in plan.kept if left.last is not None)
        ids = {snapshot.history_user_id for snapshot in last}
        self.names = {user.pk: user.label for user in get_user_model().objects.filter(pk__in=ids)}

    def all(self) -> list[UndoLine]:
        return [line for plan in self.plans for line in self._of(plan)]

    def _of(self, plan: Plan) -> Iterator[UndoLine]:
        if plan.failed is not None:
            yield self._line(plan, UndoOutcome.FAILED, why=plan.failed.why)
            return
        if plan.does_something:
            yield self._line(plan, UndoOutcome.UNDONE, fields=list(dict.fromkeys(plan.undone)))
        for left, fields in _together(plan.kept):
            yield self._line(
                plan,
                UndoOutcome.KEPT,
                fields=fields,
                why=left.why,
                pointing=dict(left.pointing),
                who=self._who(left),
                when=left.last.history_date if left.last is not None else None,
            )

    def _line(self, plan: Plan, outcome: str, **values: Any) -> UndoLine:
        return UndoLine(
            upload=self.upload,
            resource=plan.resource,
            number=plan.number,
            act=plan.act,
            outcome=outcome,
            **values,
        )

    def _who(self, left: Left) -> str:
        return self.names.get(left.last.history_user_id, "") if left.last is not None else ""


def _together(kept: list[Left]) -> list[tuple[Left, list[str]]]:
    """What is kept for the same reason and from the same edit stands in one line."""
    found: dict[Any, tuple[Left, list[str]]] = {}
    for left in kept:
        key = (left.why, getattr(left.last, "history_date", None), tuple(sorted(left.pointing.items())))
        _first, fields = found.setdefault(key, (left, []))
        if left.what and left.what not in fields:
            fields.append(left.what)
    return list(found.values())
