"""A workbook behind a password by ECMA-376 agile encryption ([MS-OFFCRYPTO] 2.3.4.10 to 15): AES-256, SHA-512.

The file goes through in pieces, so that its size does not matter; msoffcrypto, which reads such files, holds a whole
one in memory four times when it makes it.
"""

import hashlib
import hmac
import os
from base64 import b64encode
from collections.abc import Iterator
from struct import pack
from typing import IO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from gansu_care.spreadsheets.exports.compound_file import LONG, CompoundFile, Entry

SEGMENT, BLOCK, TOGETHER = (
    4096,
    16,
    256,
)  # bytes of a segment and of a block of the cipher; segments read at a time
SPINS = 100_000
# What each hash is for (2.3.4.11 and 2.3.4.14).
INPUT, VALUE = bytes.fromhex("fea7d2763b4b9e79"), bytes.fromhex("d7aa0f6d3061344e")
KEY = bytes.fromhex("146e0be7abacd0d6")
MAC_KEY, MAC_VALUE = bytes.fromhex("5fb2ad010cb9e1f6"), bytes.fromhex("a0677f02b22c8433")
LOOKS = (
    'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" '
    'hashAlgorithm="SHA512"'
)
OFFICE = "http://schemas.microsoft.com/office/2006"


def encrypt(plain: IO[bytes], password: str, made: IO[bytes]) -> None:
    """Write the workbook `plain` to `made` behind a password; both can be sought in."""
    size = plain.seek(0, os.SEEK_END)
    plain.seek(0)
    key, salt, mac_key = os.urandom(32), os.urandom(BLOCK), os.urandom(64)
    keeper = _key_for(password, key)
    unknown_yet = _entries(_info(key, salt, mac_key, bytes(64), keeper))
    box = CompoundFile(made, 8 + max(LONG, size + -size % BLOCK), unknown_yet)
    mac = hmac.new(mac_key, digestmod="sha512")
    for piece in _package(plain, size, key, salt):
        mac.update(piece)
        made.write(piece)
    box.finish(_entries(_info(key, salt, mac_key, mac.digest(), keeper)))


def _package(plain: IO[bytes], size: int, key: bytes, salt: bytes) -> Iterator[bytes]:
    """The length, then each segment under an initial vector of its own; a file too short for a long stream is filled
    up."""
    yield pack("<Q", size)
    cipher, number = AES(key), 0
    while data := plain.read(SEGMENT * TOGETHER):
        data += bytes(max(-len(data) % BLOCK, LONG - size))
        segments = [data[at : at + SEGMENT] for at in range(0, len(data), SEGMENT)]
        yield b"".join(
            _sealed(cipher, _hash(salt, pack("<I", place)), segment)
            for place, segment in enumerate(segments, start=number)
        )
        number += len(segments)


def _sealed(cipher: AES, vector: bytes, data: bytes) -> bytes:
    encryptor = Cipher(cipher, CBC(vector[:BLOCK])).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha512(b"".join(parts)).digest()


def _key_for(password: str, key: bytes) -> str:
    """The key of the file as it can be had with the password, and what tells whether a password is the right one."""
    salt, tried = os.urandom(BLOCK), os.urandom(BLOCK)
    spun = _hash(salt, password.encode("utf-16-le"))
    sha512 = hashlib.sha512
    for turn in range(SPINS):
        spun = sha512(turn.to_bytes(4, "little") + spun).digest()
    sealed = {
        name: b64encode(_sealed(AES(_hash(spun, use)[:32]), salt, data)).decode()
        for name, use, data in (
            ("encryptedVerifierHashInput", INPUT, tried),
            ("encryptedVerifierHashValue", VALUE, _hash(tried)),
            ("encryptedKeyValue", KEY, key),
        )
    }
    values = " ".join(f'{name}="{value}"' for name, value in sealed.items())
    return (
        f'<p:encryptedKey spinCount="{SPINS}" saltSize="{BLOCK}" {LOOKS} saltValue="{b64encode(salt).decode()}" '
        f"{values}/>"
    )


def _info(key: bytes, salt: bytes, mac_key: bytes, mac: bytes, keeper: str) -> bytes:
    """The stream that tells how the package is encrypted; always of the same length."""
    cipher = AES(key)
    sealed_key = b64encode(_sealed(cipher, _hash(salt, MAC_KEY), mac_key)).decode()
    sealed_value = b64encode(_sealed(cipher, _hash(salt, MAC_VALUE), mac)).decode()
    told = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{OFFICE}/encryption" xmlns:p="{OFFICE}/keyEncryptor/password" '
        f'xmlns:c="{OFFICE}/keyEncryptor/certificate">'
        f'<keyData saltSize="{BLOCK}" {LOOKS} saltValue="{b64encode(salt).decode()}"/>'
        f'<dataIntegrity encryptedHmacKey="{sealed_key}" encryptedHmacValue="{sealed_value}"/>'
        f'<keyEncryptors><keyEncryptor uri="{OFFICE}/keyEncryptor/password">{keeper}</keyEncryptor></keyEncryptors>'
        "</encryption>"
    )
    return pack("<HHI", 4, 4, 0x40) + told.encode()


def _text(value: str) -> bytes:
    """A text of the data spaces (2.1.2): its length in bytes, then the text, filled to a multiple of four."""
    text = value.encode("utf-16-le")
    return pack("<I", len(text)) + text + bytes(-len(text) % 4)


def _entries(info: bytes) -> list[Entry]:
    """What a reader of an encrypted package looks for (2.2.1 to 2.2.6)."""
    space, transform = "StrongEncryptionDataSpace", "StrongEncryptionTransform"
    version = _text("Microsoft.Container.DataSpaces") + pack("<6H", 1, 0, 1, 0, 1, 0)
    named = pack("<II", 1, 0) + _text("EncryptedPackage") + _text(space)
    mapped = pack("<III", 8, 1, len(named) + 4) + named
    identity = pack("<I", 1) + _text("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    primary = pack("<I", len(identity) + 4) + identity + _text("Microsoft.Container.EncryptionTransform")
    primary += pack("<6H", 1, 0, 1, 0, 1, 0) + pack("<4I", 0, 0, 0, 4)
    return [
        Entry("EncryptionInfo", 2, 3, content=info),
        Entry("\6DataSpaces", inside=5, is_red=True),
        Entry("EncryptedPackage", is_long=True, is_red=True),
        Entry("Version", content=version),
        Entry("DataSpaceMap", 4, 6, content=mapped),
        Entry("DataSpaceInfo", behind=8, inside=7),
        Entry(space, content=pack("<II", 8, 1) + _text(transform)),
        Entry("TransformInfo", inside=9, is_red=True),
        Entry(transform, inside=10),
        Entry("\6Primary", content=primary),
    ]
