"""Step 1: kind, file, limits, declaration, and the empty forms to download."""

import io
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.upload_pages import GOOD, XLSX, text, workbook

pytestmark = pytest.mark.django_db


def test_officer_sees_the_kinds_the_limits_and_the_templates(client, officer):
    client.force_login(officer)
    html = client.get(reverse("spreadsheets:choose")).content.decode()
    assert "留守儿童登记表" in html
    assert reverse("spreadsheets:blank", args=["centers"]) in html
    assert "支持 .xlsx、.xls、.et、.xlsm、.xlsb、.ods、.csv、.tsv，最大 20 MB。" in html
    assert "只能导入临洮县的记录" in html


def test_the_limits_are_shown_as_they_are_kept(client, officer, monkeypatch):
    """One table: what the page says is what the reader asks."""
    client.force_login(officer)
    said = text(client.get(reverse("spreadsheets:choose")).content.decode())
    assert (
        "文件的限度 文件 20 MB 解开以后 300 MB 数据行 每个工作表 60,000 行，一共 120,000 行 列数 200 列 "
        "工作表数 200 个 格子数 15,000,000 格 合并单元格 100,000 处 一格文字 2,000 字 备注等长文字 10,000 字 "
        "全部文字 100,000,000 字 读取 60 秒、1536 MB 内存"
    ) in said
    monkeypatch.setattr(limits, "COLUMNS", 7)
    assert "列数 7 列" in text(client.get(reverse("spreadsheets:choose")).content.decode())


def test_kind_of_the_link_is_chosen(client, officer):
    client.force_login(officer)
    html = client.get(reverse("spreadsheets:choose"), {"kind": "centers"}).content.decode()
    assert re.search(r'value="centers" required checked', html)


@pytest.mark.parametrize("who", ["township", "leader", "auditor", "system"])
def test_who_may_not_upload_is_refused(client, request, who):
    client.force_login(request.getfixturevalue(who))
    for name in ("list", "choose"):
        assert client.get(reverse(f"spreadsheets:{name}")).status_code == 403
    assert client.post(reverse("spreadsheets:choose"), {}).status_code == 403
    assert client.get(reverse("spreadsheets:blank", args=["centers"])).status_code == 403
    assert Upload.objects.count() == 0


def test_who_is_not_signed_in_is_asked_to(client):
    answer = client.get(reverse("spreadsheets:choose"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse(settings.LOGIN_URL))


def test_nothing_chosen_is_said_field_by_field(client, officer):
    client.force_login(officer)
    answer = client.post(reverse("spreadsheets:choose"), {})
    assert answer.status_code == 422
    assert "请选择这是哪一种表格。" in answer.content.decode()
    assert "请选择要上传的文件。" in answer.content.decode()


def test_unknown_kind_is_refused_in_words(send, officer):
    answer = send(officer, workbook(*GOOD), kind="rockets")
    assert answer.status_code == 422
    assert "没有这种表格，或者您不能上传它。" in answer.content.decode()
    assert Upload.objects.count() == 0


def test_declaration_needs_name_and_day(send, officer):
    answer = send(officer, workbook(*GOOD), kind="children", consent_by="李晓梅")
    assert answer.status_code == 422
    assert "写了声明人，还要写声明日期。" in answer.content.decode()
    answer = send(officer, workbook(*GOOD), kind="children", consent_by="李晓梅", consent_on="2199-01-01")
    assert "声明日期不能在今天以后。" in answer.content.decode()


def test_declared_consent_is_kept_as_a_fact_of_the_upload(uploaded, officer):
    upload = uploaded(officer, *GOOD, kind="children", consent_by="李晓梅", consent_on="2026-11-01")
    assert upload.declared_consent_by == "李晓梅"
    assert upload.declared_consent_on.isoformat() == "2026-11-01"


def test_a_file_too_large_is_answered_with_413(send, officer, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    answer = send(officer, b"x" * 1001)
    assert answer.status_code == 413
    assert "文件太大，没有上传" in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_request_far_too_large_is_answered_before_it_is_kept(client, officer):
    client.force_login(officer)
    size = str(limits.FILE_BYTES + 10**6)
    answer = client.post(
        reverse("spreadsheets:choose"), {"kind": "centers"}, headers={"content-length": size}
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()


def test_the_file_is_not_opened_by_the_web_process(client, officer):
    """Whatever the bytes are, the answer is the same: kept, and a job put into the queue."""
    client.force_login(officer)
    file = SimpleUploadedFile("表.xlsx", b"PK\x03\x04 nothing")
    answer = client.post(reverse("spreadsheets:choose"), {"kind": "centers", "file": file})
    upload = Upload.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("spreadsheets:detail", args=[upload.number])
    assert upload.state == UploadState.RECEIVED


def test_template_is_an_xlsx_with_a_chinese_name(client, officer):
    client.force_login(officer)
    answer = client.get(reverse("spreadsheets:blank", args=["centers"]))
    assert answer.headers["Content-Type"] == XLSX
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[-1] == "代码"


def test_template_of_an_unknown_kind_is_not_found(client, officer):
    client.force_login(officer)
    assert client.get(reverse("spreadsheets:blank", args=["rockets"])).status_code == 404
