"""In a browser, at a telephone's width too: a misspelt heading is asked about, chosen, remembered; the file goes in."""

from collections.abc import Callable

import pytest
from django_q.conf import Conf
from playwright.sync_api import Page, expect

from children.models import Child
from gansu_care.spreadsheets.models import HeadingChoice
from tests.uploading import CHILD_HEAD, child_row, xlsx

NARROW = {"width": 390, "height": 844}


def misspelt() -> bytes:
    head = [{"姓名": "姓各", "父亲电话": "父亲电活"}.get(name, name) for name in CHILD_HEAD]
    return xlsx([[*head, "家住哪社"], [*child_row(CHILD_HEAD), "三社"]], names=["洮阳镇"])


@pytest.mark.django_db(transaction=True)
def test_she_says_what_a_heading_is_and_her_county_keeps_it(
    page_as: Callable[..., Page], monkeypatch, tmp_path
):
    monkeypatch.setattr(Conf, "SYNC", True)
    file = tmp_path / "登记表.xlsx"
    file.write_bytes(misspelt())
    page = page_as("officer")
    send(page, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 个栏目认不准，请您选定")
    expect(page.get_by_label("“姓各”当作")).to_have_value("name")
    expect(page.get_by_text("138****0000")).to_be_visible()
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_label("“家住哪社”当作").select_option(label="现住详细地址")
    page.get_by_role("button", name="选好了，检查").click()
    expect(page.get_by_text("“姓各”当作“姓名”")).to_be_visible()
    assert HeadingChoice.objects.count() == 3
    page.get_by_label("我已核对").check()
    page.get_by_role("button", name="确认导入 1 行").click()
    expect(page.locator(".gc-done")).to_be_visible()
    assert Child.objects.get().name == "王小花"
    page.goto("/uploads/headings/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_role("button", name="不再记住“家住哪社”").click()
    expect(page.get_by_text("不再记住“家住哪社”，下次上传时再问。")).to_be_visible()
    assert HeadingChoice.objects.count() == 2


def send(page: Page, file) -> None:
    page.goto("/uploads/new/?kind=children")
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="开始检查").click()
