"""Workbooks of invented children: the columns of the children's own table, as both sides of a comparison read them.

Answers of lists stand as their codes and divisions as their numbers, since a vanilla Resource knows no other words;
our columns understand both. Every row is good. `later` is the same child a year on: of a row that exists some ten
cells differ.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl

from children.resident_id import check_digit
from gansu_care.divisions.models import Division
from tests.benchmarks.ground.names import names

COUNTY = "621124"
BORN_FROM, DAYS = date(2013, 1, 1), 2_500
SERIALS = 999
# Heading and field of the model. Three foreign keys (residence and household; county and prefecture follow),
# five sealed values, three lists of codes.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("姓名", "name"),
    ("性别", "sex"),
    ("民族", "ethnic_group"),
    ("出生日期", "birth_date"),
    ("身份证号", "id_number"),
    ("是否登记户口", "household_registered"),
    ("户口性质", "household_type"),
    ("户籍所在地", "household_division"),
    ("户籍详细地址", "household_address"),
    ("现居住地", "division"),
    ("村（社区）", "village"),
    ("现住详细地址", "address"),
    ("就学情况", "schooling"),
    ("学校名称", "school"),
    ("学校标识码", "school_code"),
    ("班级", "school_class"),
    ("是否学校寄宿", "boarder"),
    ("入学年月", "entered_stage_on"),
    ("是否留守儿童（学籍口径）", "school_roll"),
    ("身体情况", "health"),
    ("患病类型", "disease"),
    ("家庭经济来源", "income_sources"),
    ("家庭经济状况", "economic_status"),
    ("父母双方同时外出", "both_away"),
    ("有无委托其他监护人", "carer_entrusted"),
    ("监护类型", "guardianship_type"),
    ("评估日期", "assessed_on"),
    ("评估人", "assessed_by"),
    ("村（居）委会联系人", "village_contact"),
    ("村（居）委会联系电话", "village_contact_phone"),
    ("教师联系人", "teacher_contact"),
    ("帮扶需求", "needs"),
    ("登记日期", "registered_on"),
    ("填表人", "filled_by"),
    ("核查日期", "verified_on"),
    ("核查方式", "verified_how"),
    ("备注", "remarks"),
)
HEADINGS = tuple(heading for heading, _field in COLUMNS)
FIELDS = tuple(field for _heading, field in COLUMNS)


def child_rows(count: int, *, start: int = 0, later: bool = False) -> Iterator[list[Any]]:
    """The children numbered from `start` on: the same number is the same child, whoever asks."""
    townships = list(
        Division.objects.filter(parent__code=COUNTY, valid_to=None)
        .order_by("code")
        .values_list("code", flat=True)
    )
    for place, name in enumerate(names(count, start + 1), start):
        yield _row(place, name, townships[place % len(townships)], later)


def _row(place: int, name: str, township: str, later: bool) -> list[Any]:
    chance = random.Random(place)
    born = BORN_FROM + timedelta(days=place % DAYS)
    number = f"620100{born:%Y%m%d}{place // DAYS % SERIALS + 1:03d}"
    sex = "1" if int(number[-1]) % 2 else "2"
    village, house = (
        f"{chance.choice('东西南北上下')}{chance.choice('门山河沟湾')}村",
        f"{chance.randrange(1, 400)}号",
    )
    year = 2026 if later else 2025
    return [
        name, sex, chance.choice(("01", "03", "04")), born, number + check_digit(number), 1, "1", township,
        f"{village}{house}", township, village, f"{village}{house}{'西院' if later else ''}", "primary",
        f"第{place % 40 + 1}小学", f"62{place % 40:08d}", str(chance.randrange(1, 6) + later), int(later),
        date(2020, 9, 1), "1", chance.choice(("healthy", "ill")), "", "wages、farming", "ordinary", 0, 0,
        "1" if later else "2", date(year, 9, 1), "李晓梅" if later else "赵玉兰", "赵六",
        f"138000{place % 90_000 + 10_000:05d}", "王老师" if later else "张老师", "study、mind", date(2024, 9, 1),
        "李晓梅", date(year, 10, 1), "home_visit" if later else "phone", f"第{place}号" if later else "",
    ]  # fmt: skip


def children_xlsx(rows: Iterable[list[Any]]) -> bytes:
    """As a spreadsheet program writes it, its texts in the shared table."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
