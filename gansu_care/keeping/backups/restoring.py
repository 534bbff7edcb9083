"""Restoring a backup: opened and checked whole, loaded in one transaction, then what must follow is done.

A backup of another DIGEST_KEY has its blind index made anew under the one at hand.

    @after_restore
    def erase_again() -> object: …      registered by an app in AppConfig.ready(); run in the order of registration

Such a function says in its answer, a text, what it did. It runs on the restored database in today's schema.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.keeping.backups import shelf
from gansu_care.keeping.backups.archive import DATABASE, FILES, TRAIL, Manifest, files_in, read_archive
from gansu_care.keeping.backups.engines import FAILURES, engine
from gansu_care.keeping.backups.making import digest_key, folders
from gansu_care.keeping.reindexing import reindex_everything
from gansu_care.sealed import cipher
from gansu_care.trail.chain import DAY_FILES

AfterRestore = Callable[[], object]
_after: list[AfterRestore] = []
# What a database may have before anybody has an account in it.
GIVEN = (
    "django_", "divisions_", "auth_", "trail_", "pages_", "cache", "funding_source", "funding_historicalsource",
)  # fmt: skip


def after_restore(function: AfterRestore) -> AfterRestore:
    _after.append(function)
    return function


class CannotRestore(Exception):
    """Why not, in the reader's language. Nothing has been changed."""


class Opened(NamedTuple):
    manifest: Manifest
    folder: Path


@contextmanager
def opened_backup(file: Path) -> Iterator[Opened]:
    """The backup unpacked in a folder of its own, authenticated to its last byte and fit for this program."""
    with tempfile.TemporaryDirectory(dir=shelf.folder()) as place:
        try:
            manifest = read_archive(file, Path(place))
        except cipher.KeyMissing as error:
            raise CannotRestore(
                _("缺少第 %(version)s 号封存密钥（SEALING_KEYS），这份备份打不开。")
                % {"version": error.version}
            ) from error
        except (cipher.CannotOpen, OSError) as error:
            raise CannotRestore(_("这份备份打不开：密钥不对，或者文件被改过、不完整。")) from error
        _refuse_unfit(manifest)
        yield Opened(manifest, Path(place))


def _refuse_unfit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise CannotRestore(
            _("这份备份来自 %(vendor)s 数据库，不能恢复到这里。") % {"vendor": manifest.vendor}
        )
    for version, mark in manifest.sealing_keys.items():
        if int(version) not in cipher.key_versions() or cipher.fingerprint(int(version)) != mark:
            raise CannotRestore(
                _("这份备份要用第 %(version)s 号封存密钥，SEALING_KEYS 里没有，或者不是同一个。") % {"version": version}
            )  # fmt: skip
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if not {tuple(name) for name in manifest.migrations} <= known:
        raise CannotRestore(
            _("这份备份是更新的程序（%(version)s）做的，请先升级程序。") % {"version": manifest.version}
        )


def is_empty() -> bool:
    """Whether nobody has entered anything yet."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(GIVEN):
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")
                if cursor.fetchone()[0]:
                    return False
    return True


def restore(backup: Opened) -> list[str]:
    """Make database and files what they were; returns what was done after it. Raises CannotRestore."""
    try:
        engine().load_database(backup.folder / DATABASE)
    except FAILURES as error:
        raise CannotRestore(_("数据库没有恢复，原样未动：%(said)s") % {"said": error}) from error
    if engine().measure_target(connection.settings_dict) != backup.manifest.measured:
        raise CannotRestore(_("恢复出来的内容和备份时的清点不一致，请不要使用，换一份备份再试。"))
    _put_files(backup.folder / FILES, folders()[FILES])
    _set_digests_aside(backup)
    call_command("migrate", interactive=False, verbosity=0)
    if backup.manifest.digest_key != digest_key():
        reindex_everything(lambda name, rows: None)
    return [said for said in (str(function() or "") for function in _after) if said]


def _put_files(kept: Path, target: Path) -> None:
    for path in files_in(kept):
        place = target / path.relative_to(kept)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        copyfile(path, place)


def _set_digests_aside(backup: Opened) -> None:
    """Digests of events later than the backup would read as a tail that was cut: they are kept under another name."""
    folder, since = folders()[TRAIL], f"{timezone.now():%Y%m%d%H%M%S}"
    last = backup.manifest.trail[0] if backup.manifest.trail else 0
    for file in folder.glob(DAY_FILES):
        if int(file.read_text().split()[0]) > last:
            file.rename(file.with_suffix(f".before-restore-{since}"))
    for file in files_in(backup.folder / TRAIL):
        place = folder / file.name
        if not place.exists() and int(file.read_text().split()[0]) <= last:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            copyfile(file, place)


@after_restore
def end_all_sessions() -> str:
    """Who had signed out since the backup was made would be signed in again."""
    count = Session.objects.all().delete()[0]
    return _("结束了 %(count)s 个登录，请重新登录。") % {"count": count} if count else ""
