"""The provincial administrator loads a new list: what it changes, what it refuses, what she is told."""

import io

import pytest
from django.core.management import CommandError, call_command

from gansu_care.divisions.list_file import BrokenList
from gansu_care.divisions.loading import OWN_LIST, load, load_own_list_once
from gansu_care.divisions.models import Division, DivisionName, Edition

YUZHONG = {"code": "620123", "parent_code": "620100", "level": "county", "name": "榆中县"}
YUZHONG_ENDED = YUZHONG | {"valid_to": "2026-10-31", "successor_code": "620106"}
YUZHONG_DISTRICT = {"code": "620106", "parent_code": "620100", "level": "county", "name": "榆中区"}

pytestmark = pytest.mark.django_db


def refusals(path: str) -> list[str]:
    with pytest.raises(BrokenList) as refused:
        load(path)
    return [str(problem) for problem in refused.value.problems]


def test_the_same_list_again_changes_nothing():
    before = list(Division.objects.values())
    names = list(DivisionName.objects.values())
    result = load()
    assert (result.created, result.updated, result.ended, result.rederived) == (0, 0, 0, 0)
    assert result.unchanged == 1584
    assert not result.changed
    assert result.missing == []
    assert list(Division.objects.values()) == before
    assert list(DivisionName.objects.values()) == names
    assert Edition.objects.count() == 1


def test_the_same_list_again_asks_the_database_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        load()


def test_a_county_becomes_a_district_and_its_townships_follow(list_of, at):
    result = load(list_of(YUZHONG_ENDED, YUZHONG_DISTRICT))
    assert (result.created, result.ended) == (1, 1)
    assert at("620123").current == at("620106")
    assert not at("620123").in_force
    townships = Division.objects.in_force().filter(code__startswith="620123", level="township")
    assert townships.count() == 20
    assert {township.parent.code for township in townships} == {"620106"}


def test_rows_of_the_county_are_counted_in_the_district_and_the_result_says_how_many(
    list_of, make_center, at
):
    in_county = make_center("620123")
    in_town = make_center("620123100")
    elsewhere = make_center("621124")
    result = load(list_of(YUZHONG_ENDED, YUZHONG_DISTRICT))
    assert result.rederived == 2
    for center in (in_county, in_town, elsewhere):
        center.refresh_from_db()
    assert in_county.division == at("620123")
    assert in_county.county == in_town.county == at("620106")
    assert elsewhere.county == at("621124")


def test_a_township_that_moves_to_another_county_takes_its_rows_along(list_of, make_center, at):
    center = make_center("620122100")
    moved = {"code": "620122100", "parent_code": "620105", "level": "township", "name": "石洞镇"}
    result = load(list_of(moved))
    assert result.rederived == 1
    center.refresh_from_db()
    assert center.county == at("620105")
    assert center.prefecture == at("620100")


def test_a_trial_says_what_would_change_and_changes_nothing(list_of, make_center, at):
    make_center("620123")
    before = list(Division.objects.values())
    result = load(list_of(YUZHONG_ENDED, YUZHONG_DISTRICT), dry_run=True)
    assert result.dry_run
    assert (result.created, result.ended, result.rederived) == (1, 1, 1)
    told = [(change.kind, change.code, change.field, change.new) for change in result.differences]
    assert ("ended", "620123", "停用日期", "2026-10-31") in told
    assert ("updated", "620123", "继任区划", "榆中区（620106）") in told
    assert ("created", "620106", "", "") in told
    assert list(Division.objects.values()) == before
    assert Edition.objects.count() == 1


def test_a_list_without_townships_leaves_them_and_names_the_counties_it_forgot(list_of):
    result = load(list_of(YUZHONG))
    assert not result.changed
    assert len(result.missing) == 85
    assert "621124" in result.missing
    assert Division.objects.in_force().count() == 1504


def test_a_column_that_is_missing_leaves_the_field_as_it_was(list_of, at):
    load(list_of({"code": "620200", "parent_code": "620000", "level": "prefecture", "name": "嘉峪关市"}))
    assert at("620200").acts_as_county
    assert at("620200").name_en == "Jiayuguan City"


def test_an_old_name_is_added(list_of, at):
    load(list_of(YUZHONG | {"former_names": "金县[1919]"}))
    assert at("620123").other_names.filter(kind="former", name="金县", valid_to=1919).exists()


def test_an_edition_is_kept_of_what_was_loaded(list_of):
    load(list_of(YUZHONG | {"name_en": "Yuzhong"}, head="# 来源：民政部\n# 版本：2026-10-31\n"))
    newest = Edition.objects.first()
    assert (newest.source, newest.edition) == ("民政部", "2026-10-31")


def test_a_list_saved_by_excel_in_gbk_is_read(list_of, tmp_path):
    text = "# 来源：民政部,,,\ncode,parent_code,level,name\n620123,620100,county,榆中县\n"
    path = tmp_path / "gbk.csv"
    path.write_bytes(text.encode("gbk"))
    assert load(path).unchanged == 1


def test_the_own_list_is_not_loaded_over_a_newer_one(list_of, at):
    load(list_of(YUZHONG_ENDED, YUZHONG_DISTRICT))
    assert load_own_list_once() is None
    assert not at("620123").in_force


def test_an_empty_database_gets_the_own_list():
    Edition.objects.all().delete()
    assert load_own_list_once() is not None
    assert Edition.objects.count() == 1


