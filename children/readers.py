"""Who saw this child: the trail of one record, for the staff who answer for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Right
from gansu_care.divisions.book import book
from gansu_care.pages.records import RecordPage
from gansu_care.pages.screens.trail_words import kind_in_words
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event

LATEST = 200


class ChildReaders(RecordPage):
    """The latest acts on the record, each with who and why; looking at them is one more."""

    right = Right.SEE_READERS
    model = Child
    template = "children/readers.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        events = list(Event.objects.filter(number=record.number).order_by("-pk")[:LATEST])
        record_event(Action.READ, request.user, kind="child.readers", number=record.number, rows=len(events))
        context = {
            "record": record,
            "heading": _("谁看过 %(number)s") % {"number": record.number},
            "rows": _rows(events),
            "latest": LATEST,
        }
        return render(request, self.template, context)


def _rows(events: list[Event]) -> list[dict[str, Any]]:
    names: dict[int | None, str] = dict(
        User.objects.filter(pk__in={one.user_id for one in events}).values_list("pk", "name")
    )
    places = book().by_code
    return [
        {
            "at": one.at,
            "who": names.get(one.user_id) or one.username or "—",
            "place": places[one.division_code].label if one.division_code in places else one.division_code,
            "action": one.get_action_display(),
            "kind": kind_in_words(one.kind),
            "reason": one.reason,
            "is_unusual": one.action == Action.UNMASK,
        }
        for one in events
    ]
