"""A file of any length, sealed in chunks: what is read has been authenticated, and its end is the end that was written.

    header   magic, 1 byte version of the sealing key, 32 bytes of salt; key of the file = HKDF(sealing key, salt)
    chunks   1 MiB each, AES-256-GCM; nonce = number of the chunk and whether it is the last; associated data = header

A changed byte, a chunk in another place, a cut or lengthened file cannot be opened.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from gansu_care.sealed import cipher

MAGIC = b"gansu_care sealed file 1\n"
SALT, TAG = 32, 16
CHUNK = 1024 * 1024


class SealingWriter:
    """Bytes in, sealed bytes into `file`; `finish` ends it."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        version, salt = cipher.newest_version(), os.urandom(SALT)
        self._header = MAGIC + bytes([version]) + salt
        self._key = cipher.file_key(version, salt, name)
        self._file, self._held, self._number = file, bytearray(), 0
        file.write(self._header)

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._key.encrypt(_nonce(self._number, last), chunk, self._header))
        self._number += 1


class OpeningReader:
    """The bytes that a SealingWriter was given. Raises cipher.CannotOpen, cipher.KeyMissing."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._header = file.read(len(MAGIC) + 1 + SALT)
        if not self._header.startswith(MAGIC) or len(self._header) < len(MAGIC) + 1 + SALT:
            raise cipher.CannotOpen(name)
        self.version = self._header[len(MAGIC)]
        self._key = cipher.file_key(self.version, self._header[-SALT:], name)
        self._file, self._name, self._number = file, name, 0
        self._held, self._next = bytearray(), file.read(CHUNK + TAG)

    def read(self, size: int) -> bytes:
        while len(self._held) < size and self._next:
            self._open_chunk()
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def drain(self) -> None:
        """Read on to the end, so that a file which was cut is noticed."""
        while self.read(CHUNK):
            pass

    def _open_chunk(self) -> None:
        chunk, self._next = self._next, self._file.read(CHUNK + TAG)
        try:
            self._held += self._key.decrypt(_nonce(self._number, not self._next), chunk, self._header)
        except InvalidTag as error:
            raise cipher.CannotOpen(self._name) from error
        self._number += 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(cipher.NONCE - 1) + bytes([last])
