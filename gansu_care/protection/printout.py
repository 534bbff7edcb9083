"""All that is kept of one child on one sheet: every column of her row in full, her consents, whom her data went to."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from children.consent_page import facts_of
from children.models import Child
from children.resources import ChildResource
from gansu_care.accounts.roles import Right
from gansu_care.protection.models import PersonRequest
from gansu_care.spreadsheets.release import ReleasedFile, release_rows
from gansu_care.spreadsheets.writing.sheet_columns import SheetColumn
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event


def printout(request: PersonRequest, user: Any) -> ReleasedFile:
    """Raises PermissionDenied without the right to full values, and for a child out of scope or restricted."""
    child = Child.objects.visible_to(user).unrestricted().filter(pk=request.child_id).first()
    if child is None or not user.may(Right.UNMASK):
        raise PermissionDenied
    lines = [*_own(child, user), *_consents(child, user), *_given_out(child)]
    why = f"{request.number} {request.get_kind_display()}"
    record_event(Action.UNMASK, user, kind="child", number=child.number, rows=1, reason=why)
    columns = (SheetColumn(_("项目")), SheetColumn(_("内容")))
    name = _("个人信息副本%(number)s") % {"number": child.number}
    return release_rows(
        user, "children", columns, lines, name=name, purpose=f"print {why}", number=child.number
    )


def _own(child: Child, user: Any) -> Iterator[tuple[str, Any]]:
    resource = ChildResource()
    cells = next(resource.export_rows(Child.objects.filter(pk=child.pk), user, masked=False))
    for heading, cell in zip(resource.export_headers(), cells, strict=True):
        if cell not in (None, ""):
            yield heading, str(cell)


def _consents(child: Child, user: Any) -> Iterator[tuple[str, Any]]:
    for consent in child.consents.all():
        for fact in facts_of(consent, user):
            if fact["value"]:
                yield _("监护人同意：%(label)s") % {"label": fact["label"]}, str(fact["value"])


def _given_out(child: Child) -> Iterator[tuple[str, Any]]:
    """How often her record was looked at in full and handed out, by year: staff are not named to third persons."""
    rows = Event.objects.filter(number=child.number, action__in=(Action.UNMASK, Action.EXPORT, Action.PRINT))
    counted: dict[tuple[int, str], int] = {}
    for event in rows.order_by("at"):
        key = event.at.year, event.get_action_display()
        counted[key] = counted.get(key, 0) + 1
    for (year, action), count in counted.items():
        yield _("%(year)s年%(action)s次数") % {"year": year, "action": action}, str(count)
