"""The kinds of workbook: found in the `resources` module of each installed app, which registers them.

register(Kind("children", _("留守儿童登记表"), resources=(ChildResource,), …))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.spreadsheets.resources import RegistryResource

WORKBOOK = "workbook"


@dataclass(frozen=True)
class Kind:
    """One choice of the upload page. Most have one resource; funding has two, told apart sheet by sheet.

    The whole workbook (WORKBOOK) has the resources of all kinds that are uploaded.
    """

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

    @property
    def is_whole(self) -> bool:
        """The whole workbook: its records are exported kind by kind."""
        return self.code == WORKBOOK

    def resource(self, code: str) -> type[RegistryResource]:
        """The resource of a staged row. Raises KeyError."""
        return {resource.code: resource for resource in self.resources}[code]

    def resources_for(self, user: Any) -> list[type[RegistryResource]]:
        """Those whose records this user may see: of a whole workbook, what she may upload."""
        return [resource for resource in self.resources if user.may(resource.right())]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    KINDS[kind.code] = kind


def discover() -> None:
    """Import every app's `resources`, and add the whole workbook of them: done once, when all apps are ready."""
    autodiscover_modules("resources")
    register(whole_workbook())


def single_kinds() -> list[Kind]:
    """The kinds that are uploaded, each for itself."""
    return [kind for kind in KINDS.values() if not kind.export_only and kind.code != WORKBOOK]


def whole_workbook() -> Kind:
    """Several kinds in one file. In the order of the apps: what is written first may be pointed at by what follows."""
    kinds = single_kinds()
    return Kind(
        WORKBOOK,
        _("整本工作簿"),
        _("几种表格在一个文件里，按标题行分辨"),
        tuple(resource for kind in kinds for resource in kind.resources),
        asks_consent=any(kind.asks_consent for kind in kinds),
        has_persons=any(kind.has_persons for kind in kinds),
    )


def kind_of(code: str) -> Kind:
    """Raises KeyError for an unknown kind."""
    return KINDS[code]


def kind_of_resource(code: str) -> Kind:
    """The single kind that a resource belongs to. Raises StopIteration."""
    return next(kind for kind in single_kinds() if any(one.code == code for one in kind.resources))


def resources_by_code() -> dict[str, type[RegistryResource]]:
    return {resource.code: resource for kind in single_kinds() for resource in kind.resources}


def kinds_for(user: Any) -> list[Kind]:
    """The kinds this user may upload: all whose records she may see; the whole workbook if there are several."""
    if not user.may(Right.UPLOAD):
        return []
    own = [kind for kind in single_kinds() if all(user.may(one.right()) for one in kind.resources)]
    return [*own, KINDS[WORKBOOK]] if len(own) > 1 else own
