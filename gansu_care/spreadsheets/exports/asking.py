"""A request for a file with children: written down with what it is for, and shown to whoever may agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ROLES, Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known, standing
from gansu_care.pages.forms import filter_chips
from gansu_care.sealed.masks import mask_id_number
from gansu_care.spreadsheets.exports.sources import ExportSource
from gansu_care.spreadsheets.models import ExportRequest
from gansu_care.spreadsheets.models.export_request import WAITS_FOR
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

TRIES = 20
ID_NUMBER = re.compile(r"\d{14,17}[\dXx]")
# What only turns the pages of a list, or sorts it.
NO_CONDITIONS = ("after", "before", "sort", "csrfmiddlewaretoken")


def ask(
    user: Any,
    source: ExportSource,
    *,
    place: str,
    query: str,
    purpose: str,
    recipient: str,
    parts: Iterable[str],
    full: bool = False,
) -> ExportRequest:
    """Write the request down. Raises PermissionDenied for who may not export, ValueError for conditions that do not
    hold."""
    division = standing(user)
    if division is None or not user.may(Right.EXPORT) or not user.may(source.list_page.right):
        raise PermissionDenied
    filterset = source.filtered(user, place, query)
    if not filterset.form.is_valid():
        raise ValueError("the conditions of the list")
    rows = filterset.qs.order_by().count()
    now = timezone.now()
    filter_json = json.dumps([place, query, words_of(filterset)], ensure_ascii=False).encode()
    with transaction.atomic():
        request = _numbered(
            division, user=user, source=source.code, purpose=purpose, recipient=recipient, parts=list(parts),
            full=full, rows_asked=rows, filter_json=filter_json, asked_at=now, expires_at=now + WAITS_FOR,
        )  # fmt: skip
        record_event(
            Action.REQUEST, user, kind="export.ask", number=request.number, rows=rows, reason=purpose
        )
    return request


def conditions(query: Any) -> str:
    """The part of a list's address that says which rows: a QueryDict without page and order."""
    kept = query.copy()
    for name in NO_CONDITIONS:
        kept.pop(name, None)
    for name in [name for name in kept if not any(kept.getlist(name))]:
        kept.pop(name)
    return str(kept.urlencode())


def words_of(filterset: Any) -> list[list[str]]:
    """The conditions as the page calls them; an ID number that was searched for only as its mask."""
    return [
        [chip["label"], ID_NUMBER.sub(lambda found: mask_id_number(found[0]), chip["value"])]
        for chip in filter_chips(filterset.form, QueryDict(""))
    ]


def approvers_for(user: Any) -> list[User]:
    """Who may agree: others with the right in her own unit, else in the nearest one above that has any."""
    division = standing(user)
    if division is None:
        return []
    roles = [role for role, row in ROLES.items() if Right.APPROVE_EXPORT in row.rights]
    others = User.objects.filter(role__in=roles, is_active=True, is_superuser=False).exclude(pk=user.pk)
    for place in reversed(known(division).current.path()):
        found = list(others.filter(division=place.pk).order_by("username"))
        if found:
            return found
    return []


def _numbered(division: Division, **values: Any) -> ExportRequest:
    """A request with the next number of its division and day, such as E-621124-20261123-002."""
    today = timezone.localdate()
    held = ExportRequest.objects.filter(division=division, asked_on=today)
    for _attempt in range(TRIES):
        day_no = (held.aggregate(last=Max("day_no"))["last"] or 0) + 1
        number = f"E-{division.code}-{today:%Y%m%d}-{day_no:03d}"
        try:
            with transaction.atomic():
                return ExportRequest.objects.create(
                    division=division, asked_on=today, day_no=day_no, number=number, **values
                )
        except IntegrityError:  # somebody of the division took the number this moment
            continue
    raise RuntimeError("no free request number")
