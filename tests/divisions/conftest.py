"""Divisions by code, centers that stand in them, lists to load."""

from collections.abc import Callable

import pytest

from centers.models import Center
from gansu_care.divisions.book import reset
from gansu_care.divisions.list_file import OPTIONAL, REQUIRED
from gansu_care.divisions.models import Division


@pytest.fixture(autouse=True)
def _forget_afterwards():
    """What these tests did to the divisions is rolled back; the process must not remember it."""
    yield
    reset()


@pytest.fixture
def at(db) -> Callable[[str], Division]:
    return lambda code: Division.objects.get(code=code)


@pytest.fixture
def make_center(at) -> Callable[..., Center]:
    def make(code: str, name: str = "试验中心", **values: object) -> Center:
        return Center.objects.create(division=at(code), name=name, **values)

    return make


@pytest.fixture
def list_of(tmp_path) -> Callable[..., str]:
    """A csv list with the required columns and those named in its rows; returns its path."""

    def write(*rows: dict[str, str], head: str = "") -> str:
        columns = [*REQUIRED, *(column for column in OPTIONAL if any(column in row for row in rows))]
        lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
        path = tmp_path / "list.csv"
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return write
