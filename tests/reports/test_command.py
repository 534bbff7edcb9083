"""manage.py annual_report YEAR [--division CODE] --format {json,xlsx,html} --out FILE"""

import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from children.models import Child
from gansu_care.trail.models import Action, Event

pytestmark = pytest.mark.django_db


def run(tmp_path: Path, *arguments: str, form: str = "json") -> Path:
    out = tmp_path / f"report.{form}"
    call_command("annual_report", *arguments, "--format", form, "--out", str(out))
    return out


def test_json_names_each_table_its_columns_rows_and_checks(small_province: None, tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, "2015").read_text())
    assert report["title"] == "甘肃省农村留守儿童关爱服务项目2015年度报告"
    assert (report["year"], report["division"]) == (2015, {"code": "620000", "name": "甘肃省"})
    assert report["cut_off"] == "2015-12-31"
    assert report["holds"] is True
    assert list(report["tables"])[:5] == ["T1", "T2", "T3", "T4", "T5"]
    table = report["tables"]["T2"]
    assert [column["key"] for column in table["columns"]][:3] == ["total", "sex_1", "sex_2"]
    assert table["rows"][0]["label"] == "全省"
    assert table["rows"][0]["cells"]["total"] == 4
    assert {"text": "各市州之和 = 全省", "holds": True, "difference": 0} in table["checks"]
    assert report["tables"]["T15"]["rows"][0]["cells"]["since"] == "150000.00"


def test_json_of_a_county(small_province: None, tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, "2015", "--division", "621124").read_text())
    assert report["division"]["name"] == "甘肃省定西市临洮县"
    assert report["tables"]["T2"]["rows"][0]["cells"]["total"] == 2


def test_xlsx(small_province: None, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(run(tmp_path, "2015", form="xlsx"))
    assert book["表9 活动中心建设与运行情况"]["B5"].value == 5


def test_html_is_one_file(small_province: None, tmp_path: Path) -> None:
    text = run(tmp_path, "2015", form="html").read_text()
    assert text.startswith("<!doctype html>")
    assert "<style>" in text
    assert "<script" not in text
    assert 'href="/' not in text
    assert "表16" in text


def test_the_trail_names_who_ran_it(small_province: None, tmp_path: Path) -> None:
    run(tmp_path, "2015")
    event = Event.objects.get(action=Action.EXPORT)
    assert (event.kind, event.number) == ("annual_report", "2015-620000")
    assert event.system_user


def test_a_failing_sum_is_told(
    small_province: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Child.objects.filter(name="小山").update(schooling="college")
    run(tmp_path, "2015")
    assert "勾稽关系不成立：表4 合计 = 各就学情况之和，相差 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("1999",), "没有“1999”年度的报告。"),
        (("next",), "没有“next”年度的报告。"),
        (("2015", "--division", "999999"), "没有代码为“999999”的行政区划。"),
    ],
)
def test_a_wrong_year_or_division_gets_a_plain_sentence(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, *arguments)


def test_a_file_that_cannot_be_written_gets_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"不能写入文件 .*请换一个文件名或文件夹"):
        run(tmp_path / "nowhere", "2015")
