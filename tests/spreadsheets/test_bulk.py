"""Bulk writing does what `save()` does, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone

from centers.models import Center, Equipment
from children.models import Child
from gansu_care.divisions.models import Division
from gansu_care.divisions.placing import place_all
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.stored_rows import stored_rows
from gansu_care.trail.record_numbers import take_numbers
from tests.people import LINTAO

pytestmark = pytest.mark.django_db


def a_child(name="王小花", id_number="620100201509010020", **overrides):
    values = dict(
        name=name, sex="2", ethnic_group="01", birth_date=date(2015, 9, 1), id_number=id_number,
        schooling="primary", registered_on=date(2026, 11, 1), division=Division.objects.get(code=LINTAO),
        health=["disabled", "ill"], village="二\t里\\铺\n村", address="二里铺村3号", boarder=None,
        household_registered=True,
    )  # fmt: skip
    return Child(**(values | overrides))


def inserted(*children):
    with transaction.atomic():
        rows = place_all(children)
        for row, number, pk in zip(
            rows, take_numbers(len(rows)), bulk.take_ids(Child, len(rows)), strict=True
        ):
            row.pk, row.number = pk, number
        bulk.insert(rows)
    return rows


def columns_of(child):
    skipped = {"id", "number", "created_at", "changed_at", "name_sort"}
    return {
        f.attname: getattr(child, f.attname) for f in Child._meta.concrete_fields if f.name not in skipped
    }


def test_inserted_row_equals_a_saved_one():
    saved = a_child(id_number=None)
    saved.save()
    (row,) = inserted(a_child(id_number=None))
    assert columns_of(Child.objects.get(pk=row.pk)) == columns_of(Child.objects.get(pk=saved.pk))


def test_sealed_values_and_their_digests_are_written():
    (row,) = inserted(a_child())
    found = Child.objects.get(id_number="620100201509010020")
    assert (found.pk, found.id_number.open(), found.address.open()) == (
        row.pk,
        "620100201509010020",
        "二里铺村3号",
    )
    assert found.village == "二\t里\\铺\n村"
    assert timezone.now() - found.created_at < timedelta(minutes=1)


def test_the_orm_goes_on_after_the_taken_ids():
    (row,) = inserted(a_child())
    later = a_child("王小朵", "620100201509010039")
    later.save()
    assert later.pk > row.pk


def test_update_writes_over_the_version_it_read():
    first, second = inserted(a_child(), a_child("王小朵", "620100201509010039"))
    read = list(Child.objects.order_by("pk"))
    Child.objects.filter(pk=second.pk).update(version=2, village="别人改的村")
    for child in read:
        child.village = "南门村"
    with transaction.atomic():
        assert bulk.update(read, versioned=True) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.version, first.village, first.health) == (2, "南门村", ["disabled", "ill"])
    assert (second.version, second.village) == (2, "别人改的村")


def test_an_unchanged_sealed_value_keeps_its_ciphertext():
    (row,) = inserted(a_child())
    token = Child.objects.get(pk=row.pk).id_number.token
    read = Child.objects.get(pk=row.pk)
    read.id_number, read.village = "620100201509010020", "南门村"
    with transaction.atomic():
        bulk.update([read], versioned=True)
    assert Child.objects.get(pk=row.pk).id_number.token == token


def test_history_is_one_statement(officer, django_assert_num_queries):
    rows = inserted(a_child(), a_child("王小朵", "620100201509010039"))
    at = timezone.now()
    with django_assert_num_queries(1):
        written = bulk.write_history(
            Child, [row.pk for row in rows], "+", user_id=officer.pk, reason="表格导入", at=at
        )
    assert written == 2
    past = rows[0].history.get()
    assert (past.history_type, past.history_user, past.history_change_reason) == ("+", officer, "表格导入")
    assert (past.history_date, past.number) == (at, rows[0].number)
    assert past.id_number.open() == "620100201509010020"


def test_money_keeps_its_cents():
    county = Division.objects.get(code=LINTAO)
    center = Center(name="南门村留守儿童之家", type="left_behind_home", division=county)
    center.save()
    lot = Equipment(
        center=center, division=county, category="04", item="图书", quantity=Decimal("300"),
        unit_price=Decimal("12.35"), amount=Decimal("3705.00"), unit="册",
    )  # fmt: skip
    with transaction.atomic():
        place_all([lot])
        lot.pk, lot.number = bulk.take_ids(Equipment, 1)[0], take_numbers(1)[0]
        bulk.insert([lot])
    found = Equipment.objects.get()
    assert (found.unit_price, found.amount, found.quantity) == (
        Decimal("12.35"),
        Decimal("3705.00"),
        Decimal(300),
    )


@pytest.mark.parametrize("count", [1, 40_000])
def test_look_up_among_any_number_of_values(count, django_assert_num_queries):
    inserted(a_child())
    numbers = [f"GC{n:010d}" for n in range(count)] + [Child.objects.get().number]
    with django_assert_num_queries(1):
        assert list(Child.objects.filter(number__in=bulk.among(numbers)).values_list("name", flat=True)) == [
            "王小花"
        ]
    assert Child.objects.filter(pk__in=bulk.among([Child.objects.get().pk])).count() == 1
    assert not Child.objects.filter(number__in=bulk.among([])).exists()


def test_a_blank_row_is_what_calling_the_model_gives():
    made, called = bulk.blank(Child, name="王小花"), Child(name="王小花")
    assert columns_of(made) == columns_of(called)
    assert (made.pk, made._state.adding) == (None, True)
    made.health.append("ill")
    assert bulk.blank(Child).health == []
    made.id_number = "620100201509010028"
    assert made.id_number_digest == made.id_number.digest


def test_any_number_of_values_is_one_parameter_that_is_looked_up():
    first, _second = inserted(a_child(), a_child("王小朵", "620100201509010039"))
    named = Child.objects.filter(
        pk__in=bulk.among([first.pk, 0]), division__in=bulk.among([first.division_id])
    )
    sql, parameters = named.query.sql_with_params()
    assert list(named) == [first]
    assert len(parameters) == 2
    assert ("= ANY" if connection.vendor == "postgresql" else "json_each") in sql
    assert not Child.objects.filter(pk__in=bulk.among([])).exists()


def test_rows_are_written_as_they_are_made(monkeypatch):
    monkeypatch.setattr(bulk, "BLOCK", 2)
    serials = range(1, 6)
    children = (a_child(f"王小{serial}", None) for serial in serials)
    inserted(*children)
    assert Child.objects.count() == len(serials)


def test_columns_that_stand_as_they_were_read_are_left_alone():
    (row,) = inserted(a_child())
    (read,) = stored_rows(Child.objects.filter(pk=row.pk), lock=True)
    Child.objects.filter(pk=row.pk).update(school="别人改的学校", village="别人改的村")
    read.village, read.address = "南门村", "南门村12号"
    with transaction.atomic():
        assert bulk.update([read], versioned=True, as_read=True) == 1
    found = Child.objects.get(pk=row.pk)
    assert (found.village, found.address.open(), found.version) == ("南门村", "南门村12号", 2)
    assert found.school == "别人改的学校"
    assert found.changed_at > read.as_read.changed_at


def test_a_digest_goes_with_its_sealed_value():
    (row,) = inserted(a_child())
    (read,) = stored_rows(Child.objects.filter(pk=row.pk), lock=True)
    read.id_number = "620100201509010039"
    with transaction.atomic():
        bulk.update([read], as_read=True)
    assert Child.objects.get(id_number="620100201509010039").pk == row.pk


def test_a_row_to_be_written_is_as_the_orm_reads_it():
    (row,) = inserted(a_child())
    (read,) = stored_rows(Child.objects.filter(pk=row.pk), lock=True)
    assert columns_of(read) == columns_of(Child.objects.get(pk=row.pk))
    assert (read.pk, read._state.adding, read.division.code) == (row.pk, False, LINTAO)


def test_a_row_to_be_looked_at_has_the_same_columns():
    (row,) = inserted(a_child())
    (light,) = stored_rows(Child.objects.filter(pk=row.pk), lock=False)
    assert columns_of(light) == columns_of(Child.objects.get(pk=row.pk))
    light.birth = "hung beside"
    assert (light.pk, light.birth) == (row.pk, "hung beside")


def test_texts_of_any_kind_arrive_as_they_are():
    texts = ["二\t里", "\\N", "\\.", "一\r\n二", "", "普通"]
    inserted(*(a_child(f"王小{place}", None, village=text) for place, text in enumerate(texts)))
    assert list(Child.objects.order_by("pk").values_list("village", flat=True)) == texts
