"""When a child of the register may be the child of a row: the rule by itself."""

from datetime import date

import pytest

from children.alike import may_be_alike, people_alike, settled_without_people

BORN = date(2015, 9, 1)


@pytest.mark.parametrize(
    ("name", "born", "like"),
    [
        ("张小明", date(2015, 9, 1), ("same", "same")),
        ("张晓明", date(2015, 9, 1), ("heard", "same")),
        ("章小明", date(2015, 9, 1), ("heard", "same")),
        ("张小朋", date(2015, 9, 1), ("mistyped", "same")),
        ("张小明", date(2015, 9, 7), ("same", "mistyped")),  # 1 and 7
        ("张小明", date(2016, 9, 1), ("same", "mistyped")),
        ("张小明", date(2015, 1, 9), ("same", "mistyped")),  # month and day exchanged
        ("张晓明", date(2015, 9, 7), ("heard", "mistyped")),
        ("张小朋", date(2015, 9, 7), None),  # two slips at once
        ("张小明", date(2014, 8, 1), None),
        ("李建国", date(2015, 9, 1), None),
        ("张明", date(2015, 9, 1), ("mistyped", "same")),  # a character left out
    ],
)
def test_what_name_and_date_say(name, born, like):
    assert may_be_alike("张小明", BORN, name, born) == like


def test_whose_surname_has_several_readings_is_heard_by_each():
    assert may_be_alike("单小明", BORN, "善小明", BORN) == ("heard", "same")
    assert may_be_alike("单小明", BORN, "丹小明", BORN) == ("heard", "same")


def test_the_same_name_and_date_are_enough_for_a_question():
    same, heard = may_be_alike("张小明", BORN, "张小明", BORN), may_be_alike("张小明", BORN, "张晓明", BORN)
    assert settled_without_people(same, same_township=False)
    assert settled_without_people(heard, same_township=True)
    assert not settled_without_people(heard, same_township=False)


def test_people_around_them_are_compared_by_name_and_by_ear():
    assert people_alike(["李桂英", "张大山"], ["张大山"])
    assert people_alike(["李贵英"], ["李桂英"])
    assert not people_alike(["李桂英"], ["王秀兰"])
    assert not people_alike([], ["王秀兰"])
