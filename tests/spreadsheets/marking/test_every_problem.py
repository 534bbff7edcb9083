"""Every kind of problem that a check can find stands in the marked workbook, in words, where it belongs."""

import pytest
from django.utils import translation

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.marking.order_of import order_of
from gansu_care.spreadsheets.models import StoredProblem, Upload
from gansu_care.spreadsheets.problems import CODES, Problem
from gansu_care.spreadsheets.reading import column_letter
from gansu_care.spreadsheets.uploads.staging import _stored
from tests.uploading import checked, child_numbered, child_row, xlsx

from .parts import colour, opened

pytestmark = pytest.mark.django_db

KINDS = sorted(CODES)


@pytest.fixture
def upload(officer) -> Upload:
    """A checked file whose rows get one problem of each kind."""
    rows = [child_row(**child_numbered(place)) for place in range(len(KINDS))]
    upload = checked(officer, xlsx([list(A_HEAD), *rows], names=["登记表"]), "children")
    upload.problems.all().delete()
    problems = [
        Problem(
            code, "登记表", place + 2, column_letter(place % 20), "栏目", "field", "格子", {"first_row": 2}
        )
        for place, code in enumerate(KINDS)
    ]
    whole = [
        Problem("E_HEADING_MISSING", sheet="登记表", heading="姓名"),
        Problem("W_HEADING_REPEATED", sheet="登记表", column="C", heading="性别"),
        Problem("W_TOTAL_MISMATCH", sheet="登记表", row=len(KINDS) + 2, heading="合计"),
    ]
    StoredProblem.objects.bulk_create(_stored(upload, [*problems, *whole]))
    return upload


A_HEAD = [
    *("序号", "姓名", "性别", "民族", "出生日期", "身份证号", "乡镇", "村", "就学情况", "年级", "父亲姓名"),
    *("父亲状态", "父亲电话", "母亲姓名", "母亲状态", "照护人姓名", "与儿童关系", "照护人电话", "监护类型"),
    *("是否取得同意", "同意人", "同意人身份", "同意日期"),
]


def test_each_is_coloured_commented_and_listed(upload):
    order = order_of(upload)
    book = opened(mark(bytes(upload.file.content), order)[1])
    sheet, listed = book["登记表"], book["问题清单"]
    for place, code in enumerate(KINDS):
        cell = sheet.cell(place + 2, place % 20 + 1)
        level, colour_of_level = ("必须改", "FFEFBCB6") if code.startswith("E_") else ("要确认", "FFECCE93")
        assert colour(cell) == colour_of_level, code
        assert cell.comment.text.startswith(f"{level}："), code
        assert "%(" not in cell.comment.text
        line = [one.value for one in listed[place + 4]]
        assert line[:3] == [place + 1, level, f"登记表!{cell.coordinate}"]
        assert line[5], code
    last = len(KINDS)
    assert [listed.cell(last + row, 3).value for row in (4, 5, 6)] == [
        "登记表",
        "登记表",
        f"登记表!A{last + 2}",
    ]
    assert listed.cell(last + 4, 3).hyperlink is None


def test_what_concerns_a_column_stands_at_its_heading_and_a_total_in_our_column(upload):
    sheet = opened(mark(bytes(upload.file.content), order_of(upload))[1])["登记表"]
    assert (
        sheet["C1"].comment.text
        == "要确认：有两列都是“性别”，只读了前一列\n怎么改：给后一列换一个名称，或者删去"
    )
    assert colour(sheet["C1"]) == "FFECCE93"
    ours = sheet.max_column
    assert sheet.cell(len(KINDS) + 2, ours).value.startswith("合计：")


def test_texts_are_in_the_readers_language_and_our_column_is_known_in_each(officer, upload):
    with translation.override("en"):
        order = order_of(upload)
    made = mark(bytes(upload.file.content), order)[1]
    assert (order.words["title"], order.heads[5]) == ("Problems", "What is wrong")
    assert opened(made)["Problems"]["B5"].value == "Must be corrected"
    again = checked(officer, made, "children")
    assert again.sheets[0]["unread"] == upload.sheets[0]["unread"]
    assert [sheet["reason"] for sheet in again.sheets] == [None, "ours"]
