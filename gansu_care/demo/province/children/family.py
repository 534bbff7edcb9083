"""Parents, where they work, and who looks after the child meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from gansu_care.demo.names import Names
from gansu_care.demo.resident_ids import ResidentIds

AWAY = "外出务工"
PLACES = (
    "新疆乌鲁木齐市", "新疆喀什地区", "江苏苏州市", "江苏昆山市", "浙江宁波市", "浙江义乌市",
    "广东东莞市", "广东深圳市", "福建厦门市", "陕西西安市", "青海西宁市", "宁夏银川市",
    "内蒙古鄂尔多斯市", "北京市", "上海市", "天津市", "四川成都市", "山东青岛市",
)  # fmt: skip
# (father, mother) and its share of a hundred; “unable” stands for one of UNABLE.
PARENTS = (
    (AWAY, AWAY),
    (AWAY, "unable"),
    ("unable", AWAY),
    (AWAY, "在家"),
    ("在家", AWAY),
    (AWAY, "离异未共同生活"),
)
PARENT_SHARES = (74, 7, 5, 9, 2, 3)
UNABLE = ("去世", "失联", "服刑或强制戒毒", "重病重残")
UNABLE_SHARES = (25, 20, 10, 45)
# relation, share of a hundred, years of birth before the child's, a man
CARERS = (
    ("祖母", 33, 55, False), ("祖父", 18, 57, True), ("外祖母", 11, 54, False), ("外祖父", 5, 56, True),
    ("姑母", 10, 30, False), ("伯父", 6, 34, True), ("舅父", 5, 30, True), ("姨母", 5, 29, False),
    ("姐姐", 4, 18, False), ("非亲属", 3, 40, False),
)  # fmt: skip
CARER_SHARES = tuple(share for _, share, _, _ in CARERS)
RETURNS, RETURN_SHARES = ("每季", "每半年", "每年", "一年以上"), (8, 27, 57, 8)
CONTACTS, CONTACT_SHARES = ("每天", "每周", "每月", "更少"), (28, 55, 14, 3)
INCOMES = ("打工收入", "打工收入、种养殖业", "打工收入、种养殖业、政府救助", "种养殖业、亲朋接济")
ECONOMIES, ECONOMY_SHARES = ("一般", "低保", "特困", "脱贫户", "防返贫监测对象"), (52, 14, 2, 27, 5)
NOBODY = 0.012  # left without anyone to look after them
UNABLE_COUNTS = 0.35  # where one parent is unable: the share assessed by that


@dataclass(frozen=True)
class Origin:
    """What a family starts from: the child's birth, group and surname, and the day of registration."""

    born: date
    group: str
    surname: str
    registered_on: date
    house: str


def family_cells(origin: Origin, random: Random, names: Names, ids: ResidentIds) -> dict[str, Any]:
    """All cells of the family and its care."""
    father, mother = random.choices(PARENTS, PARENT_SHARES)[0]
    unable = "父亲" if father == "unable" else "母亲" if mother == "unable" else ""
    cells = _parent("父亲", father, origin, random, names, ids) | _parent(
        "母亲", mother, origin, random, names, ids
    )
    cells |= {
        "父母双方同时外出": "是" if father == mother == AWAY else "否",
        "一方外出另一方无监护能力": "是" if unable else "否",
        "无监护能力方": unable or None,
        "家庭经济来源": random.choice(INCOMES),
        "家庭经济状况": random.choices(ECONOMIES, ECONOMY_SHARES)[0],
    }
    return cells | _care(origin, bool(unable), random, names, ids)


def _parent(
    kind: str, state: str, origin: Origin, random: Random, names: Names, ids: ResidentIds
) -> dict[str, Any]:
    born = origin.born - timedelta(days=random.randint(20 * 365, 36 * 365))
    is_father = kind == "父亲"
    surname = origin.surname if is_father else names.surname(origin.group)
    cells = {
        f"{kind}姓名": names.grown_up(surname),
        f"{kind}出生日期": born,
        f"{kind}身份证号": ids.take(born, is_father) if random.random() < 0.7 else None,
        f"{kind}状态": random.choices(UNABLE, UNABLE_SHARES)[0] if state == "unable" else state,
        f"{kind}务工地点": None,
        f"{kind}外出起始年月": None,
        f"{kind}联系电话": names.phone() if state in (AWAY, "在家") else None,
        f"{kind}返乡频率": None,
        f"{kind}联系频率": None,
    }
    return cells | _work(kind, origin, random) if state == AWAY else cells


def _work(kind: str, origin: Origin, random: Random) -> dict[str, Any]:
    since = origin.registered_on - timedelta(days=random.randint(190, 900))
    return {
        f"{kind}务工地点": random.choice(PLACES),
        f"{kind}外出起始年月": f"{since.year}年{since.month}月",
        f"{kind}返乡频率": random.choices(RETURNS, RETURN_SHARES)[0],
        f"{kind}联系频率": random.choices(CONTACTS, CONTACT_SHARES)[0],
    }


def _care(origin: Origin, one_unable: bool, random: Random, names: Names, ids: ResidentIds) -> dict[str, Any]:
    if random.random() < NOBODY:
        return {"有无委托其他监护人": "否"} | _carer(None) | {"监护类型": "无人监护"}
    relation, _, years, is_man = random.choices(CARERS, CARER_SHARES)[0]
    born = origin.born - timedelta(days=years * 365 + random.randint(-700, 700))
    carer = {
        "姓名": names.grown_up(names.surname(origin.group)),
        "联系电话": names.phone(),
        "身份证号": ids.take(born, is_man) if random.random() < 0.6 else None,
        "住址": origin.house,
        "与儿童关系": relation,
    }
    kind = random.choices(("受委托监护人监护能力不足", "一般", "较好"), (6, 58, 36))[0]
    if one_unable and random.random() < UNABLE_COUNTS:
        kind = "父或母无监护能力"
    return {"有无委托其他监护人": "是"} | _carer(carer) | {"监护类型": kind}


def _carer(cells: dict[str, Any] | None) -> dict[str, Any]:
    headings = ("姓名", "联系电话", "身份证号", "住址", "与儿童关系")
    return {f"委托监护人{heading}": cells[heading] if cells else None for heading in headings}
