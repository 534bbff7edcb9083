"""A screenshot made small: the same picture as a PNG of at most 256 colours, about a third of the bytes.

A page has few colours and many shades of them at the edges of letters; the shades that are rare take the nearest
colour that is common. Only what Chromium writes is read: 8 bits a channel, RGB or RGBA, not interlaced.
"""

import struct
import zlib
from collections import Counter
from itertools import islice

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
HARDLY = 48  # a distance that the eye does not see
CHANNELS = {2: 3, 6: 4}  # colour type of the header: bytes of a pixel

Colour = bytes  # three bytes: red, green, blue


def shrink(png: bytes) -> bytes:
    """`png` with a palette. Transparency is dropped: a screenshot has none."""
    width, height, pixels = _read(png)
    counted = Counter(pixels)
    palette = _palette([colour for colour, _times in counted.most_common()])
    place = {colour: _nearest(colour, palette) for colour in counted}
    rows = (pixels[start : start + width] for start in range(0, width * height, width))
    lines = b"".join(b"\0" + bytes(place[colour] for colour in row) for row in rows)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _palette(colours: list[Colour]) -> list[Colour]:
    """The common colours, most frequent first; one that hardly differs from a chosen one gives way to one that does,
    so that a small mark keeps its own colour."""
    chosen: list[Colour] = []
    for colour in colours:
        if all(_distance(colour, one) > HARDLY for one in chosen):
            chosen.append(colour)
        if len(chosen) == COLOURS:
            return chosen
    taken = set(chosen)
    rest = (colour for colour in colours if colour not in taken)
    return chosen + list(islice(rest, COLOURS - len(chosen)))


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    """Where in the palette the colour stands, or the one least far from it."""
    return min(range(len(palette)), key=lambda at: _distance(colour, palette[at]))


def _distance(one: Colour, other: Colour) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# --- reading --------------------------------------------------------------------------------------------------------


def _read(png: bytes) -> tuple[int, int, list[Colour]]:
    """Width, height and the pixels, row by row."""
    chunks = _chunks(png)
    width, height, depth, kind, _deflate, _filters, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or kind not in CHANNELS or interlaced:
        raise ValueError("not a PNG as Chromium writes it")
    step = CHANNELS[kind]
    rows = _rows(zlib.decompress(chunks[b"IDAT"]), width * step, step)
    return width, height, [row[at : at + 3] for row in rows for at in range(0, width * step, step)]


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """The parts of the file by name; those of one name are one part."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        found[kind] = found.get(kind, b"") + data
        at += length + 12
    return found


def _rows(data: bytes, length: int, step: int) -> list[bytes]:
    """The rows as they were before each was written as a difference to its neighbours (PNG, section 9)."""
    rows, above = [], bytes(length)
    for start in range(0, len(data), length + 1):
        above = _restored(data[start], bytearray(data[start + 1 : start + 1 + length]), above, step)
        rows.append(above)
    return rows


def _restored(method: int, row: bytearray, above: bytes, step: int) -> bytes:
    for at in range(len(row)) if method else ():
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[method]
        row[at] = (row[at] + guess) & 255
    return bytes(row)


def _paeth(left: int, above: int, corner: int) -> int:
    return min((left, above, corner), key=lambda one: abs(left + above - corner - one))
