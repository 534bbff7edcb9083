"""Children for the search box of the top bar."""

from django.http import HttpRequest

from children.models import Child
from children.naming import shown_name
from children.search import search_children
from gansu_care.pages.search import LIMIT, Hit


def find_children(request: HttpRequest, text: str) -> list[Hit]:
    rows = search_children(
        Child.objects.visible_to(request.user).in_force(), text, request.user, anywhere=False
    )
    return [
        Hit(
            shown_name(child.name, request.user),
            f"{child.number} {child.division.full_label}",
            child.get_absolute_url(),
        )
        for child in rows.select_related("division").order_by("name_sort", "pk")[:LIMIT]
    ]
