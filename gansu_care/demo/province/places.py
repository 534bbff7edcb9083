"""The counties of the demo: their townships, how many centers each has, and who lives there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from children.code_tables import EthnicGroup
from gansu_care.demo.province.figures import BY_PREFECTURE
from gansu_care.divisions.models import Division, Level

# Shares of the people by hundreds; whoever is left is Han.
HUI, DONGXIANG, TIBETAN = EthnicGroup.HUI, EthnicGroup.DONGXIANG, EthnicGroup.TIBETAN
PEOPLE_OF_PREFECTURE = {"622900": {HUI: 38, DONGXIANG: 14}, "623000": {TIBETAN: 55, HUI: 6}}
PEOPLE_OF_COUNTY = {
    "620525": {HUI: 70},  # 张家川回族自治县
    "620623": {TIBETAN: 30, EthnicGroup.TU: 8},  # 天祝藏族自治县
    "620721": {EthnicGroup.YUGUR: 30, TIBETAN: 25, EthnicGroup.MONGOL: 2},  # 肃南裕固族自治县
    "620923": {EthnicGroup.MONGOL: 40},  # 肃北蒙古族自治县
    "620924": {EthnicGroup.KAZAK: 40},  # 阿克塞哈萨克族自治县
    "622926": {DONGXIANG: 85, HUI: 11},  # 东乡族自治县
    "622927": {EthnicGroup.BONAN: 12, DONGXIANG: 14, EthnicGroup.SALAR: 5, HUI: 25},  # 积石山
}
SCARCE_PEOPLE = {HUI: 1, EthnicGroup.MANCHU: 1}


@dataclass(frozen=True)
class Township:
    code: str
    name: str

    @property
    def is_rural(self) -> bool:
        """A town or a township: 100 to 399; below are subdistricts, above farms and zones (statistical code rules)."""
        return 100 <= int(self.code[6:]) < 400


@dataclass(frozen=True)
class County:
    """A county, or 嘉峪关. `sites` are the townships of its centers, one entry for each center."""

    code: str
    name: str
    prefecture_code: str
    prefecture_name: str
    townships: tuple[Township, ...]
    sites: tuple[Township, ...]

    def draw_people(self, random: Random) -> str:
        """The ethnic group of one person living here, as a code of GB/T 3304."""
        shares = PEOPLE_OF_COUNTY.get(self.code) or PEOPLE_OF_PREFECTURE.get(
            self.prefecture_code, SCARCE_PEOPLE
        )
        drawn = random.randrange(100)
        for group, share in shares.items():
            if drawn < share:
                return group
            drawn -= share
        return EthnicGroup.HAN


def counties() -> list[County]:
    """All 87, in the order of their codes, with the centers of BY_PREFECTURE shared out among them."""
    townships = _townships()
    found = list(Division.objects.counties().select_related("parent").order_by("code"))
    by_prefecture: dict[str, list[Division]] = defaultdict(list)
    for county in found:
        by_prefecture[_prefecture(county).code].append(county)
    sites: dict[str, Any] = {}
    for code, (centers, *_) in BY_PREFECTURE.items():
        sites |= _sites({county.code: townships[county.code] for county in by_prefecture[code]}, centers)
    return [_county(county, townships[county.code], sites[county.code]) for county in found]


def _prefecture(county: Division) -> Division:
    return county if county.level == Level.PREFECTURE or county.parent is None else county.parent


def _county(county: Division, townships: Iterable[Township], sites: Iterable[Township]) -> County:
    prefecture = _prefecture(county)
    return County(county.code, county.name, prefecture.code, prefecture.name, tuple(townships), tuple(sites))


def _townships() -> dict[str, list[Township]]:
    """Of each county; the rural ones where it has any (城关区 of 兰州 has subdistricts only)."""
    rows = Division.objects.in_force().filter(level=Level.TOWNSHIP).order_by("code")
    found: dict[str, list[Township]] = defaultdict(list)
    for code, name, county in rows.values_list("code", "name", "parent__code"):
        found[county].append(Township(code, name))
    return {county: [place for place in all_ if place.is_rural] or all_[:1] for county, all_ in found.items()}


def _sites(counties: dict[str, list[Township]], centers: int) -> dict[str, list[Township]]:
    """One center a township; those left over go to the counties with most townships, into the county town."""
    sites = {code: list(places) for code, places in counties.items()}
    largest = sorted(sites, key=lambda code: (-len(sites[code]), code))
    for turn in range(centers - sum(map(len, sites.values()))):
        code = largest[turn % len(largest)]
        sites[code].append(counties[code][turn // len(largest)])
    return sites
