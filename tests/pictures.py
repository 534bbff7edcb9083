"""The pictures of README and help, taken anew in both languages: `python -m tests.pictures`.

Seeds a demo province in a folder that is thrown away, runs the site there, and replaces static/help/*.png (Chinese) and
static/help/en/*.png (English). About four minutes; needs the Chromium of the browser tests. Run it after a page that
they show has changed.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

from gansu_care.bootstrap import BASE, HOST, port_is_free
from tests.chromium import NO_CHROMIUM, chromium, sandbox
from tests.palette import shrink

FOLDERS = {"zh-hans": BASE / "static/help", "en": BASE / "static/help/en"}
SIZE = {"width": 1366, "height": 900}
PASSWORD = "gansu-care-2026"  # the demo's (gansu_care/demo/accounts.py)
MESSY = "1 留守儿童登记表（有3行要改）.xls"
SEEDING = 600  # seconds, on a slow machine
CHECKING = 60_000  # milliseconds


# --- what they show -------------------------------------------------------------------------------------------------


def show_home(page: Page, samples: Path) -> None:
    page.goto("/stand/?year=2015")


def show_children(page: Page, samples: Path) -> None:
    page.goto("/children/")


def show_upload(page: Page, samples: Path) -> None:
    """The result of checking a form with three rows to correct."""
    page.goto("/uploads/new/?kind=children")
    page.set_input_files("#id_file", samples / MESSY)
    page.locator("main form button.btn-primary").click()
    expect(page).to_have_url(re.compile("/problems/$"), timeout=CHECKING)


def show_report(page: Page, samples: Path) -> None:
    page.goto("/report/2015/620000/")


class Picture(NamedTuple):
    """`languages`: those in which a page shows it."""

    name: str
    user: str
    show: Callable[[Page, Path], None]
    languages: tuple[str, ...] = ("zh-hans", "en")


PICTURES = (
    Picture("home", "admin", show_home, ("zh-hans",)),  # README
    Picture("children", "officer", show_children),
    Picture("upload", "officer", show_upload),
    Picture("report", "admin", show_report),
)


# --- taking them ----------------------------------------------------------------------------------------------------


def take_all() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as address, browser() as chrome:
        for language, place in FOLDERS.items():
            for picture in PICTURES:
                if language in picture.languages:
                    target = place / f"{picture.name}.png"
                    target.parent.mkdir(exist_ok=True)
                    target.write_bytes(take(chrome, address, picture, language, Path(folder) / "samples"))
                    print(f"{target.relative_to(BASE)}  {target.stat().st_size // 1024} KB", flush=True)


def take(chrome: Browser, address: str, picture: Picture, language: str, samples: Path) -> bytes:
    context = chrome.new_context(base_url=address, viewport=SIZE, locale="zh-CN")
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("[name=login]").fill(picture.user)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").last.click()
    expect(page.locator("#main")).to_be_visible()
    picture.show(page, samples)
    page.wait_for_load_state("networkidle")  # charts and the watermark
    page.mouse.move(0, SIZE["height"] - 1)
    png = page.screenshot()
    context.close()
    return shrink(png)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=sandbox())
        yield chrome
        chrome.close()


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """The address of a freshly seeded site, whose database and files are in `folder`."""
    port = next(port for port in range(8700, 8800) if port_is_free(port))
    own = {"GANSU_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DEBUG": "true"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=BASE, env=os.environ | own, stdout=subprocess.DEVNULL)
    try:
        wait_for_answer(f"http://{HOST}:{port}", process)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for_answer(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + SEEDING
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{address}/healthz").close()
            return
        except URLError:
            time.sleep(1)
    raise SystemExit("示例站点没有启动（原因见上）。 The demo site did not start (see above).")


if __name__ == "__main__":
    if not chromium():
        raise SystemExit(NO_CHROMIUM)
    take_all()
