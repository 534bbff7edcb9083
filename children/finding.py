"""Children for the search box of the top bar."""

from typing import Any

from django.http import HttpRequest

from children.models import Child
from children.naming import shown_name
from children.search import lines_along, search_children
from gansu_care.divisions.scoping import known, standing
from gansu_care.pages.keyset import Sort, rows_in_order
from gansu_care.pages.search import LIMIT, Hit
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

BY_NAME = Sort("name", "name_sort")


def find_children(request: HttpRequest, text: str) -> list[Hit]:
    user: Any = request.user
    division = standing(user)
    if division is None:
        return []
    rows = Child.objects.visible_to(user).in_force().unrestricted()
    along = lines_along(text, division, anywhere=False)
    if along is None:
        rows = search_children(rows, text, user, anywhere=False)
    found = [
        Hit(
            shown_name(child.name, user),
            f"{child.number} {known(child.division).full_label}",
            child.get_absolute_url(),
        )
        for child in rows_in_order(rows.select_related("division"), BY_NAME, LIMIT, along=along)
    ]
    if found:
        record_event(Action.READ, user, kind="child.search", rows=len(found))
    return found
