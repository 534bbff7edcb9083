"""Each limit of the one table: a file just past it is answered with its sentence, before a single cell is cleaned."""

import pytest

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.columns import Column
from gansu_care.spreadsheets.models import UploadState
from gansu_care.spreadsheets.reading import Unreadable
from tests.spreadsheets.files.xlsx import as_xlsx
from tests.upload_pages import GOOD, HEADINGS
from tests.uploading import applied, checked, xlsx

pytestmark = pytest.mark.django_db

ROWS = [HEADINGS, *GOOD]
BOOK = xlsx(ROWS, ROWS, names=["洮阳镇", "八里铺镇"])
MERGES = [(5, 1, 5, 2), (6, 1, 6, 2)]
MERGED = as_xlsx([("活动中心", [[cell or None for cell in row] for row in ROWS], MERGES, "visible")])


@pytest.fixture
def nothing_is_cleaned(monkeypatch):
    def clean_column(*_args):
        raise AssertionError("a cell was cleaned")

    monkeypatch.setattr(Column, "clean_column", clean_column)


@pytest.mark.parametrize(
    ("limit", "value", "data", "sentence"),
    [
        (
            "INFLATED_BYTES",
            1024,
            BOOK,
            "文件解开后超过 0 MB，或者里面的部件超过 1000 个，不像正常的表格",
        ),
        ("ZIP_MEMBERS", 3, BOOK, "文件解开后超过 300 MB，或者里面的部件超过 3 个，不像正常的表格"),
        ("SHEETS", 1, BOOK, "一个文件里有 2 个工作表，超过了 1 个"),
        ("DATA_ROWS", 1, BOOK, "工作表“洮阳镇”超过 1 行"),
        ("ALL_DATA_ROWS", 3, BOOK, "加上工作表“八里铺镇”，整个文件超过 3 行数据"),
        ("COLUMNS", 6, BOOK, "工作表“洮阳镇”超过 6 列"),
        ("CELLS", 30, BOOK, "加上工作表“八里铺镇”，整个文件超过 0 百万格，空格也算"),
        ("MERGES", 1, MERGED, "加上工作表“活动中心”，整个文件里合并的单元格超过 1 处"),
        ("TEXT_CHARACTERS", 20, BOOK, "加上工作表“洮阳镇”，文件里的文字太多，超过了能读的限度"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isupper() else "",
)
def test_a_file_past_a_limit(officer, monkeypatch, nothing_is_cleaned, limit, value, data, sentence):
    monkeypatch.setattr(limits, limit, value)
    upload = checked(officer, data, "centers")
    assert (upload.state, upload.rows) == (UploadState.REFUSED, 0)
    fault = Unreadable(upload.unreadable_code, **upload.unreadable_params)
    assert fault.message == sentence
    assert fault.remedy


def test_two_sheets_may_each_be_as_long_as_a_sheet_may_be(officer, monkeypatch):
    monkeypatch.setattr(limits, "DATA_ROWS", 2)
    assert checked(officer, BOOK, "centers").rows == 4


@pytest.mark.parametrize(
    ("cell", "length"), [("负责人", limits.CELL_CHARACTERS), ("备注", limits.FREE_TEXT_CHARACTERS)]
)
def test_a_cell_past_its_limit_is_refused_and_its_row_alone(officer, cell, length):
    row = [*GOOD[0]]
    row[HEADINGS.index(cell)] = "字" * (length + 1)
    upload = checked(officer, xlsx([HEADINGS, row, GOOD[1]]), "centers")
    (problem,) = [one.problem for one in upload.problems.all()]
    assert (problem.code, problem.heading) == ("E_TOO_LONG", cell)
    assert problem.message == f"文字太长，超过了 {length} 个字"
    assert applied(upload, officer, good_rows=True).written == 1
