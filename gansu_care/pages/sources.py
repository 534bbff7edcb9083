"""Where a record came from: the one socket by which a history links the uploads in it, of which pages know nothing.

    register_sources("U-[0-9-]+", links)         in AppConfig.ready()

`links(user, numbers)` gives the addresses of those that the user may see, by number.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

Links = Callable[[Any, Collection[str]], dict[str, str]]
_sources: list[tuple[re.Pattern[str], Links]] = []


def register_sources(pattern: str, links: Links) -> None:
    _sources.append((re.compile(pattern), links))


def is_source(number: str) -> bool:
    return any(pattern.fullmatch(number) for pattern, _links in _sources)


def link_sources(entries: Collection[dict[str, Any]], user: Any) -> None:
    """Fill `source_url` of the entries of a history, as far as the user may see what they name."""
    numbers = {entry["source"] for entry in entries if entry["source"]}
    urls: dict[str, str] = {}
    for _pattern, links in _sources:
        urls |= links(user, numbers) if numbers else {}
    for entry in entries:
        entry["source_url"] = urls.get(entry["source"], "")
