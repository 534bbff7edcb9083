"""Reading: whatever kind of file a county sends, the same sheets come out, and never an exception of a reader."""

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading import (
    EmptyFormula,
    ErrorValue,
    Sheet,
    SkipReason,
    Unreadable,
    data_rows,
    find_header,
    normalise_heading,
    read_workbook,
    read_workbook_apart,
    skippable,
)

VOCABULARY = {
    "姓名": "name",
    "性别": "sex",
    "出生日期": "birth_date",
    "身份证号": "id_number",
    "乡镇": "township",
    "父亲情况/姓名": "father.name",
    "父亲情况/电话": "father.phone",
    "母亲情况/姓名": "mother.name",
    "监护类型": "guardianship_type",
    "补助金额": "amount",
}

# The sheet of a county as they come: title, facts, two rows of headings, column numbers, townships merged.
COUNTY = [
    ["陇西县农村留守儿童基本情况登记表"],
    ["填报单位（盖章）：陇西县妇联", None, None, None, None, "填报日期：2026年11月20日"],
    [
        *("序号", "乡镇", "姓 名*", "性别", "出生日期", "身份证号", "父亲情况", None),
        *("母亲情况", "监护情况", None, "补助金额\n（万元）"),
    ],
    [None, None, None, None, None, None, "姓名", "电话", "姓名", "监护类型", "姓名", None],
    ["甲", "乙", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [
        1,
        "首阳镇",
        "张三",
        "男",
        "2015-03-07",
        "620100201503070011",
        "张大",
        13800000000,
        "李大",
        4,
        "张爷",
        0.05,
    ],
    [2, None, "李四", "女", "2016.1.2", "620100201601020029", "李五", None, "—", 3, "李奶", 0.05],
    ["首阳镇小计", None, 2, None, None, None, None, None, None, None, None, 0.1],
    [None],
    [3, "菜子镇", "马龙", "男", 42064, "620100201503010013", "马一", "无", "王一", 5, "马二", 0.05],
    [4],
    ["合 计", None, 3, None, None, None, None, None, None, None, None, 0.15],
    ["注：1.农村留守儿童是指父母双方外出务工的未成年人。"],
    ["2.不满十六周岁。"],
    ["单位负责人（签名）：", None, None, "复核人：", None, "填表人：周敏"],
]
MERGES = [
    *((1, 1, 1, 12), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 4, 4), (3, 5, 4, 5), (3, 6, 4, 6)),
    *((3, 7, 3, 8), (3, 10, 3, 11), (3, 12, 4, 12), (6, 2, 7, 2)),
]


