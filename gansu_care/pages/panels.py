"""The one socket by which a later app shows something on an earlier app's page.

    register_panel("home", "reports/home_panel.html", Right.SEE_REPORT, home_context)      in AppConfig.ready()

`function(request, thing)` gives the template's context, or None to show nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    page: str
    template: str
    right: str
    function: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True)
class Todo:
    """Something that waits for this user: what, why, a button named by the act."""

    title: str
    note: str
    action: str
    url: str
    tag: str = ""
    level: str = ""
    primary: bool = False


_panels: list[Panel] = []
_todos: list[Callable[[HttpRequest], list[Todo]]] = []


def register_panel(
    page: str,
    template: str,
    right: str,
    function: Callable[[HttpRequest, Any], dict[str, Any] | None],
    order: int = 50,
) -> None:
    _panels.append(Panel(page, template, right, function, order))


def panels_for(page: str, request: HttpRequest, thing: Any = None) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of each panel of this page that the user may see."""
    wanted = sorted((panel for panel in _panels if panel.page == page), key=lambda panel: panel.order)
    user: Any = request.user
    found = ((panel.template, panel.function(request, thing)) for panel in wanted if user.may(panel.right))
    return [(template, context) for template, context in found if context is not None]


def register_todos(function: Callable[[HttpRequest], list[Todo]]) -> None:
    """`function(request)` tells what waits for the signed-in user; it is asked once a page."""
    _todos.append(function)


def todos_for(request: HttpRequest) -> list[Todo]:
    return [todo for function in _todos for todo in function(request)]
