"""Walks the site as one person: every page a page leads to, every list asked in every way, every file opened."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from gansu_care.accounts.models import User

HREF = re.compile(r'(?:href|src|action|data-url|hx-get)="([^"#]+)')
NEVER = ("/static/", "/sign-out/", "/language/")
# So many pages of one route, and of one set of parameters, say what there is to say.
OF_ONE_ROUTE, OF_ONE_QUESTION = 8, 2


class Crawler:
    """`Crawler(user).answers(extra paths)` yields (path, text of the answer, its headers included)."""

    def __init__(self, user: User) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.seen: set[str] = set()
        self.met: Counter[Any] = Counter()
        self.statuses: Counter[int] = Counter()

    def answers(self, beginnings: Iterable[str] = ("/",)) -> Iterator[tuple[str, str]]:
        wanted = set(waiting := list(beginnings))
        while waiting:
            path = waiting.pop(0)
            if path in self.seen or not (path in wanted or self._is_worth_it(path)):
                continue
            self.seen.add(path)
            answer = self.client.get(path)
            self.statuses[answer.status_code] += 1
            text = text_of(answer)
            yield path, text
            if "html" in answer.headers.get("Content-Type", ""):
                waiting += (urljoin(path, link.replace("&amp;", "&")) for link in HREF.findall(text))
            if answer.status_code in (301, 302):
                waiting.append(urljoin(path, answer.headers["Location"]))

    def _is_worth_it(self, path: str) -> bool:
        parts = urlsplit(path)
        if parts.netloc or not path.startswith("/") or path.startswith(NEVER):
            return False
        try:
            route = resolve(parts.path).route
        except Resolver404:
            return False
        question = route, tuple(sorted(name for name, _value in parse_qsl(parts.query)))
        if self.met[route] >= OF_ONE_ROUTE or self.met[question] >= OF_ONE_QUESTION:
            return False
        self.met.update([route, question])
        return True


def text_of(answer: Any) -> str:
    """All that an answer says: its headers, its text, the parts of a workbook or of a zip."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{heads}\n{_unpacked(body)}"


def _unpacked(body: bytes) -> str:
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(name + "\n" + _unpacked(packed.read(name)) for name in packed.namelist())


def asked(path: str, **questions: str) -> str:
    return f"{path}?{urlencode(questions)}"
