"""A workbook of the refused rows alone: the same headings, to be mended and uploaded again."""

from datetime import date

import pytest

from gansu_care.spreadsheets.reading import read_workbook
from tests.spreadsheets.files.xlsx import as_xlsx
from tests.uploading import (
    CHILD_HEAD,
    applied,
    checked,
    child_numbered,
    child_row,
    counts,
    csv_file,
    places,
    xls,
    xlsx,
)

from .parts import colour, marked, opened

pytestmark = pytest.mark.django_db

ABOVE = [
    ["临洮县农村留守儿童基本情况登记表"],
    ["填报单位（盖章）：临洮县妇联", None, None, "填报日期：2026年9月1日"],
]
BELOW = [["合计", 4], ["注：不满十六周岁。"], ["单位负责人（签名）：", None, None, "填表人（签名）：李晓梅"]]


def rows(**third) -> list[list]:
    return [
        *ABOVE,
        CHILD_HEAD,
        child_row(),
        child_row(**child_numbered(2, 性别="0")),
        child_row(**child_numbered(3, **third)),
        child_row(**child_numbered(4, 民族="火星族")),
        *BELOW,
    ]


@pytest.mark.parametrize("file", [xlsx, xls, csv_file])
def test_only_refused_rows_between_the_lines_around_the_table(officer, file):
    data = file(rows()) if file is not xlsx else xlsx(rows(), names=["登记表"])
    upload = checked(officer, data, "children")
    assert counts(upload) == {"new": 2, "refused": 2}
    made = marked(upload, refused_only=True)
    sheet = opened(made).worksheets[0]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [ABOVE[0][0], ABOVE[1][0], "序号"]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == [
        child_numbered(2)["姓名"],
        child_numbered(4)["姓名"],
    ]
    assert [sheet.cell(row, 1).value for row in (6, 7)] == [BELOW[1][0], BELOW[2][0]]
    assert (colour(sheet["C4"]), colour(sheet["D5"])) == ("FFEFBCB6", "FFEFBCB6")
    assert sheet["X4"].value == "第 5 行　拒绝：性别：“0”没有对应的性别"
    assert sheet["C4"].comment.text.startswith("必须改：“0”没有对应的性别")

    again = checked(officer, made, "children")
    assert (counts(again), again.facts) == ({"refused": 2}, upload.facts)
    assert places(again) == ["C4 E_CODE_UNKNOWN", "D5 E_CODE_UNKNOWN"]


def test_mended_it_is_taken_over(officer):
    upload = applied(checked(officer, xlsx(rows()), "children"), officer, good_rows=True)
    book = opened(marked(upload, refused_only=True))
    sheet = book.worksheets[0]
    sheet["C4"], sheet["D5"] = "男", "汉族"
    sheet["F4"] = child_numbered(2)["身份证号"][:16] + "10"
    sheet["F4"] = None
    sheet["F5"] = None
    again = checked(officer, xlsx([[cell.value for cell in row] for row in sheet.iter_rows()]), "children")
    assert "E_CODE_UNKNOWN" not in " ".join(places(again))


def test_the_list_says_that_row_numbers_are_those_of_the_whole_file(officer):
    listed = opened(marked(checked(officer, xlsx(rows()), "children"), refused_only=True))["问题清单"]
    assert listed["A3"].value == "这里只有没有导入的行。问题里提到的行号，是原表的行号。"
    assert [listed.cell(row, 3).value for row in (5, 6)] == ["Sheet1!C4", "Sheet1!D5"]
    assert listed["C5"].hyperlink.location == "'Sheet1'!C4"


def test_what_a_merged_cell_or_as_above_says_stands_in_the_row_itself(officer):
    table = [
        ["序号", "姓名", "性别", "乡镇", "村", "出生日期"],
        [1, "王小花", "女", "洮阳镇", "南门村", date(2015, 9, 1)],
        [2, "王小草", "0", None, "同上", date(2015, 9, 2)],
        [3, "同上", "女", "八里铺镇", "〃", date(2015, 9, 3)],
    ]
    upload = checked(officer, as_xlsx([("表", table, [(2, 4, 3, 4)], "visible")]), "children")
    assert upload.refused == 3
    upload.staged.filter(row=2).update(outcome="new")
    kept = read_workbook(marked(upload, refused_only=True)).sheets[0].rows
    assert kept[1][:6] == [2.0, "王小草", "0", "洮阳镇", "南门村", date(2015, 9, 2)]
    assert kept[2][:6] == [3.0, "同上", "女", "八里铺镇", "南门村", date(2015, 9, 3)]


def test_sheets_without_refused_rows_are_left_out_and_the_others_keep_their_names(officer):
    good, bad = [CHILD_HEAD, child_row()], [CHILD_HEAD, child_row(**child_numbered(2, 性别="0"))]
    upload = checked(officer, xlsx(good, bad, names=["洮阳镇", "八里铺镇"]), "children")
    assert opened(marked(upload, refused_only=True)).sheetnames == ["八里铺镇", "问题清单"]
