"""A field that names one center: by its number or by its full name, inside the user's scope."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from gansu_care.pages.screens.accounts_forms import SuggestedInput

SUGGESTIONS = 200
_NUMBER = re.compile(r"GC\d{10}", re.IGNORECASE)


class CenterField(forms.CharField):
    """Gives the Center, or None for an empty field. `belong_to` says whose scope it is, before anything else."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("活动中心编号"))
        super().__init__(max_length=120, **kwargs)
        self.user: Any = None

    def belong_to(self, user: Any) -> None:
        """Few enough to choose from, the centers of the scope are suggested: number and name."""
        self.user = user
        found = list(self._centers().order_by("name", "pk").values_list("number", "name")[: SUGGESTIONS + 1])
        if len(found) <= SUGGESTIONS:
            listed = [f"{number} {name}" for number, name in found]
            self.widget = SuggestedInput(listed, attrs={"maxlength": 120, "autocomplete": "off"})
            self.widget.is_required = self.required

    def _centers(self) -> Any:
        return Center.objects.visible_to(self.user).in_force()

    def clean(self, value: Any) -> Center | None:
        text = super().clean(value)
        if not text:
            return None
        named = _NUMBER.search(text)
        if named:
            center = self._centers().filter(number=named[0].upper()).first()
            if center is None:
                raise ValidationError(_("在您的范围内找不到这个编号的活动中心，请核对。"))
            return center
        return self._of_name(text)

    def _of_name(self, name: str) -> Center:
        found = list(self._centers().filter(name=name)[:2])
        if not found:
            raise ValidationError(_("在您的范围内找不到“%(name)s”，请填中心全称或编号。") % {"name": name})
        if len(found) > 1:
            raise ValidationError(_("有好几个活动中心都叫“%(name)s”，请填编号。") % {"name": name})
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()
