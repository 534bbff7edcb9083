"""In the browser: an officer mends a row, compares a doubtful one with the register, ticks each kind of warning."""

import os
import re

import pytest
from django_q.conf import Conf
from playwright.sync_api import expect

from children.models import Child, TransferRequest
from tests.people import person
from tests.records import make_transfer
from tests.test_accessibility import PHONE, serious_here
from tests.uploading import CHILD_HEAD, checked, child_numbered, children_file, registered, written

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = [*CHILD_HEAD, "是否登记户口"]
NO_ID = {"身份证号": None, "是否登记户口": "否"}
SHOTS = os.environ.get("SHOTS", "")


def seen(page, name):
    assert serious_here(page) == []
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def upload(transactional_db, monkeypatch):
    """Of 临洮县: a wrong nation, a child like 王小花, one registered in 漳县, two warnings, a good row."""
    monkeypatch.setattr(Conf, "SYNC", True)
    officer, neighbour = person("officer"), person("neighbour")
    written(officer, children_file(NO_ID, head=HEAD), "children")
    registered(neighbour, **child_numbered(7), 乡镇="武阳镇")
    rows = [
        child_numbered(2, 民族="汉组", 同意人=None, 同意日期=None, 是否取得同意="否"),
        NO_ID | {"姓名": "王晓花", "年级": "四年级", "出生日期": "2015-09-07"},
        child_numbered(7),
        child_numbered(4, 父亲电话="6660123"),
        child_numbered(4, 姓名="王小朵"),
    ]
    return checked(officer, children_file(*rows, head=HEAD), "children")


def test_an_officer_mends_compares_and_confirms(upload, page_as):
    page = page_as("officer")
    page.goto(f"/uploads/{upload.number}/problems/?show=kinds")
    expect(page.get_by_text("您是不是要填：汉族？").first).to_be_visible()
    seen(page, "kinds")
    page.get_by_role("link", name="按行看").click()
    seen(page, "rows")
    page.get_by_role("link", name="改这一行 2", exact=True).click()
    seen(page, "mend")
    page.get_by_label(re.compile("^民族")).fill("汉族")
    page.get_by_role("button", name="保存并重新检查").click()
    expect(page.get_by_text("第 2 行可以导入（新增）")).to_be_visible()

    page.get_by_role("link", name="去对照").click()
    seen(page, "doubtful")
    page.get_by_role("link", name="对照后决定").click()
    seen(page, "doubtful_row")
    page.get_by_label("是同一个孩子").check()
    page.get_by_role("button", name="记下决定").click()
    expect(page.get_by_role("heading", name="存疑的行都已决定")).to_be_visible()
    seen(page, "decided")

    page.get_by_role("link", name="核对变更").click()
    seen(page, "preview")
    for tick in page.locator("input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name=re.compile("^确认导入")).click()
    page.goto(f"/uploads/{upload.number}/done/")
    expect(page.get_by_text("确认过的提醒")).to_be_visible()
    seen(page, "done")
    assert Child.objects.get(pk=Child.objects.order_by("pk").first().pk).name == "王晓花"


def test_a_county_asks_for_a_child_and_the_other_answers(upload, page_as):
    page = page_as("officer")
    page.goto(f"/uploads/{upload.number}/problems/?show=rows")
    page.get_by_role("link", name="申请转入 4").click()
    page.get_by_label("申请原因").select_option("moved")
    seen(page, "ask")
    page.get_by_role("button", name="提出申请").click()
    expect(page.get_by_text("已提出转入申请")).to_be_visible()
    seen(page, "asked")
    holder = page_as("neighbour")
    holder.goto("/")
    holder.get_by_role("link", name="去答复").click()
    seen(holder, "transfers")
    holder.get_by_role("link", name=re.compile("去答复")).click()
    seen(holder, "transfer")
    holder.get_by_label("同意转出").check()
    holder.get_by_role("button", name="答复", exact=True).click()
    expect(holder.get_by_text("已答复")).to_be_visible()
    assert TransferRequest.objects.get().child.county.code == "621124"


ADDRESSES = (
    "problems/?show=kinds",
    "problems/?show=rows",
    "rows/0/2/",
    "doubtful/",
    "doubtful/0/3/",
    "preview/?good=1",
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_on_a_phone_and_in_english_nothing_is_cut_off(upload, page_as, language):
    page = page_as("officer", viewport=PHONE)
    child = Child.objects.get(county__code="621125")
    asked = make_transfer(child, "621124100", person("officer"))
    addresses = [f"/uploads/{upload.number}/{one}" for one in ADDRESSES]
    addresses += [
        f"/children/transfers/ask/{upload.number}/0/4/",
        "/children/transfers/",
        asked.get_absolute_url(),
    ]
    page.goto("/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    for place, address in enumerate(addresses):
        answer = page.goto(address)
        assert answer.status == 200, address
        seen(page, f"{language}-{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
