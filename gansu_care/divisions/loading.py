"""Loading a list of divisions: creates, updates and ends, in one transaction, as often as one likes.

A division that the file does not mention stays as it is and is only reported (`missing`): the ministry's
list has no townships, and a forgotten line must not end a county. A division ends by a `valid_to` in its
line. Those in force below it then follow its successor, and the registry rows are counted there
(placing.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from .book import reset
from .list_checks import check_against_held
from .list_file import REPORTING_UNIT, BrokenList, Line, LineProblem, ListFile, read_list
from .models import Division, DivisionName, Edition, Level, ReportingUnit
from .placing import rederive_all

OWN_LIST = Path(__file__).parent / "data" / "divisions.csv"

# A change of one of these may move registry rows to another county or prefecture.
PLACING_FIELDS = {"parent", "level", "acts_as_county", "valid_to", "successor", "reporting_unit"}
WRITTEN = ("parent", "level", "name", "name_en", "acts_as_county", "valid_from", "valid_to", "reporting_unit")


@dataclass(frozen=True)
class Difference:
    """One thing that a loading changes: `field` is what a person calls it, empty for a new division."""

    code: str
    name: str
    kind: str  # created, updated, ended
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass
class LoadResult:
    """What a loading did, or with `dry_run` would do."""

    source: str
    edition: str
    dry_run: bool
    created: int = 0
    updated: int = 0
    ended: int = 0
    unchanged: int = 0
    rederived: int = 0
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.differences)


def load(file: str | Path | IO[bytes] | None = None, dry_run: bool = False) -> LoadResult:
    """Load a list (the project's own by default); raises BrokenList, and then nothing was changed."""
    listed = read_list(_content(file))
    try:
        with transaction.atomic():
            result = _Loading(listed, dry_run).run()
            if dry_run:
                transaction.set_rollback(True)
    finally:
        reset()
    return result


def load_own_list_once() -> LoadResult | None:
    """Load the project's own list unless this very list was loaded before; None if so.

    What `up` calls at each start: a newer list that the province loaded since is not undone.
    """
    digest = hashlib.sha256(OWN_LIST.read_bytes()).hexdigest()
    return None if Edition.objects.filter(sha256=digest).exists() else load()


def _content(file: str | Path | IO[bytes] | None) -> bytes:
    if file is None or isinstance(file, str | Path):
        try:
            return Path(file or OWN_LIST).read_bytes()
        except OSError as error:
            message = _("读不到文件 %(file)s：%(reason)s。") % {"file": file, "reason": error.strerror}
            raise BrokenList([LineProblem(0, message)]) from error
    return file.read()


class _Loading:
    def __init__(self, listed: ListFile, dry_run: bool) -> None:
        self.listed = listed
        self.lines = {line.code: line for line in listed.lines if line.level != REPORTING_UNIT}
        self.unit_lines = {line.code: line for line in listed.lines if line.level == REPORTING_UNIT}
        self.held = {division.code: division for division in Division.objects.select_for_update()}
        self.units = {unit.code: unit for unit in ReportingUnit.objects.all()}
        self.by_id: dict[Any, Division] = {division.pk: division for division in self.held.values()}
        self._wire()
        self.new: set[str] = set()
        self.changed: dict[str, set[str]] = {}
        self.result = LoadResult(listed.source, listed.edition, dry_run)

    def _wire(self) -> None:
        """Give each division its parent and successor as held here, so that comparing asks no database."""
        units: dict[Any, ReportingUnit] = {unit.pk: unit for unit in self.units.values()}
        for division in self.held.values():
            division.parent = self.by_id.get(division.parent_id)
            division.successor = self.by_id.get(division.successor_id)
            division.reporting_unit = units.get(division.reporting_unit_id)

    def run(self) -> LoadResult:
        check_against_held(self.listed, self.held, set(self.units))
        for level in Level:
            self._write([line for line in self.lines.values() if line.level == level])
            if level == Level.PREFECTURE:
                self._write_units()
        self._write_successors()
        self._follow_successors()
        self._save_changes()
        self._write_names()
        self._count()
        return self.result

    # --- writing

    def _write(self, lines: list[Line]) -> None:
        fresh = []
        for line in lines:
            division = self.held.get(line.code)
            if division is None:
                division = Division(code=line.code)
                fresh.append(division)
                self.new.add(line.code)
            self._fill(division, self._values(line))
        for division in Division.objects.bulk_create(fresh):
            self.held[division.code] = self.by_id[division.pk] = division

    def _values(self, line: Line) -> dict[str, object]:
        values = dict(line.values, level=line.level, parent=self.held.get(line.parent_code))
        if line.unit_code is not None and line.level in (Level.COUNTY, Level.TOWNSHIP):
            values["reporting_unit"] = self.units.get(line.unit_code)
        return values

    def _fill(self, division: Division, values: dict[str, object]) -> None:
        """Set the fields and note what differs from what was held."""
        for name, new in values.items():
            old = getattr(division, name)
            if old == new:
                continue
            setattr(division, name, new)
            if division.code not in self.new:
                self._note(division, name, old, new)

    def _note(self, division: Division, name: str, old: object, new: object) -> None:
        self.changed.setdefault(division.code, set()).add(name)
        kind = "ended" if name == "valid_to" and old is None else "updated"
        title = str(getattr(Division._meta.get_field(name), "verbose_name", name))
        self.result.differences.append(
            Difference(division.code, division.name, kind, title, _shown(old), _shown(new))
        )

    def _write_units(self) -> None:
        for line in self.unit_lines.values():
            unit = self.units.setdefault(line.code, ReportingUnit(code=line.code))
            values: dict[str, object] = {"prefecture": self.held[line.parent_code]}
            values |= {name: line.values[name] for name in ("name", "name_en") if name in line.values}
            self._write_unit(unit, values)

    def _write_unit(self, unit: ReportingUnit, values: dict[str, object]) -> None:
        new = unit.pk is None
        differing = [name for name, value in values.items() if new or getattr(unit, name) != value]
        if not differing:
            return
        for name in differing:
            setattr(unit, name, values[name])
        unit.save()
        kind = "created" if new else "updated"
        self.result.differences.append(Difference(unit.code, unit.name, kind))

    def _write_successors(self) -> None:
        for line in self.lines.values():
            if line.successor_code is None:
                continue
            division = self.held[line.code]
            successor = self.held.get(line.successor_code)
            if division.code in self.new and successor:
                division.successor = successor
                self.changed.setdefault(division.code, set()).add("successor")
            elif division.code not in self.new:
                self._fill(division, {"successor": successor})

    def _follow_successors(self) -> None:
        """Divisions in force below an ended one, if the file does not name them, go under its successor."""
        for division in self.held.values():
            parent = self.by_id.get(division.parent_id)
            if division.in_force and parent is not None and not parent.in_force:
                successor = self._today(parent)
                if not successor.in_force:
                    raise BrokenList([self._orphan(parent, division)])
                self._fill(division, {"parent": successor})

    def _orphan(self, parent: Division, child: Division) -> LineProblem:
        line = self.lines.get(parent.code)
        message = _("%(parent)s 停用而没有继任区划，其下的 %(child)s 还在用。请填写继任代码，或先停用下级。")
        return LineProblem(line.number if line else 0, message % {"parent": parent.name, "child": child.name})

    def _today(self, division: Division) -> Division:
        while not division.in_force and division.successor_id:
            division = self.by_id[division.successor_id]
        return division

    def _save_changes(self) -> None:
        rows = [self.held[code] for code in self.changed]
        Division.objects.bulk_update(rows, [*WRITTEN, "successor"], batch_size=100)

    def _write_names(self) -> None:
        held = _names_held()
        stale, fresh = [], []
        for line in self.lines.values():
            division = self.held[line.code]
            for kind, names in line.names.items():
                old = held.get((division.pk, kind), {})
                if names == {text: row.valid_to for text, row in old.items()}:
                    continue
                stale += [row.pk for row in old.values()]
                fresh += [
                    DivisionName(division=division, kind=kind, name=text, valid_to=year)
                    for text, year in names.items()
                ]
                self._note_names(division, kind, old, names)
        DivisionName.objects.filter(pk__in=stale).delete()
        DivisionName.objects.bulk_create(fresh)

    def _note_names(self, division: Division, kind: str, old: Iterable[str], new: Iterable[str]) -> None:
        if division.code in self.new:
            return
        self.changed.setdefault(division.code, set()).add("names")
        title = str(DivisionName.Kind(kind).label)
        self.result.differences.append(
            Difference(division.code, division.name, "updated", title, "、".join(old), "、".join(new))
        )

    def _count(self) -> None:
        result = self.result
        ended = {difference.code for difference in result.differences if difference.kind == "ended"}
        changed = set(self.changed) - self.new
        result.created, result.ended = len(self.new), len(ended)
        result.updated = len(changed - ended)
        result.unchanged = len(self.lines) - len(self.new) - len(changed & set(self.lines))
        result.differences += [Difference(code, self.held[code].name, "created") for code in sorted(self.new)]
        result.missing = self._missing()
        if any(fields & PLACING_FIELDS for code, fields in self.changed.items() if code not in self.new):
            reset()
            result.rederived = rederive_all()
        self._note_edition()

    def _missing(self) -> list[str]:
        levels = {line.level for line in self.lines.values()}
        return [
            division.code
            for division in self.held.values()
            if division.in_force and division.level in levels and division.code not in self.lines
        ]

    def _note_edition(self) -> None:
        newest = Edition.objects.order_by("-pk").first()
        if self.result.changed or newest is None or newest.sha256 != self.listed.sha256:
            Edition.objects.create(
                source=self.listed.source, edition=self.listed.edition, sha256=self.listed.sha256
            )


def _names_held() -> dict[tuple[int, str], dict[str, DivisionName]]:
    held: dict[tuple[int, str], dict[str, DivisionName]] = {}
    for row in DivisionName.objects.all():
        held.setdefault((row.division_id, row.kind), {})[row.name] = row
    return held


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Division):
        return f"{value.name}（{value.code}）"
    return "" if value is None else str(value)
