"""Names and health in sight within one's own county; beyond it 张*三, 2015-**-**, and health not at all."""

from collections.abc import Callable, Mapping
from typing import Any

from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import standing
from gansu_care.sealed.masks import mask_all, mask_birth_date, mask_name

HEALTH = ("health", "disability_types", "disability_grade", "disease")


def sees_full_names(user: Any) -> bool:
    division = standing(user)
    return bool(division and (division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county))


def shown_name(name: str, user: Any) -> str:
    return name if sees_full_names(user) else mask_name(name)


def masks_for(user: Any) -> Mapping[str, Callable[[str], str]]:
    """How a child's and her family's fields are shown to this user, by field; empty within the own county."""
    if sees_full_names(user):
        return {}
    names = ("name", "former_name", "given_by", "village_contact", "teacher_contact")
    return {"birth_date": mask_birth_date} | dict.fromkeys(names, mask_name) | dict.fromkeys(HEALTH, mask_all)
