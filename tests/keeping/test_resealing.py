"""rotate_keys: everything is sealed anew under the newest key while others write, and the old key may go."""

import base64
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db import connection

from children.models import Child
from gansu_care.jobs.models import Job
from gansu_care.keeping.resealing import reseal_everything
from gansu_care.keeping.sealed_columns import sealed_tables
from gansu_care.sealed import cipher
from gansu_care.spreadsheets.models import StagedRow, StoredProblem, UploadFile
from gansu_care.trail.models import Action, Event
from tests.records import invented_id_number, make_child
from tests.uploading import A_CHILD, checked, children_file, registered

pytestmark = pytest.mark.django_db
OLD, NEW = (f"{version}:{base64.b64encode(bytes([version]) * 32).decode()}" for version in (1, 2))
BORN = date(2010, 9, 1)


@pytest.fixture
def old_key(start_with) -> None:
    start_with(SEALING_KEYS=OLD)


def versions() -> dict[str, set[int]]:
    """By table: the versions of the keys under which its values are sealed."""
    found = {}
    with connection.cursor() as cursor:
        for table in sealed_tables():
            for field in table.fields:
                cursor.execute(f"SELECT {field.column} FROM {table.name} WHERE {field.column} IS NOT NULL")
                for (token,) in cursor.fetchall():
                    found.setdefault(table.name, set()).add(bytes(token)[0])
    return found


def silent(name: str, rows: int) -> None:
    """Nobody watches."""


def test_register_history_staging_problems_files_and_results_are_sealed_anew(
    old_key, start_with, officer
) -> None:
    child = registered(officer)
    waiting = checked(officer, children_file({"性别": "未知"}), "children")
    Job.objects.create(kind="test", object_id=1, user=officer, result=b"a result")
    assert set().union(*versions().values()) == {1}

    start_with(SEALING_KEYS=f"{OLD},{NEW}")
    call_command("rotate_keys")

    assert {"children_child", "children_historicalchild", "children_parent", "children_carer", "jobs_job",
            "spreadsheets_uploadfile", "spreadsheets_stagedrow",
            "spreadsheets_storedproblem"} <= versions().keys()  # fmt: skip
    assert set().union(*versions().values()) == {2}
    start_with(SEALING_KEYS=NEW)
    assert Child.objects.get(pk=child.pk).id_number.open() == A_CHILD["身份证号"]
    assert child.history.first().id_number.open() == A_CHILD["身份证号"]
    assert UploadFile.objects.get(upload=waiting).content[:2] == b"PK"
    assert StagedRow.objects.filter(upload=waiting).first().values
    assert StoredProblem.objects.filter(upload=waiting).first().problem.value == "未知"
    assert Job.objects.get().result == b"a result"


def test_second_factors_are_sealed_anew_and_still_open_the_door(old_key, start_with, admin) -> None:
    TOTP.activate(admin, secret := generate_totp_secret())
    codes = RecoveryCodes.activate(admin).get_unused_codes()

    start_with(SEALING_KEYS=f"{OLD},{NEW}")
    call_command("rotate_keys")
    start_with(SEALING_KEYS=NEW)

    totp = Authenticator.objects.get(user=admin, type=Authenticator.Type.TOTP)
    assert cipher.unseal(bytes.fromhex(totp.data["secret"]), "accounts.mfa.secret").decode() == secret
    kept = Authenticator.objects.get(user=admin, type=Authenticator.Type.RECOVERY_CODES).wrap()
    assert kept.get_unused_codes() == codes


def test_a_second_run_finds_nothing_and_says_that_the_old_key_may_go(old_key, start_with, capsys) -> None:
    make_child(id_number=invented_id_number(BORN, 3))
    start_with(SEALING_KEYS=f"{OLD},{NEW}")
    call_command("rotate_keys")
    capsys.readouterr()

    call_command("rotate_keys")

    said = capsys.readouterr().out
    assert "已用第2号密钥重新封存 0 行" in said
    assert "库里已没有第 1 号密钥封存的内容" in said
    event = Event.objects.filter(action=Action.SETTING).latest("pk")
    assert (event.kind, event.number, event.rows) == ("key", "sealing 2", 0)


def test_a_row_read_before_and_saved_after_does_not_bring_the_old_key_back(old_key, start_with) -> None:
    make_child(id_number=invented_id_number(BORN, 3))
    read_before = Child.objects.get()
    start_with(SEALING_KEYS=f"{OLD},{NEW}")
    call_command("rotate_keys")

    read_before.village = "南门村"
    read_before.save()

    assert versions()["children_child"] == versions()["children_historicalchild"] == {2}


def test_what_cannot_be_opened_stays_as_it_is_and_is_named(old_key, start_with, capsys) -> None:
    lost, kept = make_child(id_number=invented_id_number(BORN, 3)), make_child(name="王小花")
    kept.address = "南门村一社"
    kept.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE children_child SET id_number = %s WHERE id = %s",
            [connection.Database.Binary(b"\x07" + b"0" * 40), lost.pk],
        )
    start_with(SEALING_KEYS=f"{OLD},{NEW}")

    with pytest.raises(SystemExit) as end:
        call_command("rotate_keys")

    said = capsys.readouterr().out
    assert end.value.code == 1
    assert f"children_child 第 {lost.pk} 行打不开" in said
    assert "还不能去掉旧密钥" in said
    assert versions()["children_child"] == {2, 7}


def test_large_values_are_taken_a_few_at_a_time(old_key, start_with, officer, monkeypatch) -> None:
    for number in range(5):
        Job.objects.create(kind="test", object_id=number, user=officer, result=b"x" * 1_000)
    monkeypatch.setattr("gansu_care.keeping.resealing.BYTES_AT_ONCE", 2_500)
    start_with(SEALING_KEYS=f"{OLD},{NEW}")

    assert reseal_everything(silent).rows == 5
    assert {job.result for job in Job.objects.all()} == {b"x" * 1_000}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_while_people_write(old_key, start_with, at_work) -> None:
    """Two people change telephones and addresses of 40 children and add others while everything is sealed anew."""
    children = [
        make_child(id_number=invented_id_number(BORN, serial), address="旧址") for serial in range(40)
    ]
    said: dict[int, str] = {}
    added: dict[int, str] = {}

    def act(turn: int) -> None:
        child = Child.objects.get(pk=children[turn % 40].pk)
        child.address = said[child.pk] = f"新址{turn}号"
        child.save()
        if turn % 5 == 0:
            number = invented_id_number(date(2011, 3, 1), turn)
            added[make_child(id_number=number).pk] = number

    start_with(SEALING_KEYS=f"{OLD},{NEW}")
    at_work.begin(act)
    for _run in range(3):
        call_command("rotate_keys")
    at_work.end()

    assert set().union(*versions().values()) == {2}
    start_with(SEALING_KEYS=NEW)
    assert said
    assert {child.pk: child.address.open() for child in Child.objects.filter(pk__in=said)} == said
    assert {child.pk: child.id_number.open() for child in Child.objects.filter(pk__in=added)} == added
    assert all(row.address.open() for row in Child.history.filter(address__isnull=False))
