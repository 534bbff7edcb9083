"""Browsers by the names that people know them by, as they introduce themselves in earnest."""

import pytest
from django.utils import translation

from gansu_care.pages.browsers import browser_name

WINDOWS, LINUX, ANDROID = "Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Linux; Android 10"


def chromium(system: str, said: str) -> str:
    return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) {said}"


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        (chromium(WINDOWS, "Chrome/86.0.4240.198 Safari/537.36"), "Chrome 浏览器 86，Windows"),
        (chromium(WINDOWS, "Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE"), "360 浏览器，Windows"),
        (chromium(WINDOWS, "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91"), "Edge 浏览器 120，Windows"),
        (chromium(LINUX, "Chrome/78.0 Safari/537.36 UOS Professional"), "Chrome 浏览器 78，UOS"),
        (chromium(LINUX, "HeadlessChrome/140.0.0.0 Safari/537.36"), "Chrome 浏览器 140，Linux"),
        (chromium(ANDROID, "Version/4.0 Chrome/66.0 MQQBrowser/13.1 Mobile Safari"), "QQ 浏览器 13，Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 浏览器 128，Linux"),
        (chromium("iPhone; CPU iPhone OS 16_5", "Version/16.5 Mobile/15E148 Safari"), "Safari 浏览器 16，iOS"),
        ("curl/8.5.0", "不认识的浏览器"),
        ("", "不认识的浏览器"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name(sent: str, named: str) -> None:
    assert browser_name(sent) == named


def test_in_english() -> None:
    with translation.override("en"):
        assert browser_name(chromium(WINDOWS, "Chrome/86.0 Safari")) == "Chrome 86, Windows"
