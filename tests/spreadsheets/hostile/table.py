"""The table of hostile files: what each is, and the code and the sentence, or the rows, that it is answered with."""

from collections.abc import Callable
from dataclasses import dataclass

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Hostile:
    """One file. `rows`: those of its first sheet when it is read after all, else None."""

    make: Make
    code: str = ""
    sentence: str = ""
    rows: list[list] | None = None

    @property
    def name(self) -> str:
        return self.make.__name__


HOSTILE: list[Hostile] = []


def refused(code: str, sentence: str) -> Callable[[Make], Make]:
    """The file cannot be read, and this is said."""

    def note(make: Make) -> Make:
        HOSTILE.append(Hostile(make, code, sentence))
        return make

    return note


def read(rows: list[list]) -> Callable[[Make], Make]:
    """The file is read as these rows: the harm does not reach us."""

    def note(make: Make) -> Make:
        HOSTILE.append(Hostile(make, rows=rows))
        return make

    return note


# What comes again and again.
BROKEN = refused("E_FILE_BROKEN", "文件已损坏，读不出来")
UNSAFE = refused("E_FILE_UNSAFE", "文件里有表格不该有的内容，为安全起见没有读取")
UNKNOWN = refused("E_FILE_UNKNOWN", "这不是电子表格，或者是认不出的格式")
ENCRYPTED = refused("E_FILE_ENCRYPTED", "文件加了密码，打不开")
EMPTY = refused("E_FILE_EMPTY", "文件是空的，里面没有内容")
BOMB = refused("E_ZIP_BOMB", "文件解开后超过 300 MB，或者里面的部件超过 1000 个，不像正常的表格")
TOO_HEAVY = refused("E_FILE_TOO_HEAVY", "读这个文件用的时间超过 60 秒，或者内存超过 1536 MB，没有读完")
ARCHIVE = refused("E_FILE_ARCHIVE", "这是压缩包，不是电子表格")


def too_many_rows(sheet: str) -> Callable[[Make], Make]:
    return refused("E_TOO_MANY_ROWS", f"工作表“{sheet}”超过 60000 行")


def too_many_columns(sheet: str) -> Callable[[Make], Make]:
    return refused("E_TOO_MANY_COLUMNS", f"工作表“{sheet}”超过 200 列")


def too_much_text(sheet: str) -> Callable[[Make], Make]:
    return refused("E_TOO_MUCH_TEXT", f"加上工作表“{sheet}”，文件里的文字太多，超过了能读的限度")


SAVE_AS = "用 WPS 或 Excel 打开原表，另存为“Excel 工作簿（.xlsx）”，再上传"
REMEDIES = {
    "E_FILE_EMPTY": "打开原表看一看，保存后重新上传",
    "E_FILE_TOO_LARGE": "删去图片和用不到的工作表，或者分成几个文件上传",
    "E_FILE_ENCRYPTED": "在 WPS 或 Excel 里打开，取消打开密码，保存后再上传",
    "E_FILE_UNKNOWN": SAVE_AS,
    "E_FILE_ARCHIVE": "先解开压缩包，再把里面的表格一个一个上传",
    "E_FILE_DOCUMENT": "把里面的表格复制到 WPS 或 Excel 里，另存为“Excel 工作簿（.xlsx）”，再上传",
    "E_FILE_OTHER_FORMAT": SAVE_AS,
    "E_FILE_BROKEN": SAVE_AS,
    "E_FILE_ENCODING": SAVE_AS,
    "E_QUOTE_OPEN": "在这一行补上或者删去这个引号；或者用 WPS、Excel 另存为“Excel 工作簿（.xlsx）”，再上传",
    "E_ZIP_BOMB": SAVE_AS,
    "E_FILE_UNSAFE": SAVE_AS,
    "E_TOO_MANY_SHEETS": "分成几个文件上传",
    "E_TOO_MANY_ROWS": "删去表格下方多余的行，或者分成几个文件上传",
    "E_TOO_MANY_ROWS_IN_ALL": "分成几个文件上传",
    "E_TOO_MANY_COLUMNS": "删去表格右侧多余的列，再上传",
    "E_TOO_MANY_CELLS": "删去用不到的工作表、空行和空列，或者分成几个文件上传",
    "E_TOO_MANY_MERGES": "取消用不到的合并单元格，再上传",
    "E_TOO_MUCH_TEXT": "检查有没有粘贴了整篇文章的格子，删短后再上传",
    "E_FILE_TOO_HEAVY": "删去用不到的工作表、图片和格式，或者分成几个文件上传",
}
"""What to do next, by what is wrong."""
