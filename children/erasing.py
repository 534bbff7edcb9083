"""Erasing a record: figures stay, the person is gone.

What stays is listed below, field by field, and is what the annual report counts by: sex, year of birth, division, the
days of each stay, what each parent was and when, the carer's relation. Every other field is emptied, a new one too.
Grandparents, consents with their scans, search keys and the whole history are deleted, and with them whatever an
upload or a kept export still holds of her: file, staged rows, quoted cells. Records that were merged into this one are
the same person and go along. The trail keeps the number; so does a list outside the database, by which a restored
backup is erased again (`erase_again`).

A later app that keeps something of a child says how it is erased: register_eraser(function, Model, …).
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from children.change_reasons import ERASED
from children.code_tables import DatePrecision, ErasureGround
from children.erased_list import note_erased, noted_erased
from children.models import (
    Carer,
    Child,
    ChildStatus,
    Consent,
    ConsentScan,
    Episode,
    ErasedNumber,
    Erasure,
    Grandparent,
    NameKey,
    Parent,
    ParentState,
    TransferRequest,
)
from gansu_care.pages.reasons import coded
from gansu_care.spreadsheets.export_jobs import forget_exports
from gansu_care.spreadsheets.exports.handing_out import forget_files
from gansu_care.spreadsheets.uploads.forgetting import forget_records
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KEPT: dict[type[models.Model], set[str]] = {
    Child: {
        "id", "number", "version", "created_at", "changed_at", "division", "county", "prefecture", "reporting_unit",
        "sex", "birth_date", "birth_precision", "schooling", "guardianship_type", "household_type", "unable_parent",
        "status", "registered_on", "voided_on", "merged_into", "erased_on", "household_registered",
    },
    Parent: {"id", "child", "kind"},
    ParentState: {"id", "parent", "condition", "since", "since_precision", "until"},
    Carer: {"id", "child", "relation", "since", "until"},
    Episode: {"id", "child", "episode_no", "registered_on", "ended_on", "reason"},
    # Whose request, where to, answered how: nothing of it tells who she is.
    TransferRequest: {field.name for field in TransferRequest._meta.concrete_fields},
    Erasure: {"id", "child", "ground", "state", "proposed_by", "proposed_at", "decided_by", "decided_at"},
}  # fmt: skip
"""What an erased record still holds. A year of birth is kept as its first day."""
GONE: tuple[type[models.Model], ...] = (ConsentScan, Consent, Grandparent, NameKey)
NAMELESS: tuple[type[models.Model], ...] = (TransferRequest,)
"""What says nothing of a person but her record, and stays: which county asked for it, and what became of that."""
WITH_HISTORY: tuple[Any, ...] = (Parent, Carer, Episode, Grandparent, Consent)

Eraser = Callable[[list[int]], None]
_erasers: list[Eraser] = []
_erased_elsewhere: set[type[models.Model]] = set()


class Person(NamedTuple):
    """By what an upload's rows are known to speak of her, before it is gone."""

    id_number: str
    name: str
    birth_date: date


def register_eraser(function: Eraser, *held: type[models.Model]) -> None:
    """`function(ids)` erases what a later app keeps of these children, in the models `held`."""
    _erasers.append(function)
    _erased_elsewhere.update(held)


def models_erased() -> set[type[models.Model]]:
    """All models whose rows of a child are emptied or deleted, or hold nothing of her."""
    return {*KEPT, *GONE, *NAMELESS, *_erased_elsewhere}


def erase(child: Child, ground: str, user: Any) -> list[str]:
    """Erase the record and those merged into it, in one transaction; returns their numbers.

    Raises forgetting.UploadUnderWay while an upload with a row of hers is being written.
    """
    with transaction.atomic():
        held = Child.objects.select_for_update(of=("self",)).order_by("pk")
        children = list(held.filter(models.Q(pk=child.pk) | models.Q(merged_into=child)))
        numbers = [one.number for one in children]
        _forget_uploads(children)
        forget_exports(Child._meta.label, [one.pk for one in children])
        for one in children:
            forget_files("children", one.division)
            _empty(one, ground, user)
        _delete_history([one.pk for one in children])
        for eraser in _erasers:
            eraser([one.pk for one in children])
        _tell(children, ground, user)
    return numbers


