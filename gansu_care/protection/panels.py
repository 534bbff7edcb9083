"""What a child's page shows of requests about her, and of the way to erase her record."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from children.erasure_proposals import may_decide
from children.models import Child, ChildStatus
from gansu_care.accounts.roles import Right
from gansu_care.protection.models import PersonRequest


def requests_of(request: HttpRequest, child: Child) -> dict[str, Any] | None:
    """Requests about her, and the button for a new one; nothing for an erased or voided record without any."""
    rows = PersonRequest.objects.visible_to(request.user).in_force().filter(child=child)
    return {"requests": rows, "add_url": f"{reverse('protection:request_add')}?child={child.number}"}


def erasures_of(request: HttpRequest, child: Child) -> dict[str, Any] | None:
    user: Any = request.user
    rows = list(child.erasures.select_related("proposed_by", "decided_by"))
    opened = next((row for row in rows if row.state == "proposed"), None)
    in_register = child.status == ChildStatus.ACTIVE and child.voided_on is None
    may_propose = not (child.erased_on or opened or in_register) and user.may(Right.PROPOSE_ERASURE)
    if not rows and not may_propose:
        return None
    return {
        "rows": [
            {"row": row, "state": row.get_state_display(), "ground": row.get_ground_display()} for row in rows
        ],
        "decide_url": reverse("protection:erasure_decide", args=[child.number])
        if opened and may_decide(opened, user)
        else "",
        "propose_url": reverse("protection:erasure_propose", args=[child.number]) if may_propose else "",
        "title": _("删除个人信息"),
    }
