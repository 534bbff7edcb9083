"""Centers for the search box of the top bar."""

from django.db.models import Q
from django.http import HttpRequest

from centers.models import Center
from gansu_care.pages.search import LIMIT, Hit


def find_centers(request: HttpRequest, text: str) -> list[Hit]:
    rows = Center.objects.visible_to(request.user).in_force()
    found = rows.filter(Q(name__contains=text) | Q(number=text.upper())).select_related("division")
    return [
        Hit(center.name, f"{center.number} {center.division.full_label}", center.get_absolute_url())
        for center in found.order_by("pk")[:LIMIT]
    ]
