"""The notice to guardians and the rules: all versions for whoever is signed in, a new one by an administrator."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View

from children.models import Notice, NoticeKind
from gansu_care.accounts.gate import SIGNED_IN
from gansu_care.accounts.roles import Right
from gansu_care.protection.forms import PublishForm


class NoticeList(View):
    right = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        user: Any = request.user
        kinds = [
            {
                "code": kind.value,
                "label": kind.label,
                "current": Notice.objects.in_force(kind, today),
                "versions": Notice.objects.filter(kind=kind).select_related("published_by"),
            }
            for kind in NoticeKind
        ]
        context = {
            "heading": pgettext("名单", "告知书和规则"),
            "kinds": kinds,
            "may_publish": user.may(Right.PUBLISH_NOTICES),
        }
        return render(request, "protection/notices.html", context)


class NoticeDetail(View):
    """One version, the present one or an old one, to be read and printed."""

    right = SIGNED_IN

    def get(self, request: HttpRequest, kind: str, version: int) -> HttpResponse:
        notice = get_object_or_404(Notice, kind=kind, version=version)
        in_force = Notice.objects.in_force(kind, timezone.localdate())
        context = {
            "heading": notice.get_kind_display(),
            "notice": notice,
            "is_old": in_force is not None
            and notice.valid_from <= timezone.localdate()
            and in_force != notice,
            "in_force": in_force,
        }
        return render(request, "protection/notice.html", context)


class Publish(View):
    """A new version. It is not edited afterwards: what a guardian signed stays what it was."""

    right = Right.PUBLISH_NOTICES
    note = gettext_lazy(
        "发布以后不能修改，只能再发布新的版本；旧版本一直可以查看。告知书改了，要重新告知监护人。"
    )

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        return self.show(request, self.form(request, kind), kind)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        form = self.form(request, kind, request.POST)
        if not form.is_valid():
            return self.show(request, form, kind, status=422)
        try:
            notice = form.publish()
        except IntegrityError:  # somebody published this moment
            form.add_error(None, _("刚刚有人发布了新版本，请先看过再发布。"))
            return self.show(request, form, kind, status=409)
        messages.success(request, _("已发布第 %(version)s 版。") % {"version": notice.version})
        return redirect("protection:notice_detail", kind, notice.version)

    def form(self, request: HttpRequest, kind: str, data: Any = None) -> PublishForm:
        if kind not in NoticeKind.values:
            raise Http404
        return PublishForm(data, kind=kind, user=request.user)

    def show(self, request: HttpRequest, form: PublishForm, kind: str, status: int = 200) -> HttpResponse:
        heading = _("发布新版本：%(kind)s") % {"kind": NoticeKind(kind).label}
        context = {"heading": heading, "form": form, "note": self.note, "cancel_url": "../../"}
        return render(request, "protection/publish.html", context, status=status)
