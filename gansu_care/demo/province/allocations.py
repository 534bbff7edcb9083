"""Money passed on: to each center in the year it was built, then to the counties; BY_PREFECTURE says how much in all.

No source ever gives more than has come from it by then.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from gansu_care.demo.province.centers import DemoCenter
from gansu_care.demo.province.figures import BY_PREFECTURE, FIRST_YEAR, JOINT, LAST_YEAR
from gansu_care.demo.province.places import County
from gansu_care.demo.province.receipts import Payment

YUAN_A_CENTER_OF_2009, YUAN_A_CENTER = 14_000, 17_500
SUPPLEMENTS = {
    2010: 14,
    2011: 16,
    2012: 13,
    2013: 13,
    2014: 14,
    2015: 30,
}  # percent of what the counties get later
PURPOSES = ("更新图书", "补充文具和学习用品", "维修电脑和电视", "关爱活动", "工作人员培训")


@dataclass(frozen=True)
class Grant:
    """One allocation, to a center or to a county."""

    source: str
    yuan: int
    day: date
    county: County
    center: DemoCenter | None = None
    purpose: str = "留守儿童之家建设和设备购置"


def grants(received: list[Payment], centers: list[DemoCenter], seed: int) -> list[Grant]:
    random = Random(f"{seed}:grants")
    balance: Counter[str] = Counter()
    later = _supplements(received, centers)
    made = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        of_year = [payment for payment in received if payment.day.year == year]
        made += [_passed_on(payment) for payment in of_year if payment.county]
        for payment in of_year:
            if not payment.county:
                balance[payment.source] += payment.yuan
        for county, center, yuan in [*_to_centers(centers, year), *later[year]]:
            source = _richest(balance, yuan)
            purpose = {} if center else {"purpose": random.choice(PURPOSES)}
            made.append(Grant(source, yuan, _day(year, random), county, center, **purpose))
    return made


def _passed_on(payment: Payment) -> Grant:
    """A person's gift stays in the county where it was given."""
    assert payment.county
    day = payment.day + timedelta(days=20)
    return Grant(payment.source, payment.yuan, day, payment.county, purpose="慰问留守儿童，补充图书文具")


def _to_centers(centers: list[DemoCenter], year: int) -> Iterator[tuple[County, DemoCenter | None, int]]:
    for center in centers:
        if center.built_on.year == year:
            yield center.county, center, _for_building(center)


def _for_building(center: DemoCenter) -> int:
    return YUAN_A_CENTER_OF_2009 if center.built_on.year == FIRST_YEAR else YUAN_A_CENTER


def _supplements(
    received: list[Payment], centers: list[DemoCenter]
) -> dict[int, list[tuple[County, DemoCenter | None, int]]]:
    """By year: what each county gets beyond its centers' own money, so that its prefecture's sum comes out."""
    given: Counter[str] = Counter()
    for center in centers:
        given[center.county.prefecture_code] += _for_building(center)
    for payment in received:
        if payment.county:
            given[payment.county.prefecture_code] += payment.yuan
    counties = {center.county.code: center.county for center in centers}.values()
    found: dict[int, list[Any]] = defaultdict(list)
    for code, (_, _, yuan) in BY_PREFECTURE.items():
        inside = [county for county in counties if county.prefecture_code == code]
        shares = _shares(yuan - given[code], [len(county.sites) for county in inside])
        for county, share in zip(inside, shares, strict=True):
            for year, part in zip(SUPPLEMENTS, _shares(share, list(SUPPLEMENTS.values())), strict=True):
                if part:
                    found[year].append((county, None, part))
    return found


def _shares(yuan: int, weights: list[int]) -> list[int]:
    """Split a sum by weights into tens of yuan; the parts add up to the sum."""
    total, before, ends = sum(weights), 0, [0]
    for weight in weights:
        before += weight
        ends.append(yuan * before // total // 10 * 10)
    ends[-1] = yuan
    return [end - begin for begin, end in itertools.pairwise(ends)]


def _richest(balance: Counter[str], yuan: int) -> str:
    """The source with most left, from which the sum is taken; raises ValueError if it has not enough."""
    source, left = balance.most_common(1)[0]
    if left < yuan:
        raise ValueError(f"{yuan} yuan cannot be allocated: {source} has {left} left")
    balance[source] = left - yuan
    return source


def _day(year: int, random: Random) -> date:
    """After the year's money has come, before the first center of the year is built."""
    return date(year, 5, 4) + timedelta(days=random.randrange(30))


def allocation_rows(made: list[Grant]) -> Iterator[dict[str, Any]]:
    numbers: Counter[int] = Counter()
    for grant in sorted(made, key=lambda grant: grant.day):
        numbers[grant.day.year] += 1
        joint = grant.source == JOINT
        yield {
            "市州": grant.county.prefecture_name,
            "县区": grant.county.name,
            "乡镇": grant.center.township.name if grant.center else None,
            "活动中心": grant.center.name if grant.center else None,
            "分配文号": f"甘妇拨〔{grant.day.year}〕{numbers[grant.day.year]:04d}号",
            "下达日期": grant.day,
            # An allocation names one source: of the two that gave together, the first.
            "资金来源": "全国妇联" if joint else grant.source,
            "金额（元）": grant.yuan,
            "用途": grant.purpose,
            "批准人": "周白露",
            "备注": "与中国儿童少年基金会联合资金，未分列" if joint else None,
        }
