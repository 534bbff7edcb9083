"""What county offices write in a division's cell, and what it means."""

from collections.abc import Callable

import pytest

from gansu_care.divisions.book import Book, book
from gansu_care.divisions.lexicon import Lexicon
from gansu_care.divisions.loading import load
from gansu_care.divisions.matching import W_RENAMED, Match, Matcher, for_columns, matcher

PREFECTURE, COUNTY, TOWNSHIP = "prefecture", "county", "township"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def look_up(django_db_setup, django_db_blocker) -> Callable[..., Match]:
    """`look_up(text, level, within)` with a matcher made once for all these tests; `within` is a code."""
    with django_db_blocker.unblock():
        lexicon = Lexicon(Book())
    matching, by_code = Matcher(lexicon), lexicon.book.by_code

    def match(text: str, level: str | None = None, within: str = "") -> Match:
        return matching.match(text, level, by_code[within] if within else None)

    return match


def codes(found: Match) -> list[str]:
    return [division.code for division in found.candidates]


SETTLED = [
    # by code
    ("621124", COUNTY, "621124"),
    ("６２１１２４", COUNTY, "621124"),
    (" 621124 ", COUNTY, "621124"),
    ("621124.0", COUNTY, "621124"),
    ("621124000", COUNTY, "621124"),
    ("621124000000", COUNTY, "621124"),
    ("621124100", TOWNSHIP, "621124100"),
    ("621124100201", TOWNSHIP, "621124100"),
    ("621124100201", COUNTY, "621124"),
    ("620201", COUNTY, "620200"),
    ("620201100", TOWNSHIP, "620201100"),
    ("620200002", TOWNSHIP, "620201001"),
    ("620171101", COUNTY, "620122"),
    ("620000", None, "620000"),
    # by full path
    ("甘肃省定西市临洮县", COUNTY, "621124"),
    ("甘肃省 定西市 临洮县", COUNTY, "621124"),
    ("定西市临洮县", COUNTY, "621124"),
    ("定西市 临洮县", COUNTY, "621124"),
    ("定西市/临洮县", COUNTY, "621124"),
    ("定西-临洮", COUNTY, "621124"),
    ("定西临洮", COUNTY, "621124"),
    ("甘肃临洮", COUNTY, "621124"),
    ("临夏州临夏市", COUNTY, "622901"),
    ("临夏临夏县", COUNTY, "622921"),
    ("白银市白银", COUNTY, "620402"),
    ("白银市白银区", COUNTY, "620402"),
    ("庆阳市庆城县", COUNTY, "621021"),
    ("酒泉市金塔县", COUNTY, "620921"),
    ("嘉峪关市新城镇", TOWNSHIP, "620201100"),
    ("定西市洮阳镇", TOWNSHIP, "621124100"),
    ("定西市洮阳镇", COUNTY, "621124"),
    ("临洮洮阳", TOWNSHIP, "621124100"),
    ("兰州新区中川镇", TOWNSHIP, "620171101"),
    ("兰州新区中川镇", COUNTY, "620122"),
    # by name
    ("临洮县", COUNTY, "621124"),
    ("临洮", COUNTY, "621124"),
    ("临 洮 县", COUNTY, "621124"),
    ("临　洮", COUNTY, "621124"),
    ("宁县", COUNTY, "621026"),
    ("静宁县", COUNTY, "620826"),
    ("静宁", COUNTY, "620826"),
    ("华亭", COUNTY, "620881"),
    ("临夏市", COUNTY, "622901"),
    ("临夏县", COUNTY, "622921"),
    ("白银区", COUNTY, "620402"),
    ("武都", COUNTY, "621202"),
    ("西峰", COUNTY, "621002"),
    ("嘉峪关", COUNTY, "620200"),
    ("嘉峪关市", COUNTY, "620200"),
    ("东乡", COUNTY, "622926"),
    ("东乡县", COUNTY, "622926"),
    ("东乡族自治县", COUNTY, "622926"),
    ("积石山", COUNTY, "622927"),
    ("积石山县", COUNTY, "622927"),
    ("天祝县", COUNTY, "620623"),
    ("阿克塞", COUNTY, "620924"),
    ("张家川回族自治县", COUNTY, "620525"),
    ("Lintao County", COUNTY, "621124"),
    ("白银", PREFECTURE, "620400"),
    ("临夏", PREFECTURE, "622900"),
    ("临夏州", PREFECTURE, "622900"),
    ("甘南", PREFECTURE, "623000"),
    ("酒泉市", PREFECTURE, "620900"),
    ("嘉峪关", PREFECTURE, "620200"),
    ("酒泉市", None, "620900"),
    ("定西", None, "621100"),
    ("甘肃", None, "620000"),
]


