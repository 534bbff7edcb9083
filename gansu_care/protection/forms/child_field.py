"""A child named by her record number, inside the user's scope."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from children.models import Child
from gansu_care.spreadsheets.columns.cell_text import squeezed


class ChildField(forms.CharField):
    """Its value is the Child, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("档案编号"))
        kwargs.setdefault("help_text", _("以 GC 开头，写在儿童档案的姓名下面"))
        super().__init__(max_length=40, **kwargs)
        self.user: Any = None

    def clean(self, value: Any) -> Any:
        number = squeezed(super().clean(value)).upper()
        if not number:
            return None
        child = Child.objects.visible_to(self.user).filter(number=number, erased_on=None).first()
        if child is None:
            raise forms.ValidationError(_("没有找到档案编号“%(number)s”，请核对。") % {"number": number})
        return child
