"""How a sheet looks that is written anew: a style for each cell that has one, widths, heights.

A style is a place in the list of cell formats of the new workbook: the usual ones first, behind them the file's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from gansu_care.spreadsheets.writing.cell_text import clean
from gansu_care.spreadsheets.writing.package import MAIN, XML

NOTHING, DAY, MOMENT, HEADING, FIRST_OWN = range(5)
"""As it is, 2015-07-23, 2015-07-23 08:30, a heading; the first of the file's own."""
GENERAL, TEXT = 0, 49
_BUILT_IN = 50  # formats that every program knows by their number
_DAY_CODE, _MOMENT_CODE = "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm"
_FIRST_CODE = 164
_FACE = '<sz val="11"/><name val="宋体"/><charset val="134"/>'
_THIN = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))


@dataclass
class SheetLook:
    """One sheet. `style_of`: the style of a cell (row and column from 0), None where the file tells none.

    `reach`: how many columns have a look, whether something stands in them or not.
    """

    style_of: Callable[[int, int], int | None]
    reach: int = 0
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)


@dataclass
class Looks:
    """The looks of a whole file: its sheets by name, its styles as a part of Open XML."""

    sheets: dict[str, SheetLook]
    styles: str


class NewStyles:
    """A styles part that grows: each method gives the place of what it is given, which is added where it is new."""

    def __init__(self) -> None:
        self.codes = {_DAY_CODE: _FIRST_CODE, _MOMENT_CODE: _FIRST_CODE + 1}
        self.fonts = [f"<font>{_FACE}</font>", f"<font><b/>{_FACE}</font>"]
        self.fills = [f'<patternFill patternType="{name}"/>' for name in ("none", "gray125")]
        self.borders = ["<left/><right/><top/><bottom/><diagonal/>", f"{_THIN}<diagonal/>"]
        self.formats = [
            _format(GENERAL),
            _format(_FIRST_CODE),
            _format(_FIRST_CODE + 1),
            _format(GENERAL, 1, self.fill("FFF5F7FB"), 1, '<alignment horizontal="center" wrapText="1"/>'),
        ]

    def code(self, key: int, code: str) -> int:
        """The number of a number format: its own where every program knows it."""
        return key if key < _BUILT_IN else self.written_code(code)

    def written_code(self, code: str) -> int:
        return self.codes.setdefault(code, _FIRST_CODE + len(self.codes))

    def font(self, content: str) -> int:
        return _place(self.fonts, f"<font>{content}</font>")

    def fill(self, rgb: str) -> int:
        """Of one colour; none where none is told."""
        if not rgb:
            return 0
        colours = f'<fgColor rgb="{rgb}"/><bgColor indexed="64"/>'
        return _place(self.fills, f'<patternFill patternType="solid">{colours}</patternFill>')

    def border(self, sides: str) -> int:
        return _place(self.borders, f"{sides}<diagonal/>")

    def format(self, code: int, font: int = 0, fill: int = 0, border: int = 0, alignment: str = "") -> int:
        """A cell format, always behind the others: files number theirs."""
        self.formats.append(_format(code, font, fill, border, alignment))
        return len(self.formats) - 1

    def written(self) -> str:
        codes = "".join(
            f'<numFmt numFmtId="{key}" formatCode={quoteattr(clean(code))}/>'
            for code, key in self.codes.items()
        )
        fills = "".join(f"<fill>{fill}</fill>" for fill in self.fills)
        borders = "".join(f"<border>{border}</border>" for border in self.borders)
        return (
            f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{len(self.codes)}">{codes}</numFmts>'
            f"<fonts>{''.join(self.fonts)}</fonts><fills>{fills}</fills><borders>{borders}</borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs>{"".join(self.formats)}</cellXfs><cellStyles count="1">'
            '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def _format(code: int, font: int = 0, fill: int = 0, border: int = 0, alignment: str = "") -> str:
    tag = (
        f'xf numFmtId="{code}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1"'
        ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
    )
    return f"<{tag}>{alignment}</xf>" if alignment else f"<{tag}/>"


def _place(held: list[str], one: str) -> int:
    if one not in held:
        held.append(one)
    return held.index(one)
