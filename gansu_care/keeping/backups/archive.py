"""The sealed file of one backup: a tar of manifest.json, database, files/… and trail/…"""

import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gansu_care.keeping.backups.measuring import Measured
from gansu_care.sealed.stream import OpeningReader, SealingWriter

NAME = "keeping.backup"  # what the key of the file is derived for
MANIFEST, DATABASE, FILES, TRAIL = "manifest.json", "database", "files", "trail"


@dataclass
class Manifest:
    """What is in a backup and what a restore needs; authenticated with it."""

    made_at: str  # ISO, UTC
    version: str  # of the program
    vendor: str  # sqlite, postgresql
    tables: dict[str, list[Any]]  # name: [rows, checksum]
    trail: list[Any]  # number and digest of the last seal
    migrations: list[list[str]]
    sealing_keys: dict[str, str]  # version: fingerprint
    digest_key: str  # its fingerprint
    files: int

    @property
    def measured(self) -> Measured:
        return Measured(self.tables, self.trail, self.migrations, sorted(map(int, self.sealing_keys)))

    @property
    def rows(self) -> int:
        return sum(count for count, _checksum in self.tables.values())


def write_archive(file: Path, manifest: Manifest, database: Path, folders: dict[str, Path]) -> None:
    """`folders`: by name in the archive (FILES, TRAIL)."""
    file.touch(mode=0o600)
    with file.open("wb") as raw:
        sealing = SealingWriter(raw, NAME)
        with tarfile.open(fileobj=sealing, mode="w|") as tar:  # type: ignore[call-overload]
            _add_text(tar, MANIFEST, json.dumps(asdict(manifest)))
            tar.add(database, DATABASE)
            for name, folder in folders.items():
                for path in files_in(folder):
                    tar.add(path, f"{name}/{path.relative_to(folder)}")
        sealing.finish()


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def read_archive(file: Path, into: Path) -> Manifest:
    """Unpack the whole of it into an empty folder. Raises CannotOpen, KeyMissing; then nothing may be used of it."""
    with _opened(file) as tar:
        tar.extractall(into, filter="data")
    return Manifest(**json.loads((into / MANIFEST).read_text()))


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    with file.open("rb") as raw:
        opening = OpeningReader(raw, NAME)
        with tarfile.open(fileobj=opening, mode="r|") as tar:  # type: ignore[call-overload]
            yield tar
        opening.drain()
