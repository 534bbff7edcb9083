"""What counts: registered, left-behind, entered, exited. Each rule once, for list, filter and report."""

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from children.ages import birthday, latest_birth_at_age
from children.code_tables.family import CARE_CLASS_RANGES, CareClass
from children.left_behind import CONDITIONS, MCA2016, SITUATIONS, with_parents_on
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.trail.registry import RegistryQuerySet

DRAFT, ACTIVE, EXITED, RESTRICTED = "draft", "active", "exited", "restricted"
RELATED = {
    name: Q(relation_on_day__gte=low, relation_on_day__lte=high) for name, low, high in CARE_CLASS_RANGES
}


def may_see_restricted(user: Any) -> bool:
    return user.is_authenticated and (user.may(Right.PROPOSE_ERASURE) or user.may(Right.CONFIRM_ERASURE))


class PersonPartQuerySet(ScopedQuerySet):
    """Rows that hang on a child: seen by who sees the child."""

    right = Right.SEE_PERSONS
    scope_path = "child"


class ConsentQuerySet(PersonPartQuerySet):
    def standing(self) -> Self:
        """Not replaced by a later one."""
        return self.filter(replaced_on=None)


class ErasureQuerySet(PersonPartQuerySet):
    def open(self) -> Self:
        return self.filter(state="proposed")


class NoticeQuerySet(models.QuerySet[Any]):
    """Read by all who are signed in; published by the province."""

    def in_force(self, kind: str, day: date) -> Any:
        """The version of this kind in force on `day`; None before the first."""
        begun = self.filter(kind=kind, valid_from__lte=day)
        return begun.order_by("-valid_from", "-version").first()


class ParentStateQuerySet(PersonPartQuerySet):
    scope_path = "parent__child"


class ScanQuerySet(PersonPartQuerySet):
    """A scan hangs on its consent."""

    scope_path = "consent__child"


class NameKeyQuerySet(PersonPartQuerySet):
    def spelled(self, text: str) -> Self:
        """Whose pinyin or initials begin with these letters, typed small or large."""
        letters = text.lower()
        begun = Q(pinyin__prefix=letters) | Q(initials__prefix=letters)
        return self.filter(begun, pinyin__first=letters[:1])


class EpisodeQuerySet(PersonPartQuerySet):
    def counted(self) -> Self:
        """Those of children whom figures may count (ChildQuerySet.counted)."""
        return self.filter(child__voided_on__isnull=True).exclude(child__status=DRAFT)

    def begun_between(self, first: date, last: date) -> Self:
        return self.counted().filter(registered_on__range=(first, last))

    def ended_between(self, first: date, last: date) -> Self:
        return self.counted().filter(ended_on__range=(first, last))


