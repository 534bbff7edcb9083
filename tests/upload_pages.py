"""Pages of uploads as tests meet them: a small workbook of centers, what a page says, what a reader sees of it."""

import io
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gansu_care.spreadsheets.models import Upload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ["序号", "中心名称", "类型", "所在乡镇", "建成日期", "负责人", "备注"]
GOOD = [
    [1, "洮阳镇儿童之家", "儿童之家", "洮阳镇", "2015-07-23", "王秀英", ""],
    [2, "八里铺镇留守儿童之家", "留守儿童之家", "八里铺镇", "2014-06-01", "赵玉兰", ""],
]
BAD = [3, "新添镇儿童之家", "游乐场", "新添镇", "2015-02-30", "陈丽华", ""]


def workbook(*rows: list, headings: list[str] = HEADINGS, sheet: str = "活动中心") -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def page(client: Client, name: str, upload: Upload, **query: Any) -> str:
    answer = client.get(reverse(f"spreadsheets:{name}", args=[upload.number]), query)
    assert answer.status_code == 200, (name, answer.status_code, getattr(answer, "url", ""))
    return answer.content.decode()


def text(html: str) -> str:
    """What a reader sees: without tags, white space as one space."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