BROKEN = [
    ({"code": "62012"}, "第2行：代码“62012”不是6、9或12位数字。"),
    ({"code": "62O123"}, "第2行：代码“62O123”不是6、9或12位数字。"),
    (
        {"level": "区"},
        "第2行：级别“区”不认识，应为 province、prefecture、county、township、reporting_unit 之一。",
    ),
    ({"name": ""}, "第2行：没有填写名称。"),
    ({"parent_code": ""}, "第2行：没有填写上级代码。除省以外，每个区划都要有上级。"),
    ({"parent_code": "620199"}, "第2行：上级代码 620199 不存在。请补上这一级，或改正代码。"),
    ({"parent_code": "621124"}, "第2行：上级 621124 的级别不对，不能直接管辖这一级。"),
    ({"parent_code": "622100"}, "第2行：上级 622100 已停用，现行区划不能放在它下面。"),
    ({"level": "township"}, "第2行：620123 现为县区，不能改成别的级别。请停用旧代码，另立新代码。"),
    (
        {"valid_to": "2026.10.31"},
        "第2行：valid_to 的“2026.10.31”不是日期，请写成 2024-12-31 的样子。",
    ),
    ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "第2行：停用日期不能早于启用日期。"),
    ({"successor_code": "620102"}, "第2行：有继任代码而没有停用日期。请补填 valid_to，或删去继任代码。"),
    ({"valid_to": "2026-10-31", "successor_code": "620106"}, "第2行：继任代码 620106 不存在。"),
    ({"valid_to": "2026-10-31", "successor_code": "620100"}, "第2行：继任区划 620100 与本行级别不同。"),
    (
        {"valid_to": "2026-10-31"},
        "第2行：榆中县 停用而没有继任区划，其下的 城关镇 还在用。请填写继任代码，或先停用下级。",
    ),
    ({"acts_as_county": "1"}, "第2行：只有市州可以按县级填报。"),
    ({"reporting_unit": "620172"}, "第2行：单列填报单位 620172 不在名单里。"),
    ({"former_names": "金县[19]"}, "第2行：former_names 的“金县[19]”看不懂，应写成“名称”或“名称[2004]”。"),
]


@pytest.mark.parametrize(("change", "sentence"), BROKEN)
def test_a_broken_line_is_refused_with_its_number_and_a_sentence(list_of, change, sentence):
    before = list(Division.objects.values())
    assert refusals(list_of(YUZHONG | change)) == [sentence]
    assert list(Division.objects.values()) == before


def test_all_broken_lines_are_told_at_once(list_of):
    path = list_of(YUZHONG, YUZHONG | {"name": ""}, YUZHONG_DISTRICT | {"code": "x"})
    assert refusals(path) == [
        "第3行：没有填写名称。",
        "第3行：代码 620123 与第2行重复。每个代码只能出现一次。",
        "第4行：代码“x”不是6、9或12位数字。",
    ]


def test_successors_that_go_round_in_a_circle_are_refused(list_of):
    one = YUZHONG | {"valid_to": "2026-10-31", "successor_code": "620106"}
    other = YUZHONG_DISTRICT | {"valid_to": "2026-10-31", "successor_code": "620123"}
    assert refusals(list_of(one, other)) == [
        "第2行：继任代码转了一圈又回到 620123。",
        "第3行：继任代码转了一圈又回到 620106。",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件里没有区划。请核对是否选错了文件。"),
        (b"PK\x03\x04\0\0", "文件不是CSV文本。请在Excel中另存为“CSV UTF-8”后重试。"),
        (b"\xff\xff\xff", "文件编码无法识别。请在Excel中另存为“CSV UTF-8”后重试。"),
        (b"code,name\n620123,x\n", "第1行：标题行缺少这些列：parent_code、level。"),
    ],
)
def test_a_file_that_is_no_list_is_refused(content, sentence):
    assert refusals(io.BytesIO(content)) == [sentence]


def test_the_command_prints_what_it_did(list_of, capsys):
    call_command("load_divisions", list_of(YUZHONG_ENDED, YUZHONG_DISTRICT))
    assert capsys.readouterr().out == (
        "新增1个，更新20个，停用1个，未变0个；重新归属登记记录0条；名单未提及而仍有效的85个。\n"
    )


def test_the_command_lists_the_differences_of_a_trial(list_of, capsys):
    call_command("load_divisions", list_of(YUZHONG | {"name_en": "Yuzhong"}), "--dry-run")
    shown = capsys.readouterr().out
    assert "updated\t620123\t榆中县\t英文名称\tYuzhong County\tYuzhong\n" in shown
    assert "以上为试算，没有改动数据。" in shown


def test_the_command_refuses_a_broken_list_and_a_missing_file(list_of):
    with pytest.raises(CommandError, match=r"名单未载入，数据没有改动。\n第2行：没有填写名称。"):
        call_command("load_divisions", list_of(YUZHONG | {"name": ""}))
    with pytest.raises(CommandError, match=r"读不到文件 /nowhere\.csv"):
        call_command("load_divisions", "/nowhere.csv")


def test_the_own_list_loads_into_an_empty_database():
    Division.objects.update(reporting_unit=None, successor=None)
    for level in ("township", "county"):
        Division.objects.filter(level=level).delete()
    DivisionName.objects.all().delete()
    result = load(OWN_LIST)
    assert result.created == 1403 + 86 + 72
    assert Division.objects.in_force().count() == 1504