class ChildQuerySet(RegistryQuerySet):
    right = Right.SEE_PERSONS

    def visible_to(self, user: Any) -> Self:
        """A restricted record exists only for whoever may propose or confirm that it be erased."""
        rows = super().visible_to(user)
        return rows if may_see_restricted(user) else rows.unrestricted()

    def unrestricted(self) -> Self:
        """What lists, searches and exports hold: neither restricted after a withdrawal nor erased."""
        return self.exclude(status=RESTRICTED)

    def counted(self) -> Self:
        """What figures may count: not voided, not merged into another record, not a draft without consent."""
        return self.in_force().exclude(status=DRAFT)

    def active(self) -> Self:
        """In the register now: what registered_on(today) finds episode by episode, told by the status.

        The two agree since the status follows the episodes, and no door takes an episode of a day to come.
        """
        return self.in_force().filter(status=ACTIVE)

    def drafts(self) -> Self:
        return self.in_force().filter(status=DRAFT)

    def lacking_paper(self) -> Self:
        """In the register by a consent whose signed paper is still to be brought."""
        return self.in_force().filter(proof_due_on__isnull=False)

    def due_for_erasure(self, day: date) -> Self:
        """Annotated with `ground`: consent withdrawn, or kept as long as the settings say after she left the register,
        after the record was voided, or as a draft without consent."""
        kept_until = birthday(day, -settings.RETENTION_YEARS)
        drafts_until = timezone.make_aware(datetime.combine(day, time.min)) - timedelta(
            settings.DRAFT_KEPT_DAYS
        )
        later = self._episodes().filter(Q(ended_on=None) | Q(ended_on__gt=kept_until), child=OuterRef("pk"))
        grounds = {
            "withdrawn": Q(status=RESTRICTED),
            "voided": Q(voided_on__lte=kept_until),
            "retention": Q(status=EXITED, voided_on=None) & ~Exists(later),
            "no_consent": Q(status=DRAFT, voided_on=None, created_at__lt=drafts_until),
        }
        whens = [When(condition, then=Value(ground)) for ground, condition in grounds.items()]
        due = self.filter(erased_on=None).annotate(
            ground=Case(*whens, default=None, output_field=CharField())
        )
        return due.filter(reduce(or_, grounds.values()))

    def unproposed(self) -> Self:
        """Whose erasure waits for nobody's confirmation."""
        erasures = self.model._meta.get_field("erasures").related_model._default_manager.all()
        return self.exclude(Exists(erasures.open().filter(child=OuterRef("pk"))))

    def drafts_by(self, day: date) -> Self:
        """Drafts registered by `day`: what a figure of that day leaves out."""
        return self.drafts().filter(registered_on__lte=day)

    def registered_on(self, day: date) -> Self:
        """In the register on `day` 24:00: an episode begun by then and not ended."""
        return self.counted().filter(
            Exists(
                self._episodes()
                .filter(Q(ended_on=None) | Q(ended_on__gt=day), registered_on__lte=day)
                .filter(child=OuterRef("pk"))
            )
        )

    def left_behind_on(self, day: date, rule: str = MCA2016.code) -> Self:
        """Registered on `day` and left-behind on it by the named rule (children/left_behind.py)."""
        states = self._states()
        return with_parents_on(self.registered_on(day), states, day).filter(CONDITIONS[rule](day))

    def in_situation(self, situation: str, day: date) -> Self:
        """Whose father, mother or both are away on `day` (left_behind.Situation)."""
        return with_parents_on(self, self._states(), day).filter(SITUATIONS[situation])

    def aged(self, low: int, high: int, day: date) -> Self:
        """Between `low` and `high` full years on `day`, both included."""
        return self.filter(
            birth_date__lte=latest_birth_at_age(low, day), birth_date__gt=latest_birth_at_age(high + 1, day)
        )

    def called(self, text: str, *, anywhere: bool) -> Self:
        """By the beginning of the name, its pinyin or its initials; anywhere in the name inside a county."""
        if text.isascii():
            return self.filter(pk__in=self._keys().spelled(text).values("child"))
        if anywhere:
            return self.filter(name__contains=text)
        return self.filter(name__prefix=text, name__first=text[:1])

    def in_difficulty(self) -> Self:
        return self.exclude(difficulty=[])

    def not_in_difficulty(self) -> Self:
        return self.filter(difficulty=[])

    def entered_during(self, year: int) -> Self:
        """With an episode begun in the year."""
        begun = self._episodes().filter(registered_on__range=(date(year, 1, 1), date(year, 12, 31)))
        return self.counted().filter(Exists(begun.filter(child=OuterRef("pk"))))

    def exited_during(self, year: int) -> Self:
        """With an episode ended in the year."""
        ended = self._episodes().filter(ended_on__range=(date(year, 1, 1), date(year, 12, 31)))
        return self.counted().filter(Exists(ended.filter(child=OuterRef("pk"))))

    def telling_relation_on(self, day: date) -> Self:
        """Annotate `relation_on_day`: the carer's relation to the child, "" when it is not told, NULL without one."""
        held = self._carers().filter(Q(until=None) | Q(until__gt=day), since__lte=day, child=OuterRef("pk"))
        return self.annotate(relation_on_day=Subquery(held.order_by("-since", "-pk").values("relation")[:1]))

    def cared_for_by(self, care: str, day: date) -> Self:
        """Whose carer on `day` is of this class (CareClass); "" for a carer whose relation is not told."""
        rows = self.telling_relation_on(day)
        if care == CareClass.NOBODY:
            return rows.filter(relation_on_day=None)
        if care == "":
            return rows.filter(relation_on_day="")
        if care == CareClass.NO_RELATIVE:
            return rows.filter(relation_on_day__gt="").exclude(reduce(or_, RELATED.values()))
        return rows.filter(RELATED[CareClass(care)])

    def _carers(self) -> PersonPartQuerySet:
        return self.model._meta.get_field("carers").related_model._default_manager.all()

    def _episodes(self) -> PersonPartQuerySet:
        return self.model._meta.get_field("episodes").related_model._default_manager.all()

    def _keys(self) -> NameKeyQuerySet:
        return self.model._meta.get_field("name_keys").related_model._default_manager.all()

    def _states(self) -> PersonPartQuerySet:
        parents = self.model._meta.get_field("parents").related_model
        return parents._meta.get_field("states").related_model._default_manager.all()
