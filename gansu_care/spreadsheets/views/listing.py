"""The uploads of one's scope: who, when, which file, what came of it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.spreadsheets.models import Upload
from gansu_care.spreadsheets.upload_list import UploadFilter, UploadTable


class UploadList(ListPage):
    right = Right.UPLOAD
    model = Upload
    filterset_class = UploadFilter
    table_class = UploadTable
    template = "spreadsheets/list.html"
    sorts = (Sort("received", "id", descending=True),)
    noun = "upload"
    caption = _("上传的表格")

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("user", "division")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        waiting = self.rows(request).waiting().count()
        return {
            **super().context(request, filterset, page),
            "waiting": waiting,
            "to_review": Upload.objects.to_be_reviewed_by(request.user).count(),
            "may_set": request.user.may(Right.MANAGE_UPLOADS),  # type: ignore[union-attr]
            "empty_title": _("还没有上传过表格") if not request.GET else "",
        }
