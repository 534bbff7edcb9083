"""The project's own list: complete, well-formed, its ended codes leading to today's."""

from django.utils import translation

from gansu_care.divisions.book import book
from gansu_care.divisions.list_file import read_list
from gansu_care.divisions.loading import OWN_LIST
from gansu_care.divisions.models import Division, Edition, Level, ReportingUnit


def test_province_prefectures_counties_and_townships_in_force(db):
    in_force = Division.objects.in_force()
    counts = {level: in_force.filter(level=level).count() for level in Level}
    assert counts == {
        Level.PROVINCE: 1,
        Level.PREFECTURE: 14,
        Level.COUNTY: 86,
        Level.TOWNSHIP: 1403,
    }
    assert in_force.exclude(level=Level.TOWNSHIP).count() == 101


def test_87_divisions_report_as_a_county_jiayuguan_among_them(db):
    counties = Division.objects.counties()
    assert counties.count() == 87
    assert list(counties.filter(acts_as_county=True).values_list("code", flat=True)) == ["620200"]


def test_each_division_in_force_lies_in_one_in_force_of_the_level_above(db):
    upper = {"prefecture": {"province"}, "county": {"prefecture"}, "township": {"county", "prefecture"}}
    for division in book().by_id.values():
        if division.in_force and division.level != Level.PROVINCE:
            assert division.parent.in_force
            assert division.parent.level in upper[division.level]


def test_townships_hang_on_a_prefecture_in_jiayuguan_only(db):
    hanging = Division.objects.filter(level=Level.TOWNSHIP, parent__level=Level.PREFECTURE)
    assert set(hanging.values_list("parent__code", flat=True)) == {"620200"}
    assert list(hanging.values_list("name", flat=True)) == [
        "雄关街道",
        "钢城街道",
        "新城镇",
        "峪泉镇",
        "文殊镇",
    ]


def test_every_ended_code_leads_to_a_division_in_force_but_for_tianshui_county(db):
    ended = [division for division in book().by_id.values() if not division.in_force]
    assert len(ended) == 80
    assert [division.name for division in ended if not division.current.in_force] == ["天水县"]


def test_the_new_area_is_a_reporting_unit_with_four_towns_of_gaolan(db):
    unit = ReportingUnit.objects.get()
    assert (unit.code, unit.name, unit.prefecture.name) == ("620171", "兰州新区", "兰州市")
    towns = {town.name: town.parent.name for town in unit.townships.all()}
    assert towns == {"中川镇": "皋兰县", "秦川镇": "皋兰县", "西岔镇": "皋兰县", "上川镇": "皋兰县"}


def test_every_division_has_an_english_name_without_chinese(db):
    for division in book().by_id.values():
        assert division.name_en, division.code
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in division.name_en), division.name_en


def test_readings_that_a_dictionary_gets_wrong(db):
    by_code = book().by_code
    names = {code: by_code[code].name_en for code in ("621223", "620722", "620802", "621202", "621026")}
    assert names == {
        "621223": "Tanchang County",
        "620722": "Minle County",
        "620802": "Kongtong District",
        "621202": "Wudu District",
        "621026": "Ningxian County",
    }
    assert by_code["620802101"].name_en == "Kongtong Town"
    assert by_code["621124100"].name_en == "Taoyang Town"
    assert by_code["620721205"].name == "祁丰藏族乡"


def test_a_name_follows_the_language_of_the_page(db):
    lintao = book().by_code["621124"]
    assert str(lintao) == "临洮县"
    assert lintao.full_name == "甘肃省定西市临洮县"
    with translation.override("en"):
        assert str(lintao) == "Lintao County"
        assert lintao.full_label == "Lintao County, Dingxi City, Gansu Province"
        assert lintao.full_name == "甘肃省定西市临洮县"


def test_short_labels_for_the_tile_map(db):
    def label(code):
        return book().short_label(book().by_code[code])

    assert [label(code) for code in ("620900", "620200", "622900", "623000")] == [
        "酒泉",
        "嘉峪关",
        "临夏州",
        "甘南州",
    ]
    with translation.override("en"):
        assert [label(code) for code in ("620900", "622900", "623000")] == ["Jiuquan", "Linxia", "Gannan"]


def test_the_file_names_its_source_and_edition(db):
    listed = read_list(OWN_LIST.read_bytes())
    assert "民政部" in listed.source
    assert "2024-12-31" in listed.edition
    assert Edition.objects.get().edition == listed.edition


def test_county_and_prefecture_of_each_level(at):
    def placed(code):
        division = at(code)
        return (
            division.county and division.county.code,
            division.prefecture and division.prefecture.code,
        )

    assert placed("620000") == (None, None)
    assert placed("621100") == (None, "621100")
    assert placed("621124") == ("621124", "621100")
    assert placed("621124100") == ("621124", "621100")
    assert placed("620200") == ("620200", "620200")
    assert placed("620201100") == ("620200", "620200")
