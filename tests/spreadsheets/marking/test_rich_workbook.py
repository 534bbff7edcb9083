"""The officer's story: a workbook with everything in it comes back with its problems marked, and nothing else changed.

Formulas with their results, a chart, a text box, a picture, data bars, drop-downs, comments, macros: see
rich_workbook.py.
"""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.marking.comments import LINE
from gansu_care.spreadsheets.marking.order_of import order_of
from gansu_care.spreadsheets.marking.orders import AUTHOR
from gansu_care.spreadsheets.models import Upload
from tests.uploading import applied, checked, child_numbered, child_row, codes, counts, places

from .parts import colour, marked, opened, packed, parts, touched
from .rich_workbook import MACROS, SHEET, rich_workbook

pytestmark = pytest.mark.django_db

ROWS = [
    child_row(),
    child_row(**child_numbered(2, 性别="0")),
    child_row(**child_numbered(3, 身份证号=None, 民族="火星族")),
    child_row(**child_numbered(4, 年级="=VLOOKUP(1,2,3)")),
    child_row(**child_numbered(5, 乡镇="洮阳镇 ", 父亲电话="13800000000(父)")),
]
WRONG = ["C5 E_CODE_UNKNOWN", "D6 E_CODE_UNKNOWN", "F6 E_REQUIRED", "J7 E_FORMULA_ERROR", "M8 W_PHONE_EXTRA"]
# What has to be another part afterwards, and the one that is new.
EDITED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}
NEW = {"xl/worksheets/sheet4.xml"}


def outcomes(upload: Upload) -> list[tuple]:
    return list(upload.staged.values_list("sheet", "row", "outcome"))


@pytest.fixture
def upload(officer) -> Upload:
    made = checked(officer, rich_workbook(ROWS), "children")
    assert (counts(made), places(made)) == ({"new": 2, "refused": 3}, WRONG)
    return made


def test_every_part_that_is_not_marked_stays_byte_for_byte(upload):
    before, after = bytes(upload.file.content), marked(upload)
    assert touched(before, after) == EDITED | NEW
    for kept in (
        "charts/chart1.xml",
        "drawings/drawing1.xml",
        "media/image1.png",
        "sharedStrings.xml",
        "calcChain.xml",
    ):
        assert packed(after)[f"xl/{kept}"] == packed(before)[f"xl/{kept}"]


def test_in_the_sheet_itself_only_marked_cells_and_our_column_differ(upload):
    before, after = (
        parts(data)["xl/worksheets/sheet1.xml"].decode() for data in (upload.file.content, marked(upload))
    )
    without_ours = re.sub(r'<c r="X\d+" s="\d+" t="inlineStr">.*?</c>', "", after)
    without_ours = without_ours.replace('<col min="24" max="24" width="60" customWidth="1"/>', "")
    without_ours = without_ours.replace('min="25" max="16384"', 'min="24" max="16384"')
    without_ours = without_ours.replace('spans="1:24"', 'spans="1:23"').replace("A1:X10", "A1:W10")
    changed = {"C5": 5, "D6": 0, "F6": 3, "J7": 0, "M8": 0}
    for at, style in changed.items():
        without_ours = re.sub(rf'(<c r="{at}" s=")\d+"', rf'\g<1>{style}"', without_ours)
    assert without_ours == before


def test_bad_cells_are_coloured_and_say_what_is_wrong_and_what_to_do(upload):
    sheet = opened(marked(upload))[SHEET]
    assert {at: colour(sheet[at]) for at in ("C5", "D6", "F6", "J7", "M8", "C4", "B5")} == {
        **dict.fromkeys(("C5", "D6", "F6", "J7"), "FFEFBCB6"),
        "M8": "FFECCE93",
        "C4": sheet["C6"].fill.fgColor.rgb,
        "B5": "",
    }
    assert sheet["C5"].comment.text == "必须改：“0”没有对应的性别\n怎么改：从这些里选一个填上：男、女"
    assert sheet["M8"].comment.text == "要确认：号码旁边还写了“父”\n怎么改：只保留号码，确认即可"
    assert sheet["C5"].comment.author == AUTHOR
    assert (sheet["B4"].comment.text, sheet["B4"].comment.author) == ("和户口本核对过", "李晓梅")


def test_our_column_says_what_became_of_each_row(upload):
    sheet = opened(marked(upload))[SHEET]
    assert [sheet.cell(row, 24).value for row in range(4, 9)] == [
        "新增：登记册里还没有",
        "拒绝：性别：“0”没有对应的性别",
        "拒绝：民族：“火星族”没有对应的民族；身份证号：登记了户口，但没有身份证号",
        "拒绝：年级：公式出错，格子里是 #N/A",
        "新增：登记册里还没有；要确认：父亲电话：号码旁边还写了“父”",
    ]
    assert sheet["X3"].value.startswith("处理结果")
    assert not sheet.column_dimensions["X"].hidden
    assert [sheet.cell(row, 24).value for row in (1, 2, 9, 10)] == [None] * 4


