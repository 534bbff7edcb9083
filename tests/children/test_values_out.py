"""What an export reads column by column is what the records say: the two ways of reading children agree."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from children.code_tables import ExitReason
from children.models import Child, Episode
from children.resources import ChildResource
from gansu_care.sealed.cipher import CannotOpen
from gansu_care.spreadsheets.resources import RegistryResource
from tests.spreadsheets.test_round_trip import WHOLE
from tests.uploading import CHILD_HEAD, child_numbered, children_file, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(officer):
    gone = child_numbered(3) | {"登记日期": "2025-09-01", "退出日期": "2026-06-30", "退出原因": "年满16周岁"}
    unnumbered = {
        "身份证号": None,
        "是否登记户口": "否",
        "出生日期": "2016年3月",
        "父亲姓名": "—",
        "父亲状态": None,
    }
    poor = child_numbered(4) | unnumbered | {"父亲电话": None}
    rows = [WHOLE, child_numbered(2), gone, poor]
    written(officer, children_file(*rows, head=[*CHILD_HEAD, *WHOLE, "退出日期", "退出原因"]), "children")
    return list(Child.objects.order_by("pk").values_list("pk", flat=True))


def both(ids, columns=None):
    """The cells of each column, read by record and read by column."""
    resource = ChildResource()
    columns = columns or resource.export_columns()
    ways = RegistryResource.values_of(resource, columns, ids), resource.values_of(columns, ids)
    return [
        {name: resource.cells(values[name], column, False) for name, column in columns.items()}
        for values in ways
    ]


def test_every_column_tells_the_same(children):
    by_record, by_column = both(children)
    assert by_record == by_column
    assert by_column["name"][0] == "王小花"
    assert (by_column["father_birth_date"][0], by_column["father_since"][0]) == ("1988", "2022-03")
    assert by_column["maternal_grandfather_name"][0] == "张大爷（已故）"
    assert by_column["household_division"][0] == "甘肃省定西市临洮县八里铺镇"
    assert (by_column["birth_date"][3], by_column["grandfather_name"][0]) == ("2016-03", "—")
    assert by_column["ended_on"] == [None, None, date(2026, 6, 30), None]


def test_in_the_order_asked_for_without_those_that_are_gone(children):
    first, _second, third, fourth = children
    numbers = dict(Child.objects.values_list("pk", "number"))
    for cells in both([third, 10**9, first, fourth]):
        assert cells["number"] == [numbers[third], numbers[first], numbers[fourth]]


def test_of_several_episodes_the_last(children):
    ended = Episode.objects.get(child_id=children[2])
    again = ended.ended_on + timedelta(days=40)
    Episode.objects.create(
        child_id=children[2], episode_no=2, registered_on=ended.ended_on, ended_on=again,
        reason=ExitReason.values[0],
    )  # fmt: skip
    for cells in both(children):
        assert cells["ended_on"] == [None, None, again, None]


def test_nobody_is_there():
    for cells in both([]):
        assert set(map(len, cells.values())) == {0}


def test_only_the_tables_are_read_that_columns_speak_of(children):
    resource = ChildResource()
    columns = {name: resource.fields[name] for name in ("name", "carer_phone")}
    with CaptureQueriesContext(connection) as asked:
        cells = resource.values_of(columns, children)
    assert set(cells) == {"name", "carer_phone"}
    tables = " ".join(query["sql"] for query in asked)
    assert len(asked) == 2
    for table in ("parent", "grandparent", "episode", "consent"):
        assert f"children_{table}" not in tables
    assert "id_number" not in tables


def test_a_value_of_another_field_does_not_open(children):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET address = id_number WHERE id = %s", [children[0]])
    resource = ChildResource()
    with pytest.raises(CannotOpen):
        resource.values_of({"address": resource.fields["address"]}, children)
