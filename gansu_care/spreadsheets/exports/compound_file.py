"""A compound file ([MS-CFB] version 3, sectors of 512 bytes): the box in which Office keeps an encrypted workbook.

It holds one long stream, whose length is known beforehand and which is written in place, piece by piece, and some short
ones that share sectors. What tells where everything lies takes 4 bytes for each sector and is written last.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from struct import pack
from typing import IO, NamedTuple

SECTOR, SHORT_SECTOR = 512, 64
LONG = 4096  # a stream of fewer bytes is a short one
NUMBERS = SECTOR // 4  # sector numbers in a sector
IN_HEADER = 109  # of the table's own sectors, that many are named in the header
DIFAT, FAT, END, FREE = 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
NOBODY = 0xFFFFFFFF
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")


class Entry(NamedTuple):
    """A folder or stream. Those of one folder form a tree by the length of their names, then by the names: `before`
    and `behind` are places in the list of entries, `inside` is the root of a folder's own tree."""

    name: str
    before: int = NOBODY
    behind: int = NOBODY
    inside: int = NOBODY
    content: bytes | None = None  # of a short stream
    is_long: bool = False
    is_red: bool = False

    @property
    def kind(self) -> int:
        return 2 if self.content is not None or self.is_long else 1


class CompoundFile:
    """Made, it stands where the long stream is to be written.

    The entries are all but the root; the first of them, whose place is 1, is the root of their tree. Until `finish` the
    content of the short ones may change, but not their lengths.
    """

    def __init__(self, file: IO[bytes], long_size: int, entries: Sequence[Entry]) -> None:
        assert long_size >= LONG
        self.file, self.long_size = file, long_size
        self.directory = _pieces(len(entries) + 1, SECTOR // 128)
        short = [_pieces(len(entry.content), SHORT_SECTOR) for entry in entries if entry.content]
        self.short_table = _pieces(sum(short), NUMBERS)
        self.short = _pieces(sum(short), SECTOR // SHORT_SECTOR)
        self.long = _pieces(self.long_size, SECTOR)
        self.fat, self.difat = self._tables(self.directory + self.short_table + self.short + self.long)
        self.file.seek((1 + self._long_at) * SECTOR)

    def _tables(self, sectors: int) -> tuple[int, int]:
        """How many sectors the table of sectors takes, itself included, and the table of its own sectors."""
        fat = difat = 0
        while True:
            needed = _pieces(sectors + fat + difat, NUMBERS)
            listed = _pieces(max(0, needed - IN_HEADER), NUMBERS - 1)
            if (needed, listed) == (fat, difat):
                return fat, difat
            fat, difat = needed, listed

    @property
    def _directory_at(self) -> int:
        return self.fat + self.difat

    @property
    def _short_at(self) -> int:
        return self._directory_at + self.directory + self.short_table

    @property
    def _long_at(self) -> int:
        return self._short_at + self.short

    def finish(self, entries: Sequence[Entry]) -> None:
        """Write all but the long stream, which stands already where it belongs."""
        self.file.seek((1 + self._long_at) * SECTOR + self.long_size)
        self.file.write(bytes(-self.long_size % SECTOR))
        self.file.seek(0)
        self.file.write(self._header())
        self.file.write(_numbers(self._chains(), self.fat * NUMBERS))
        self.file.write(self._own_sectors())
        self.file.write(_padded(self._entries(entries), SECTOR))
        lengths = [_pieces(len(entry.content), SHORT_SECTOR) for entry in entries if entry.content]
        self.file.write(_numbers(chain(*_following(lengths)), self.short_table * NUMBERS))
        streams = b"".join(_padded(entry.content, SHORT_SECTOR) for entry in entries if entry.content)
        self.file.write(_padded(streams, SECTOR))

    def _header(self) -> bytes:
        difat_at = self.fat if self.difat else END
        fields = pack(
            "<8s16x5H6x9I",
            SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6, 0, self.fat, self._directory_at, 0, LONG,
            self._directory_at + self.directory, self.short_table, difat_at, self.difat,
        )  # fmt: skip
        return fields + _numbers(iter(range(min(self.fat, IN_HEADER))), IN_HEADER)

    def _chains(self) -> Iterator[int]:
        """For each sector the one that follows it."""
        yield from [FAT] * self.fat
        yield from [DIFAT] * self.difat
        lengths = (self.directory, self.short_table, self.short, self.long)
        yield from chain(*_following(lengths, self._directory_at))

    def _own_sectors(self) -> bytes:
        """The sectors of the table that the header has no room for."""
        made = b""
        for place in range(self.difat):
            first = IN_HEADER + place * (NUMBERS - 1)
            named = range(first, min(first + NUMBERS - 1, self.fat))
            following = self.fat + place + 1 if place + 1 < self.difat else END
            made += _numbers(iter(named), NUMBERS - 1) + pack("<I", following)
        return made

    def _entries(self, entries: Sequence[Entry]) -> bytes:
        short_size = self.short * SECTOR
        made = _entry("Root Entry", 5, Entry("", inside=1), self._short_at, short_size)
        at = 0
        for entry in entries:
            if entry.is_long:
                made += _entry(entry.name, entry.kind, entry, self._long_at, self.long_size)
            else:
                size = len(entry.content or b"")
                made += _entry(entry.name, entry.kind, entry, at if size else 0, size)
                at += _pieces(size, SHORT_SECTOR)
        unused = -(len(entries) + 1) % (SECTOR // 128)
        return made + unused * _entry("", 0, Entry(""), 0, 0)


def _entry(name: str, kind: int, entry: Entry, sector: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if text else 0
    tree = (entry.before, entry.behind, entry.inside)
    return pack("<64sHBB3I36xIQ", text, length, kind, int(not entry.is_red), *tree, sector, size)


def _following(lengths: Sequence[int], first: int = 0) -> Iterator[Iterator[int]]:
    """Chains of sectors that lie one behind the other: in each sector the number of the next, in the last the end."""
    for length in lengths:
        yield chain(range(first + 1, first + length), (END,) if length else ())
        first += length


def _numbers(numbers: Iterator[int], room: int) -> bytes:
    listed = list(numbers)
    return pack(f"<{room}I", *listed, *[FREE] * (room - len(listed)))


def _pieces(size: int, piece: int) -> int:
    return -(-size // piece)


def _padded(data: bytes, piece: int) -> bytes:
    return data + bytes(-len(data) % piece)
