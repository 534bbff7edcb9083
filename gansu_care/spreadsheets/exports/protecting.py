"""The password on a file: xlsx by ECMA-376 agile encryption, for which Excel and WPS ask; a zip by AES-256."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

import pyzipper

from gansu_care.spreadsheets.exports.agile_encryption import encrypt


def scratch() -> IO[bytes]:
    """A file without a name: gone when closed, and when the process ends."""
    return tempfile.TemporaryFile()


def protected_workbook(file: IO[bytes], password: str) -> IO[bytes]:
    """The same workbook behind a password; `file` is an xlsx, read from its beginning."""
    made = scratch()
    encrypt(file, password, made)
    made.seek(0)
    return made


def protected_zip(members: Iterable[tuple[str, IO[bytes]]], password: str) -> IO[bytes]:
    """A zip of files under their names, behind a password; the members are closed."""
    made = scratch()
    with pyzipper.AESZipFile(
        made, "w", compression=zipfile.ZIP_STORED, encryption=pyzipper.WZ_AES, allowZip64=True
    ) as archive:
        archive.setpassword(password.encode())
        for name, member in members:
            member.seek(0)
            with member, archive.open(name, "w", force_zip64=True) as entry:
                shutil.copyfileobj(member, entry)
    made.seek(0)
    return made
