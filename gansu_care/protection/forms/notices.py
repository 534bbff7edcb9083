"""Publishing a version of the notice or of the rules: each item in Chinese, and in English if there is one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children.models import Notice, NoticeKind
from children.models.notice import ITEMS
from gansu_care.pages.record_forms import DateInput
from gansu_care.protection.notice_texts import FIRST
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

LANGUAGES = ("zh", "en")


class PublishForm(forms.Form):
    """Begins with the text of the last version; the first with what the program proposes, to be gone through."""

    valid_from = forms.DateField(label=_("施行日期"), widget=DateInput())

    def __init__(self, *args: Any, kind: str, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.user = kind, user
        last = Notice.objects.filter(kind=kind).order_by("-version").first()
        held = last.texts if last else FIRST[kind]
        self.fields["valid_from"].initial = timezone.localdate()
        for item in ITEMS[kind]:
            texts = held.get(item.value, ["", ""])
            for place, language in enumerate(LANGUAGES):
                self.fields[f"{item.value}_{language}"] = forms.CharField(
                    label=_("中文") if language == "zh" else _("英文"),
                    required=language == "zh",
                    max_length=3000,
                    initial=texts[place],
                    widget=forms.Textarea(attrs={"rows": 4}),
                )

    @property
    def fieldsets(self) -> list[tuple[Any, list[str]]]:
        items = [
            (item.label, [f"{item.value}_{language}" for language in LANGUAGES]) for item in ITEMS[self.kind]
        ]
        return [(_("版本"), ["valid_from"]), *items]

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("新版本不能从过去的日期施行。"))
        return day

    def texts(self) -> Iterator[tuple[str, list[str]]]:
        for item in ITEMS[self.kind]:
            yield item.value, [self.cleaned_data[f"{item.value}_{language}"] for language in LANGUAGES]

    def publish(self) -> Notice:
        """The next version, with its event. Of two people at once the second gets IntegrityError."""
        with transaction.atomic():
            last = Notice.objects.filter(kind=self.kind).aggregate(last=Max("version"))["last"] or 0
            notice = Notice.objects.create(
                kind=NoticeKind(self.kind),
                version=last + 1,
                valid_from=self.cleaned_data["valid_from"],
                texts=dict(self.texts()),
                published_by=self.user,
            )
            number = f"{self.kind}-{notice.version}"
            record_event(Action.SETTING, self.user, kind="notice", number=number)
        return notice
