"""Who is a left-behind child by MCA2016, on which day; what counts at year end."""

from datetime import date

import pytest

from children.ages import age_on, birthday, latest_birth_at_age
from children.facts import state_parent
from children.models import Child
from tests.records import make_child

pytestmark = pytest.mark.django_db
DAY = date(2015, 12, 31)


def counted(day: date = DAY) -> bool:
    return Child.objects.left_behind_on(day).exists()


@pytest.mark.parametrize(
    ("father", "mother", "expected"),
    [
        ("away", "away", True),
        ("away", "home", False),
        ("home", "home", False),
        ("away", "ill", True),
        ("missing", "away", True),
        ("away", "deceased", True),
        ("away", "divorced", False),
        ("deceased", "deceased", False),
        ("away", "unknown", False),
        ("detained", "home", False),
    ],
)
def test_what_the_parents_are_decides(father: str, mother: str, expected: bool) -> None:
    make_child(parents=(father, mother))

    assert counted() == expected


def test_the_parent_named_as_unable_counts_as_unable() -> None:
    make_child(parents=("away", "home"), one_away_other_unable=True, unable_parent="mother")

    assert counted()


def test_a_parent_who_came_back_ends_it_on_that_day() -> None:
    child = make_child()
    state_parent(child.parents.get(kind="mother"), "home", date(2015, 7, 1))

    assert counted(date(2015, 6, 30))
    assert not counted(date(2015, 7, 1))


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        (date(2000, 1, 1), date(2015, 12, 31), True),
        (date(1999, 12, 31), date(2015, 12, 31), False),  # the birthday itself counts as reached
        (date(2000, 2, 29), date(2016, 2, 28), True),
        (date(2000, 2, 29), date(2016, 2, 29), False),
    ],
)
def test_under_sixteen_on_the_day(born: date, day: date, expected: bool) -> None:
    make_child(birth_date=born)

    assert counted(day) == expected


def test_a_town_household_of_the_old_kind_does_not_count() -> None:
    make_child(household_type="2")

    assert not counted()


def test_a_draft_is_in_no_figure() -> None:
    make_child(consent=False)

    assert not counted()
    assert Child.objects.drafts().count() == 1


def test_the_year_ends_at_midnight_of_31_december() -> None:
    make_child(name="甲", registered_on=date(2015, 12, 31))
    make_child(name="乙", registered_on=date(2016, 1, 1))
    make_child(name="丙", ended=(date(2015, 12, 31), "02"))
    make_child(name="丁", ended=(date(2016, 1, 1), "02"))

    assert set(Child.objects.registered_on(DAY).values_list("name", flat=True)) == {"甲", "丁"}
    assert set(Child.objects.exited_during(2015).values_list("name", flat=True)) == {"丙"}
    assert set(Child.objects.entered_during(2016).values_list("name", flat=True)) == {"乙"}


@pytest.mark.parametrize("born", [date(2004, 2, 29), date(2010, 9, 1), date(2008, 12, 31)])
@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2022, 3, 1), date(2024, 2, 29), date(2026, 9, 1)])
@pytest.mark.parametrize("years", [6, 14, 16, 18])
def test_the_age_in_python_and_in_sql_agree(born: date, day: date, years: int) -> None:
    reached = birthday(born, years) <= day

    assert (age_on(born, day) >= years) == reached
    assert (born <= latest_birth_at_age(years, day)) == reached
