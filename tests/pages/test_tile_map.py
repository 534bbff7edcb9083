"""The tile map's shades: a few round steps that anybody can read off the key."""

from decimal import Decimal

from django.utils import translation

from gansu_care.pages.tile_map import tile_map

CENTERS = [69, 3, 61, 12, 94, 62, 70, 126, 121, 103, 118, 95, 198, 116]


def test_shades_grow_with_the_number() -> None:
    shown = tile_map([(str(620100 + i), "某市", n, "/") for i, n in enumerate(CENTERS)])
    by_number = sorted((number, level) for _code, _name, number, level, _url in shown.tiles)
    levels = [level for _number, level in by_number]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (1, 5)


def test_the_key_names_every_shade() -> None:
    with translation.override("zh-hans"):
        shown = tile_map([(str(i), "某市", n, "/") for i, n in enumerate(CENTERS)])
    assert shown.key == ["60 以下", "60–69", "70–99", "100–119", "120 以上"]


def test_equal_numbers_have_one_shade_and_no_key() -> None:
    shown = tile_map([(str(i), "某市", 0, "/") for i in range(14)])
    assert {level for *_rest, level, _url in shown.tiles} == {1}
    assert shown.key == []
    assert tile_map([]).tiles == []


def test_money_is_cut_at_round_numbers() -> None:
    shown = tile_map([(str(i), "某市", Decimal(n) * 1000, "/") for i, n in enumerate(CENTERS)])
    assert all(label.replace(",", "").strip(" 以上下").split("–")[0].endswith("00") for label in shown.key)
