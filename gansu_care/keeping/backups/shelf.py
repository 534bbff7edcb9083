"""The folder of the backups: their names tell when they were made; those too old are deleted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

PATTERN = "gansu_care-*Z.backup"
TIME = "gansu_care-%Y%m%dT%H%M%SZ.backup"


def folder() -> Path:
    path = Path(settings.BACKUP_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_name() -> Path:
    return folder() / timezone.now().astimezone(UTC).strftime(TIME)


def backups() -> list[Path]:
    """The oldest first."""
    return sorted(folder().glob(PATTERN))


def delete_old() -> list[Path]:
    """Delete what was made more than BACKUP_KEPT_DAYS ago; the newest stays, however old it is."""
    last = timezone.now() - timedelta(days=settings.BACKUP_KEPT_DAYS)
    old = [path for path in backups()[:-1] if datetime.strptime(path.name, TIME).replace(tzinfo=UTC) < last]
    for path in old:
        path.unlink()
    return old
