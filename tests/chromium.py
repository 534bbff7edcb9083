"""The machine's own Chromium, which opens pages for tests and for the pictures of the help."""

import os
import shutil

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "没有找到 Chromium / no Chromium here: apt install chromium"


def chromium() -> str | None:
    """The path of the machine's Chromium; $CHROMIUM decides when it is set."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CANDIDATES)), None)


def sandbox() -> list[str]:
    """Chromium's sandbox refuses to start for root, as which CI runs."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
