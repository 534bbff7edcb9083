"""Reading in a process of its own: the same answers, and no way for a file to reach further than its reader."""

import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading import Unreadable, apart, read_workbook, read_workbook_apart
from tests.spreadsheets.files.county import COUNTY, MERGES
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.files.texts import as_csv, as_html, as_xml2003
from tests.spreadsheets.files.xls import as_xls
from tests.spreadsheets.files.xlsb import as_xlsb
from tests.spreadsheets.files.xlsx import as_xlsx, one_sheet

SHEETS = [("登记表", COUNTY, MERGES, "visible")]
TYPED = [["姓名", "出生日期"], ["张三", date(2015, 3, 7)], ["#N/A", "=A1"]]


@pytest.mark.parametrize(
    "data",
    [
        as_xlsx(SHEETS),
        as_xls(COUNTY, MERGES),
        as_ods(SHEETS),
        as_xlsb(SHEETS),
        as_html(COUNTY, MERGES),
        *(as_csv(COUNTY, encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")),
        as_xml2003('<Row><Cell><Data ss:Type="DateTime">2010-09-01T00:00:00.000Z</Data></Cell></Row>'),
        one_sheet(*TYPED),
        as_xlsb([("表", TYPED, [], "visible")]),
    ],
)
def test_the_same_workbook_comes_of_it(data):
    """Of every kind of file: once confined, the reader can load no more of Python than it has."""
    assert read_workbook_apart(data, "登记表.xls") == read_workbook(data, "登记表.xls")


def test_it_says_why_a_file_cannot_be_read():
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart("姓名\r\n张三".encode("gb18030") + b"\xff\xff")
    assert (caught.value.code, caught.value.params) == ("E_FILE_ENCODING", {"row": 2})


# --- the reader that fails


def test_a_reader_that_dies_takes_nobody_with_it(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart(as_xlsx(SHEETS))
    assert caught.value.code == "E_FILE_BROKEN"


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(limits, "READING_SECONDS", 0.01)
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart(as_xlsx(SHEETS))
    assert caught.value.code == "E_FILE_TOO_HEAVY"
    assert caught.value.remedy == "删去用不到的工作表、图片和格式，或者分成几个文件上传"


def answering(monkeypatch, tmp_path: Path, answer: bytes) -> None:
    """In the reader's place a program that gives this answer."""
    (tmp_path / "answer").write_bytes(answer)
    program = tmp_path / "reader"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\ncat {tmp_path / 'answer'}\n")
    program.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(program))


class _Harm:
    def __reduce__(self):
        return subprocess.check_call, (["/usr/bin/touch", "harm"],)


@pytest.mark.parametrize(
    "answer", [pickle.dumps(_Harm()), pickle.dumps(print), b"", b"\x80", pickle.dumps(7)]
)
def test_an_answer_that_is_no_workbook_runs_nothing_here(monkeypatch, tmp_path, answer):
    monkeypatch.chdir(tmp_path)
    answering(monkeypatch, tmp_path, answer)
    with pytest.raises(Unreadable) as caught:
        read_workbook_apart(as_xlsx(SHEETS))
    assert caught.value.code == "E_FILE_BROKEN"
    assert not (tmp_path / "harm").exists()


# --- what the reader can reach


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/hostname')",
        "open('written', 'w')",
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['/bin/true'])",
        "bytearray(2_000_000_000)",
    ],
)
def test_a_confined_reader_opens_calls_and_starts_nothing(tmp_path, act):
    program = f"from gansu_care.spreadsheets.reading_child import confine; confine(); {act}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"Too many open files" in done.stderr or b"MemoryError" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_is_given_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("SEALING_KEYS", "1:secret")
    program = tmp_path / "reader"
    program.write_text(f"#!/bin/sh\nenv > {tmp_path / 'environment'}\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(program))
    with pytest.raises(Unreadable):
        read_workbook_apart(as_xlsx(SHEETS))
    names = {line.split("=")[0] for line in (tmp_path / "environment").read_text().splitlines()}
    assert names <= {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PWD", "SHLVL", "_"}
