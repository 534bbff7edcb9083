"""What static/app.js does for the reader, in a browser, under the content security policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.urls("tests.pages.script_pages"), pytest.mark.apart]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    page.set_default_timeout(15_000)
    page.clock.install()
    page.goto("/everything/")
    return page


def test_a_chart_is_drawn_from_the_table_beside_it(page: Page) -> None:
    expect(page.locator(".gc-chart canvas")).to_be_visible()
    expect(page.locator(".gc-data")).not_to_have_attribute("open", "")
    expect(page.locator(".gc-chart")).to_have_attribute(
        "aria-label", "建设情况，数据见下面的表：2009 新建 1,000; 2010 新建 52"
    )


def test_a_full_value_is_shown_for_a_reason_and_for_sixty_seconds(page: Page) -> None:
    masked = page.locator(".gc-mask")
    page.get_by_role("button", name="查看完整身份证号，需要填写原因").click()
    expect(page.get_by_label("核对户籍或学籍")).to_be_focused()
    page.get_by_label("核对户籍或学籍").check()
    page.get_by_role("button", name="显示 60 秒").click()
    expect(masked).to_have_text("620100201509010021")
    expect(page.get_by_text("已显示，60 秒后恢复遮盖")).to_be_visible()
    page.clock.run_for(61_000)
    expect(masked).to_have_text("6201**********0021")


def test_another_reason_wants_words(page: Page) -> None:
    page.get_by_role("button", name="查看完整身份证号，需要填写原因").click()
    page.get_by_label("其他", exact=True).check()
    page.get_by_label("说明").fill("看")
    page.get_by_role("button", name="显示 60 秒").click()
    expect(page.get_by_text("请写明原因")).to_be_visible()
    expect(page.locator(".gc-mask")).to_have_text("6201**********0021")


def test_escape_closes_the_panel_and_the_focus_goes_back(page: Page) -> None:
    link = page.get_by_role("button", name="查看完整身份证号，需要填写原因")
    link.click()
    page.keyboard.press("Escape")
    expect(page.locator("#gc-reveal")).to_be_hidden()
    expect(link).to_be_focused()


def test_what_cannot_be_undone_is_asked_once_more(page: Page) -> None:
    page.get_by_role("button", name="办理退出").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("张三将转为“已退出”，确定吗？")
    question.get_by_role("button", name="取消").click()
    expect(question).to_have_count(0)
    page.get_by_role("button", name="办理退出").click()
    question.get_by_role("button", name="办理退出").click()
    expect(page.get_by_role("heading")).to_have_text("POST")


def test_one_tick_ticks_all_and_the_tools_count(page: Page) -> None:
    tools = page.locator("[data-selection]")
    expect(tools).to_be_hidden()
    page.get_by_label("全选").check()
    expect(tools).to_have_text("已选 2 名")
    page.get_by_label("一", exact=True).uncheck()
    expect(tools).to_have_text("已选 1 名")
    assert page.get_by_label("全选").evaluate("box => box.indeterminate")


def test_a_chosen_file_is_named_with_its_size(page: Page) -> None:
    page.set_input_files(
        "#file", {"name": "登记表.xls", "mimeType": "application/vnd.ms-excel", "buffer": b"x" * 4096}
    )
    expect(page.locator("[data-file-name]")).to_have_text("登记表.xls（4 KB）")


def test_on_a_phone_a_button_opens_the_navigation(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/everything/")
    button = page.get_by_role("button", name="菜单")
    expect(page.locator("#nav")).to_be_hidden()
    button.click()
    expect(page.locator("#nav")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#nav")).to_be_hidden()
