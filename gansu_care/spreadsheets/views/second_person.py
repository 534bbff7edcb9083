"""Which divisions ask for a second person: whoever administers one sets it for her own and those below it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import below, standing
from gansu_care.pages.wording import moment
from gansu_care.spreadsheets.models import SecondPerson
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class SecondPersonSettings(View):
    """GET: each division and what holds there. POST: ask at one of them, or no longer."""

    right = Right.MANAGE_UPLOADS

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"heading": _("两人复核"), "rows": _rows(request.user)}
        return render(request, "spreadsheets/second_person.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        division = next(
            (one for one in _managed(request.user) if one.code == request.POST.get("place")), None
        )
        if division is None:
            raise Http404
        asks = request.POST.get("asks") == "1"
        if set_second_person(division, request.user, asks):
            said = (
                _("%(place)s和下级单位的上传，以后要两人复核。") if asks else _("%(place)s不再要求两人复核。")
            )
            messages.success(request, said % {"place": division.label})
        return redirect("spreadsheets:second_person")


def set_second_person(division: Division, user: Any, asks: bool) -> bool:
    """Whether that changed anything. Files that wait for a second person already go on waiting."""
    with transaction.atomic():
        if asks:
            _rule, changed = SecondPerson.objects.get_or_create(division=division, defaults={"set_by": user})
        else:
            changed = bool(SecondPerson.objects.filter(division=division).delete()[0])
        if changed:
            kind = "upload.second_person" if asks else "upload.one_person"
            record_event(Action.SETTING, user, kind=kind, number=division.code)
    return changed


def _managed(user: Any) -> list[Division]:
    """Her own division and those below it that send files."""
    own = standing(user)
    if own is None:
        return []
    return list(below(own).exclude(level=Level.TOWNSHIP).select_related("parent__parent").order_by("code"))


def _rows(user: Any) -> list[dict[str, Any]]:
    rules = {rule.division_id: rule for rule in SecondPerson.objects.select_related("set_by")}
    rows = []
    for division in _managed(user):
        rule = rules.get(division.pk)
        above = next((one for one in division.path()[:-1] if one.pk in rules), None)
        row = {"division": division, "level": division.get_level_display(), "rule": rule, "above": above}
        if rule:
            row["set"] = _("%(who)s　%(time)s") % {"who": rule.set_by.label, "time": moment(rule.set_at)}
        rows.append(row)
    return rows
