"""What we added is known again: the sheet, the column and the comments are no data, wherever they were moved."""

import pytest

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.reading import Sheet, SkipReason, Workbook, read_workbook, skippable
from gansu_care.spreadsheets.reading.own_marks import (
    COLUMN_MARK,
    SHEET_MARK,
    TEXT_SHEET_MARK,
    is_our_sheet,
    leave_out_marks,
)
from tests.spreadsheets.files.xlsx import as_xlsx, one_sheet

from .asking import asked

OURS = f"处理结果{COLUMN_MARK}"


def left(*rows: list) -> list[list]:
    workbook = Workbook("xlsx", [Sheet("表", [list(row) for row in rows])])
    leave_out_marks(workbook)
    return workbook.sheets[0].rows


def test_our_column_is_taken_out_and_the_sheet_is_as_wide_as_before() -> None:
    assert left(["标题", None, None], ["序号", "姓名", OURS], [1, "张三", "拒绝"]) == [
        ["标题", None],
        ["序号", "姓名"],
        [1, "张三"],
    ]


def test_moved_between_her_columns_it_is_empty_and_the_others_keep_their_letters() -> None:
    assert left(["序号", OURS, "姓名"], [1, "拒绝", "张三"]) == [["序号", None, "姓名"], [1, None, "张三"]]


def test_a_column_of_her_own_of_the_same_name_stays() -> None:
    rows = [["序号", "处理结果"], [1, "已处理"]]
    assert left(*rows) == rows


def test_a_sheet_without_our_marks_is_not_touched() -> None:
    rows = [["序号", None], [1, None]]
    assert left(*rows) == rows


@pytest.mark.parametrize("mark_of", [SHEET_MARK, TEXT_SHEET_MARK])
def test_our_sheet_is_skipped_whatever_its_name(mark_of: str) -> None:
    sheet = Sheet("登记表", [[f"问题清单{mark_of}"], ["序号", "姓名"]])
    assert is_our_sheet(sheet)
    assert skippable(sheet) == SkipReason.OURS
    assert str(SkipReason.OURS.label) == "检查时标出的问题，不是数据"


def test_a_list_of_problems_of_her_own_is_read() -> None:
    assert not is_our_sheet(Sheet("问题清单", [["问题清单"], ["序号", "姓名"]]))
    assert not is_our_sheet(Sheet("空", []))


def test_a_workbook_made_of_a_text_file_is_still_one_without_types() -> None:
    workbook = Workbook(
        "xlsx", [Sheet("CSV", [["姓名"]]), Sheet("问题清单", [[f"问题清单{TEXT_SHEET_MARK}"]])]
    )
    leave_out_marks(workbook)
    assert workbook.numbers_as_text


def test_her_own_list_of_problems_keeps_its_name_beside_ours() -> None:
    before = as_xlsx([("表", [["姓名"], ["张三"]], [], "visible"), ("问题清单", [["问题"]], [], "visible")])
    after = read_workbook(mark(before, asked({"A2": "不对"}))[1])
    assert [(sheet.name, is_our_sheet(sheet)) for sheet in after.sheets] == [
        ("表", False),
        ("问题清单", False),
        ("问题清单 (2)", True),
    ]


def test_formulas_in_our_list_are_plain_text() -> None:
    after = read_workbook(mark(one_sheet(["姓名"], ["=1+1"]), asked({"A2": "=HYPERLINK(1)"}))[1])
    row = after.sheets[1].rows[-1]
    assert row[4:6] == ["=1+1", "=HYPERLINK(1)"]
