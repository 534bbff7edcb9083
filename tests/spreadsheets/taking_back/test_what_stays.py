"""What others point at, what would clash, what is gone already."""

import pytest

from centers.models import Center, CenterState, Equipment
from children.models import Child
from tests.people import person
from tests.records import make_center, make_equipment
from tests.register_rows import register_rows
from tests.spreadsheets.taking_back.undoing import CENTERS, lines, one_child, undone
from tests.uploading import (
    A_CHILD,
    child_numbered,
    children_file,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db


def test_a_new_center_with_equipment_stays_until_the_equipment_is_gone(officer, county):
    head = ["中心名称", "乡镇", "建成日期"]
    upload = written(officer, xlsx([head, ["甲中心", "洮阳镇", "2009-09-01"]]), "centers")
    center = Center.objects.get()
    make_equipment(center)
    kept = undone(upload, county).undo_lines.get()
    assert (kept.outcome, kept.why, kept.pointing) == ("kept", "pointed_at", {"centers.equipment": 1})
    assert (Center.objects.count(), Equipment.objects.count()) == (1, 1)


def test_a_center_that_only_rows_of_the_same_upload_point_at_goes_with_them(officer, county):
    """The new center took over from another one of the same file."""
    head = ["中心名称", "乡镇", "建成日期"]
    upload = written(
        officer,
        xlsx([head, ["甲中心", "洮阳镇", "2009-09-01"], ["乙中心", "洮阳镇", "2010-09-01"]]),
        "centers",
    )
    first, second = Center.objects.order_by("pk")
    # As a file that names the successor writes it: within the application, under its stamp.
    state = second.states.get()
    CenterState.objects.filter(pk=state.pk).update(successor=first)
    undone(upload, county)
    assert not Center.objects.exists()


def test_an_id_number_that_another_child_has_by_now_is_said_to_clash(officer, county):
    free = child_numbered(5)["身份证号"]
    born = {"出生日期": child_numbered(5)["出生日期"]}
    written(officer, children_file({}, child_numbered(2)), "children")
    child = one_child()
    head = ["档案编号", "姓名", "身份证号", "出生日期", "村"]
    row = [child.number, "王小花", free, born["出生日期"], "北街村"]
    upload = written(
        officer, xlsx([head, row, [None, "王小草", None, None, None]]), "children", good_rows=True
    )
    Child.objects.exclude(pk=child.pk).update(id_number=None, id_number_digest=None)
    other = Child.objects.exclude(pk=child.pk).get()
    other.id_number = A_CHILD["身份证号"]
    other.save()
    before = register_rows(())
    back = undone(upload, county)
    assert lines(back) == [("failed", child.number, "restore", [], "clash")]
    assert register_rows(()) == before, "a record that clashes is left wholly as it is"


def test_one_clash_does_not_hold_the_others_back(officer, county):
    written(officer, xlsx([CENTERS[:3], ["甲中心", "洮阳镇", "2009-09-01"]]), "centers")
    number = Center.objects.get().number
    head = ["档案编号", "中心名称", "乡镇", "建成日期"]
    rows = [[number, "乙中心", "洮阳镇", "2009-09-01"], [None, "丙中心", "洮阳镇", "2009-09-01"]]
    upload = written(officer, xlsx([head, *rows]), "centers")
    make_center("621124100", name="甲中心")
    back = undone(upload, county)
    assert [line[:1] + line[4:] for line in lines(back)] == [("failed", "clash"), ("undone", "")]
    assert set(Center.objects.values_list("name", flat=True)) == {"甲中心", "乙中心"}


def test_a_record_out_of_the_administrators_scope_is_not_touched(prefecture, officer):
    upload = written(prefecture, xlsx([CENTERS[:3], ["甲中心", "临洮县洮阳镇", "2009-09-01"]]), "centers")
    if not upload.written:
        pytest.fail([problem.code for problem in upload.problems.all()])
    Center.objects.update(division=person("admin").division, county=None, prefecture=None)
    assert [line[4] for line in lines(undone(upload, prefecture))] == ["out_of_scope"]
    assert Center.objects.count() == 1