def erase_again() -> list[str]:
    """After a backup was restored: erase what had been erased since it was made. Returns the numbers."""
    rows = ErasedNumber.objects.values_list("number", "ground", "erased_on")
    noted = {number: (ground, day) for number, ground, day in (*noted_erased(), *rows)}
    again: list[str] = []
    for child in Child.objects.filter(number__in=noted, erased_on=None).order_by("pk"):
        ground, day = noted[child.number]
        # Of another database the number may be another child's, made later.
        if timezone.localdate(child.created_at) <= day:
            again += erase(child, ground, None)
    note_erased(ErasedNumber.objects.order_by("pk"))
    return again


def erased_again() -> str:
    """What a restore does by itself (keeping/backups/restoring.py), and says that it has done."""
    again = erase_again()
    return _("重新删除 %(n)s 条记录的个人信息。") % {"n": len(again)} if again else ""


# --- the record


def _empty(child: Child, ground: str, user: Any) -> None:
    pk = child.pk
    was_counted = child.voided_on is None and child.status != ChildStatus.DRAFT
    for model in GONE:
        _rows(model, pk).delete()
    for model in KEPT:
        _rows(model, pk).update(**emptied(model))
    Child._base_manager.filter(pk=pk).update(
        birth_date=date(child.birth_date.year, 1, 1),
        birth_precision=DatePrecision.YEAR,
        status=ChildStatus.RESTRICTED,
        # A draft was in no figure and must not come into one.
        voided_on=None if was_counted else child.voided_on or timezone.localdate(),
        erased_on=timezone.localdate(),
        version=child.version + 1,
    )


def _rows(model: type[models.Model], pk: int) -> models.QuerySet:
    ways = {Child: "pk", ParentState: "parent__child", ConsentScan: "consent__child"}
    return model._base_manager.filter(**{ways.get(model, "child"): pk})


def emptied(model: type[models.Model]) -> dict[str, Any]:
    """{field: what it holds when it is erased} of all that is not kept."""
    return {
        field.attname: _nothing(field)
        for field in model._meta.concrete_fields
        if field.name not in KEPT[model]
    }


def _nothing(field: models.Field) -> Any:
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return []
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.BooleanField):
        return False
    raise TypeError(f"{field} can be neither emptied nor is it kept: say which in children/erasing.py")


def _delete_history(ids: list[int]) -> None:
    history: Any = ParentState.history
    parents = set(Parent.history.filter(child_id__in=ids).values_list("id", flat=True))
    parents |= set(Parent.objects.filter(child__in=ids).values_list("pk", flat=True))
    history.filter(parent_id__in=parents).delete()
    for model in WITH_HISTORY:
        model.history.filter(child_id__in=ids).delete()
    Child.history.filter(id__in=ids).delete()


# --- what uploads hold


def _forget_uploads(children: Iterable[Child]) -> None:
    for child in children:
        past = Child.history.filter(id=child.pk)
        numbers = {child.upload_number, *past.values_list("upload_number", flat=True)}
        places = {child.county_id, *past.values_list("county_id", flat=True)}
        # A county that asked for her has her in a row of its own.
        places |= set(child.transfer_requests.values_list("county_id", flat=True))
        sealed: Any = child.id_number
        person = Person(sealed.open() if sealed else "", child.name, child.birth_date)
        forget_records(
            "children",
            places - {None},
            {child.pk},
            numbers - {""},
            lambda values, who=person: speaks_of(values, who),
        )


def speaks_of(values: dict[str, Any], person: Person) -> bool:
    """Whether a staged row, as packed, is hers: her ID number, or her name with her birth date.

    A date that could not be read, or is missing, says nothing against her.
    """
    if person.id_number and values.get("id_number") == person.id_number:
        return True
    born = values.get("birth_date")
    same_day = born is None or (isinstance(born, list) and born[1:2] == [person.birth_date.isoformat()])
    return bool(person.name) and values.get("name") == person.name and same_day


# --- what is told


def _tell(children: list[Child], ground: str, user: Any) -> None:
    today, history = timezone.localdate(), Child.history
    for child in children:
        ErasedNumber.objects.get_or_create(
            number=child.number, defaults={"ground": ground, "erased_on": today}
        )
        record_event(
            Action.CLEAR,
            user,
            kind="child",
            number=child.number,
            rows=1,
            reason=str(ErasureGround(ground).label),
        )
    left = list(Child.objects.filter(pk__in=[child.pk for child in children]))
    history.bulk_history_create(left, update=True, default_change_reason=coded(ERASED), default_user=user)
    transaction.on_commit(
        lambda: note_erased(ErasedNumber.objects.filter(number__in=[one.number for one in left]))
    )
    transaction.on_commit(_leave_no_copy)


def _leave_no_copy() -> None:
    """SQLite's log still holds the pages as they were: it is emptied. (PostgreSQL clears old rows by itself.)"""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
