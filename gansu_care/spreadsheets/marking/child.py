"""The program that marks a workbook: an order and a file in, a file out. As confined as the one that reads.

python -m gansu_care.spreadsheets.marking.child     # pickled file and order in; ending, line end, file out
"""

import codecs
import pickle
import sys
import zipfile
from io import BytesIO

from gansu_care.spreadsheets.reading import Workbook, read_workbook
from gansu_care.spreadsheets.reading.archive import kind_of_archive
from gansu_care.spreadsheets.reading_child import confine

from .orders import Order
from .rebuilt import rebuilt, refused_only
from .whole import marked

_MACROS, _TEMPLATE = b"macroEnabled", b"template"
_CODECS = ("cp936", "cp1252", "mac_roman")  # of the fonts and formats of old .xls files


def main() -> None:
    for name in _CODECS:
        codecs.lookup(name)
    confine()
    data, order = pickle.load(sys.stdin.buffer)
    ending, content = mark(data, order)
    sys.stdout.buffer.write(ending.encode() + b"\n" + content)


def mark(data: bytes, order: Order) -> tuple[str, bytes]:
    """The ending and the content of the officer's workbook with its problems in it.

    Only its refused rows, if the order says so. Raises Unreadable where a file can no longer be read.
    """
    if not order.refused_only and is_open_xml(data):
        return _ending(data), marked(data, order, remarks=[order.words["next"]])
    workbook = read_workbook(data)
    if order.refused_only:
        made, order = refused_only(workbook, order)
        remarks = [order.words["next"], order.words["refused_only"]]
    else:
        made, order = rebuilt(data, workbook, order)
        remarks = [order.words["next"], _what_was_lost(workbook, order)]
    return "xlsx", marked(made, order, remarks=remarks, of_text_file=workbook.numbers_as_text)


def is_open_xml(data: bytes) -> bool:
    """Whether the file is a package whose parts can be edited."""
    return data.startswith(b"PK") and kind_of_archive(zipfile.ZipFile(BytesIO(data))) == "xlsx"


def _ending(data: bytes) -> str:
    """What the package says it is: Excel opens none whose name says otherwise."""
    types = zipfile.ZipFile(BytesIO(data)).read("[Content_Types].xml")
    main_part = next((tag for tag in types.split(b"<") if b"main+xml" in tag), b"")
    if _TEMPLATE in main_part:
        return "xltm" if _MACROS in main_part else "xltx"
    return "xlsm" if _MACROS in main_part else "xlsx"


def _what_was_lost(workbook: Workbook, order: Order) -> str:
    return order.words["rebuilt"] % {"kind": workbook.kind}


if __name__ == "__main__":
    main()
