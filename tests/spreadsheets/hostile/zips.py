"""Zips: bombs, lies, cuts and other wrappings."""

import io
import struct
import zipfile

from tests.spreadsheets.files.archives import members_of, with_parts, zipped
from tests.spreadsheets.files.xlsx import one_sheet

from .table import ARCHIVE, BOMB, BROKEN, ENCRYPTED, UNKNOWN, UNSAFE, read, refused

MEGABYTE = 1024 * 1024


def workbook() -> bytes:
    return one_sheet(["姓名"], ["张三"])


READ = [["姓名"], ["张三"]]


@BOMB
def a_member_of_310_megabytes_of_nothing() -> bytes:
    return with_parts(workbook(), {"xl/media/image1.bmp": bytes(310 * MEGABYTE)})


@BOMB
def a_sheet_of_310_megabytes_of_spaces() -> bytes:
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": b" " * (310 * MEGABYTE)})


@BOMB
def forty_members_of_eight_megabytes() -> bytes:
    return with_parts(workbook(), {f"xl/media/{number}.bmp": bytes(8 * MEGABYTE) for number in range(40)})


@BOMB
def a_thousand_and_one_members() -> bytes:
    return zipped({f"m{number}": b"" for number in range(1001)})


@BROKEN
def a_member_larger_than_it_says() -> bytes:
    """Whoever believes the directory lets fifty megabytes pass as ten bytes."""
    data = bytearray(with_parts(workbook(), {"xl/worksheets/sheet1.xml": b" " * (50 * MEGABYTE)}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    return bytes(data).replace(true, struct.pack("<I", 10))


@BROKEN
def two_members_in_one_place() -> bytes:
    """As the bombs are made that inflate one kernel a thousand times."""
    data = with_parts(workbook(), {"xl/media/a.bmp": bytes(1000), "xl/media/b.bmp": bytes(1000)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, second = (archive.getinfo(f"xl/media/{name}.bmp").header_offset for name in "ab")
    at = data.rindex(struct.pack("<I", second) + b"xl/media/b.bmp")
    return data[:at] + struct.pack("<I", first) + data[at + 4 :]


@BROKEN
def a_zip_that_ends_in_the_middle() -> bytes:
    return workbook()[:-300]


@BROKEN
def the_first_bytes_of_a_zip_and_no_more() -> bytes:
    return b"PK\x03\x04 nothing more"


@BROKEN
def a_directory_that_claims_four_thousand_million_bytes() -> bytes:
    data = workbook()
    at = data.rindex(b"PK\x05\x06")
    return data[: at + 12] + b"\xff" * 8 + data[at + 20 :]


@BROKEN
def a_compression_nobody_knows() -> bytes:
    data = bytearray(workbook())
    data[8:10] = b"\x63\x00"
    at = data.index(b"PK\x01\x02")
    data[at + 10 : at + 12] = b"\x63\x00"
    return bytes(data)


@ENCRYPTED
def a_zip_with_a_password() -> bytes:
    data = bytearray(zipped({"xl/workbook.xml": "<workbook/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@UNSAFE
def two_members_of_one_name() -> bytes:
    """One reader takes the first, another the second: what was checked is not what is read."""
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return stream.getvalue()


@read(READ)
def members_whose_names_climb_out_of_the_folder() -> bytes:
    return with_parts(workbook(), {"../../../tmp/escaped": b"x", "/etc/cron.d/escaped": b"x"})


@read(READ)
def a_member_that_is_a_link() -> bytes:
    stream = io.BytesIO(workbook())
    link = zipfile.ZipInfo("xl/media/image1.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


@read(READ)
def names_with_backslashes() -> bytes:
    """As some payroll programs write their zips."""
    return zipped({name.replace("/", "\\"): content for name, content in members_of(workbook()).items()})


@read(READ)
def a_part_of_another_program_in_utf_16() -> bytes:
    """SharePoint leaves such parts behind; no reader of ours looks at them."""
    return with_parts(workbook(), {"customXml/item1.xml": "<a/>".encode("utf-16")})


@ARCHIVE
def a_zip_of_workbooks() -> bytes:
    return zipped({"首阳镇.xlsx": workbook(), "菜子镇.xlsx": workbook()})


@ARCHIVE
def a_zip_in_a_zip_in_a_zip() -> bytes:
    data = workbook()
    for depth in range(20):
        data = zipped({f"{depth}.zip": data})
    return data


@ARCHIVE
def an_archive_of_another_kind() -> bytes:
    return b"Rar!\x1a\x07\x00" + bytes(200)


@UNKNOWN
def a_zip_of_something_else() -> bytes:
    return zipped({"notes": b"x"})


@UNKNOWN
def a_program_with_a_workbook_behind_it() -> bytes:
    """What unpacks itself is a program, whatever follows it."""
    return b"MZ" + bytes(range(1, 32)) * 8 + workbook()


@refused("E_FILE_DOCUMENT", "这是 docx 文档，不是电子表格")
def a_letter() -> bytes:
    return zipped({"word/document.xml": "<document/>"})


@refused("E_FILE_DOCUMENT", "这是 pptx 文档，不是电子表格")
def a_presentation() -> bytes:
    return zipped({"ppt/presentation.xml": "<presentation/>"})
