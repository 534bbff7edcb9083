"""Money received: the sums of RECEIVED_BY_SOURCE, each in a few payments between January and April of its year."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from gansu_care.demo.province.figures import FIRST_YEAR, JOINT, RECEIVED_BY_SOURCE
from gansu_care.demo.province.places import County

PROJECT = "农村留守儿童之家建设"
YUAN_A_PAYMENT = {"企业捐赠": 90_000, "个人捐赠": 15_000}
DONORS = (
    "示例通信有限公司",
    "示例粮油有限公司",
    "示例路桥有限公司",
    "示例药业有限公司",
    "示例百货有限公司",
    "示例电力有限公司",
)
CHANNELS = {JOINT: "中国儿童少年基金会", "企业捐赠": "甘肃妇女儿童发展基金会"}
RESTRICTIONS = {
    "省福利彩票公益金": "限用于留守儿童之家建设，不得与其他资金混用",
    JOINT: "限用于电脑、电视、图书和文具",
}
# Gifts of persons reach the county where they were given; these two counties are the ones that newcomers look at first.
OFTEN = ("621124", "621125")


@dataclass(frozen=True)
class Payment:
    """One receipt. `county` is where it was given and stays; None for what the province received."""

    number: int
    source: str
    yuan: int
    day: date
    county: County | None


def payments(counties: list[County], seed: int) -> list[Payment]:
    """All receipts by source and day."""
    random = Random(f"{seed}:receipts")
    drawn = []
    for source, by_year in RECEIVED_BY_SOURCE.items():
        for year, yuan in enumerate(by_year, start=FIRST_YEAR):
            for part in _parts(yuan, YUAN_A_PAYMENT.get(source, 400_000), random):
                day = date(year, random.randint(1, 4), random.randint(1, 28))
                drawn.append((source, part, day, _receiver(source, counties, random)))
    drawn.sort(key=lambda payment: payment[2])
    return [Payment(number, *payment) for number, payment in enumerate(drawn, start=1)]


def _parts(yuan: int, size: int, random: Random) -> list[int]:
    """The sum in payments of about `size`, at most twelve, in whole thousands."""
    if not yuan:
        return []
    count = max(1, min(12, yuan // size))
    cuts = sorted(random.sample(range(1, yuan // 1000), count - 1))
    ends = [0, *cuts, yuan // 1000]
    return [(end - begin) * 1000 for begin, end in itertools.pairwise(ends)]


def _receiver(source: str, counties: list[County], random: Random) -> County | None:
    if source != "个人捐赠":
        return None
    wanted = random.choice((*OFTEN, ""))
    near = [county for county in counties if county.code == wanted]
    return near[0] if near else random.choice([county for county in counties if len(county.sites) > 12])


def receipt_rows(received: list[Payment], seed: int) -> Iterator[dict[str, Any]]:
    random = Random(f"{seed}:receipt rows")
    for payment in received:
        yield {
            "市州": payment.county.prefecture_name if payment.county else None,
            "县区": payment.county.name if payment.county else None,
            "资金来源": payment.source,
            "捐赠方": _donor(payment.source, random),
            "通过渠道": CHANNELS.get(payment.source),
            "项目": PROJECT,
            "批次": f"{payment.day.year}年",
            "用途限定": RESTRICTIONS.get(payment.source),
            "金额（元）": payment.yuan,
            "其中实物折价（元）": payment.yuan // 4
            if payment.source == "企业捐赠" and random.random() < 0.3
            else 0,
            "到账日期": payment.day,
            "票据（凭证）号": f"SR-{payment.day.year}-{payment.number:04d}",
            "经办人": "罗谷雨",
        }


def _donor(source: str, random: Random) -> str | None:
    if source == "企业捐赠":
        return random.choice(DONORS)
    return "热心人士（未留姓名）" if source == "个人捐赠" else None
