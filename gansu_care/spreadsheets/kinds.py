"""The kinds of workbook: found in the `resources` module of each installed app, which registers them.

register(Kind("children", _("留守儿童登记表"), resources=(ChildResource,), …))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from gansu_care.accounts.roles import Right
from gansu_care.spreadsheets.resources import RegistryResource


@dataclass(frozen=True)
class Kind:
    """One choice of the upload page. Most have one resource; funding has two, told apart sheet by sheet."""

    code: str
    title: str | Promise
    subtitle: str | Promise
    resources: tuple[type[RegistryResource], ...]
    # Name of the route that lists the records; `?batch=U-…` keeps those of one upload.
    list_route: str = ""
    # Children only: consent may be declared once for the whole file.
    asks_consent: bool = False
    # Files of this kind hold persons: they leave through release.py with a mask.
    has_persons: bool = False
    # Lists that are exported and not uploaded.
    export_only: bool = False

    def resource(self, code: str) -> type[RegistryResource]:
        """The resource of a staged row. Raises KeyError."""
        return {resource.code: resource for resource in self.resources}[code]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    KINDS[kind.code] = kind


def discover() -> None:
    """Import every app's `resources`: done once, when all apps are ready."""
    autodiscover_modules("resources")


def kind_of(code: str) -> Kind:
    """Raises KeyError for an unknown kind."""
    return KINDS[code]


def kinds_for(user: Any) -> list[Kind]:
    """The kinds this user may upload: all whose records she may see."""
    if not user.may(Right.UPLOAD):
        return []
    return [
        kind
        for kind in KINDS.values()
        if not kind.export_only and all(user.may(resource.right()) for resource in kind.resources)
    ]
