"""Files that cannot be read at all, each with a reason and a way on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong with a file and what to do, with %(name)s places."""

    wrong: str | Promise
    remedy: str | Promise


_SAVE_AS = _("用 WPS 或 Excel 打开原表，另存为“Excel 工作簿（.xlsx）”，再上传")

FILE_FAULTS: dict[str, FileFault] = {
    "E_FILE_EMPTY": FileFault(_("文件是空的，里面没有内容"), _("打开原表看一看，保存后重新上传")),
    "E_FILE_TOO_LARGE": FileFault(
        _("文件有 %(size)s MB，超过了 %(limit)s MB"), _("删去图片和用不到的工作表，或者分成几个文件上传")
    ),
    "E_FILE_ENCRYPTED": FileFault(
        _("文件加了密码，打不开"), _("在 WPS 或 Excel 里打开，取消打开密码，保存后再上传")
    ),
    "E_FILE_UNKNOWN": FileFault(_("这不是电子表格，或者是认不出的格式"), _SAVE_AS),
    "E_FILE_ARCHIVE": FileFault(_("这是压缩包，不是电子表格"), _("先解开压缩包，再把里面的表格一个一个上传")),
    "E_FILE_DOCUMENT": FileFault(
        _("这是 %(kind)s 文档，不是电子表格"),
        _("把里面的表格复制到 WPS 或 Excel 里，另存为“Excel 工作簿（.xlsx）”，再上传"),
    ),
    "E_FILE_OTHER_FORMAT": FileFault(_("这是 %(kind)s 格式，这里读不全"), _SAVE_AS),
    "E_FILE_BROKEN": FileFault(_("文件已损坏，读不出来"), _SAVE_AS),
    "E_FILE_ENCODING": FileFault(_("文字编码认不出来，第 %(row)s 行起是乱码"), _SAVE_AS),
    "E_QUOTE_OPEN": FileFault(
        _("第 %(row)s 行有一个引号没有另一半，从这里起的内容都连成了一格"),
        _("在这一行补上或者删去这个引号；或者用 WPS、Excel 另存为“Excel 工作簿（.xlsx）”，再上传"),
    ),
    "E_ZIP_BOMB": FileFault(
        _("文件解开后超过 %(limit)s MB，或者里面的部件超过 %(members)s 个，不像正常的表格"), _SAVE_AS
    ),
    "E_FILE_UNSAFE": FileFault(_("文件里有表格不该有的内容，为安全起见没有读取"), _SAVE_AS),
    "E_TOO_MANY_SHEETS": FileFault(
        _("一个文件里有 %(count)s 个工作表，超过了 %(limit)s 个"), _("分成几个文件上传")
    ),
    "E_TOO_MANY_ROWS": FileFault(
        _("工作表“%(sheet)s”超过 %(limit)s 行"), _("删去表格下方多余的行，或者分成几个文件上传")
    ),
    "E_TOO_MANY_ROWS_IN_ALL": FileFault(
        _("加上工作表“%(sheet)s”，整个文件超过 %(limit)s 行数据"), _("分成几个文件上传")
    ),
    "E_TOO_MANY_COLUMNS": FileFault(
        _("工作表“%(sheet)s”超过 %(limit)s 列"), _("删去表格右侧多余的列，再上传")
    ),
    "E_TOO_MANY_CELLS": FileFault(
        _("加上工作表“%(sheet)s”，整个文件超过 %(million)s 百万格，空格也算"),
        _("删去用不到的工作表、空行和空列，或者分成几个文件上传"),
    ),
    "E_TOO_MANY_MERGES": FileFault(
        _("加上工作表“%(sheet)s”，整个文件里合并的单元格超过 %(limit)s 处"),
        _("取消用不到的合并单元格，再上传"),
    ),
    "E_TOO_MUCH_TEXT": FileFault(
        _("加上工作表“%(sheet)s”，文件里的文字太多，超过了能读的限度"),
        _("检查有没有粘贴了整篇文章的格子，删短后再上传"),
    ),
    "E_FILE_TOO_HEAVY": FileFault(
        _("读这个文件用的时间超过 %(seconds)s 秒，或者内存超过 %(megabytes)s MB，没有读完"),
        _("删去用不到的工作表、图片和格式，或者分成几个文件上传"),
    ),
}


class Unreadable(Exception):
    """Raised instead of every error of every reader. `code` is a key of FILE_FAULTS."""

    def __init__(self, code: str, **params: object):
        super().__init__(code)
        self.code, self.params = code, params

    @property
    def message(self) -> str:
        """What is wrong, in the active language."""
        return str(FILE_FAULTS[self.code].wrong) % self.params

    @property
    def remedy(self) -> str:
        """What to do next."""
        return str(FILE_FAULTS[self.code].remedy) % self.params

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
