"""The children of the demo, row by row as a county's workbook holds them; any number in constant memory."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from children.code_tables import EthnicGroup
from gansu_care.demo.names import Names, villages
from gansu_care.demo.province.children.family import Origin, family_cells
from gansu_care.demo.province.children.school import school_cells
from gansu_care.demo.province.children.stays import Stay, draw_stay
from gansu_care.demo.province.places import County
from gansu_care.demo.resident_ids import ResidentIds

# The counties of the demo's two officers always have enough children to look at.
LIVELY = ("621124", "621125")
MORE, AT_MOST_A_SHARE = 190, 5


def shares(counties: list[County], children: int) -> dict[str, int]:
    """How many children each county has: by its townships, with so many more in LIVELY. They add up to `children`."""
    more = min(MORE, children // AT_MOST_A_SHARE)
    left = children - more * len(LIVELY)
    weights = [len(county.townships) for county in counties]
    total, before, found = sum(weights), 0, {}
    for county, weight in zip(counties, weights, strict=True):
        until = before + weight
        found[county.code] = left * until // total - left * before // total
        found[county.code] += more if county.code in LIVELY else 0
        before = until
    return found


def child_rows(
    county: County, children: int, seed: int, as_of: date, ids: ResidentIds
) -> Iterator[dict[str, Any]]:
    """The county's children by township. No two of one township share name and birth date."""
    random = Random(f"{seed}:{county.code}:children")
    names = Names(f"{seed}:{county.code}:names")
    seen: set[tuple[str, str, date]] = set()
    places = sorted(random.choices(county.townships, k=children), key=lambda township: township.code)
    for township in places:
        stay = draw_stay(random, as_of)
        group = county.draw_people(random)
        surname = names.surname(group)
        name = names.child(surname)
        while (township.code, name, stay.born) in seen:
            name = names.child(surname)
        seen.add((township.code, name, stay.born))
        village = random.choice(villages(township.code))
        place = {
            "市州": county.prefecture_name,
            "县区": county.name,
            "乡镇": township.name,
            "村（社区）": village,
            "户籍所在地": f"{county.name}{township.name}",
            "现住详细地址": f"{village}{random.randint(1, 9)}组{random.randint(1, 80)}号",
        }
        male = random.random() < 0.53
        origin = Origin(stay.born, group, surname, stay.registered_on, place["现住详细地址"])
        yield (
            _identity(name, male, group, stay, ids)
            | place
            | school_cells(stay.born, stay.seen_on, township.name, county.name, random)
            | _health(random)
            | family_cells(origin, random, names, ids)
            | _help(stay, random)
            | _register(stay, random, names)
        )


def _identity(name: str, male: bool, group: str, stay: Stay, ids: ResidentIds) -> dict[str, Any]:
    return {
        "姓名": name,
        "性别": "男" if male else "女",
        "民族": str(EthnicGroup(group).label),
        "出生日期": stay.born,
        "身份证号": ids.take(stay.born, male),
        "是否登记户口": "是",
    }


def _health(random: Random) -> dict[str, Any]:
    cells: dict[str, Any] = {"身体情况": "健康", "残疾类别": None, "残疾等级": None, "患病类型": None}
    chance = random.random()
    if chance < 0.012:
        kind = random.choice(("视力残疾", "听力残疾", "肢体残疾", "智力残疾"))
        cells |= {"身体情况": "残疾", "残疾类别": kind, "残疾等级": random.choice(("二级", "三级", "四级"))}
    elif chance < 0.024:
        cells |= {"身体情况": "患病", "患病类型": random.choice(("先天性心脏病", "癫痫", "哮喘"))}
    return cells


def _help(stay: Stay, random: Random) -> dict[str, Any]:
    aid = random.choices((None, "享受低保", "临时救助", "医疗救助"), (80, 13, 5, 2))[0]
    need = random.choice(("学业辅导", "心理关爱", "亲情联系", "学业辅导、亲情联系", "生活物资", None))
    return {"救助帮扶情况": aid, "困境儿童类别": stay.difficulty or None, "帮扶需求": need}


def _register(stay: Stay, random: Random, names: Names) -> dict[str, Any]:
    assessed_on = max(stay.registered_on, stay.seen_on - timedelta(days=random.randint(1, 180)))
    return {
        "评估日期": assessed_on,
        "评估人": names.grown_up(),
        "村（居）委会联系人": names.grown_up(),
        "村（居）委会联系电话": names.phone(),
        "登记日期": stay.registered_on,
        "填表人": names.grown_up(),
        "退出日期": stay.ended_on,
        "退出原因": stay.reason or None,
        "是否取得同意": "否" if stay.is_draft else "是",
        "同意人": None if stay.is_draft else names.grown_up(),
        "同意人身份": None if stay.is_draft else "父母",
        "同意日期": None if stay.is_draft else stay.registered_on,
        "同意书存放处": None if stay.is_draft else "乡镇妇联档案柜",
    }
