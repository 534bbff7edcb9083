"""One table in every kind of file a county sends goes the same way from the form to the register."""

import pytest

from centers.models import Center
from gansu_care.spreadsheets.models import Upload
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.files.texts import as_csv, as_html
from tests.spreadsheets.files.xls import as_xls
from tests.spreadsheets.files.xlsb import as_xlsb
from tests.spreadsheets.files.xlsx import as_xlsx
from tests.spreadsheets.hostile.old_excel import an_xls_with_a_password, an_xlsx_with_a_password
from tests.spreadsheets.hostile.open_document import an_ods_with_a_password
from tests.upload_pages import GOOD, HEADINGS, page, text

pytestmark = pytest.mark.django_db

ROWS = [[cell or None for cell in row] for row in (HEADINGS, *GOOD)]
SHEETS = [("活动中心", ROWS, [], "visible")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("中心.xlsx", as_xlsx(SHEETS)),
        ("中心.xlsm", as_xlsx(SHEETS)),
        ("中心.xlsb", as_xlsb(SHEETS)),
        ("中心.ods", as_ods(SHEETS)),
        ("中心.xls", as_xls(ROWS)),
        ("中心.et", as_xls(ROWS)),
        ("新版.et", as_xlsx(SHEETS)),
        ("中心.csv", as_csv(ROWS, "gb18030")),
        ("中心.tsv", as_csv(ROWS, delimiter="\t")),
        ("网页.xls", as_html(ROWS, width=len(HEADINGS))),
        ("改了名.csv", as_ods(SHEETS)),
        ("没有后缀", as_xlsb(SHEETS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_from_the_form_to_the_register(client, send, say_yes, officer, name, data):
    send(officer, data, name)
    upload = Upload.objects.get()
    assert (upload.state, upload.new, upload.errors) == ("checked", 2, 0)
    assert "洮阳镇儿童之家" in text(page(client, "preview", upload))
    assert say_yes(upload).status_code == 302
    assert "已写入登记册：新增 2 行，变更 0 行" in text(page(client, "done", upload))
    assert sorted(Center.objects.values_list("name", flat=True)) == ["八里铺镇留守儿童之家", "洮阳镇儿童之家"]


@pytest.mark.parametrize(
    "encrypted", [an_xlsx_with_a_password, an_xls_with_a_password, an_ods_with_a_password]
)
def test_an_encrypted_file_says_so(client, send, officer, encrypted):
    send(officer, encrypted(), "中心.xlsx")
    said = text(page(client, "ended", Upload.objects.get()))
    assert "文件加了密码，打不开。 在 WPS 或 Excel 里打开，取消打开密码，保存后再上传。" in said
