"""A workbook behind a password opens with that password alone, byte for byte, whatever its size; memory does not
grow."""

import io
import tempfile
import tracemalloc
import zipfile

import msoffcrypto
import olefile
import pytest
from msoffcrypto.method.container.ecma376_encrypted import DefaultContent

from gansu_care.spreadsheets.exports.agile_encryption import SEGMENT, TOGETHER, encrypt

PASSWORD = "b3kf-密码-9xw2"
AT_ONCE = SEGMENT * TOGETHER
# Around the shortest long stream, around what is read at a time; past what the header has room to tell of (7 MB) and
# past what one more sector has (15 MB).
SIZES = [300, 4079, 4080, 4081, 4095, 4096, 4097, AT_ONCE - 1, AT_ONCE, AT_ONCE + 17, 7_200_000, 16_000_000]


def workbook(size: int) -> bytes:
    """A package of this length."""
    made = _package(b"")
    return _package(bytes(place % 251 for place in range(size - len(made))))


def _package(filling: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("filling", filling)
    return file.getvalue()


def protected(plain: bytes) -> bytes:
    made = io.BytesIO()
    encrypt(io.BytesIO(plain), PASSWORD, made)
    return made.getvalue()


def opened(content: bytes, password: str) -> bytes:
    """As msoffcrypto reads it; it compares the password's verifier and the package's HMAC."""
    file, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_with_its_password_byte_for_byte(size):
    plain = workbook(size)
    content = protected(plain)
    assert len(plain) == size
    assert opened(content, PASSWORD) == plain
    assert b"Content_Types" not in content
    assert b"filling" not in content


def test_another_password_does_not_open_it():
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(protected(workbook(5000)), PASSWORD.upper())


def test_a_byte_that_was_changed_is_noticed():
    content = bytearray(protected(workbook(50_000)))
    content[-1000] ^= 1
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(bytes(content), PASSWORD)


def test_the_same_file_twice_has_nothing_in_common():
    plain = workbook(5000)
    packages = []
    for _turn in range(2):
        with olefile.OleFileIO(protected(plain)) as box:
            sealed = box.openstream("EncryptedPackage").read()[8:]
        packages.append({sealed[place : place + 16] for place in range(0, len(sealed), 16)})
    assert not packages[0] & packages[1]


@pytest.mark.parametrize("size", SIZES)
def test_the_container_is_sound(size):
    """Read with every defect raised; the streams that say how to read the package are those that Office writes."""
    with olefile.OleFileIO(protected(workbook(size)), raise_defects=olefile.DEFECT_UNSURE) as box:
        assert box.parsing_issues == []
        spaces = "\6DataSpaces"
        found = {
            "Version": box.openstream(f"{spaces}/Version").read(),
            "DataSpaceMap": box.openstream(f"{spaces}/DataSpaceMap").read(),
            "StrongEncryptionDataSpace": box.openstream(
                f"{spaces}/DataSpaceInfo/StrongEncryptionDataSpace"
            ).read(),
            "Primary": box.openstream(f"{spaces}/TransformInfo/StrongEncryptionTransform/\6Primary").read(),
        }
        assert found == {name: getattr(DefaultContent, name) for name in found}
        assert box.get_size("EncryptedPackage") == 8 + max(4096, size + -size % 16)


def test_memory_does_not_grow_with_the_file():
    with tempfile.TemporaryFile() as plain, tempfile.TemporaryFile() as made:
        for _piece in range(48):
            plain.write(bytes(1024 * 1024))
        tracemalloc.start()
        try:
            encrypt(plain, PASSWORD, made)
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
