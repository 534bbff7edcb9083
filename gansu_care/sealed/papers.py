"""A signed paper as a file: a picture or a PDF, told by its content, small enough to be sealed whole."""

from typing import Any, NamedTuple

from django import forms
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024
"""Bytes: some pages scanned in colour."""

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
ENDINGS = {JPEG: "jpg", PNG: "png", PDF: "pdf"}
# How a file begins and ends, whatever it is called: one that was cut off on its way lacks its end.
_BEGINS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n", PDF: b"%PDF-"}
_ENDS = {JPEG: b"\xff\xd9", PNG: b"IEND\xaeB`\x82", PDF: b"%%EOF"}
_TAIL = 1024


class Paper(NamedTuple):
    content: bytes
    content_type: str


def told_type(content: bytes) -> str:
    """The type of a whole picture or PDF by its content; "" for anything else, and for one that is cut off."""
    for kind, begin in _BEGINS.items():
        if content.startswith(begin):
            return kind if _ENDS[kind] in content[-_TAIL:] else ""
    return ""


class PaperField(forms.FileField):
    """Takes a picture or a PDF; its value is a Paper, or None. What the file is called is not kept."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = kwargs.pop("help_text", _("JPG、PNG 图片或 PDF，不超过 5 MB"))
        super().__init__(help_text=help_text, **kwargs)
        self.widget.attrs["accept"] = ".jpg,.jpeg,.png,.pdf"

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB。请扫描得小一些，或分开上传。"))
        content = file.read()
        kind = told_type(content)
        if not kind:
            raise forms.ValidationError(
                _("这个文件不是完整的 JPG、PNG 图片或 PDF。请重新扫描或拍照后再上传。")
            )
        return Paper(content, kind)


def paper_response(content: bytes, content_type: str, name: str) -> HttpResponse:
    """The paper to be looked at. A picture opens in the page, a PDF, which may hold more than paper does, is saved."""
    answer = HttpResponse(content, content_type=content_type)
    is_saved = content_type == PDF
    file_name = f"{name}.{ENDINGS[content_type]}"
    answer.headers["Content-Disposition"] = content_disposition_header(is_saved, file_name) or "inline"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
