"""The auditor reads words, never codes: kinds of record, figures of the report, numbers, reasons."""

import pytest
from django.test import Client
from django.utils import translation

from gansu_care.pages.screens.trail_words import kind_in_words
from gansu_care.reports.indicators import INDICATORS
from gansu_care.spreadsheets.problems import Problem
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action
from tests.people import person
from tests.records import make_child

pytestmark = pytest.mark.django_db


def trail(query: str = "") -> str:
    client = Client()
    client.force_login(person("auditor"))
    return client.get(f"/trail/{query}").content.decode()


def test_who_opened_a_figure_of_the_report(officer) -> None:
    make_child()
    client = Client()
    client.force_login(officer)
    assert client.get("/report/2015/621124/rows/children_left_behind/").status_code == 200

    page = trail("?action=read")

    assert "报告数字：农村留守儿童" in page
    assert "2015年度 临洮县" in page
    assert "children_left_behind" not in page
    assert "2015-621124" not in page


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_figure_has_its_title_in_both_languages(code: str) -> None:
    figure = INDICATORS[code]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert str(kind_in_words(code)).endswith(str(figure.label))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("child", "留守儿童"),
        ("child.id_number", "留守儿童：身份证号"),
        ("center.manager_phone", "活动中心：负责人电话"),
        ("disbursement", "资金拨付"),
        ("stocktake", "盘点"),
        ("centers", "活动中心"),
        ("funding", "资金"),
        ("account.unlock", "解锁"),
        ("report", "强制报告"),
        ("annual_report", "年度报告"),
        ("request", "个人信息请求"),
        ("incident.letter", "安全事件告知书"),
        ("child.erasure", "删除个人信息"),
        ("upload.mend", "修改表格里的一行"),
        ("upload.leave_out", "存疑的行：不导入"),
        ("transfer.agreed", "同意转出"),
        ("no such kind", "no such kind"),
    ],
)
def test_kinds_in_words(kind: str, words: str) -> None:
    assert kind_in_words(kind) == words


def test_what_a_file_was_taken_for(officer) -> None:
    record_event(Action.EXPORT, officer, kind="center", rows=3, reason="export")
    record_event(Action.EXPORT, officer, kind="center", rows=3, reason="export full 核对电话")
    record_event(Action.SEARCH_ID, officer, kind="child", number="3f2a91bc" * 4)

    page = trail()

    assert ">名单导出<" in page
    assert "名单导出，完整信息，核对电话" in page
    assert "身份证号索引 3f2a91bc<" in page


def test_what_an_auditor_took_away_is_told_by_its_conditions() -> None:
    client = Client()
    client.force_login(person("auditor"))
    client.get("/trail/export/?action=read&user=officer")

    assert "操作：查看，用户名：officer" in trail("?action=export")


def test_the_warnings_confirmed_with_an_upload_are_told_in_words(officer) -> None:
    record_event(
        Action.APPLY, officer, kind="children", number="U-621124-20261130-001", reason="W_NO_CONSENT 1200"
    )

    page = trail("?action=apply")

    assert f"{Problem.in_general('W_NO_CONSENT')}（1,200 处）" in page
    assert "W_NO_CONSENT" not in page
