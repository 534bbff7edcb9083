"""`manage.py up` and `manage.py test`: make .venv, install into it what pyproject.toml names, go on inside it.

Standard library only: it runs where nothing has been installed yet.
"""

import argparse
import hashlib
import importlib.util
import os
import socket
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
HOST = "127.0.0.1"
PORT = 8000
LINES_OF_PIP = 12


def up(arguments: list[str]) -> NoReturn:
    """Start the site (gansu_care/demo/management/commands/serve.py) inside .venv. Does not return."""
    _speak_any_terminal()
    options = _up_options(arguments)
    _need_free_port(options.port)
    _prepare("")
    _become("manage.py", "serve", *arguments)


def test(arguments: list[str]) -> NoReturn:
    """Run pytest with `arguments` inside .venv. Does not return."""
    _speak_any_terminal()
    _prepare("test")
    # A production .env beside manage.py must not turn the tests' requests into redirects to https.
    os.environ.setdefault("DEBUG", "true")
    _become("-m", "pytest", *arguments)


def enter_environment() -> None:
    """For every other word: go into .venv where there is one, unless the caller chose an environment herself."""
    if sys.prefix == sys.base_prefix and PYTHON.exists():
        _become(*sys.argv)
    if importlib.util.find_spec("django") is None:
        _refuse(
            "还没有安装运行所需的软件包。请先运行：python3 manage.py up",
            "The packages are not installed yet. First run: python3 manage.py up",
        )


def _up_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py up",
        description="在本机启动系统，按 Ctrl-C 停止。 Start the site on this machine; Ctrl-C stops it.",
    )
    add_up_options(parser)
    return parser.parse_args(arguments)


def add_up_options(parser: argparse.ArgumentParser) -> None:
    """The options of `up`, which `serve` takes over as they are."""
    parser.add_argument("--port", type=_port, default=PORT, help="端口 / port (%(default)s)")
    parser.add_argument(
        "--no-demo", action="store_true", help="空库中不放入示例数据 / leave an empty database empty"
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号（1–65535）/ “{text}” is no port (1–65535)")
    return int(text)


def _need_free_port(port: int) -> None:
    if port_is_free(port):
        return
    _refuse(
        f"端口 {port} 已被占用（系统可能已经在运行）。请换一个端口：python3 manage.py up --port {other_port(port)}",
        f"Port {port} is busy (perhaps the site is already running). "
        f"Choose another: python3 manage.py up --port {other_port(port)}",
    )


def other_port(port: int) -> int:
    return port + 1 if port < 65535 else port - 1


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server does: a port whose last connection is only lingering counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _prepare(extra: str) -> None:
    os.chdir(BASE)
    try:
        _make_environment()
        _install(extra)
    except KeyboardInterrupt:
        _refuse("已停止。再运行一次即可继续。", "Stopped. Run the same command again to go on.")


def _make_environment() -> None:
    if _works("import pip"):
        return
    # Debian ships the module venv without ensurepip, and the environment it then makes is half of one.
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        _refuse(
            "缺少 Python 的 venv 模块。请先安装：apt install python3-venv（普通用户前面加 sudo）",
            "Python's venv module is missing. Install it first: apt install python3-venv (with sudo unless root)",
        )
    # A Python that no longer starts (the system's was replaced) leaves nothing in the folder worth keeping.
    clear = [] if _works("") else ["--clear"]
    made = _run([sys.executable, "-m", "venv", *clear, str(VENV)])
    if made.returncode:
        _refuse(
            f"无法建立 {VENV.name} 文件夹（原因见上）。请检查磁盘空间和目录权限。",
            f"The folder {VENV.name} could not be made (see above). Check free space and permissions.",
            made.stdout,
        )


def _works(code: str) -> bool:
    return PYTHON.exists() and subprocess.call([str(PYTHON), "-c", code], stderr=subprocess.DEVNULL) == 0


def _install(extra: str) -> None:
    if any(_stamp(name).exists() and _stamp(name).read_text() == _wanted() for name in {extra, "test"}):
        return
    print("正在安装软件包，首次约需一分钟…… Installing packages, about a minute the first time…", flush=True)
    source = f".[{extra}]" if extra else "."
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", source]
    installed = _run(pip)
    if installed.returncode:
        _refuse(
            "软件包没有装好（pip 最后的输出见上）。请检查网络或 pip 的镜像设置，再运行一次。",
            "pip could not install the packages (its last lines are above). "
            "Check the network or pip's index settings and run the same command again.",
            installed.stdout,
        )
    _stamp(extra).write_text(_wanted())


def _stamp(extra: str) -> Path:
    return VENV / (f".installed-{extra}" if extra else ".installed")


def _wanted() -> str:
    """What .venv was installed for: this pyproject.toml and the Python inside .venv."""
    packages = hashlib.sha256((BASE / "pyproject.toml").read_bytes()).hexdigest()
    return f"{packages} {PYTHON.resolve().name}"


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    )


def _become(*arguments: str) -> NoReturn:
    """Go on as .venv's Python in this same process, so that signals and the exit status are its own."""
    sys.stdout.flush()
    os.execv(str(PYTHON), [str(PYTHON), *arguments])


def _speak_any_terminal() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _refuse(chinese: str, english: str, output: str = "") -> NoReturn:
    """Say it in both languages, after the last lines of a command's output, and end with status 2."""
    for line in output.splitlines()[-LINES_OF_PIP:]:
        print(f"  | {line}", file=sys.stderr)
    print(f"{chinese}\n{english}", file=sys.stderr)
    sys.exit(2)
