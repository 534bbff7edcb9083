"""The pictures of the help: each reader's own language, of the size the page keeps free for them, small enough."""

import re
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings

from tests.palette import SIGNATURE, shrink
from tests.pictures import FOLDERS, PICTURES, SIZE

HELP = Path(settings.BASE_DIR) / "templates/help"
PICTURE = re.compile(r"""<img src="{% static '(help/[^']+)' %}" alt="[^"]+" width="(\d+)" height="(\d+)\"""")
LARGEST = 150_000
TAKEN = [FOLDERS[language] / f"{picture.name}.png" for picture in PICTURES for language in picture.languages]


@pytest.mark.parametrize(("folder", "place"), [("zh", "help/"), ("en", "help/en/")])
def test_help_shows_pictures_in_its_own_language(folder: str, place: str) -> None:
    shown = [
        hit for page in sorted((HELP / folder).glob("*.html")) for hit in PICTURE.findall(page.read_text())
    ]
    assert [name.rpartition("/")[2] for name, _width, _height in shown] == [
        "children.png",
        "report.png",
        "upload.png",
    ]
    assert {name.rpartition("/")[0] + "/" for name, _width, _height in shown} == {place}
    assert {(int(width), int(height)) for _name, width, height in shown} == {(SIZE["width"], SIZE["height"])}
    assert [
        name for name, _width, _height in shown if not (settings.BASE_DIR / "static" / name).is_file()
    ] == []


def test_no_picture_lies_there_that_is_not_taken() -> None:
    assert sorted((settings.BASE_DIR / "static/help").rglob("*.png")) == sorted(TAKEN)


@pytest.mark.parametrize("path", TAKEN, ids=lambda path: "-".join(path.parts[-2:]))
def test_pictures_are_small_and_of_one_size(path: Path) -> None:
    data = path.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (SIZE["width"], SIZE["height"])
    assert len(data) < LARGEST


def test_readme_shows_pictures_that_are_taken() -> None:
    readme = (settings.BASE_DIR / "README.md").read_text()
    named = {settings.BASE_DIR / name for name in re.findall(r"!\[[^]]+\]\((static/[^)]+)\)", readme)}
    assert named
    assert named <= set(TAKEN)


# --- the palette ----------------------------------------------------------------------------------------------------

RED, WHITE, DARK = (196, 22, 28), (255, 255, 255), (27, 39, 51)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytes], width: int) -> bytes:
    """A PNG of RGB rows, each with the number of its filter in front."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    return b"".join(
        [
            SIGNATURE,
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(b"".join(rows))),
            chunk(b"IEND", b""),
        ]
    )


def colours(data: bytes, width: int) -> list[tuple[int, ...]]:
    """The pixels of a PNG with a palette, as shrink writes it."""
    table = data[data.index(b"PLTE") + 4 :]
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    rows = zlib.decompress(data[start + 4 : start + 4 + length])
    places = [rows[at] for at in range(len(rows)) if at % (width + 1)]
    return [tuple(table[place * 3 : place * 3 + 3]) for place in places]


@pytest.mark.parametrize(
    "rows",
    [
        [b"\0" + bytes((*RED, *WHITE)), b"\0" + bytes((*WHITE, *DARK))],
        # the same two rows as differences: to the left, and to what stands above
        [
            b"\1" + bytes((*RED, 59, 233, 227)),
            b"\2" + bytes(((255 - 196), (255 - 22), (255 - 28), 28, 40, 52)),
        ],
    ],
)
def test_a_picture_of_few_colours_keeps_them_exactly(rows: list[bytes]) -> None:
    assert colours(shrink(png(rows, 2)), 2) == [RED, WHITE, WHITE, DARK]


def test_a_small_mark_keeps_its_colour_among_many_shades() -> None:
    shades = [(grey, grey, at % 3 * 100) for grey in range(256) for at in range(3)]
    row = b"\0" + b"".join(bytes(shade) * 2 for shade in shades) + bytes(RED)
    width = len(shades) * 2 + 1

    assert colours(shrink(png([row], width)), width)[-1] == RED
