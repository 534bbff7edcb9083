"""`manage.py up` and `test` on a machine that is not ready: each gets a plain sentence in both languages."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gansu_care import bootstrap

MANAGE = str(bootstrap.BASE / "manage.py")
# Runs manage.py as if this Python were another one.
AS_OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2)
sys.argv = {argv}
runpy.run_path(sys.argv[0], run_name="__main__")
"""
WITHOUT_ENSUREPIP = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "ensurepip" else found(name, *rest)
from pathlib import Path
from gansu_care import bootstrap
bootstrap.VENV = Path({venv!r}); bootstrap.PYTHON = bootstrap.VENV / "bin" / "python"
bootstrap.up(["--port", {port!r}])
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=bootstrap.BASE,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((bootstrap.HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind((bootstrap.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_busy_port_is_named_with_the_way_out(busy_port: int) -> None:
    answer = run(MANAGE, "up", "--port", str(busy_port))
    way_out = f"python3 manage.py up --port {busy_port + 1}"
    assert answer.returncode == 2
    assert answer.stderr == (
        f"端口 {busy_port} 已被占用（系统可能已经在运行）。请换一个端口：{way_out}\n"
        f"Port {busy_port} is busy (perhaps the site is already running). Choose another: {way_out}\n"
    )


@pytest.mark.parametrize("word", ["up", "test", "migrate"])
def test_old_python_is_told_which_one_is_needed(word: str) -> None:
    answer = run("-c", AS_OLD_PYTHON.format(argv=[MANAGE, word]))
    assert answer.returncode == 1
    assert "需要 Python 3.11 或更新的版本，这里是 3.9。" in answer.stderr
    assert "Python 3.11 or newer is needed, this is 3.9." in answer.stderr
    assert "Traceback" not in answer.stderr


def test_missing_venv_module_names_the_package(tmp_path: Path, free_port: int) -> None:
    answer = run("-c", WITHOUT_ENSUREPIP.format(venv=str(tmp_path / "venv"), port=str(free_port)))
    assert answer.returncode == 2
    assert "缺少 Python 的 venv 模块。请先安装：apt install python3-venv" in answer.stderr
    assert "Python's venv module is missing." in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_failing_pip_shows_its_last_lines(monkeypatch, tmp_path: Path, capsys) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "BASE", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'broken'\n")
    with pytest.raises(SystemExit) as stopped:
        bootstrap._install("")
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "  | " in said
    assert "软件包没有装好（pip 最后的输出见上）。" in said
    assert not (tmp_path / ".installed").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    answer = run(MANAGE, "up", "--port", port)
    assert answer.returncode == 2
    assert f"“{port}”不是端口号（1–65535）" in answer.stderr


def test_a_changed_list_of_packages_is_installed_anew(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "BASE", tmp_path)
    (tmp_path / "pyproject.toml").write_text("one")
    first = bootstrap._wanted()
    (tmp_path / "pyproject.toml").write_text("another")
    assert bootstrap._wanted() != first


def test_up_is_content_with_what_test_installed(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    bootstrap._stamp("test").write_text(bootstrap._wanted())
    monkeypatch.setattr(bootstrap, "_run", lambda command: pytest.fail("installed again"))
    bootstrap._install("")
