"""A registry row's county, prefecture and reporting unit follow from its division."""

import pytest

from centers.models import Center
from gansu_care.divisions.models import Division
from gansu_care.divisions.placing import divided_models, place_all, placing, rederive_all

pytestmark = pytest.mark.django_db


def placed(center: Center) -> tuple[str | None, ...]:
    return tuple(found and found.code for found in (center.county, center.prefecture, center.reporting_unit))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("620000", (None, None, None)),
        ("621100", (None, "621100", None)),
        ("621124", ("621124", "621100", None)),
        ("621124100", ("621124", "621100", None)),
        ("620200", ("620200", "620200", None)),
        ("620201100", ("620200", "620200", None)),
        ("620171101", ("620122", "620100", "620171")),
        ("620122100", ("620122", "620100", None)),
        ("620824", ("620881", "620800", None)),
    ],
)
def test_the_columns_are_derived_when_a_row_is_saved(make_center, code, expected):
    assert placed(make_center(code)) == expected


def test_they_follow_when_the_row_gets_another_division(make_center, at):
    center = make_center("621124100")
    center.division = at("620201100")
    center.save(update_fields=["division"])
    center.refresh_from_db()
    assert placed(center) == ("620200", "620200", None)


def test_rows_written_in_bulk_are_placed_first(at):
    rows = place_all(Center(division=at(code), name=code) for code in ("621124", "620171101"))
    assert [placed(row) for row in rows] == [
        ("621124", "621100", None),
        ("620122", "620100", "620171"),
    ]


def test_placing_asks_no_database_once_the_list_is_known(at, django_assert_num_queries):
    township = at("621124100")
    placing(township)
    with django_assert_num_queries(0):
        assert placing(township) == placing(township.pk)


def test_a_division_made_since_the_list_was_read_is_placed(at):
    placing(at("621124"))
    made = Division.objects.create(code="621124998", name="新设镇", level="township", parent=at("621124"))
    assert placing(made).county_id == at("621124").pk


def test_an_unknown_division_is_no_place(db):
    with pytest.raises(Division.DoesNotExist):
        placing(987654321)


def test_rows_are_brought_up_to_the_list_and_counted(make_center):
    right, wrong = make_center("621124"), make_center("621125")
    Center.objects.filter(pk=wrong.pk).update(county=None)
    assert rederive_all() == 1
    assert rederive_all() == 0
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert placed(wrong) == ("621125", "621100", None)
    assert placed(right) == ("621124", "621100", None)


def test_centers_are_among_the_rows_that_have_a_division(db):
    assert Center in divided_models()
