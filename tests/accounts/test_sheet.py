"""Accounts from a workbook: all of them or none, every problem at once, passwords shown once."""

import io
import re
from typing import Any

import openpyxl
import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.trail.models import Action, Event
from tests.people import person

pytestmark = pytest.mark.django_db

HEAD = ["用户名", "姓名", "角色", "区划", "单位", "电话"]
WHOLE_HEAD = [*HEAD, "授权止", "外部人员"]
WANG = ["wangfang", "王芳", "县级填报员", "临洮县", "临洮县妇联", "13800000000"]
LIU = ["liumei", "刘梅", "乡镇妇联干部", "洮阳镇", "", 13800000001]
PAGE = "/accounts/sheet/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def xlsx(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(*rows: list[Any]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("账号")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: list[Any]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


def upload(content: bytes, username: str = "county", name: str = "账号.xlsx") -> Any:
    return signed_in(username).post(PAGE, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("write", [xlsx, xls, csv])
def test_a_workbook_of_accounts_opens_them_all(write) -> None:
    response = upload(write(["临洮县妇联账号表"], HEAD, WANG, LIU, ["合计", "", "", "", "", ""]))

    page = response.content.decode()
    wang, liu = User.objects.get(username="wangfang"), User.objects.get(username="liumei")
    passwords = re.findall(r"\b[2-9bcdfghjkmnpqrstvwxz]{4}(?:-[2-9bcdfghjkmnpqrstvwxz]{4}){2}\b", page)
    assert response.status_code == 200, page
    assert (wang.role, wang.division.code) == (Role.COUNTY_OFFICER, "621124")
    assert (liu.role, liu.division.name, liu.phone) == (Role.STAFF_TOWNSHIP, "洮阳镇", "13800000001")
    assert wang.check_password(passwords[0])
    assert liu.check_password(passwords[1])
    assert wang.must_change_password
    assert "no-store" in response.headers["Cache-Control"]
    assert Event.objects.filter(action=Action.ACCOUNT, kind="account.open").count() == 2


def test_one_wrong_row_and_none_is_opened_and_every_problem_is_listed() -> None:
    rows = [
        HEAD,
        WANG,
        ["wangfang", "王二", "县级填报员", "临洮县", "", ""],  # the same user name again
        ["zhanger", "张二", "省级管理员", "甘肃省", "", ""],  # a role beyond reach
        ["lisan", "李三", "县级填报员", "漳县", "", ""],  # another county
        ["county", "赵玉兰", "县级填报员", "临洮县", "", ""],  # taken
        ["", "无名", "县级填报员", "临洮县", "", ""],
    ]

    response = upload(xlsx(*rows))

    page = response.content.decode()
    assert response.status_code == 422
    assert set(User.objects.values_list("username", flat=True)) == {"county"}
    for sentence in (
        "和第 2 行的用户名相同", "可以填：县级填报员", "甘肃省定西市漳县不在您管理账号的范围内",
        "这个用户名已经有人用了", "一个账号也没有开通",
    ):  # fmt: skip
        assert sentence in page, sentence
    assert page.count("必须改") >= 5


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n....", "这不是电子表格"),
        (xlsx(["某某", "随便"], ["1", "2"]), "没有找到表头"),
        (xlsx(["用户名", "姓名", "单位"], ["wang", "王芳", ""]), "缺少这些列：角色、区划"),
        (xlsx(HEAD), "没有账号"),
        (xlsx(HEAD, ["=1+1", "王芳", "县级填报员", "临洮县", "", ""]), "用户名"),
        (
            xlsx(HEAD, *([f"u{n}", "王芳", "县级填报员", "临洮县", "", ""] for n in range(301))),
            "最多开通 300 个",
        ),
        (b"x" * (1024 * 1024 + 1), "超过 1 MB"),
    ],
)
def test_a_file_that_is_no_list_of_accounts_is_said(content: bytes, sentence: str) -> None:
    response = upload(content)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 1


def test_without_a_file_the_page_says_so() -> None:
    response = signed_in("county").post(PAGE, {})

    assert response.status_code == 422
    assert "请选择文件" in response.content.decode()


def test_what_a_cell_holds_is_shown_as_text() -> None:
    response = upload(xlsx(HEAD, ["<script>alert(1)</script>", "王芳", "县级填报员", "临洮县", "", ""]))

    assert "<script>alert" not in response.content.decode()


def test_the_blank_sheet_can_be_read_back() -> None:
    content = b"".join(signed_in("county").get("/accounts/sheet/blank/"))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]] == WHOLE_HEAD


@pytest.mark.parametrize("username", ["officer", "township", "province", "leader", "auditor"])
def test_who_manages_no_accounts_uploads_none(username: str) -> None:
    assert upload(xlsx(HEAD, WANG), username).status_code == 403
    assert not User.objects.filter(username="wangfang").exists()


def test_a_stranger_is_sent_to_the_sign_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/sign-in/")