def test_the_list_of_problems_leads_to_the_cells(upload):
    book = opened(marked(upload))
    assert book.sheetnames == [SHEET, "填表说明", "代码", "问题清单"]
    listed = book["问题清单"]
    assert [cell.value for cell in listed[3]] == [
        "序号",
        "程度",
        "位置",
        "栏目",
        "单元格内容",
        "哪里不对",
        "怎么改",
    ]
    first = [cell.value for cell in listed[4]]
    assert first == [1, "必须改", "登记表!C5", "性别", "0", "“0”没有对应的性别", "从这些里选一个填上：男、女"]
    links = [listed.cell(row, 3).hyperlink.location for row in range(4, 9)]
    assert links == ["'登记表'!C5", "'登记表'!D6", "'登记表'!F6", "'登记表'!J7", "'登记表'!M8"]
    assert listed["A2"].value == (
        "改好涂色的格子，保存后可以直接再上传。这张清单、“处理结果”一列和批注不会当作数据。"
    )


def test_uploaded_again_as_it_is_every_row_comes_to_the_same(officer, upload):
    again = checked(officer, marked(upload), "children")
    assert (outcomes(again), places(again), counts(again)) == (
        outcomes(upload),
        places(upload),
        counts(upload),
    )
    assert again.facts == upload.facts
    assert [(sheet["name"], sheet["reason"]) for sheet in again.sheets if not sheet["imported"]][-1] == (
        "问题清单",
        "ours",
    )
    assert again.sheets[0]["unread"] == upload.sheets[0]["unread"]


def test_marked_again_the_marks_are_replaced_and_not_doubled(officer, upload):
    once = marked(upload)
    again = checked(officer, once, "children")
    assert parts(marked(again)) == parts(once)


def test_mended_and_applied_nothing_is_marked_any_more(officer, upload):
    data = marked(upload)
    done = applied(checked(officer, data, "children"), officer, good_rows=True)
    assert done.written == 2
    book = opened(marked(checked(officer, data, "children")))
    assert [book[SHEET].cell(row, 24).value[:2] for row in range(4, 9)] == [
        "相同",
        "拒绝",
        "拒绝",
        "拒绝",
        "相同",
    ]
    assert colour(book[SHEET]["M8"]) == ""


def test_what_would_change_is_named_by_its_headings(officer):
    applied(checked(officer, rich_workbook([child_row()]), "children"), officer)
    changed = checked(officer, rich_workbook([child_row(村="北门村", 父亲状态="在家")]), "children")
    assert opened(marked(changed))[SHEET]["X4"].value == "变更：村（社区）、父亲状态"


def test_macros_come_back_with_their_buttons(officer):
    data = rich_workbook(ROWS, macros=True)
    upload = checked(officer, data, "children", name="登记表.xlsm")
    ending, after = mark(data, order_of(upload))
    assert ending == "xlsm"
    assert touched(data, after) == EDITED | NEW
    assert parts(after)["xl/vbaProject.bin"] == MACROS
    assert b"[0]!" in parts(after)["xl/drawings/vmlDrawing1.vml"]
    assert outcomes(checked(officer, after, "children")) == outcomes(upload)


def test_a_conversation_in_a_cell_gets_our_answer(officer):
    data = rich_workbook(ROWS, threaded=True)
    upload = checked(officer, data, "children")
    after = parts(marked(upload))
    assert touched(data, marked(upload)) == EDITED | NEW | {
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
    }
    thread = after["xl/threadedComments/threadedComment1.xml"].decode()
    assert re.findall("<text>(.*?)</text>", thread, re.DOTALL) == [
        "性别要核对",
        "必须改：“0”没有对应的性别\n怎么改：从这些里选一个填上：男、女",
    ]
    assert f'displayName="{AUTHOR}"' in after["xl/persons/person.xml"].decode()
    legacy = after["xl/comments1.xml"].decode()
    assert len(re.findall('<comment ref="C5"', legacy)) == 1
    assert LINE in legacy
    twice = parts(marked(checked(officer, marked(upload), "children")))
    assert twice["xl/threadedComments/threadedComment1.xml"].decode().count("<threadedComment ") == 2
    assert twice["xl/comments1.xml"].decode() == legacy


def test_a_signed_workbook_loses_its_signature_and_says_so(officer):
    data = rich_workbook(ROWS, signed=True)
    after = marked(checked(officer, data, "children"))
    gone = {name for name in parts(data) if name.startswith("_xmlsignatures/")}
    assert touched(data, after) == EDITED | NEW | gone | {"_rels/.rels"}
    assert not any("_xmlsignatures" in name for name in parts(after))
    assert b"_xmlsignatures/sig1.xml" not in parts(after)["[Content_Types].xml"]
    assert opened(after)["问题清单"]["A3"].value == "原表有数字签名。加了标注，签名就不再有效，已经去掉。"


def test_strict_open_xml_stays_strict(officer):
    data = rich_workbook(ROWS, strict=True)
    upload = checked(officer, data, "children")
    assert places(upload) == WRONG
    after = marked(upload)
    assert touched(data, after) == EDITED | NEW
    changed = b"".join(parts(after)[name] for name in EDITED | NEW)
    assert b"http://schemas.openxmlformats.org/spreadsheetml/2006/main" not in changed
    assert outcomes(checked(officer, after, "children")) == outcomes(upload)


def test_the_fast_reader_opens_what_we_wrote(upload):
    book = CalamineWorkbook.from_filelike(BytesIO(marked(upload)))
    assert book.sheet_names == [SHEET, "填表说明", "代码", "问题清单"]
    assert len(book.get_sheet_by_name("问题清单").to_python()) == 3 + len(codes(upload))
