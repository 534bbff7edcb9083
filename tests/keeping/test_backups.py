"""backup, restore, restore_drill: what was there comes back, whole or not at all; what was touched is refused."""

import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from children.code_tables import ErasureGround
from children.erasing import erase
from children.models import Child, Consent, Episode, Parent
from gansu_care.keeping.backups import engines, restoring, shelf
from gansu_care.keeping.backups.restoring import CannotRestore, after_restore, opened_backup
from gansu_care.trail.chain import faults, seal_events
from gansu_care.trail.events import record_event
from gansu_care.trail.guards import lift_guards, set_guards, standing_guards, wanted_guards
from gansu_care.trail.models import Action, Event
from tests.people import PASSWORD, person
from tests.records import make_child
from tests.uploading import A_CHILD, checked, children_file, counts, registered

pytestmark = pytest.mark.django_db
# Rows that another process, pg_dump, is to see.
committed = pytest.mark.django_db(transaction=True)
A_KEY, ANOTHER = "1:" + "QUFB" * 10 + "QUE=", "1:" + "QkJC" * 10 + "QkI="


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings) -> Path:
    settings.BACKUP_DIR, settings.TRAIL_DIR = tmp_path / "backups", tmp_path / "trail"
    return tmp_path


def backed_up() -> Path:
    call_command("backup")
    return shelf.backups()[-1]


@committed
def test_a_register_comes_back_as_it_was(officer, folders, client, monkeypatch, capsys) -> None:
    """With its files and its trail; nobody is signed in; what apps registered is done; then work goes on."""
    names: list[str] = []
    monkeypatch.setattr(restoring, "_after", list(restoring._after))

    @after_restore
    def look() -> str:
        names.extend(Child.objects.values_list("name", flat=True))
        return "看过了"

    child = registered(officer)
    seal_events()
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() + timedelta(1))
    kept = default_storage.save("scan.bin", ContentFile(b"sealed already"))
    file = backed_up()
    assert "恢复时要用 SEALING_KEYS 的第 1 号密钥" in capsys.readouterr().out

    Child.objects.filter(pk=child.pk).update(name="改过")
    make_child(name="后来的")
    default_storage.delete(kept)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        record_event(Action.READ, officer)
        seal_events()
    call_command("restore", file, "--overwrite")

    assert names == [row.name for row in Child.objects.all()] == ["王小花"]
    assert Child.objects.get().id_number.open() == A_CHILD["身份证号"]
    assert default_storage.open(kept).read() == b"sealed already"
    assert not Session.objects.exists(), "who had signed out would be signed in again"
    assert capsys.readouterr().out.endswith("结束了 1 个登录，请重新登录。\n看过了\n")
    assert list(faults()) == []
    assert len(list((folders / "trail").glob("*.before-restore-*"))) == 1, "the day that came later"
    assert Event.objects.latest("pk").reason == "restore"
    answer = client.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert (answer.status_code, client.get("/children/").status_code) == (302, 200)
    assert counts(checked(officer, children_file({}), "children")) == {"same": 1}
    default_storage.delete(kept)


@committed
def test_who_was_erased_since_the_backup_is_erased_again(officer, folders, settings, capsys) -> None:
    settings.ERASED_LIST = folders / "erased.txt"
    child = registered(officer)
    file = backed_up()
    erase(child, ErasureGround.REQUEST, officer)

    call_command("restore", file, "--overwrite")

    child = Child.objects.get()
    assert child.erased_on is not None
    assert (child.name, child.id_number) == ("", None)
    assert "重新删除 1 条记录的个人信息。" in capsys.readouterr().out


