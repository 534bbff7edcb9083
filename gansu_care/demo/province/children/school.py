"""Where a child goes to school at her age, in the words of county workbooks."""

from datetime import date
from random import Random
from typing import Any

from children.ages import age_on

# By full years on 31 August: the school year begins the day after.
BY_AGE = {
    3: ("幼儿园", "小班"), 4: ("幼儿园", "中班"), 5: ("幼儿园", "大班"),
    6: ("小学", "一年级"), 7: ("小学", "二年级"), 8: ("小学", "三年级"),
    9: ("小学", "四年级"), 10: ("小学", "五年级"), 11: ("小学", "六年级"),
    12: ("初中", "七年级"), 13: ("初中", "八年级"), 14: ("初中", "九年级"),
    15: ("高中", "高一"), 16: ("高中", "高二"), 17: ("高中", "高三"),
}  # fmt: skip
VOCATIONAL = {15: "中职一年级", 16: "中职二年级", 17: "中职三年级"}
CLASSES = ("1班", "1班", "2班", "3班")


def school_cells(born: date, day: date, township: str, county: str, random: Random) -> dict[str, Any]:
    """就学情况 and what goes with it, as of `day`."""
    schooling, grade = _schooling(age_on(born, _last_of_august(day)), age_on(born, day), random)
    cells: dict[str, Any] = {
        "就学情况": schooling,
        "学校名称": None,
        "年级": None,
        "班级": None,
        "是否寄宿": None,
    }
    if grade:
        boards = schooling != "幼儿园" and random.random() < (0.75 if schooling in ("高中", "中职") else 0.3)
        cells |= {
            "学校名称": _school(schooling, township, county),
            "年级": grade,
            "班级": random.choice(CLASSES),
        }
        cells["是否寄宿"] = "是" if boards else "否"
    return cells


def _last_of_august(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 8, 31)


def _schooling(school_age: int, age: int, random: Random) -> tuple[str, str]:
    """(schooling, grade); no grade for who is at no school."""
    chance = random.random()
    if school_age < 3 or (school_age < 6 and age < 6 and chance < 0.2):
        return "未入园", ""
    if 13 <= age < 16 and chance < 0.004:
        return "辍学", ""
    if 14 <= age < 16 and chance < 0.012:
        return "不在学", ""
    if school_age in VOCATIONAL and chance > 0.7:
        return "中职", VOCATIONAL[school_age]
    held_back = 7 <= school_age <= 14 and chance > 0.95
    return BY_AGE[min(school_age - held_back, 17)]


def _school(schooling: str, township: str, county: str) -> str:
    if schooling == "幼儿园":
        return f"{township}中心幼儿园"
    if schooling == "小学":
        return f"{township}中心小学"
    if schooling == "初中":
        return f"{township}初级中学"
    return f"{county}职业中等专业学校" if schooling == "中职" else f"{county}第一中学"
