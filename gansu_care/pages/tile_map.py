"""The tile map of the 14 prefectures (components/tiles.html): shades and their key, from plain numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

SHADES = 5


@dataclass(frozen=True)
class TileMap:
    """Tiles (code, name, number, level 1 to 5, url) and what each level stands for."""

    tiles: Sequence[tuple[str, str, int | Decimal | str, int, str]]
    key: list[str]


def tile_map(rows: Iterable[tuple[str, str, int | Decimal, str]]) -> TileMap:
    """Shade prefectures by their number: five groups of about the same size, cut at round numbers.

    Args:
        rows: (code, name, number, url); whole numbers, or money already in 万元.
    """
    rows = list(rows)
    cuts = round_cuts([number for _code, _name, number, _url in rows])
    tiles = [(code, name, number, 1 + bisect_right(cuts, number), url) for code, name, number, url in rows]
    return TileMap(tiles, key_of(cuts))


def round_cuts(numbers: list[int | Decimal]) -> list[int]:
    """Up to four growing cuts between the fifths of the numbers; none when they are all alike."""
    ordered = sorted(numbers)
    cuts: list[int] = []
    for fifth in range(1, SHADES):
        cut = _round_number(ordered[fifth * len(ordered) // SHADES]) if ordered else 0
        if cut > (cuts[-1] if cuts else 0) and ordered[0] < cut:
            cuts.append(cut)
    return cuts


def key_of(cuts: list[int]) -> list[str]:
    """The levels in words: 30 以下, 30–69, 70 以上."""
    if not cuts:
        return []
    between = [f"{low:,}–{high - 1:,}" if high - low > 1 else f"{low:,}" for low, high in pairwise(cuts)]
    return [_("%(n)s 以下") % {"n": f"{cuts[0]:,}"}, *between, _("%(n)s 以上") % {"n": f"{cuts[-1]:,}"}]


def _round_number(number: int | Decimal) -> int:
    """Two leading digits: 1,248 becomes 1,200; below 100 tens are enough, below 10 ones."""
    exact = Decimal(number)
    step = Decimal(10) ** max(exact.adjusted() - 1, 0) if exact >= 100 else Decimal(10 if exact >= 10 else 1)
    return int((exact / step).to_integral_value(ROUND_HALF_UP) * step)
