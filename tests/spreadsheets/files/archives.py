"""Zips, whole or changed in one part."""

import io
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members; OpenDocument wants its mimetype first and as it is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, parts: dict[str, bytes | str | None]) -> bytes:
    """The same zip with some members other, new, or (None) gone."""
    members = {**members_of(data), **parts}
    return zipped({name: content for name, content in members.items() if content is not None})