@committed
def test_the_drill_finds_a_backup_whole_and_leaves_nothing_behind(officer, folders, capsys) -> None:
    registered(officer)
    seal_events()
    backed_up()

    call_command("restore_drill")

    assert "全部核对一致" in capsys.readouterr().out
    assert [path.suffix for path in (folders / "backups").iterdir()] == [".backup"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            own = f"{connection.settings_dict['NAME']}_drill_%"
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", [own])
            assert cursor.fetchone() == (0,)


@committed
def test_the_drill_ends_with_1_when_the_trail_was_tampered_with_before(officer, capsys) -> None:
    event = record_event(Action.READ, officer)
    seal_events()
    lift_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_event SET username = 'other' WHERE id = %s", [event.pk])
    set_guards(connection)
    backed_up()

    with pytest.raises(SystemExit) as end:
        call_command("restore_drill")

    assert end.value.code == 1
    assert f"操作记录 {event.pk} 或它的印记被改过。" in capsys.readouterr().out


def test_a_database_in_use_is_not_overwritten_unless_told(officer) -> None:
    make_child()
    file = backed_up()
    make_child(name="后来的")

    with pytest.raises(CommandError, match="--overwrite"):
        call_command("restore", file)

    assert Child.objects.count() == 2


@committed
def test_an_empty_database_is_restored_into_without_a_word() -> None:
    person("officer")
    make_child()
    file = backed_up()
    lift_guards(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert restoring.is_empty()

    call_command("restore", file)

    assert Child.objects.count() == 1
    assert standing_guards(connection) == wanted_guards(connection)


@committed
def test_nothing_of_a_person_and_no_key_can_be_read_in_the_file(officer, settings) -> None:
    registered(officer)
    data = backed_up().read_bytes()

    for text in ("王小花", "13800000000", "李晓梅", settings.SECRET_KEY, settings.DIGEST_KEY):
        assert text.encode() not in data
        assert text.encode("utf-16-le") not in data
    assert oct(shelf.backups()[-1].stat().st_mode)[-3:] == "600"
    assert oct(shelf.folder().stat().st_mode)[-3:] == "700"


def test_another_key_is_refused_in_a_sentence(officer, start_with) -> None:
    start_with(SEALING_KEYS=A_KEY)
    make_child()
    file = backed_up()

    start_with(SEALING_KEYS=ANOTHER)
    with pytest.raises(CommandError, match="打不开：密钥不对"):
        call_command("restore", file, "--overwrite")
    start_with(SEALING_KEYS=ANOTHER.replace("1:", "2:"))
    with pytest.raises(CommandError, match="缺少第 1 号封存密钥"):
        call_command("restore", file, "--overwrite")
    assert Child.objects.count() == 1


def test_every_flipped_bit_is_found(officer, tmp_path: Path) -> None:
    """100 backups with one bit turned, and 20 that were cut short or lengthened."""
    make_child()
    whole = backed_up().read_bytes()
    touched, chance = tmp_path / "touched.backup", random.Random(2026)
    opened = []
    for turn in range(120):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        if turn < 100:
            data[place] ^= 1 << chance.randrange(8)
        elif turn < 110:
            data = data[:place]
        else:
            data += bytes(chance.randrange(1, 50))
        touched.write_bytes(data)
        try:
            with opened_backup(touched):
                opened.append((turn, place))
        except CannotRestore:
            continue
    assert opened == []


def test_a_load_that_fails_leaves_the_database_as_it_is(officer, monkeypatch) -> None:
    """The database in the file is damaged behind its seal: whoever made the backup made a broken one."""
    make_child()
    copy_database = engines.engine().copy_database

    def damaged(into: Path):
        measured = copy_database(into)
        into.write_bytes(into.read_bytes()[:3_000])
        return measured

    monkeypatch.setattr(engines.engine(), "copy_database", damaged)
    file = backed_up()
    make_child(name="后来的")

    with pytest.raises(CommandError, match="数据库没有恢复"):
        call_command("restore", file, "--overwrite")

    assert Child.objects.count() == 2


@committed
def test_a_backup_made_while_people_write_is_of_one_moment(officer, at_work, capsys) -> None:
    """Each act writes a child with her parents, consent and episode in one transaction, or none of them."""

    def act(turn: int) -> None:
        with transaction.atomic():
            make_child(name=f"孩子{turn}")

    at_work.begin(act)
    while Child.objects.count() < 5:
        time.sleep(0.05)
    file = backed_up()
    at_work.end()
    later = Child.objects.count()

    call_command("restore", file, "--overwrite")

    assert 5 <= Child.objects.count() <= later
    for child in Child.objects.all():
        assert [model.objects.filter(child=child).count() for model in (Parent, Episode, Consent)] == [
            2,
            1,
            1,
        ]


def test_old_copies_are_deleted_and_the_newest_never(officer, settings) -> None:
    settings.BACKUP_KEPT_DAYS = 30
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        old = backed_up()
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        newest = backed_up()
        assert shelf.backups() == [old, newest]
    assert shelf.delete_old() == [old]
    assert shelf.backups() == [newest]


def test_without_a_backup_the_drill_says_so() -> None:
    with pytest.raises(CommandError, match="还没有备份"):
        call_command("restore_drill")
