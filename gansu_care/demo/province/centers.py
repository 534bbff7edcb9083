"""The activity centers of the demo: 1,248 of them, with the years in which they were built and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from gansu_care.demo.names import Names, villages
from gansu_care.demo.province.figures import BUILT_BY_YEAR, BY_PREFECTURE, LAST_DAY
from gansu_care.demo.province.places import County, Township

LATER_MERGED = 24  # merged or closed since 2016
HOME, SCHOOL = "留守儿童之家", "学校"
# The later ones were built under other programmes too.
LATER_KINDS, LATER_KIND_SHARES, LATER = (HOME, "儿童之家", "儿童快乐家园"), (50, 30, 20), 2012
HOSTS, HOST_SHARES = ("村委会", "社区", "党群服务中心"), (70, 8, 22)
ROOMS = ("图书阅览", "电脑室", "文体活动", "心理咨询", "亲情聊天（视频）", "作业辅导")
HOURS = (
    "周一至周五 16:00–18:30，周末 9:00–17:00",
    "周一至周五 12:00–14:00、16:30–18:00，寒暑假 9:00–17:00",
    "周六、周日和寒暑假 9:00–17:30",
)


@dataclass
class DemoCenter:
    """One center, and what equipment and money need to know of it."""

    county: County
    township: Township
    village: str
    host_type: str
    is_second: bool  # of its township
    kind: str = HOME
    built_on: date = date.min
    ended_on: date | None = None
    closed: bool = False  # closed for good rather than merged into `successor`
    successor: "DemoCenter | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """As on its plate: 洮阳镇中心小学留守儿童之家."""
        place = "中心小学" if self.host_type == SCHOOL else "第二" if self.is_second else ""
        return f"{self.township.name}{place}{self.kind}"


def demo_centers(counties: list[County], seed: int) -> list[DemoCenter]:
    """All centers in the order of their counties."""
    random = Random(f"{seed}:centers")
    centers = [center for county in counties for center in _of_county(county, random)]
    _build(centers, random)
    _merge(centers, random)
    return centers


def _of_county(county: County, random: Random) -> Iterator[DemoCenter]:
    seen: set[str] = set()
    for township in county.sites:
        is_second = township.code in seen
        in_school = not is_second and random.random() < 0.6
        host_type = SCHOOL if in_school else random.choices(HOSTS, HOST_SHARES)[0]
        seen.add(township.code)
        yield DemoCenter(county, township, random.choice(villages(township.code)), host_type, is_second)


def _build(centers: list[DemoCenter], random: Random) -> None:
    """Share out the years of BUILT_BY_YEAR; the money comes in spring, so building ends in the second half."""
    order = random.sample(centers, len(centers))
    for year, count in BUILT_BY_YEAR.items():
        year_centers, order = order[:count], order[count:]
        last = min(date(year, 12, 20), LAST_DAY)
        first = last - timedelta(days=150 if last.month == 12 else 30)
        for center in year_centers:
            center.built_on = first + timedelta(days=random.randrange((last - first).days + 1))
            if year >= LATER:
                center.kind = random.choices(LATER_KINDS, LATER_KIND_SHARES)[0]


def _merge(centers: list[DemoCenter], random: Random) -> None:
    """End 25 of the early ones by 2015, as many in each prefecture as BY_PREFECTURE says, and some more since."""
    for code, (_, merged, _) in BY_PREFECTURE.items():
        early = [
            c for c in centers if c.county.prefecture_code == code and c.built_on.year < 2011 and _may_end(c)
        ]
        for center in random.sample(early, merged):
            _end(center, _some_day(random, 2012, 2015), centers, random)
    early = [c for c in centers if c.built_on.year < 2013 and c.ended_on is None and _may_end(c)]
    for center in random.sample(early, LATER_MERGED):
        _end(center, _some_day(random, 2016, 2024), centers, random)


def _may_end(center: DemoCenter) -> bool:
    """A small county keeps what it has."""
    return len(center.county.sites) > 5


def _some_day(random: Random, first: int, last: int) -> date:
    return date(random.randint(first, last), random.choice((7, 8, 9)), random.randint(1, 28))


def _end(center: DemoCenter, day: date, centers: list[DemoCenter], random: Random) -> None:
    center.ended_on = day
    center.closed = random.random() < 0.2
    if not center.closed:
        others = [c for c in centers if c.county is center.county and c.ended_on is None and c.built_on < day]
        center.successor = random.choice(others)


def center_rows(centers: list[DemoCenter], seed: int, as_of: date) -> Iterator[dict[str, Any]]:
    """As the counties first entered them: all open."""
    for center in centers:
        random = Random(f"{seed}:{center.township.code}:{center.name}")
        yield (
            _place(center)
            | _host(center)
            | _building(center, random)
            | _people(random)
            | _checks(random, as_of)
        )


def ending_rows(centers: list[DemoCenter]) -> Iterator[dict[str, Any]]:
    """What became of some of them: entered later, by the province."""
    for center in centers:
        if center.ended_on:
            yield {
                **_place(center),
                "状态": "关闭" if center.closed else "撤并",
                "状态日期": center.ended_on,
                "状态原因": f"学校布局调整，并入{center.successor.name}"
                if center.successor
                else "生源减少，停止使用",
            }


def _place(center: DemoCenter) -> dict[str, Any]:
    return {
        "市州": center.county.prefecture_name,
        "县区": center.county.name,
        "乡镇": center.township.name,
        "中心名称": center.name,
        "类型": center.kind,
    }


def _host(center: DemoCenter) -> dict[str, Any]:
    names = {
        SCHOOL: f"{center.township.name}中心小学",
        "村委会": f"{center.village}村民委员会",
        "社区": f"{center.township.name}社区",
        "党群服务中心": f"{center.township.name}党群服务中心",
    }
    return {
        "村（社区）": center.village,
        "级别": SCHOOL if center.host_type == SCHOOL else "乡镇",
        "依托单位类型": center.host_type,
        "依托单位名称": names[center.host_type],
    }


def _building(center: DemoCenter, random: Random) -> dict[str, Any]:
    indoor = random.randint(30, 110)
    return {
        "建成日期": center.built_on,
        "启用日期": center.built_on + timedelta(days=random.randint(0, 11)),
        "建设批次": f"{center.built_on.year}年{center.kind}建设项目",
        "项目年度": center.built_on.year,
        "室内面积（㎡）": indoor,
        "室外面积（㎡）": random.choice((50, 60, 80, 100, 120, 200)),
        "座位数": indoor // 2,
        "开放时间": random.choice(HOURS),
        "是否免费开放": "是",
        "功能区": "、".join(sorted(random.sample(ROOMS, random.randint(2, 5)), key=ROOMS.index)),
        "状态": "运行",
    }


def _people(random: Random) -> dict[str, Any]:
    names = Names(str(random.random()))
    served = random.randint(24, 140)
    return {
        "负责人": names.grown_up(),
        "负责人电话": names.phone(),
        "专职人员": random.choice((0, 1, 1, 2)),
        "兼职人员": random.randint(1, 4),
        "志愿者人数": random.randint(2, 15),
        "服务儿童数": served,
        "其中留守儿童": served * random.randint(55, 90) // 100,
    }


def _checks(random: Random, as_of: date) -> dict[str, Any]:
    return {
        "制度上墙": "是" if random.random() < 0.95 else "否",
        "档案齐全": "是" if random.random() < 0.9 else "否",
        "标识牌": "是" if random.random() < 0.97 else "否",
        "安全检查日期": as_of - timedelta(days=random.randint(30, 250)),
    }
