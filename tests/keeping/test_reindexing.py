"""rotate_index_key: the key of the blind index is replaced while people write; nobody is lost, nobody comes twice."""

import base64
from datetime import date
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from children.models import Carer, Child
from children.resources.finding import ID_NUMBER
from gansu_care.keeping.reindexing import indexes
from gansu_care.sealed import cipher
from gansu_care.sealed.fields import DigestField, SealedTextField
from gansu_care.trail.models import Action, Event
from tests.records import invented_id_number, make_child
from tests.uploading import checked, children_file, counts, registered

pytestmark = pytest.mark.django_db
OLD, NEW, NEXT = (base64.b64encode(bytes([letter]) * 32).decode() for letter in b"abc")
BORN = date(2010, 9, 1)
STAGES = (OLD, f"1:{OLD},2:{NEW}", f"2:{NEW}", f"2:{NEW},3:{NEXT}", f"3:{NEXT}")


def test_every_sealed_column_with_a_digest_has_two_as_unique_as_each_other() -> None:
    sealed = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField) and field.digest_field
    ]
    assert {(index.model, index.sealed) for index in indexes()} == set(sealed)
    for index in indexes():
        odd, even = sorted(index.digests, key=lambda one: one.even)
        assert (odd.even, even.even) == (False, True)
        assert even.name == f"{odd.name}_even"
        assert odd.db_index == even.db_index
        assert _constraints(index.model, odd) == _constraints(index.model, even)


def _constraints(model, field: DigestField) -> list[tuple]:
    return [
        (tuple(name.removesuffix("_even") for name in one.fields), one.condition)
        for one in model._meta.constraints
        if isinstance(one, UniqueConstraint) and field.name in one.fields
    ]


def digests(child: Child) -> tuple[str | None, str | None]:
    return Child.objects.values_list("id_number_digest", "id_number_digest_even").get(pk=child.pk)


def test_the_key_goes_from_column_to_column_and_back(start_with, capsys) -> None:
    number = invented_id_number(BORN, 3)
    filled = []
    start_with(DIGEST_KEY=OLD)
    child = make_child(id_number=number)
    Carer.objects.create(child=child, name="李桂英", phone="13800000001", since=date(2015, 3, 1))
    for stage in STAGES:
        start_with(DIGEST_KEY=stage)
        assert Child.objects.get(id_number=number) == child, "before the index is made anew"
        call_command("rotate_index_key")
        assert Child.objects.get(id_number=number) == child, "and afterwards"
        filled.append(tuple(bool(digest) for digest in digests(child)))

    assert filled == [(True, False), (True, True), (False, True), (True, True), (True, False)]
    assert digests(child) == (cipher.digest(number, ID_NUMBER, 3), None)
    assert Carer.objects.get(phone="13800000001").child == child
    assert {row.id_number_digest for row in child.history.exclude(id_number_digest=None)} == {
        digests(child)[0]
    }
    assert "DIGEST_KEY 可以只留第 2 号" in capsys.readouterr().out
    event = Event.objects.filter(action=Action.SETTING).latest("pk")
    assert (event.kind, event.number) == ("key", "digest 3")


@pytest.mark.parametrize(("before", "after"), list(pairwise(STAGES)))
def test_processes_of_both_sides_of_a_new_start_refuse_the_same_child(start_with, before, after) -> None:
    """Of two processes one has been started again and one has not; either finds the other's child."""
    number, other = invented_id_number(BORN, 3), invented_id_number(BORN, 5)
    for first, second, taken in ((before, after, number), (after, before, other)):
        start_with(DIGEST_KEY=first)
        child = make_child(id_number=taken)
        start_with(DIGEST_KEY=second)
        assert Child.objects.get(id_number=taken) == child
        with pytest.raises(IntegrityError), transaction.atomic():
            make_child(id_number=taken)


def test_an_upload_finds_its_child_whichever_key_is_searched_by(start_with, officer) -> None:
    start_with(DIGEST_KEY=OLD)
    registered(officer)
    for stage in STAGES:
        start_with(DIGEST_KEY=stage)
        assert counts(checked(officer, children_file({"姓名": "王小华"}), "children")) == {"changed": 1}
        call_command("rotate_index_key")
        assert counts(checked(officer, children_file({}), "children")) == {"same": 1}


def test_a_wrong_digest_is_put_right(start_with) -> None:
    child = make_child(id_number=invented_id_number(BORN, 3))
    right = digests(child)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET id_number_digest = 'x', id_number_digest_even = 'y'")

    call_command("rotate_index_key")

    assert digests(child) == right


@pytest.mark.django_db(transaction=True)
def test_nobody_is_lost_while_people_write(start_with, at_work) -> None:
    """Two people give children new numbers and add others; each looks for what she wrote, at every stage."""
    start_with(DIGEST_KEY=OLD)
    children = [make_child(id_number=invented_id_number(BORN, serial)) for serial in range(20)]
    holds: dict[str, int] = {}

    def act(turn: int) -> None:
        child = Child.objects.get(pk=children[turn % 20].pk)
        child.id_number = number = invented_id_number(date(2011, 3, turn // 900 + 1), turn % 900)
        child.save()
        holds[number] = child.pk
        assert Child.objects.get(id_number=number).pk == child.pk

    start_with(DIGEST_KEY=STAGES[1])
    at_work.begin(act)
    call_command("rotate_index_key")
    call_command("rotate_index_key")
    at_work.end()

    start_with(DIGEST_KEY=STAGES[2])
    last = {pk: number for number, pk in holds.items()}
    assert {pk: Child.objects.get(id_number=number).pk for pk, number in last.items()} == {
        pk: pk for pk in last
    }
