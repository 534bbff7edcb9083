"""Centers by workbook: found by number, else by division and name; built is not operating."""

from datetime import date

import pytest

from centers.models import Center
from tests.records import make_equipment
from tests.uploading import checked, codes, counts, places, written, xlsx

pytestmark = pytest.mark.django_db

HEAD = [
    "序号",
    "中心名称",
    "类型",
    "乡镇",
    "村",
    "建成日期",
    "启用日期",
    "负责人",
    "联系电话",
    "服务儿童数",
    "其中留守儿童",
    "状态",
]
ROW = [
    1,
    "南门村留守儿童之家",
    "留守儿童之家",
    "洮阳镇",
    "南门村",
    "2009.9.1",
    "2009-10-01",
    "王秀英",
    13800000000,
    50,
    40,
    "运行",
]


def table(*rows: dict, head=HEAD) -> bytes:
    held = dict(zip(HEAD, ROW, strict=True))
    return xlsx([head, *([(held | row).get(name) for name in head] for row in rows)])


def states(center: Center) -> list[tuple]:
    return [(one.status, one.since, one.until, one.reason) for one in center.states.order_by("pk")]


def test_a_new_center_runs_since_it_opened(officer):
    written(officer, table({}), "centers")
    center = Center.objects.get()
    assert (center.division.name, center.county.name, center.village) == ("洮阳镇", "临洮县", "南门村")
    assert (center.type, center.built_on) == ("left_behind_home", date(2009, 9, 1))
    assert center.manager_phone.open() == "13800000000"
    assert states(center) == [("operating", date(2009, 10, 1), None, "")]


def test_of_a_closed_one_nobody_knows_since_when(officer):
    written(officer, xlsx([["填报日期：2026年9月1日"], HEAD, [*ROW[:-1], "停用"]]), "centers")
    assert states(Center.objects.get()) == [("paused", date(2026, 9, 1), None, "")]


def test_the_type_may_stand_in_the_name(officer):
    head = [name for name in HEAD if name != "类型"]
    written(officer, table({"中心名称": "北街村儿童快乐家园"}, {"中心名称": "县中心"}, head=head), "centers")
    assert dict(Center.objects.values_list("name", "type")) == {
        "北街村儿童快乐家园": "happy_home",
        "县中心": "other",
    }


def test_found_by_division_and_name(officer):
    written(officer, table({}), "centers")
    upload = checked(officer, table({"服务儿童数": 60}, {"乡镇": "八里铺镇"}), "centers")
    assert counts(upload) == {"new": 1, "changed": 1}


def test_a_row_that_knows_only_the_county_means_the_one_of_that_name(officer):
    written(officer, table({}), "centers")
    head = [name for name in HEAD if name != "乡镇"]
    assert counts(checked(officer, table({}, head=head), "centers")) == {"same": 1}


def test_of_several_of_one_name_none_is_guessed(officer):
    written(officer, table({}, {"乡镇": "八里铺镇"}), "centers")
    head = [name for name in HEAD if name != "乡镇"]
    upload = checked(officer, table({"服务儿童数": 70}, head=head), "centers")
    assert (counts(upload), codes(upload)) == ({"doubtful": 1}, ["E_DOUBTFUL"])


def test_found_by_its_record_number(officer):
    written(officer, table({}), "centers")
    center = Center.objects.get()
    upload = written(
        officer, xlsx([["中心编号", "中心名称"], [center.number, "南门社区留守儿童之家"]]), "centers"
    )
    center.refresh_from_db()
    assert (upload.changed, center.name, center.division.name) == (1, "南门社区留守儿童之家", "洮阳镇")


def test_a_name_that_another_center_has_is_not_given_to_a_second(officer):
    written(officer, table({}, {"中心名称": "北街村儿童之家"}), "centers")
    center = Center.objects.get(name="北街村儿童之家")
    data = xlsx([["中心编号", "中心名称"], [center.number, "南门村留守儿童之家"]])
    assert codes(checked(officer, data, "centers")) == ["E_DOUBTFUL"]


