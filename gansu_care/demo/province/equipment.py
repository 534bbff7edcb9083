"""The equipment of the centers: computers, televisions, stationery and books for each, and what came since."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from gansu_care.demo.names import Names
from gansu_care.demo.province.centers import DemoCenter

# category: (item, models, quantities, unit, prices in yuan, asset number, place); what is kept by lot has no number
FOUR_KINDS: dict[str, tuple[str, tuple[str, ...], tuple[int, ...], str, tuple[int, ...], str, str]] = {
    "电脑及外设": (
        "台式电脑",
        ("主机加显示器", "一体机"),
        (1, 2, 2, 3),
        "台",
        (2800, 2900, 3200),
        "DN-001",
        "电脑室",
    ),
    "电视及影音": ("液晶电视", ("32英寸", "42英寸"), (1,), "台", (1899, 2199, 2499), "DS-001", "活动室"),
    "图书": ("少儿读物", ("注音版", "绘本", ""), (200, 240, 300, 360), "册", (12, 15, 18), "", "阅览室"),
    "文具学习用品": ("书包文具套装", ("",), (30, 40, 50, 60), "套", (25, 30, 35), "", "活动室"),
}
SOURCES = (*["省级财政"] * 6, "省福利彩票公益金", "企业捐赠", "甘肃妇女儿童发展基金会")
RENEWED = 0.15  # the share of centers with newer computers


def equipment_rows(centers: list[DemoCenter], seed: int) -> Iterator[dict[str, Any]]:
    for center in centers:
        random = Random(f"{seed}:{center.township.code}:{center.name}:equipment")
        keeper = Names(str(random.random())).grown_up()
        for category in FOUR_KINDS:
            yield _row(center, category, center.built_on, keeper, random)
        if center.ended_on is None and random.random() < RENEWED:
            yield _newer_computers(center, keeper, random)


def _row(center: DemoCenter, category: str, day: date, keeper: str, random: Random) -> dict[str, Any]:
    item, models, quantities, unit, prices, asset_no, place = FOUR_KINDS[category]
    quantity, price = random.choice(quantities), random.choice(prices)
    source = random.choice(SOURCES)
    return {
        "县区": center.county.name,
        "乡镇": center.township.name,
        "活动中心": center.name,
        "资产编号": asset_no,
        "类别": category,
        "品名": item,
        "规格型号": random.choice(models),
        "数量": quantity,
        "单位": unit,
        "单价（元）": price,
        "金额（元）": quantity * price,
        "取得方式": "捐赠" if source == "企业捐赠" else random.choice(("采购", "上级配发")),
        "购置（接收）日期": day,
        "资金来源": source,
        "验收人": Names(str(random.random())).grown_up(),
        "验收日期": day,
        "存放地点": place,
        "保管人": keeper,
        "状况": "已调出" if center.ended_on else _condition(category, random),
        "处置日期": center.ended_on,
    }


def _condition(category: str, random: Random) -> str:
    if category in ("电脑及外设", "电视及影音"):
        return random.choices(("完好", "待修", "损坏"), (80, 13, 7))[0]
    return "完好"


def _newer_computers(center: DemoCenter, keeper: str, random: Random) -> dict[str, Any]:
    day = date(random.randint(2017, 2025), 5, 10) + timedelta(days=random.randrange(30))
    return _row(center, "电脑及外设", day, keeper, random) | {
        "资产编号": "DN-002",
        "规格型号": "一体机",
        "资金来源": "县区财政",
        "取得方式": "采购",
        "状况": "完好",
    }
