"""Making a backup: a copy of one moment, measured, sealed; whole or not at all."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from gansu_care.keeping.backups import shelf
from gansu_care.keeping.backups.archive import DATABASE, FILES, TRAIL, Manifest, files_in, write_archive
from gansu_care.keeping.backups.engines import engine
from gansu_care.keeping.backups.measuring import Measured
from gansu_care.sealed import cipher


class Made(NamedTuple):
    file: Path
    manifest: Manifest


def make_backup() -> Made:
    """Beside the database nothing is left in clear: the copy lies in a folder of mode 0700 and is deleted."""
    with tempfile.TemporaryDirectory(dir=shelf.folder()) as place:
        copy, part = Path(place) / DATABASE, Path(place) / "part"
        manifest = _manifest(engine().copy_database(copy))
        write_archive(part, manifest, copy, folders())
        return Made(part.rename(shelf.new_name()), manifest)


def folders() -> dict[str, Path]:
    """The files beside the database, and the digests of the trail kept outside it."""
    return {FILES: Path(default_storage.path("")), TRAIL: Path(settings.TRAIL_DIR)}


def _manifest(measured: Measured) -> Manifest:
    return Manifest(
        made_at=timezone.now().isoformat(),
        version=settings.VERSION,
        vendor=connection.vendor,
        tables=measured.tables,
        trail=measured.trail,
        migrations=measured.migrations,
        sealing_keys={str(version): cipher.fingerprint(version) for version in measured.sealing_versions},
        digest_key=digest_key(),
        files=len(files_in(folders()[FILES])),
    )


def digest_key() -> str:
    """By which the keys of the blind index are recognised."""
    return " ".join(cipher.digest("", "keeping.backup", version) for version in cipher.digest_versions())
