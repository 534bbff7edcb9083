"""Who is a left-behind child: computed from facts about each parent, under a named rule; never typed by a clerk.

MCA2016 (国发〔2016〕13号, State Council opinion of 2016): both parents away for work, or one away and the other
without guardianship ability; rural household registration; under 16. Read here as:
- a parent is without ability who is dead, missing, in prison or compulsory treatment, seriously ill or disabled, or
  whom the form names as the unable one (无监护能力方);
- both dead, or nobody away for work, is not left-behind (another category cares for the child);
- household registration is rural unless it is recorded as non-agricultural (户口性质 非农业, kept from before 2016).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from children.ages import latest_birth_at_age
from children.code_tables import HouseholdType, ParentCondition, UnableParent

AGE_LIMIT = 16
UNABLE = (
    ParentCondition.DECEASED,
    ParentCondition.MISSING,
    ParentCondition.DETAINED,
    ParentCondition.ILL_OR_DISABLED,
)
FATHER, MOTHER = UnableParent.FATHER, UnableParent.MOTHER


@dataclass(frozen=True)
class Rule:
    """A counting rule: its short name, the document it comes from, the name a reader sees."""

    code: str
    label: str | Promise
    document: str | Promise


MCA2016 = Rule("MCA2016", _("国发〔2016〕13号"), _("国发〔2016〕13号"))
RULES = {MCA2016.code: MCA2016}


def with_parents_on(children: QuerySet, states: QuerySet, day: date) -> Any:
    """Annotate what the parents were on `day`, as booleans: father_away, mother_away, parent_away (one at least);
    father_absent, mother_absent (away or without ability)."""
    held = states.filter(Q(until=None) | Q(until__gt=day), since__lte=day, parent__child=OuterRef("pk"))
    facts = {"parent_away": Exists(held.filter(condition=ParentCondition.AWAY))}
    for kind in (FATHER, MOTHER):
        of_parent = held.filter(parent__kind=kind)
        facts[f"{kind}_away"] = Exists(of_parent.filter(condition=ParentCondition.AWAY))
        facts[f"{kind}_absent"] = Exists(of_parent.filter(condition__in=(ParentCondition.AWAY, *UNABLE)))
    return children.annotate(**facts)


def rule_mca2016(day: date) -> Q:
    """The rule as a condition on children annotated by `with_parents_on`.

    Both away, or one away and the other unable: the same as each of them away or unable, and one at least away. Put
    this way each fact is asked once, which for a whole province is a third of the work.
    """
    nobody_at_home = (Q(father_absent=True) | Q(unable_parent=FATHER)) & (
        Q(mother_absent=True) | Q(unable_parent=MOTHER)
    )
    under_age = Q(birth_date__gt=latest_birth_at_age(AGE_LIMIT, day))
    rural = ~Q(household_type=HouseholdType.NON_AGRICULTURAL)
    return Q(parent_away=True) & nobody_at_home & under_age & rural


CONDITIONS: dict[str, Any] = {MCA2016.code: rule_mca2016}


class Situation(TextChoices):
    """留守情形, for a reader: who of the parents is away."""

    BOTH_AWAY = "both", _("双亲外出")
    ONE_AWAY = "one", _("一方外出")
    NOBODY_AWAY = "none", _("无人外出")


def situation(conditions: Iterable[str]) -> Situation:
    """From the conditions that hold for father and mother."""
    away = sum(condition == ParentCondition.AWAY for condition in conditions)
    return (Situation.NOBODY_AWAY, Situation.ONE_AWAY, Situation.BOTH_AWAY)[min(away, 2)]


SITUATIONS: dict[str, Q] = {
    Situation.BOTH_AWAY: Q(father_away=True, mother_away=True),
    Situation.ONE_AWAY: Q(father_away=True, mother_away=False) | Q(father_away=False, mother_away=True),
    Situation.NOBODY_AWAY: Q(father_away=False, mother_away=False),
}
