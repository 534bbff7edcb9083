"""Who sees which rows: the province all, a prefecture and a county theirs, a township its own, everyone else none."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser

from centers.models import Center, Equipment
from gansu_care.divisions.loading import load
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import ScopedQuerySet, covers, divisions_for, user_covers

pytestmark = pytest.mark.django_db

PLACES = ("620000", "621100", "621124", "621124100", "621125", "620200", "620201100", "620122", "620171101")


@dataclass
class Standing:
    """A user as far as the rule looks at her."""

    division: Division | None
    rights: set[str] = field(default_factory=lambda: {"see_registry"})
    is_authenticated: bool = True
    is_active: bool = True
    is_granted: bool = True

    @property
    def division_id(self) -> int | None:
        return self.division.pk if self.division else None

    def may(self, right: str) -> bool:
        return right in self.rights


@pytest.fixture
def centers(make_center) -> dict[str, Center]:
    return {code: make_center(code, name=code) for code in PLACES}


@pytest.fixture
def standing(at):
    return lambda code, **values: Standing(at(code), **values)


def seen(user: object) -> list[str]:
    return list(Center.objects.visible_to(user).order_by("id").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("620000", list(PLACES)),
        ("621100", ["621100", "621124", "621124100", "621125"]),
        ("621124", ["621124", "621124100"]),
        ("621124100", ["621124100"]),
        ("621125", ["621125"]),
        ("620200", ["620200", "620201100"]),
        ("620201100", ["620201100"]),
        ("620122", ["620122", "620171101"]),
        ("622900", []),
    ],
)
def test_each_level_sees_its_own_and_what_lies_below(centers, standing, code, expected):
    assert seen(standing(code)) == expected


def test_nobody_sees_anything_without_account_activity_division_or_right(centers, standing):
    assert seen(AnonymousUser()) == []
    assert seen(standing("620000", is_authenticated=False)) == []
    assert seen(standing("620000", is_active=False)) == []
    assert seen(standing("620000", rights=set())) == []
    assert seen(Standing(None)) == []


def test_a_kind_of_rows_may_ask_for_a_right_of_its_own(centers, standing):
    class Money(ScopedQuerySet):
        right = "see_money"

    rows = Money(Center)
    assert not rows.visible_to(standing("620000")).exists()
    assert rows.visible_to(standing("620000", rights={"see_money"})).count() == len(PLACES)


def test_a_row_without_columns_of_its_own_is_reached_by_its_path(centers, standing):
    class Dependent(ScopedQuerySet):
        scope_path = "center"

    for center in centers.values():
        Equipment.objects.create(
            center=center, division=center.division, item="电视", quantity=1, category="02"
        )
    rows = Dependent(Equipment).visible_to(standing("621124"))
    assert {row.center.name for row in rows} == {"621124", "621124100"}


def test_within_keeps_the_rows_of_a_division(centers, at):
    names = Center.objects.within(at("620200")).values_list("name", flat=True)
    assert set(names) == {"620200", "620201100"}


def test_scope_is_one_indexed_comparison(at):
    for code, column in (("621100", "prefecture_id"), ("621124", "county_id"), ("621124100", "division_id")):
        where = str(Center.objects.within(at(code)).order_by().query).split("WHERE")[1]
        assert where.strip() == f'"centers_center"."{column}" = {at(code).pk}'
    assert "WHERE" not in str(Center.objects.within(at("620000")).query)


def test_after_a_county_was_renamed_its_officer_and_its_rows_meet_again(make_center, standing, list_of):
    make_center("620123", name="县")
    make_center("620123100", name="镇")
    officer = standing("620123")
    load(
        list_of(
            {"code": "620123", "parent_code": "620100", "level": "county", "name": "榆中县",
             "valid_to": "2026-10-31", "successor_code": "620106"},
            {"code": "620106", "parent_code": "620100", "level": "county", "name": "榆中区"},
        )
    )  # fmt: skip
    assert seen(officer) == ["县", "镇"]
    assert seen(standing("620106")) == ["县", "镇"]


def test_a_township_sees_the_rows_of_the_one_it_took_over(make_center, standing, list_of):
    make_center("621124100", name="旧")
    load(
        list_of(
            {"code": "621124100", "parent_code": "621124", "level": "township", "name": "洮阳镇",
             "valid_to": "2026-10-31", "successor_code": "621124199"},
            {"code": "621124199", "parent_code": "621124", "level": "township", "name": "洮阳新镇"},
        )
    )  # fmt: skip
    make_center("621124199", name="新")
    assert seen(standing("621124199")) == ["旧", "新"]


def test_a_form_offers_the_own_division_and_those_below(standing):
    assert divisions_for(standing("620000")).count() == 1504
    assert divisions_for(standing("621100")).filter(level="county").count() == 7
    assert divisions_for(standing("621124")).count() == 19
    assert [found.code for found in divisions_for(standing("621124100"))] == ["621124100"]
    assert divisions_for(standing("620200")).count() == 6
    assert not divisions_for(AnonymousUser()).exists()
    assert not divisions_for(Standing(None)).exists()
    assert not divisions_for(standing("620000", is_active=False)).exists()


def test_a_division_covers_itself_and_what_lies_below(at):
    assert covers(at("620000"), at("621124100"))
    assert covers(at("621124"), at("621124"))
    assert covers(at("620200"), at("620201100"))
    assert covers(at("620881"), at("620824"))
    assert not covers(at("621124"), at("621125"))
    assert not covers(at("621124"), at("621100"))


def test_a_user_covers_what_her_division_covers(standing, at):
    assert user_covers(standing("621124"), at("621124100"))
    assert not user_covers(standing("621124"), at("621125"))
    assert not user_covers(standing("621124", is_active=False), at("621124"))
    assert not user_covers(AnonymousUser(), at("621124"))
