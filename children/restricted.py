"""A restricted record: consent was withdrawn, or it is erased. It is only kept and protected (PIPL Art. 47)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from children.consent_page import consents_of
from children.models import Child, ChildStatus
from gansu_care.pages.panels import panels_for
from gansu_care.sealed.masks import mask_name


class Unrestricted:
    """A page that a restricted record does not have: it leads back to what may be seen of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = Child.objects.visible_to(request.user).filter(status=ChildStatus.RESTRICTED)
        record = held.filter(number=kwargs.get("number", "")).first()
        if record is None:
            return super().dispatch(request, *args, **kwargs)
        messages.error(request, _("这条档案已限制处理，只能保存，不能查看、修改或导出。"))
        return redirect(record.get_absolute_url())


def restricted_page(request: HttpRequest, record: Child) -> dict[str, Any]:
    """Context of templates/children/restricted.html."""
    erased = record.erased_on is not None
    return {
        "record": record,
        "heading": record.number if erased else mask_name(record.name),
        "consents": None if erased else consents_of(record, request.user),
        "panels": panels_for("restricted_child", request, record),
    }