def test_the_offices_own_numbers_say_nothing(officer):
    assert counts(checked(officer, table({}, head=["中心编号", *HEAD]), "centers")) == {"new": 1}
    head = ["中心编号", *HEAD]
    assert counts(checked(officer, table({"中心编号": "621124-0007"}, head=head), "centers")) == {"new": 1}


def test_the_same_center_twice(officer):
    upload = checked(officer, table({}, {"服务儿童数": 70}), "centers")
    assert (counts(upload), places(upload)) == ({"new": 1, "refused": 1}, ["B3 E_DUP_IN_FILE"])


def test_another_status_ends_one_fact_and_begins_the_next(officer):
    written(officer, table({}), "centers")
    head = [*HEAD, "状态日期", "状态原因"]
    upload = written(
        officer,
        table({"状态": "撤并", "状态日期": "2014-07-01", "状态原因": "学校合并"}, head=head),
        "centers",
    )
    assert upload.changed == 1
    center = Center.objects.get()
    assert (center.status, center.version) == ("merged", 2)
    assert states(center) == [
        ("operating", date(2009, 10, 1), date(2014, 7, 1), ""),
        ("merged", date(2014, 7, 1), None, "学校合并"),
    ]


def test_dates_and_counts_must_fit(officer):
    upload = checked(
        officer, table({"启用日期": "2009-01-01"}, {"中心名称": "另一个", "其中留守儿童": 60}), "centers"
    )
    assert places(upload) == ["G2 E_DATE_ORDER", "K3 E_RANGE"]


def test_a_home_older_than_the_first_ones(officer):
    upload = checked(officer, table({"建成日期": "2007-01-01"}), "centers")
    assert codes(upload) == ["E_DATE_EARLY"]


def test_a_center_of_another_county_is_out_of_scope(neighbour):
    head = ["县区", *HEAD]
    upload = checked(neighbour, table({"县区": "临洮县"}, head=head), "centers")
    assert (counts(upload), codes(upload)) == ({"refused": 1}, ["E_OUT_OF_SCOPE"])


def test_coordinates_lie_in_gansu(officer):
    head = [*HEAD, "经度", "纬度"]
    upload = checked(officer, table({"经度": 116.4, "纬度": 39.9}, head=head), "centers")
    assert places(upload) == ["M2 E_RANGE"]


def test_coordinates_come_with_their_datum(officer):
    head = [*HEAD, "经度", "纬度", "坐标系"]
    cells = {"经度": 103.86, "纬度": 35.38}
    assert places(checked(officer, table(cells, head=head), "centers")) == ["M2 E_COORDINATES"]
    assert counts(checked(officer, table(cells | {"坐标系": "GCJ02"}, head=head), "centers")) == {"new": 1}


def test_a_center_that_takes_money_is_asked_about(officer):
    upload = checked(officer, table({"是否免费开放": "收费"}, head=[*HEAD, "是否免费开放"]), "centers")
    assert (counts(upload), places(upload)) == ({"new": 1}, ["M2 W_NOT_FREE"])


def test_a_village_code_has_twelve_digits(officer):
    head = [*HEAD, "村代码", "核查日期"]
    good = {"村代码": 621124100200, "核查日期": "2026-05-01"}
    assert places(checked(officer, table({"村代码": "6211241"}, head=head), "centers")) == [
        "M2 E_VILLAGE_CODE"
    ]
    written(officer, table(good, head=head), "centers")
    center = Center.objects.get()
    assert (center.village_code, center.checked_on) == ("621124100200", date(2026, 5, 1))


def test_equipment_goes_where_its_center_goes(officer):
    written(officer, table({"乡镇": "八里铺镇"}), "centers")
    center = Center.objects.get()
    item = make_equipment(center)
    written(
        officer, xlsx([["中心编号", "中心名称", "乡镇"], [center.number, center.name, "洮阳镇"]]), "centers"
    )
    item.refresh_from_db()
    assert (item.division.name, item.history.count()) == ("洮阳镇", 2)
