"""Several ways of the same work side by side: a table, their ratios against what is asked of them, and as JSON."""

import json
import platform
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.db import connection

from tests.benchmarks.ground.apart import Taken
from tests.benchmarks.ground.clock import speed


class Comparison:
    """Prints each line as soon as it is known."""

    def __init__(self, benchmark: str, *, rows: int, **about: Any) -> None:
        self.rows = rows
        self.about = {
            "benchmark": benchmark, "rows": rows, **about, "database": connection.vendor,
            "python": platform.python_version(), "speed": round(speed(), 1),
        }  # fmt: skip
        self.sides: dict[str, Taken] = {}
        self.ratios: list[dict[str, Any]] = []
        print(f"{self.about}\n{'':<28}{'cpu s':>10}{'wall s':>10}{'peak MB':>10}{'queries':>10}", flush=True)

    def __contains__(self, name: str) -> bool:
        return name in self.sides

    def __getitem__(self, name: str) -> Taken:
        return self.sides[name]

    def add(self, name: str, taken: Taken, rows: int = 0) -> None:
        """One side. Done with fewer rows, its time is told as for all of them, and the line says so."""
        note = f"  (of {rows:,} rows: {taken.cpu} s)" if rows and rows != self.rows else ""
        if note:
            taken = replace(taken, cpu=taken.cpu * self.rows / rows, wall=taken.wall * self.rows / rows)
        self.sides[name] = taken
        print(
            f"{name:<28}{taken.cpu:>10.2f}{taken.wall:>10.2f}{taken.peak_mb:>10.0f}{taken.queries:>10,}{note}",
            flush=True,
        )

    def ratio(self, what: str, more: Taken, less: Taken, **bound: float) -> None:
        """Of processor time."""
        self.value(f"cpu: {what}", more.cpu / less.cpu, **bound)

    def value(self, what: str, found: float, *, at_least: float = 0, at_most: float = 0) -> None:
        reached = found >= at_least if at_least else found <= at_most
        asked = f"at least {at_least}" if at_least else f"at most {at_most}"
        self.ratios.append({"what": what, "found": round(found, 3), "asked": asked, "reached": reached})
        print(f"{what:<58}{found:>8.2f}  {asked}: {'reached' if reached else 'NOT REACHED'}", flush=True)

    def write(self, file: Path | None) -> None:
        if file is None:
            return
        sides = {name: asdict(replace(taken, answer=None)) for name, taken in self.sides.items()}
        told = {**self.about, "sides": sides, "ratios": self.ratios}
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1))
