"""What was edited since is kept, and said."""

from datetime import date

import pytest

from children.facts import entrust_carer, state_parent
from children.models import Child, Episode
from tests.register_rows import register_rows
from tests.spreadsheets.taking_back.undoing import EXIT, TWO, lines, one_child, registered_long_ago, undone
from tests.uploading import (
    children_file,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db


def edited(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save_version(record.version)
    return record


def test_a_new_child_that_somebody_edited_stays(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    child = edited(one_child(), village="别人改的村")
    back = undone(upload, county)
    assert list(Child.objects.all()) == [child]
    assert Child.objects.get().village == "别人改的村"
    kept = back.undo_lines.get(outcome="kept")
    assert (kept.number, kept.act, kept.why, kept.fields) == (child.number, "remove", "edited", [])
    assert kept.when == child.history.latest("history_id").history_date
    assert back.undo_lines.filter(outcome="undone").count() == 1


@pytest.mark.parametrize("part", ["carer", "parent"])
def test_a_new_child_whose_family_was_edited_stays_whole(officer, county, part):
    upload = written(officer, children_file({}), "children")
    child = one_child()
    if part == "carer":
        entrust_carer(child, date(2026, 11, 1), name="王桂芳")
    else:
        state_parent(child.parents.get(kind="father"), "home", date(2026, 11, 1))
    before = register_rows(())
    back = undone(upload, county)
    assert register_rows(()) == before
    assert lines(back) == [("kept", child.number, "remove", [], "edited")]


def test_only_the_fields_that_still_hold_what_the_upload_wrote_return(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    edited(one_child(), village="东街村")
    back = undone(upload, county)
    child = one_child()
    assert (child.village, child.grade, child.version) == ("东街村", "P3", 4)
    assert lines(back) == [
        ("undone", child.number, "restore", ["children.child.grade"], ""),
        ("kept", child.number, "restore", ["children.child.village"], "edited"),
    ]


def test_the_line_names_who_edited_the_field_not_who_edited_last(officer, county, prefecture):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    for user, values in ((county, {"village": "东街村"}), (prefecture, {"school": "县一小"})):
        child = one_child()
        child._history_user = user
        edited(child, **values)
    kept = undone(upload, county).undo_lines.get(outcome="kept")
    assert kept.who == "赵玉兰"


def test_what_a_person_has_set_back_by_hand_needs_no_line(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    edited(one_child(), village="南门村")
    assert lines(undone(upload, county)) == [
        ("undone", one_child().number, "restore", ["children.child.grade"], "")
    ]


def test_dated_facts_on_which_somebody_built_stay_all(officer, county):
    """The upload ended one carer and began the next; a third was entered since: none of it can return."""
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"照护人姓名": "李桂芳", "村": "北街村"}), "children")
    child = one_child()
    entrust_carer(child, date(2026, 11, 20), name="王桂芳")
    before = list(child.carers.values("name", "since", "until"))
    back = undone(upload, county)
    assert list(child.carers.values("name", "since", "until")) == before
    assert lines(back) == [
        ("undone", child.number, "restore", ["children.child.village"], ""),
        ("kept", child.number, "restore", ["children.carer"], "edited"),
    ]


def test_an_exit_stays_when_the_child_has_come_back_since(officer, county):
    child = registered_long_ago(officer)
    upload = written(officer, xlsx(EXIT), "children")
    Episode.objects.create(child=child, episode_no=2, registered_on=date(2026, 11, 1))
    back = undone(upload, county)
    assert list(child.episodes.values_list("ended_on", flat=True)) == [date(2026, 10, 1), None]
    assert (one_child().status, lines(back)[-1][3:]) == ("active", (["children.episode"], "edited"))


def test_a_record_voided_since_stays_whole(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村"}), "children")
    edited(one_child(), voided_on=date(2026, 11, 20), void_reason="重复登记")
    assert lines(undone(upload, county)) == [("kept", one_child().number, "restore", [], "edited")]
    assert one_child().village == "北街村"


def test_a_sealed_value_somebody_changed_stays(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"父亲电话": "13800000009"}), "children")
    father = one_child().parents.get(kind="father")
    father.phone = "13800000005"
    father.save()
    back = undone(upload, county)
    assert one_child().parents.get(kind="father").phone == "13800000005"
    assert lines(back) == [("kept", one_child().number, "restore", ["children.parent.phone"], "edited")]
