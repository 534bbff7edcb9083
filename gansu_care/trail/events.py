"""Writing events of the trail. Each is inserted in the transaction of what it tells."""

from typing import Any

from django.http import HttpRequest

from gansu_care.trail.addresses import address_of
from gansu_care.trail.models import Event
from gansu_care.trail.reference import current_request


def record_event(
    action: str,
    user: Any,
    *,
    kind: str = "",
    number: str = "",
    rows: int | None = None,
    reason: str = "",
    system_user: str = "",
    request: HttpRequest | None = None,
) -> Event:
    """Add one event. `user` is the acting account or None; the request at hand gives address and reference."""
    request = request or current_request()
    division = getattr(user, "division", None)
    return Event.objects.create(
        action=action,
        user_id=getattr(user, "pk", None),
        username=getattr(user, "username", ""),
        role=getattr(user, "role", ""),
        division_code=division.code if division else "",
        address=address_of(request) if request else "",
        system_user=system_user,
        kind=kind,
        number=number,
        rows=rows,
        reason=reason[:200],
        reference=getattr(request, "reference", "") if request else "",
    )
