"""find_clear_values: nothing that is sealed stands anywhere in clear, and what would is found and named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from children.models import Child
from gansu_care.keeping.clear_values import Sought
from gansu_care.keeping.reading_apart import pieces_of
from tests.records import make_child
from tests.uploading import A_CHILD, checked, children_file, registered

ADDRESS = "临洮县洮阳镇南门村一社17号"
NUMBER, PHONE = A_CHILD["身份证号"], "13800000000"
SENTENCE = "孩子晚上一个人睡，常常哭。"


@pytest.mark.parametrize(
    "data",
    [
        NUMBER.encode(),
        f"1{NUMBER}2010".encode(),  # columns of a row in a database file, one behind the other
        NUMBER.encode("utf-16-le"),
        b"x" + NUMBER.encode("utf-16-be"),
        PHONE.encode(),
        b"138-0000-0000",
        SENTENCE.encode(),
        f"她说：{SENTENCE}".encode("utf-16-le"),
        b"x" + SENTENCE.encode("utf-16-le"),
        json.dumps({"说": f"是：{SENTENCE}"}).encode(),
        b"\xff\xfe" + SENTENCE.encode() + b"\x80",
    ],
)
def test_it_is_found_however_it_is_written(data: bytes) -> None:
    assert Sought(iter([NUMBER, f"{PHONE}、0931-0000000", SENTENCE])).standing_in(data) >= 1


def test_what_is_like_it_is_not_it() -> None:
    sought = Sought(iter([NUMBER, PHONE, SENTENCE]))
    assert sought.standing_in(f"{NUMBER[:-2]} 1380000000 孩子晚上一个人睡".encode()) == 0


@pytest.fixture
def own_folder(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = settings.BACKUP_DIR = settings.TRAIL_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_after_an_upload_nothing_stands_in_clear(officer, own_folder, capsys) -> None:
    child = registered(officer)
    child.address = ADDRESS
    child.save()
    checked(officer, children_file({"性别": "未知"}), "children")

    call_command("find_clear_values")

    assert "没有发现明文" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_value_in_a_column_or_a_file_is_named_by_its_place_only(officer, own_folder, capsys) -> None:
    child = make_child(id_number=NUMBER, address=ADDRESS)
    Child.objects.filter(pk=child.pk).update(school_class=f"见{NUMBER[:18]}"[:20], school=f"家在{ADDRESS}")
    (own_folder / "site.log").write_text(json.dumps({"message": f"row {NUMBER}"}))

    with pytest.raises(SystemExit) as end:
        call_command("find_clear_values")

    said = capsys.readouterr().out
    assert end.value.code == 1
    assert "children_child.school：有 1 处明文" in said
    assert "children_child.school_class：有 1 处明文" in said
    assert "site.log：有 1 处明文" in said
    assert NUMBER not in said
    assert ADDRESS not in said


@pytest.mark.django_db(transaction=True)
def test_looking_into_the_file_costs_the_open_connection_no_lock(officer) -> None:
    """Otherwise the next process that closes the database takes the log away from under this one."""
    if connection.vendor != "sqlite":
        pytest.skip("the locks of SQLite's file")
    registered(officer)
    name = connection.settings_dict["NAME"]
    list(pieces_of(Path(name)))
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM auth_group'); c.close()"
    subprocess.run([sys.executable, "-c", look, name], check=True)

    assert Path(f"{name}-wal").exists()
