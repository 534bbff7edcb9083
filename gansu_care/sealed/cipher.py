"""The one module that knows a cipher: AES-256-GCM under versioned keys, and the keyed digest for exact search.

A token is: 1 byte key version, 12 bytes nonce, ciphertext with its 16-byte tag. The associated data is the value's
logical name ("children.child.id_number"), the same in the register, its history, staged uploads and editions, so
that a token cannot be moved to another field. Another cipher (SM4) would replace this file alone.
"""

import base64
import hmac
import os
from collections.abc import Iterable
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE = 12


class CannotOpen(Exception):
    """The token is damaged, belongs to another field, or its key is missing."""


class KeyMissing(CannotOpen):
    """The key of this version is not at hand."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(f"key {version}")


@cache
def _keys() -> dict[int, AESGCM]:
    return {version: AESGCM(key) for version, key in _raw_keys().items()}


@cache
def _raw_keys() -> dict[int, bytes]:
    try:
        pairs = [part.split(":", 1) for part in settings.SEALING_KEYS.split(",")]
        keys = {int(version): base64.b64decode(key, validate=True) for version, key in pairs}
        if {len(key) for key in keys.values()} != {32} or not all(0 < version < 256 for version in keys):
            raise ValueError
        return keys
    except ValueError as error:
        raise ImproperlyConfigured(
            "SEALING_KEYS must read “1:base64,2:base64”, versions from 1 to 255, each key 32 bytes."
        ) from error


@cache
def _digest_keys() -> dict[int, bytes]:
    """By version. A key without one is the first."""
    text = settings.DIGEST_KEY if ":" in settings.DIGEST_KEY else f"1:{settings.DIGEST_KEY}"
    try:
        pairs = [part.split(":", 1) for part in text.split(",")]
        keys = {int(version): base64.b64decode(key, validate=True) for version, key in pairs}
    except ValueError as error:
        raise ImproperlyConfigured("DIGEST_KEY must read “base64” or “1:base64,2:base64”.") from error
    if len(keys) > 2 or len({version % 2 for version in keys}) < len(keys):
        raise ImproperlyConfigured("DIGEST_KEY holds one key, or two of which one has an even version.")
    return keys


def forget_keys() -> None:
    """Read the settings anew: for tests, in which keys change without a new start."""
    _keys.cache_clear()
    _raw_keys.cache_clear()
    _digest_keys.cache_clear()


def key_versions() -> list[int]:
    """Versions of the keys at hand, the last one seals."""
    return list(_keys())


def newest_version() -> int:
    """The version that seals."""
    return key_versions()[-1]


def version_of(token: bytes) -> int:
    """Under which key a token was sealed."""
    return token[0]


def under_newest(token: bytes, name: str) -> bytes:
    """The token itself if the newest key sealed it, else its value sealed anew. Raises CannotOpen."""
    return token if version_of(token) == newest_version() else seal(unseal(token, name), name)


def seal(data: bytes, name: str) -> bytes:
    version, key = list(_keys().items())[-1]
    nonce = os.urandom(NONCE)
    return bytes([version]) + nonce + key.encrypt(nonce, data, name.encode())


def unseal(token: bytes, name: str) -> bytes:
    """The sealed bytes. Raises CannotOpen."""
    token = bytes(token)
    try:
        return _keys()[token[0]].decrypt(token[1 : 1 + NONCE], token[1 + NONCE :], name.encode())
    except (KeyError, IndexError, InvalidTag, ValueError) as error:
        raise CannotOpen(name) from error


def unseal_all(tokens: Iterable[bytes | None], name: str) -> list[bytes | None]:
    """The sealed bytes of many values of one field, None for those that are not there. Raises CannotOpen."""
    opens, about = {version: key.decrypt for version, key in _keys().items()}, name.encode()
    begins = 1 + NONCE
    try:
        return [
            None if token is None else opens[token[0]](token[1:begins], token[begins:], about)
            for token in tokens
        ]
    except (KeyError, IndexError, InvalidTag, ValueError) as error:
        raise CannotOpen(name) from error


def file_key(version: int, salt: bytes, name: str) -> AESGCM:
    """The key of one sealed file (sealed/stream.py). Raises KeyMissing."""
    return AESGCM(_derived(version, salt, name))


def fingerprint(version: int) -> str:
    """16 hexadecimal digits by which a key is recognised; they tell nothing of it. Raises KeyMissing."""
    return _derived(version, b"", "fingerprint").hex()[:16]


def _derived(version: int, salt: bytes, name: str) -> bytes:
    if version not in _raw_keys():
        raise KeyMissing(version)
    return HKDF(SHA256(), 32, salt or None, name.encode()).derive(_raw_keys()[version])


def digest_versions() -> list[int]:
    """Versions of the digest keys at hand: one, while it is being replaced two. The first one is searched by."""
    return list(_digest_keys())


def digest(text: str, name: str, version: int | None = None) -> str:
    """Blind index: 32 hexadecimal digits of HMAC-SHA256 over the field's name and the cleaned value."""
    message = f"{name}\0{text}".encode()
    key = _digest_keys()[version or digest_versions()[0]]
    return hmac.digest(key, message, "sha256").hex()[:32]
