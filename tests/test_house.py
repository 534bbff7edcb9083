"""The rules of the house that no linter knows. Who imports whom is import-linter's (pyproject.toml)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Field, Model

from gansu_care.divisions.placing import Divided
from gansu_care.divisions.scoping import ScopedQuerySet

BASE = settings.BASE_DIR
# Lowest first: each may know only what stands before it.
FLOORS = (
    "divisions",
    "sealed",
    "trail",
    "accounts",
    "jobs",
    "keeping",
    "pages",
    "spreadsheets",
    "centers",
    "children",
    "funding",
    "protection",
    "reports",
    "demo",
)
DRAWERS = {"utils", "util", "common", "helpers", "services", "core", "misc", "signals"}
LONGEST_FILE = 450
ROOTS = ("gansu_care", "centers", "children", "funding")


def files(*endings: str, roots: tuple[str, ...] = ROOTS) -> Iterator[Path]:
    for root in roots:
        yield from (path for path in sorted((BASE / root).rglob("*")) if path.suffix in endings)


def name(path: Path) -> str:
    return str(path.relative_to(BASE))


def our_models() -> Iterator[type[Model]]:
    for floor in FLOORS:
        yield from apps.get_app_config(floor).get_models()


def test_floors_are_those_of_the_import_contract() -> None:
    contract = (BASE / "pyproject.toml").read_text()
    listed = re.search(r"^layers = \[(.*?)^\]", contract, re.S | re.M)
    assert listed
    layers = [layer.rpartition(".")[2] for layer in re.findall(r'"([^"]+)"', listed[1])]
    assert layers == list(reversed(FLOORS))


def test_no_drawers() -> None:
    """A file is named for what it knows."""
    assert [name(path) for path in files(".py", roots=(*ROOTS, "tests")) if path.stem in DRAWERS] == []
    assert [
        name(path)
        for root in ROOTS
        for path in (BASE / root).rglob("*")
        if path.is_dir() and path.name in DRAWERS
    ] == []


def test_files_stay_short() -> None:
    code = (path for path in files(".py") if "migrations" not in path.parts)
    long = {
        name(path): lines for path in code if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def _links() -> Iterator[tuple[str, str, str]]:
    """(app, model.field, app it points at), the user model excepted."""
    for model in our_models():
        for field in model._meta.get_fields():
            target = field.related_model if isinstance(field, Field) and field.is_relation else None
            if target and not isinstance(target, str) and target._meta.label != settings.AUTH_USER_MODEL:
                yield model._meta.app_label, f"{model.__name__}.{field.name}", target._meta.app_label


def test_no_foreign_key_points_upwards() -> None:
    upwards = [
        (app, field, target)
        for app, field, target in _links()
        if target in FLOORS and FLOORS.index(target) > FLOORS.index(app)
    ]
    assert upwards == []


def test_every_row_that_has_a_division_is_read_by_scope() -> None:
    """The manager of every model with a division of its own knows visible_to(user)."""
    registry = [model for model in our_models() if issubclass(model, Divided) and not _is_history(model)]
    assert [
        model.__name__ for model in registry if not isinstance(model._default_manager.all(), ScopedQuerySet)
    ] == []


def _is_history(model: type[Model]) -> bool:
    return hasattr(model, "history_id") or hasattr(model, "history_type")


@pytest.mark.django_db
def test_no_migration_is_pending() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


TRUSTED_TEXT = re.compile(r"\bmark_safe\b|\|\s*safe\b|\{%\s*autoescape\s+off|\bSafeString\(")

DRAWN_BY_A_LIBRARY = {"templates/mfa/totp/activate_form.html"}  # the QR code, drawn from our own secret


def test_nothing_is_trusted_to_be_html() -> None:
    """What a cell of a workbook holds is text, whatever it looks like."""
    places = [*files(".py", ".html"), *files(".html", roots=("templates",))]
    found = {name(path) for path in places if TRUSTED_TEXT.search(path.read_text())}
    assert found - DRAWN_BY_A_LIBRARY == set()


COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.S)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=[\"']|\son[a-z]+=[\"']|<style\b|javascript:", re.I)


def test_templates_keep_to_the_content_security_policy() -> None:
    pages = files(".html", roots=(*ROOTS, "templates"))
    found = {name(path): INLINE.findall(COMMENT.sub("", path.read_text())) for path in pages}
    assert {path: hits for path, hits in found.items() if hits} == {}


OTHER_HOST = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//", re.I)


def test_no_page_calls_another_host() -> None:
    places = [*files(".html", roots=(*ROOTS, "templates")), *(BASE / "static").glob("*.css")]
    assert [name(path) for path in places if OTHER_HOST.search(path.read_text())] == []


MACHINE_PATH = re.compile(r"/(?:home|root|Users|work|workspace)/\w")
TEXTS = (".py", ".html", ".css", ".js", ".md", ".toml", ".csv", ".po", ".sh", ".json")


def test_no_path_of_a_machine() -> None:
    places = [
        *files(*TEXTS, roots=(*ROOTS, "templates", "tests", ".ci")),
        *BASE.glob("*.md"),
        *BASE.glob("*.toml"),
    ]
    found = {name(path) for path in places if MACHINE_PATH.search(path.read_text())}
    assert found == set()
