"""Names and birth dates in sight within one's own county, beyond it 张*三 and 2015-**-**; health hidden everywhere."""

from collections.abc import Callable, Mapping
from typing import Any

from children.field_classes import HIDDEN, NAMES
from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import standing
from gansu_care.sealed.masks import mask_all, mask_birth_date, mask_name


def sees_full_names(user: Any) -> bool:
    """Whether the children that she sees are those of her own county."""
    division = standing(user)
    return bool(division and (division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county))


def shown_name(name: str, user: Any) -> str:
    return name if sees_full_names(user) else mask_name(name)


def masks_for(user: Any) -> Mapping[str, Callable[[str], str]]:
    """How a child's and her family's fields are shown to this user, by field."""
    hidden = dict.fromkeys(HIDDEN, mask_all)
    if sees_full_names(user):
        return hidden
    return {"birth_date": mask_birth_date} | dict.fromkeys(NAMES, mask_name) | hidden