@pytest.mark.parametrize(("text", "level", "code"), SETTLED)
def test_a_cell_that_means_one_division(look_up, text, level, code):
    found = look_up(text, level)
    assert (found.state, found.division and found.division.code) == ("ok", code)
    assert found.warning is None
    assert found.rest == ""


RENAMED = [
    ("华亭县", "620881"),
    ("平凉市华亭县", "620881"),
    ("平凉地区华亭县", "620881"),
    ("620824", "620881"),
    ("安西县", "620922"),
    ("安西", "620922"),
    ("620925", "620922"),
    ("秦城区", "620502"),
    ("北道区", "620503"),
    ("定西县", "621102"),
    ("武都县", "621202"),
    ("武都地区宕昌县", "621223"),
    ("庆阳县", "621021"),
    ("西峰市", "621002"),
    ("敦煌县", "620982"),
    ("张掖市（县级）", "620702"),
    ("武威市(县级市)", "620602"),
    ("酒泉市（县级市）", "620902"),
    ("平凉市（县级）", "620802"),
    ("酒泉地区酒泉市", "620902"),
    ("622427", "621124"),
    ("622621", "621202"),
    ("622422", "620421"),
]


@pytest.mark.parametrize(("text", "code"), RENAMED)
def test_a_former_name_or_code_means_its_successor_and_says_so(look_up, text, code):
    found = look_up(text, COUNTY)
    assert (found.state, found.division and found.division.code) == ("ok", code)
    assert found.warning == W_RENAMED


AMBIGUOUS = [
    ("白银", ["620400", "620402"]),
    ("临夏", ["622900", "622901", "622921"]),
    ("临夏州临夏", ["622901", "622921"]),
    ("张掖市", ["620700", "620702"]),
    ("张掖", ["620700", "620702"]),
    ("武威市", ["620600", "620602"]),
    ("武威", ["620600", "620602"]),
    ("酒泉市", ["620900", "620902"]),
    ("甘肃省酒泉市", ["620900", "620902"]),
    ("酒泉", ["620900", "620902"]),
    ("平凉市", ["620800", "620802"]),
    ("平凉", ["620800", "620802"]),
    ("定西", ["621100", "621102"]),
    ("庆阳", ["621000", "621021"]),
    ("天水县", ["620502", "620503"]),
    ("622522", ["620502", "620503"]),
]


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS)
def test_a_county_cell_that_may_mean_several_is_not_guessed(look_up, text, expected):
    found = look_up(text, COUNTY)
    assert (found.state, codes(found)) == ("ambiguous", expected)


@pytest.mark.parametrize(("text", "expected"), [("白银", ["620400", "620402"]), ("临夏", AMBIGUOUS[1][1])])
def test_the_two_names_that_are_ambiguous_without_a_level(look_up, text, expected):
    assert codes(look_up(text)) == expected


def test_inside_her_own_county_an_officer_need_not_say_which(look_up):
    assert look_up("白银", COUNTY, within="620402").division.code == "620402"
    assert look_up("临夏", COUNTY, within="622921").division.code == "622921"
    assert look_up("白银", COUNTY, within="620400").state == "ambiguous"
    assert look_up("白银", COUNTY, within="621124").state == "ambiguous"


def test_a_county_outside_the_scope_is_still_named(look_up):
    assert look_up("漳县", COUNTY, within="621124").division.code == "621125"


def test_the_new_area_asks_for_the_county(look_up):
    for text in ("兰州新区", "甘肃省兰州市兰州新区", "620171", "Lanzhou New Area"):
        found = look_up(text, COUNTY)
        assert (found.state, found.unit.name) == ("reporting_unit", "兰州新区")


UNKNOWN = [
    ("临桃县", COUNTY, "", ("临洮县", "临潭县", "临泽县")),
    ("宁", COUNTY, "", ("宁县", "静宁县", "正宁县")),
    ("兰州市临洮县", COUNTY, "", ("临洮县", "临潭县", "临泽县")),
    ("天水市徽县", COUNTY, "", ("徽县",)),
    ("东乡族", COUNTY, "", ("东乡族自治县",)),
    ("白银路12号", COUNTY, "", ("白银区",)),
    ("定西市", COUNTY, "", ("安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")),
    ("621100", COUNTY, "", ("安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")),
    ("620602223", TOWNSHIP, "", ("凉州区",)),
    ("999999", COUNTY, "", ()),
    ("62112", COUNTY, "", ()),
    ("", COUNTY, "", ()),
    ("临洮县洮羊镇", TOWNSHIP, "", ("洮阳镇",)),
    ("洮羊镇", TOWNSHIP, "621124", ("洮阳镇",)),
]


@pytest.mark.parametrize(("text", "level", "within", "nearest"), UNKNOWN)
def test_an_unknown_cell_gets_the_nearest_names(look_up, text, level, within, nearest):
    found = look_up(text, level, within)
    assert (found.state, found.nearest) == ("unknown", nearest)


