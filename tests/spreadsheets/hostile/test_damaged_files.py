"""Files harmed by chance: bytes changed, lost or doubled. They are read, or it is said that they cannot be."""

import random

import pytest

from gansu_care.spreadsheets.reading import (
    FILE_FAULTS,
    Unreadable,
    data_rows,
    find_header,
    read_workbook,
    skippable,
)
from tests.spreadsheets.files.archives import members_of, with_parts
from tests.spreadsheets.files.county import COUNTY, MERGES
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.files.texts import as_csv, as_html
from tests.spreadsheets.files.xls import as_xls
from tests.spreadsheets.files.xlsb import as_xlsb
from tests.spreadsheets.files.xlsx import as_xlsx

SHEETS = [("登记表", COUNTY, MERGES, "visible")]
VOCABULARY = {
    "姓名": "name",
    "性别": "sex",
    "出生日期": "birth_date",
    "乡镇": "township",
    "补助金额": "amount",
}
TIMES = 60
EXTREMES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"1000000000", b"-1")


def harmed(content: bytes, chance: random.Random) -> bytes:
    """A few bytes other, more or fewer."""
    changed = bytearray(content)
    for _harm in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(changed) or 1)
        size = chance.randrange(1, 16)
        new = chance.choice((chance.randbytes(size), bytes(changed[:size]), b"", *EXTREMES))
        changed[at : at + chance.choice((0, len(new), size))] = new
    return bytes(changed)


def harmed_inside(data: bytes, chance: random.Random) -> bytes:
    """One part of the package harmed: the zip around it is whole, so that a reader gets to see it."""
    parts = {
        name: content for name, content in members_of(data).items() if name.startswith(("xl/", "content"))
    }
    name = chance.choice(sorted(parts))
    return with_parts(data, {name: harmed(parts[name], chance)})


@pytest.mark.parametrize(
    ("harm", "whole"),
    [
        (harmed_inside, as_xlsx(SHEETS)),
        (harmed_inside, as_xlsb(SHEETS)),
        (harmed_inside, as_ods(SHEETS)),
        (harmed, as_xlsx(SHEETS)),
        (harmed, as_xls(COUNTY, MERGES)),
        (harmed, as_csv(COUNTY, "gb18030")),
        (harmed, as_html(COUNTY, MERGES)),
    ],
    ids=["xlsx inside", "xlsb inside", "ods inside", "xlsx", "xls", "csv", "html"],
)
def test_damaged_file(harm, whole):
    chance = random.Random(621124)
    told = [outcome(harm(whole, chance)) for _time in range(TIMES)]
    assert set(told) <= {"read", *FILE_FAULTS}
    assert "read" in told, "every file was harmed beyond reading"


def outcome(data: bytes) -> str:
    """What becomes of a file as far as its rows; any other exception than Unreadable is the test's."""
    try:
        for sheet in read_workbook(data).sheets:
            if skippable(sheet) is None and (header := find_header(sheet, VOCABULARY)):
                data_rows(sheet, header)
    except Unreadable as fault:
        return fault.code if fault.message and fault.remedy else "no words"
    return "read"
