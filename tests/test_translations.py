"""The English catalogue is complete, and what runs (.mo) is what people edit (.po)."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.po_file import Entry, read_po

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"
SOURCES = ("gansu_care", "centers", "children", "funding", "templates", "static")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
MAKEMESSAGES = ["makemessages", "-l", "en", "--no-wrap", "--no-location", "--ignore", "vendor/*"]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_po(CATALOGUE / "django.po")


def test_every_sentence_has_its_english(entries: list[Entry]) -> None:
    assert entries
    assert [entry.msgid for entry in entries if not all(entry.texts.values())] == []


def test_no_translation_is_a_guess(entries: list[Entry]) -> None:
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags] == []


def test_translations_keep_their_placeholders(entries: list[Entry]) -> None:
    """Each form of a plural keeps the placeholders, but for a number that its words may say (“one row”)."""
    broken = [
        (entry.msgid, text)
        for entry in entries
        for text in entry.texts.values()
        if set(PLACEHOLDER.findall(text)) - _placeholders(entry) or (not entry.plural and _lost(entry, text))
    ]
    assert broken == []


def _placeholders(entry: Entry) -> set[str]:
    return set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.plural))


def _lost(entry: Entry, text: str) -> set[str]:
    return _placeholders(entry) - set(PLACEHOLDER.findall(text))


def test_the_compiled_catalogue_agrees_with_the_edited_one(entries: list[Entry]) -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("", None)
    edited = {
        (entry.key, form) if entry.plural else entry.key: text
        for entry in entries
        for form, text in entry.texts.items()
    }
    assert compiled == edited


@pytest.mark.long
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is missing: apt install gettext")
def test_every_sentence_of_the_source_is_in_the_catalogue(entries: list[Entry], tmp_path: Path) -> None:
    """makemessages on a copy finds nothing new and nothing that is no longer said."""
    for source in SOURCES:
        shutil.copytree(
            settings.BASE_DIR / source,
            tmp_path / source,
            ignore=shutil.ignore_patterns("vendor", "__pycache__"),
        )
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    environment = os.environ | {"GANSU_VAR": str(tmp_path / "var"), "DEBUG": "true"}
    command = [sys.executable, "manage.py", *MAKEMESSAGES]
    made = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert made.returncode == 0, made.stderr
    found = read_po(tmp_path / CATALOGUE.relative_to(settings.BASE_DIR) / "django.po")
    assert {entry.key for entry in found} == {entry.key for entry in entries}
