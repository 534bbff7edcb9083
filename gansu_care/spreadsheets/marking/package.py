"""The zip around a workbook, changed part by part: what is not touched keeps its very bytes, compressed as they were.

Python's zipfile can only write a part anew. Here the members are copied raw: no part is inflated that is not read, and
none is deflated that was not changed. Headers are written anew, since places change: sizes stand in them (no data
descriptors), and zip64 is not needed for files as small as an upload.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import IO

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ZIP64, _DESCRIPTOR, _UTF8 = 0x0001, 0x0008, 0x0800
_NEEDS, _MADE_BY = 20, 20
_EARLIEST = (0, 0x21)  # 1 January 1980, as spreadsheet programs write it themselves
LEVEL = 6


@dataclass(slots=True)
class _Member:
    """One member as it will be written: its name and its compressed bytes, with what the headers say of them."""

    name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    size: int
    content: bytes
    extra: bytes = b""
    made_by: int = _MADE_BY
    internal: int = 0
    external: int = 0
    comment: bytes = b""

    def local_header(self) -> bytes:
        return (
            _LOCAL.pack(
                *(b"PK\3\4", _NEEDS, self.flags, self.method, self.time, self.date, self.crc),
                *(len(self.content), self.size, len(self.name), 0),
            )
            + self.name
        )

    def central_header(self, place: int) -> bytes:
        return (
            _CENTRAL.pack(
                *(b"PK\1\2", self.made_by, _NEEDS, self.flags, self.method, self.time, self.date),
                *(self.crc, len(self.content), self.size),
                *(len(self.name), len(self.extra), len(self.comment), 0, self.internal, self.external, place),
            )
            + self.name
            + self.extra
            + self.comment
        )


class PartWriter:
    """Takes a part piece by piece and keeps only what it compresses to."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._pieces: list[bytes] = []
        self.crc = self.size = 0

    def write(self, piece: bytes) -> None:
        self.crc, self.size = zlib.crc32(piece, self.crc), self.size + len(piece)
        self._pieces.append(self._deflate.compress(piece))

    def finish(self) -> bytes:
        return b"".join([*self._pieces, self._deflate.flush()])


@dataclass
class Package:
    """A workbook's parts by name. Names are compared as OPC compares them: without regard to case."""

    data: bytes
    _archive: zipfile.ZipFile = field(init=False)
    _original: dict[str, zipfile.ZipInfo] = field(init=False)
    _written: dict[str, _Member | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(BytesIO(self.data))
        self._original = {_key(info.filename): info for info in self._archive.infolist()}

    # --- reading

    def __contains__(self, name: str) -> bool:
        key = _key(name)
        return self._written[key] is not None if key in self._written else key in self._original

    def names(self) -> list[str]:
        """Every part, those that were added last."""
        kept = [
            info.filename for key, info in self._original.items() if self._written.get(key, ...) is not None
        ]
        new = (member for key, member in self._written.items() if key not in self._original)
        return kept + [member.name.decode() for member in new if member]

    def read(self, name: str) -> bytes:
        """The content as it stands now. Raises KeyError."""
        key = _key(name)
        if key in self._written:
            member = self._written[key]
            if member is None:
                raise KeyError(name)
            return zlib.decompress(member.content, -zlib.MAX_WBITS)
        return self._archive.read(self._original[key])

    def open(self, name: str) -> IO[bytes]:
        """The original content as a stream. Raises KeyError."""
        return self._archive.open(self._original[_key(name)])

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as xl/comments{}.xml that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # --- changing

    def put(self, name: str, content: bytes) -> None:
        """Add a part, or give one another content."""
        with self.rewriting(name) as writer:
            writer.write(content)

    @contextmanager
    def rewriting(self, name: str) -> Iterator[PartWriter]:
        """The new content of a part, taken piece by piece."""
        writer = PartWriter()
        yield writer
        self._written[_key(name)] = self._member(name, writer)

    def drop(self, name: str) -> None:
        self._written[_key(name)] = None

    def _member(self, name: str, writer: PartWriter) -> _Member:
        content = writer.finish()
        if original := self._original.get(_key(name)):
            return replace(
                self._copied(original),
                method=zipfile.ZIP_DEFLATED,
                crc=writer.crc,
                size=writer.size,
                content=content,
            )
        raw = name.encode()
        flags = 0 if raw.isascii() else _UTF8
        return _Member(raw, flags, zipfile.ZIP_DEFLATED, *_EARLIEST, writer.crc, writer.size, content)

    # --- writing

    def saved(self) -> bytes:
        """The whole package: old parts in their order, new ones behind them."""
        pieces, directory, place = [], [], 0
        for member in self._members():
            header = member.local_header()
            directory.append(member.central_header(place))
            pieces += [header, member.content]
            place += len(header) + len(member.content)
        size = sum(map(len, directory))
        end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), size, place, 0)
        return b"".join([*pieces, *directory, end])

    def _members(self) -> Iterator[_Member]:
        for key, info in self._original.items():
            member = self._written.get(key) if key in self._written else self._copied(info)
            if member is not None:
                yield member
        for key, member in self._written.items():
            if key not in self._original and member is not None:
                yield member

    def _copied(self, info: zipfile.ZipInfo) -> _Member:
        """A member with its compressed bytes as they lie in the file."""
        place = info.header_offset
        name_length, extra_length = _LOCAL.unpack_from(self.data, place)[-2:]
        name_at = place + _LOCAL.size
        start = name_at + name_length + extra_length
        date, time = _dos_time(info)
        return _Member(
            name=self.data[name_at : name_at + name_length],
            flags=info.flag_bits & ~_DESCRIPTOR,
            method=info.compress_type,
            time=time,
            date=date,
            crc=info.CRC,
            size=info.file_size,
            content=self.data[start : start + info.compress_size],
            extra=_without_zip64(info.extra),
            made_by=(info.create_system << 8) | info.create_version,
            internal=info.internal_attr,
            external=info.external_attr,
            comment=info.comment,
        )


def _key(name: str) -> str:
    return name.lstrip("/").lower()


def _dos_time(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return (max(year - 1980, 0) << 9) | (month << 5) | day, (hour << 11) | (minute << 5) | (second // 2)


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields but that of sizes beyond 4 GB, which now stand in the header itself."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64:
            kept += extra[place : place + 4 + length]
        place += 4 + length
    return kept