def as_xlsx(sheets=None, epoch=None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch:
        book.epoch = epoch
    for name, rows, merges, state in sheets or [("登记表", COUNTY, MERGES, "visible")]:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
        for first, left, last, right in merges:
            sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    return saved(book)


def as_xls(rows=COUNTY, merges=MERGES) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("登记表")
    covered = {
        (r, c)
        for first, left, last, right in merges
        for r in range(first, last + 1)
        for c in range(left, right + 1)
    }
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value is not None and (number, place) not in covered:
                sheet.write(number - 1, place - 1, value)
    for first, left, last, right in merges:
        sheet.write_merge(first - 1, last - 1, left - 1, right - 1, rows[first - 1][left - 1])
    return saved(book)


def as_csv(rows=COUNTY, encoding="utf-8", delimiter=",") -> bytes:
    lines = (delimiter.join(f'"{value}"' if value is not None else "" for value in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def as_html(rows=COUNTY) -> bytes:
    covered = {
        (r, c) for f, left, la, right in MERGES for r in range(f, la + 1) for c in range(left, right + 1)
    }
    spans = {(f, left): (la - f + 1, right - left + 1) for f, left, la, right in MERGES}
    text = '<html><head><meta charset="gb2312"><style>td{color:red}</style></head><body><table>'
    for number, row in enumerate(rows, 1):
        text += "<tr>"
        for place in range(1, 13):
            if (number, place) in covered and (number, place) not in spans:
                continue
            down, right = spans.get((number, place), (1, 1))
            value = row[place - 1] if place <= len(row) else None
            text += f'<td rowspan="{down}" colspan={right}>{"" if value is None else value}</td>'
        text += "</tr>"
    return (text + "</table></body></html>").encode("gb18030")


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, "登记表.xls")
    assert caught.value.message
    assert caught.value.remedy
    assert "%(" not in caught.value.message + caught.value.remedy
    return caught.value.code


# --- a county's workbook in every kind of file


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", as_xlsx()),
        ("xls", as_xls()),
        ("html", as_html()),
        ("csv", as_csv(encoding="utf-8")),
        ("csv", as_csv(encoding="utf-8-sig")),
        ("csv", as_csv(encoding="gb18030")),
        ("csv", as_csv(encoding="utf-16")),
        ("csv", as_csv(encoding="utf-16-le")),
        ("csv", as_csv(encoding="utf-16-be")),
        ("csv", as_csv(delimiter="\t")),
        ("csv", as_csv(delimiter=";")),
        ("csv", as_csv(delimiter="，")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
class TestCountyWorkbook:
    def test_kind_is_told_by_content(self, kind, data):
        assert read_workbook(data, "随便.doc").kind == kind

    def test_header_has_two_rows_and_the_column_numbers(self, kind, data):
        header = find_header(read_workbook(data).sheets[0], VOCABULARY)
        assert header.header_rows == [3, 4, 5]
        assert [column.field for column in header.columns] == [
            *(None, "township", "name", "sex", "birth_date", "id_number", "father.name", "father.phone"),
            *("mother.name", "guardianship_type", None, "amount"),
        ]
        assert header.columns[6].heading == "父亲情况/姓名"
        assert header.columns[11].letter == "L"
        assert header.columns[11].unit == "万元"
        assert header.facts == {"填报单位": "陇西县妇联", "填报日期": "2026年11月20日"}

    def test_only_children_are_data(self, kind, data):
        sheet = read_workbook(data).sheets[0]
        found = data_rows(sheet, find_header(sheet, VOCABULARY))
        assert [number for number, _values in found.rows] == [6, 7, 10]
        assert found.column(2) == ["张三", "李四", "马龙"]
        assert found.blanks == 2
        assert [(number, label) for number, label, _values in found.totals] == [
            (8, "首阳镇小计"),
            (12, "合计"),
        ]
        assert [number for number, _text in found.notes] == [13, 14, 15]
        assert found.facts == {"填表人": "周敏"}

    def test_a_merged_township_fills_its_range(self, kind, data):
        sheet = read_workbook(data).sheets[0]
        found = data_rows(sheet, find_header(sheet, VOCABULARY))
        merged = "首阳镇" if kind in ("xlsx", "xls", "html") else None
        assert found.column(1) == ["首阳镇", merged, "菜子镇"]


# --- types and hidden things


def test_a_number_stays_a_number_and_a_text_a_text():
    rows = [["身份证号", "姓名"], [620100201009010000, "6201"], ["620100201009010013", 6201]]
    for data in (as_xlsx([("表", rows, [], "visible")]), as_xls(rows, [])):
        cells = read_workbook(data).sheets[0].rows
        assert isinstance(cells[1][0], float)
        assert cells[1][1] == "6201"
        assert cells[2] == ["620100201009010013", 6201]


def test_rows_are_counted_from_the_first_row_of_the_sheet():
    book = openpyxl.Workbook()
    book.active["B3"] = "姓名"
    assert read_workbook(saved(book)).sheets[0].rows == [[None, None], [None, None], [None, "姓名"]]


def test_failed_and_uncalculated_formulas_are_marked():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = "姓名", "=A1", "#N/A"
    sheet["C1"].data_type = "e"
    assert read_workbook(saved(book)).sheets[0].rows == [["姓名", EmptyFormula, ErrorValue("#N/A")]]


def test_failed_and_uncalculated_formulas_of_an_old_workbook_are_marked():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "姓名")
    sheet.write(0, 1, xlwt.Formula("A1"))
    sheet.row(0).set_cell_error(2, 0x2A)
    assert read_workbook(saved(book)).sheets[0].rows == [["姓名", EmptyFormula, ErrorValue("#N/A")]]


def sheet_xml(cells: str, prefix: str = "") -> bytes:
    """A workbook whose only sheet holds these cells; `prefix` as in <x:c>."""
    data = as_xlsx([("表", [["姓名"]], [], "visible")])
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    declared = f'xmlns:{prefix[:-1]}="{name}"' if prefix else f'xmlns="{name}"'
    xml = f"<{prefix}worksheet {declared}><{prefix}sheetData>{cells}</{prefix}sheetData></{prefix}worksheet>"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.infolist():
            inner = xml.encode() if item.filename.endswith("sheet1.xml") else source.read(item)
            archive.writestr(item, inner)
    return target.getvalue()


@pytest.mark.parametrize(
    ("cells", "prefix"),
    [
        (
            '<row r="1"><c r="A1" t="str"><f>X</f><v></v></c><c r="B1"><v>7</v></c><c r="C1"><f>1</f></c></row>',
            "",
        ),
        (
            '<x:row r="1"><x:c r="A1" t="str"><x:f>X</x:f><x:v></x:v></x:c><x:c r="B1"><x:v>7</x:v></x:c>'
            '<x:c r="C1"><x:f>1</x:f></x:c></x:row>',
            "x:",
        ),
        ('<row><c t="str"><f>X</f><v></v></c><c><v>7</v></c><c><f>1</f></c></row>', ""),
        (
            '<row r="1"><c r="A1" t="str"><f>X</f><v></v></c><c r="B1"><v>7</v></c>'
            '<c r="C1"><f t="shared" si="0"/></c></row>',
            "",
        ),
    ],
    ids=["plain", "prefixed", "without addresses", "shared formula"],
)
def test_formulas_are_seen_however_the_xml_is_written(cells, prefix):
    assert read_workbook(sheet_xml(cells, prefix)).sheets[0].rows == [[None, 7, EmptyFormula]]


def test_sheet_states_are_told():
    sheets = [
        ("首阳镇", COUNTY, MERGES, "visible"),
        ("旧表", COUNTY, [], "hidden"),
        ("代码", [["1"]], [], "veryHidden"),
    ]
    book = read_workbook(as_xlsx(sheets))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("首阳镇", "visible"),
        ("旧表", "hidden"),
        ("代码", "veryHidden"),
    ]


def test_the_days_of_1904_are_told_and_dates_are_right():
    rows = [["姓名", "出生日期"], ["张三", date(2010, 9, 1)]]
    book = read_workbook(as_xlsx([("表", rows, [], "visible")], CALENDAR_MAC_1904))
    assert book.epoch1904
    assert book.sheets[0].rows[1][1] == date(2010, 9, 1)


def test_the_dot_of_minority_names_survives_gb18030():
    book = read_workbook("姓名,性别\r\n阿依古丽·买买提,女\r\n䶮㛃,男".encode("gb18030"))
    assert book.sheets[0].rows[1:] == [["阿依古丽·买买提", "女"], ["䶮㛃", "男"]]


def test_text_kept_with_an_equals_sign_in_csv():
    assert (
        read_workbook(b'\xe5\xa7\x93,id\r\na,="620100201009010013"').sheets[0].rows[1][1]
        == "620100201009010013"
    )


def test_xml_spreadsheet_of_2003():
    data = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="登记表"><Table>
      <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">登记表</Data></Cell></Row>
      <Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>
        <Cell><Data ss:Type="Number">3</Data></Cell></Row>
      <Row><Cell ss:Index="2"><Data ss:Type="DateTime">2010-09-01T00:00:00.000</Data></Cell></Row>
    </Table></Worksheet></Workbook>""".encode()
    sheet = read_workbook(data).sheets[0]
    assert sheet.rows[2] == ["姓名", 3.0]
    assert sheet.rows[3][1].date() == date(2010, 9, 1)
    assert sheet.merges == [(1, 1, 1, 2)]


# --- what cannot be read


def renamed_stream(name: str) -> bytes:
    """An OLE file whose only stream has another name, as an encrypted .xlsx has."""
    data, old = as_xls(), "Workbook".encode("utf-16-le")
    at = data.rindex(old)
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2)
    return data[:at] + entry + data[at + 66 :]


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_FILE_EMPTY"),
        (b" \r\n ", "E_FILE_EMPTY"),
        (as_xlsx([("表", [], [], "visible")]), "E_FILE_EMPTY"),
        (b"x" * (limits.FILE_BYTES + 1), "E_FILE_TOO_LARGE"),
        (renamed_stream("EncryptedPackage"), "E_FILE_ENCRYPTED"),
        (as_xls().replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1), "E_FILE_ENCRYPTED"),
        (renamed_stream("WordDocument"), "E_FILE_UNKNOWN"),
        (b"%PDF-1.7 ...", "E_FILE_UNKNOWN"),
        (b"\x89PNG\r\n\x1a\n....", "E_FILE_UNKNOWN"),
        (bytes(range(32)) * 40, "E_FILE_UNKNOWN"),
        (zipped(word__document="x"), "E_FILE_OTHER_FORMAT"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "E_FILE_OTHER_FORMAT"),
        (zipped(notes=b"x"), "E_FILE_UNKNOWN"),
        (b"PK\x03\x04 nothing more", "E_FILE_BROKEN"),
        (as_xlsx()[:-300], "E_FILE_BROKEN"),
        (as_xls()[:3000], "E_FILE_BROKEN"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E_FILE_BROKEN"),
        ("姓名\r\n张三".encode("gb18030") + b"\xff\xff", "E_FILE_ENCODING"),
        (b"<html><body>no table</body></html>", "E_FILE_UNKNOWN"),
        (b"MIME-Version: 1.0\r\n\r\n", "E_FILE_OTHER_FORMAT"),
        (b"name,sex\r\n" + b"x" * 200_000 + b",1", "E_TOO_MUCH_TEXT"),
    ],
)
def test_unreadable_files_say_why(data, code):
    assert code_of(data) == code


def test_a_zip_that_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED_BYTES", 100_000)
    assert code_of(zipped(bomb=b"0" * 200_000)) == "E_ZIP_BOMB"


def test_a_zip_of_very_many_members():
    assert code_of(zipped(**{f"m{number}": b"" for number in range(1001)})) == "E_ZIP_BOMB"


def test_a_document_type_is_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert code_of(zipped(**{"xl__workbook.xml": evil})) == "E_FILE_UNSAFE"


def test_too_many_rows_and_columns():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    assert code_of(sheet_xml(far.format(row=1048576, column="XFD"))) == "E_TOO_MANY_ROWS"
    assert code_of(sheet_xml(far.format(row=2, column="XFD"))) == "E_TOO_MANY_COLUMNS"
    assert code_of(as_csv([["a"] * 201] * 2)) == "E_TOO_MANY_COLUMNS"


def test_a_damaged_old_workbook_with_a_cell_far_away():
    near, far = struct.pack("<HH", 5, 2), struct.pack("<HH", 5, 40_000)
    label = b"\xfd\x00\x0a\x00"
    assert code_of(as_xls().replace(label + near, label + far)) == "E_TOO_MANY_COLUMNS"
    assert code_of(as_xls().replace(label + near, label + struct.pack("<HH", 65_000, 2))) == "E_TOO_MANY_ROWS"


def test_one_long_text_shared_by_very_many_cells_of_an_old_workbook(monkeypatch):
    data = as_xls([["字" * 9000]] * 50, [])
    assert len(read_workbook(data).sheets[0].rows) == 50
    monkeypatch.setattr(limits, "TEXT_BYTES", 400_000)
    assert code_of(data) == "E_TOO_MUCH_TEXT"


def test_formats_far_away_from_the_data_do_no_harm():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_workbook(sheet_xml(far)).sheets[0].rows == [[1]]


def test_one_long_text_shared_by_very_many_cells(monkeypatch):
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 51))
    long = "<sst><si><t>" + "字" * 9000 + "</t></si></sst>"
    stream = io.BytesIO(sheet_xml(cells))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", long)
    monkeypatch.setattr(limits, "TEXT_BYTES", 1_000_000)
    assert code_of(stream.getvalue()) == "E_TOO_MUCH_TEXT"
    monkeypatch.setattr(limits, "SHARED_STRING_BYTES", 20_000)
    assert code_of(stream.getvalue()) == "E_TOO_MUCH_TEXT"


# --- in a process of its own


def test_reading_apart_gives_the_same_workbook():
    rows = [["姓名", "出生日期"], ["张三", date(2010, 9, 1)], ["#N/A", "=A1"]]
    for data in (as_xlsx(), as_xls(), as_xlsx([("表", rows, [], "visible")])):
        assert read_workbook_apart(data, "登记表.xls") == read_workbook(data, "登记表.xls")


def test_reading_apart_says_why_a_file_cannot_be_read():
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart("姓名\r\n张三".encode("gb18030") + b"\xff\xff")
    assert (caught.value.code, caught.value.params) == ("E_FILE_ENCODING", {"row": 2})


def test_a_reader_that_dies_takes_nobody_with_it(monkeypatch):
    monkeypatch.setattr("gansu_care.spreadsheets.reading.apart.sys.executable", "/bin/false")
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart(as_xlsx())
    assert caught.value.code == "E_FILE_BROKEN"


# --- headers, rows, sheets in detail


def sheet_of(*rows, merges=()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("表1", [list(row) + [None] * (width - len(row)) for row in rows], merges=list(merges))


@pytest.mark.parametrize(
    ("heading", "normal"),
    [
        (" 姓　名 ", "姓名"),
        ("*姓名", "姓名"),
        ("姓\n名", "姓名"),
        ("金额（万元）", "金额"),
        ("金额（单位：元）", "金额"),
        ("出生日期（年月日）", "出生日期"),
        ("出生日期(必填)", "出生日期"),
        ("3、性别：", "性别"),
        ("父（母）状态", "父(母)状态"),
        ("ＩＤ", "id"),
    ],
)
def test_headings_are_brought_to_one_form(heading, normal):
    assert normalise_heading(heading) == normal


def test_no_header_is_found_in_a_letter():
    assert (
        find_header(sheet_of(["关于填报的通知"], ["各县区妇联："], ["请填报姓名、性别"]), VOCABULARY) is None
    )


def test_names_of_others_never_become_the_childs():
    sheet = sheet_of(["姓名", "祖父情况", None], [None, "姓名", "出生日期"], ["张三", "张大", "1950-1-1"])
    header = find_header(sheet, {**VOCABULARY, "祖父母/住址": "x", "出生日期": "birth_date", "性别": "sex"})
    assert header is None
    sheet = sheet_of(
        ["姓名", "性别", "祖父情况", None],
        [None, None, "姓名", "出生日期"],
        ["张三", "男", "张大", "1950-1-1"],
    )
    header = find_header(sheet, {**VOCABULARY, "出生日期": "birth_date"})
    assert [column.field for column in header.columns] == ["name", "sex", None, None]


def test_headings_under_basic_facts_are_the_childs():
    sheet = sheet_of(
        ["儿童基本情况", None, None, "父亲", None],
        ["姓名", "性别", "出生日期", "姓名", "电话"],
        ["张三", "男", "2015-1-1", "张大", "13800000000"],
        merges=[(1, 1, 1, 3), (1, 4, 1, 5)],
    )
    header = find_header(sheet, {**VOCABULARY, "父亲姓名": "father.name", "父亲/电话": "father.phone"})
    assert header.header_rows == [1, 2]
    assert [column.field for column in header.columns] == [
        "name",
        "sex",
        "birth_date",
        "father.name",
        "father.phone",
    ]


def test_a_row_of_units_gives_each_column_its_unit():
    sheet = sheet_of(["姓名", "补助金额", "性别"], [None, "（万元）", None], ["张三", 3.5, "男"])
    header = find_header(sheet, VOCABULARY)
    assert header.header_rows == [1, 2]
    assert [column.unit for column in header.columns] == [None, "万元", None]


def test_a_unit_above_the_table_holds_for_all():
    sheet = sheet_of(
        ["资金表"], [None, None, "单位：万元"], ["姓名", "补助金额", "性别"], ["张三", 3.5, "男"]
    )
    header = find_header(sheet, VOCABULARY)
    assert header.columns[1].unit == "万元"
    assert header.facts == {}


def test_a_fact_may_stand_beside_its_label():
    sheet = sheet_of(
        ["填报单位", "陇西县妇联", "填报日期：", date(2026, 11, 20)], ["姓名", "性别"], ["张三", "男"]
    )
    assert find_header(sheet, VOCABULARY).facts == {"填报单位": "陇西县妇联", "填报日期": date(2026, 11, 20)}


def test_a_heading_that_comes_twice_is_read_once_and_told():
    header = find_header(sheet_of(["姓名", "性别", "姓名"], ["张三", "男", "李四"]), VOCABULARY)
    assert [column.field for column in header.columns] == ["name", "sex", None]
    assert [column.letter for column in header.repeated] == ["C"]


def test_a_sum_above_the_first_row_ends_nothing():
    sheet = sheet_of(["姓名", "性别"], ["合计", 2], ["张三", "男"], ["李四", "女"])
    assert [row for row, _values in data_rows(sheet, find_header(sheet, VOCABULARY)).rows] == [3, 4]


def test_the_header_repeated_on_each_printed_page_is_no_data():
    sheet = sheet_of(
        ["登记表"],
        ["姓名", "性别"],
        ["张三", "男"],
        ["登记表"],
        ["姓 名", "性别"],
        ["甲", "乙"],
        ["李四", "女"],
    )
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert [row for row, _values in found.rows] == [3, 7]
    assert (found.notes, found.repeated) == ([(4, "登记表")], [5, 6])


def test_numbered_lines_without_content_are_blank():
    sheet = sheet_of(["序号", "姓名", "性别"], [1, "张三", "男"], [2, None, None], [3, " ", EmptyFormula])
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert len(found.rows) == 1
    assert found.blanks == 2


def test_a_caption_across_the_table_is_no_child():
    sheet = sheet_of(
        ["姓名", "性别", "乡镇"], ["一、首阳镇"], ["张三", "男", "首阳镇"], merges=[(2, 1, 2, 3)]
    )
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert [row for row, _values in found.rows] == [3]
    assert found.notes == [(2, "一、首阳镇")]


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("填表说明", COUNTY, SkipReason.EXPLANATIONS),
        ("代码表", COUNTY, SkipReason.CODES),
        ("数据字典", COUNTY, SkipReason.CODES),
        ("示例", COUNTY, SkipReason.EXAMPLE),
        ("Sheet2", [[None, " "]], SkipReason.EMPTY),
        ("Sheet2", COUNTY, None),
        ("首阳镇", COUNTY, None),
    ],
)
def test_sheets_without_data_are_told(name, rows, reason):
    assert skippable(Sheet(name, rows)) == reason
