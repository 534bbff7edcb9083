"""What every page shows around its content: `shell` (see templates/base.html)."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gansu_care.accounts.sign_in_policy import owes_second_factor
from gansu_care.pages.models import SiteMark
from gansu_care.pages.navigation import navigation
from gansu_care.pages.standing import FIRST_YEAR, Standing, standing_of
from gansu_care.pages.todo_count import todo_count


class Link(NamedTuple):
    name: str
    url: str


class Shell:
    """Everything is asked for only when a template shows it: error pages cost nothing."""

    version = settings.VERSION

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)
        self.standing: Standing | None = standing_of(request) if self.is_signed_in else None

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @cached_property
    def divisions(self) -> list[Link]:
        division = self.standing.division if self.standing else None
        return (
            [Link(one.label, self._stand(division=one.code)) for one in division.path()] if division else []
        )

    @cached_property
    def division_choices(self) -> list[Link]:
        choices = self.standing.choices if self.standing else []
        return [Link(division.label, self._stand(division=division.code)) for division in choices]

    @property
    def year(self) -> int:
        return self.standing.year if self.standing else timezone.localdate().year

    @property
    def year_is_past(self) -> bool:
        return bool(self.standing and self.standing.is_past)

    @property
    def years(self) -> list[tuple[int, str]]:
        last = self.standing.this_year if self.standing else self.year
        return [(year, self._stand(year=str(year))) for year in range(last, FIRST_YEAR - 1, -1)]

    @cached_property
    def nav(self) -> list[Any]:
        return navigation(self.request) if self.is_signed_in else []

    @cached_property
    def todo_count(self) -> int:
        return todo_count(self.request) if self.is_signed_in else 0

    @property
    def user_label(self) -> str:
        return self.user.label if self.is_signed_in else ""

    @property
    def unit_label(self) -> str:
        return self.user.unit_label if self.is_signed_in else ""

    @property
    def owes_second_factor(self) -> bool:
        return self.is_signed_in and owes_second_factor(self.user)

    @property
    def can_search(self) -> bool:
        return self.is_signed_in and self.user.may("see_registry")

    @property
    def watermark(self) -> bool:
        return self.is_signed_in and self.user.may("see_persons")

    @cached_property
    def is_demo(self) -> bool:
        return SiteMark.demo()

    @property
    def officer(self) -> str:
        return f"{settings.OFFICER_NAME}　{settings.OFFICER_PHONE}"

    @property
    def language_next(self) -> str:
        return "en" if get_language() == "zh-hans" else "zh-hans"

    @property
    def site_title(self) -> str:
        return _("留守儿童关爱登记")

    def _stand(self, **to: str) -> str:
        page, following = self._choosing
        return f"{page}?{urlencode(to)}&{following}"

    @cached_property
    def _choosing(self) -> tuple[str, str]:
        """The page that takes a choice, and where it leads back to."""
        # A page whose address names division and year (the report) says where a choice leads instead: `stand_next`.
        here = self.request.get_full_path() if self.request.method == "GET" else reverse("pages:home")
        here = getattr(self.request, "stand_next", here)
        return reverse("pages:stand"), urlencode({"next": here})


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
