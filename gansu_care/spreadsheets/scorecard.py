"""How a division's offices send their workbooks: what came of them, how often they were right at once, and in time.

Each figure is a set of uploads that the list shows (upload_list.py), so that it can be opened. Counted are the uploads
received in the period, under the division that sent them. A kind of workbook is due in every quarter, on its last day:
the office is in time if by then a file of that kind was applied in the quarter, and is applied still. A whole workbook
is in time for every kind that stood in it, and never due itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.kinds import WORKBOOK, kind_of_resource
from gansu_care.spreadsheets.models import ProblemLevel, StoredProblem, Upload, UploadState
from gansu_care.spreadsheets.periods import Period

TOLD_PROBLEMS = 3
Key = tuple[int, str]
"""A division as it stands today, and a kind of workbook."""


@dataclass
class Score:
    """The figures of one division, or of one kind in it; they add up."""

    uploads: int = 0
    applied: int = 0
    first: int = 0
    first_right: int = 0
    again: int = 0
    bad_rows: int = 0
    due: int = 0
    in_time: int = 0
    last_on: date | None = None
    problems: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Score) -> Score:
        days = [day for day in (self.last_on, other.last_on) if day]
        return Score(
            self.uploads + other.uploads,
            self.applied + other.applied,
            self.first + other.first,
            self.first_right + other.first_right,
            self.again + other.again,
            self.bad_rows + other.bad_rows,
            self.due + other.due,
            self.in_time + other.in_time,
            max(days, default=None),
            self.problems + other.problems,
        )

    @property
    def top_problems(self) -> list[tuple[str, int]]:
        return self.problems.most_common(TOLD_PROBLEMS)


class Scorecard:
    """The scores of the divisions below one, by division and kind. Four queries, however many uploads."""

    def __init__(self, uploads: QuerySet[Upload], kinds: Sequence[str], period: Period) -> None:
        self.period, self.kinds = period, kinds
        mine = uploads.filter(kind__in=kinds).order_by()
        received = mine.filter(received_on__range=(period.first, period.last))
        self.scores: dict[Key, Score] = defaultdict(Score)
        self._count(received)
        self._count_problems(received)
        self.in_time = self._in_time(mine)
        self._add_workbooks(uploads.filter(kind=WORKBOOK).order_by())

    def score(self, division: Division, kinds: Iterable[str]) -> Score:
        """What this division did, and what it owed if it is a county."""
        total = Score()
        for kind in kinds:
            key = division.pk, kind
            done = self.in_time[key]
            due = self.period.quarters_due(done) if division.is_county and kind != WORKBOOK else 0
            total += self.scores.get(key, Score()) + Score(due=due, in_time=min(len(done), due))
        return total

    def sent(self, division: Division) -> bool:
        return any((division.pk, kind) in self.scores for kind in self.kinds)

    def _count(self, received: QuerySet[Upload]) -> None:
        first, first_right = (_ids(getattr(received, name)()) for name in ("with_first", "with_first_right"))
        rows = received.values("division", "kind").annotate(
            uploads=Count("pk"),
            applied=Count("pk", filter=Q(state=UploadState.APPLIED)),
            first=Count("pk", filter=Q(pk__in=first)),
            first_right=Count("pk", filter=Q(pk__in=first_right)),
            again=Count("replaces"),
            bad_rows=Sum("refused") + Sum("doubtful"),
            last_on=Max("received_on"),
        )
        for row in rows:
            key = today(row.pop("division")), row.pop("kind")
            self.scores[key] += Score(**row)

    def _count_problems(self, received: QuerySet[Upload]) -> None:
        found = StoredProblem.objects.filter(upload__in=_ids(received), level=ProblemLevel.ERROR).order_by()
        for division, kind, code, n in found.values_list("upload__division", "upload__kind", "code").annotate(
            n=Count("pk")
        ):
            self.scores[today(division), kind].problems[code] += n

    def _in_time(self, mine: QuerySet[Upload]) -> dict[Key, set[date]]:
        """By division and kind, the first days of the quarters in which a file was applied."""
        quarters: dict[Key, set[date]] = defaultdict(set)
        for division, kind, quarter in (
            self._applied(mine).values_list("division", "kind", "quarter").distinct()
        ):
            quarters[today(division), kind].add(quarter.date())
        return quarters

    def _add_workbooks(self, workbooks: QuerySet[Upload]) -> None:
        """The kinds that stood in whole workbooks."""
        for division, sheets, quarter in self._applied(workbooks).values_list(
            "division", "sheets", "quarter"
        ):
            for resource in {sheet["resource"] for sheet in sheets if sheet.get("imported")}:
                self.in_time[today(division), kind_of_resource(resource).code].add(quarter.date())

    def _applied(self, uploads: QuerySet[Upload]) -> QuerySet[Upload]:
        """Those applied in the period, each with its `quarter`."""
        days = self.period.first, self.period.last
        applied = uploads.filter(state=UploadState.APPLIED, applied_at__date__range=days)
        return applied.annotate(quarter=TruncQuarter("applied_at"))


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.values("pk")


def today(division_id: int) -> int:
    """The division that stands in this one's place today."""
    found = book().by_id.get(division_id)
    return found.current.pk if found else division_id
