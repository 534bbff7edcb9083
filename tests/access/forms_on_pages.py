"""The forms of a page as a browser would send them: each control with what stands in it, or what must be filled in.

for form in forms_on(page, path):
    client.post(form.action, form.filled(known))
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from tests.children.papers import scan

Fields = dict[str, list[Any]]
# What a person would write into an empty field of this kind.
TYPED = {"date": "2016-06-01", "number": "1", "month": "2016-06", "tel": "13800000009", "password": ""}
NEVER_SENT = ("button", "reset", "image")


@dataclass
class Control:
    """One control: its values that count as sent, and what may be sent instead."""

    name: str
    kind: str
    is_required: bool = False
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)

    def filled(self, known: dict[str, str]) -> list[Any]:
        if self.kind == "file":
            return [scan()]
        if self.name in known and not any(self.values):
            return [known[self.name]]
        if any(self.values) or not (self.is_required or self.kind == "radio"):
            return self.values
        if self.kind in ("select", "radio", "checkbox"):
            return [one for one in self.offered if one][:1]
        typed = TYPED.get(self.kind, "核对登记")
        return [typed] if typed else []


@dataclass
class PostedForm:
    action: str
    controls: dict[str, Control] = field(default_factory=dict)

    def filled(self, known: dict[str, str]) -> Fields:
        """`known`: what a person would type where the page does not say it."""
        sent = {name: control.filled(known) for name, control in self.controls.items()}
        return {name: values for name, values in sent.items() if values and name != "csrfmiddlewaretoken"}


def forms_on(page: str, path: str) -> list[PostedForm]:
    """Those that are sent by POST. A control outside belongs to the form that its `form` attribute names."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.posted


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.posted = path, []  # type: ignore[var-annotated]
        self.by_id: dict[str, PostedForm] = {}
        self.form: PostedForm | None = None
        self.select: Control | None = None
        self.text: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(had)
        elif tag == "option" and self.select:
            self.select.offered.append(had.get("value", ""))
            if "selected" in had:
                self.select.values.append(had.get("value", ""))
        elif had.get("name") and "disabled" not in had and tag in ("input", "select", "textarea", "button"):
            self._control(tag, had)

    def _begin(self, had: dict[str, str]) -> None:
        self.form = None
        if had.get("method", "").lower() == "post":
            self.form = PostedForm(urljoin(self.path, had.get("action") or self.path))
            self.posted.append(self.form)
            self.by_id[had.get("id", "")] = self.form

    def _control(self, tag: str, had: dict[str, str]) -> None:
        form = self.by_id.get(had["form"]) if "form" in had else self.form
        kind = had.get("type", "text" if tag == "input" else "submit" if tag == "button" else tag)
        if form is None or kind in NEVER_SENT or (kind == "submit" and had["name"] in form.controls):
            return
        control = form.controls.setdefault(had["name"], Control(had["name"], kind, "required" in had))
        value = had.get("value", "on" if kind == "checkbox" else "")
        self.select = control if tag == "select" else None
        self.text = control if tag == "textarea" else None
        if kind in ("checkbox", "radio"):
            control.offered.append(value)
            control.values += [value] if "checked" in had else []
        elif tag in ("input", "button") and kind != "file":
            control.values.append(value)

    def handle_data(self, data: str) -> None:
        if self.text and data.strip():
            self.text.values.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag in ("select", "textarea"):
            self.select = self.text = None