def test_what_is_left_over_is_the_village(look_up):
    address = "甘肃省定西市临洮县洮阳镇西街村3社"
    assert look_up(address).rest == "西街村3社"
    assert look_up(address, TOWNSHIP).division.code == "621124100"
    assert look_up(address, COUNTY).rest == "洮阳镇西街村3社"
    assert look_up("临洮 西街村", COUNTY).rest == "西街村"
    assert look_up("洮阳镇西街村", TOWNSHIP, within="621124").rest == "西街村"


def test_a_township_counts_only_inside_a_county_or_prefecture(look_up):
    assert look_up("洮阳镇", TOWNSHIP, within="621124").division.code == "621124100"
    assert look_up("洮阳", TOWNSHIP, within="621124").division.code == "621124100"
    assert look_up("洮阳镇", TOWNSHIP, within="621100").division.code == "621124100"
    assert codes(look_up("洮阳镇", TOWNSHIP)) == ["621124100"]
    assert len(look_up("城关镇", TOWNSHIP).candidates) == 20
    assert len(look_up("城关镇", TOWNSHIP, within="620000").candidates) == 20


def test_a_township_that_several_counties_of_the_prefecture_have_is_ambiguous(look_up):
    assert codes(look_up("城关镇", TOWNSHIP, within="622900")) == ["622924100", "622925100"]
    assert look_up("城关镇", TOWNSHIP, within="622924").division.code == "622924100"


def test_a_township_that_is_not_in_the_scope_is_unknown_there(look_up):
    found = look_up("城关镇", TOWNSHIP, within="621124")
    assert found.state == "unknown"
    assert "洮阳镇" in found.nearest


def test_a_township_staff_member_names_her_own_township(look_up):
    assert look_up("洮阳镇", TOWNSHIP, within="621124100").division.code == "621124100"


def test_a_township_that_has_become_a_town_is_known_by_its_old_suffix(look_up):
    found = look_up("新华乡", TOWNSHIP, within="620602")
    assert (found.division.name, found.warning) == ("新华镇", W_RENAMED)


def test_other_ways_to_write_a_township(look_up):
    assert look_up("雁南街道办事处", TOWNSHIP, within="620102").division.name == "雁南街道"
    assert look_up("雁南街道办", TOWNSHIP, within="620102").division.name == "雁南街道"
    assert look_up("山寨乡", TOWNSHIP, within="620881").division.name == "山寨乡"
    assert look_up("祁丰乡", TOWNSHIP, within="620721").division.name == "祁丰藏族乡"
    assert look_up("祁丰蔵族乡", TOWNSHIP, within="620721").division.name == "祁丰藏族乡"


def test_a_subdistrict_named_after_a_city_is_not_the_city(look_up):
    assert look_up("白银路街道", TOWNSHIP, within="620102").division.code == "620102007"
    assert look_up("白银路街道", None, within="620102").division.code == "620102007"
    assert look_up("靖远路街道某社区", TOWNSHIP, within="620102").rest == "某社区"


def test_every_division_is_found_by_its_code_and_by_its_full_name(look_up):
    for division in book().by_id.values():
        if division.in_force:
            assert look_up(division.code, division.level).division == division
            assert look_up(division.full_name, division.level).division == division, division.full_name


def test_the_columns_of_a_workbook_get_plain_answers():
    match_division = for_columns(matcher(), book().by_code["621124"])
    by_code = book().by_code
    assert match_division("临洮", COUNTY) == ("ok", by_code["621124"], None)
    assert match_division("华亭县", COUNTY) == ("ok", by_code["620881"], W_RENAMED)
    assert match_division("白银", COUNTY) == ("ambiguous", [by_code["620400"], by_code["620402"]])
    assert match_division("兰州新区", COUNTY) == ("reporting_unit", "兰州新区")
    assert match_division("洮羊镇", TOWNSHIP) == ("unknown", ["洮阳镇"])


def test_reading_a_cell_asks_no_database(look_up, django_assert_num_queries):
    with django_assert_num_queries(0):
        for text in ("临洮县", "621124", "甘肃省定西市临洮县洮阳镇", "没有的县"):
            look_up(text, COUNTY)


def test_a_division_that_was_loaded_since_is_matched(list_of):
    assert matcher().match("榆中区", COUNTY).state == "unknown"
    load(
        list_of(
            {"code": "620123", "parent_code": "620100", "level": "county", "name": "榆中县",
             "valid_to": "2026-10-31", "successor_code": "620106"},
            {"code": "620106", "parent_code": "620100", "level": "county", "name": "榆中区"},
        )
    )  # fmt: skip
    assert matcher().match("榆中", COUNTY).division.code == "620106"
    assert matcher().match("榆中县", COUNTY).warning == W_RENAMED
    assert matcher().match("620123", COUNTY).division.code == "620106"
    assert matcher().match("榆中县城关镇", TOWNSHIP).division.code == "620123100"
