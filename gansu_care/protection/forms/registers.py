"""Forms of incidents, mandatory reports and impact assessments."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.scoping import standing
from gansu_care.pages.record_forms import RegistryForm
from gansu_care.protection.forms.child_field import ChildField
from gansu_care.protection.models import AssessmentFile, ImpactAssessment, Incident, MandatoryReport
from gansu_care.sealed.papers import PaperField


class RegisterForm(RegistryForm):
    """Days that have not come are refused; the unit is the user's own where there is no choice."""

    days: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = standing(self.user)
        if not self.instance.pk and own is not None:
            self.fields["division"].initial = own.pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.days:
            if (day := cleaned.get(name)) and day > timezone.localdate():
                self.add_error(name, _("日期还没有到。"))
        return cleaned


class IncidentForm(RegisterForm):
    days = ("happened_on", "found_on", "notified_on", "closed_on")
    fieldsets: ClassVar = [
        (_("事件"), ["title", "division", "happened_on", "found_on", "found_by", "persons", "scope", "harm"]),
        (_("处置和通知"), ["measures", "advice", "notified", "notified_on", "closed_on", "change_reason"]),
    ]

    class Meta:
        model = Incident
        fields = (
            "title", "division", "happened_on", "found_on", "found_by", "persons", "scope", "harm", "measures",
            "advice", "notified", "notified_on", "closed_on",
        )  # fmt: skip
        help_texts: ClassVar = {"scope": _("写信息种类和人数，不写姓名")}


class MandatoryReportForm(RegisterForm):
    days = ("found_on", "reported_on")
    child_number = ChildField(required=False, help_text=_("已登记的孩子填档案编号；没有登记的留空"))
    fieldsets: ClassVar = [
        (_("情形"), ["child_number", "division", "harm", "found_on", "about"]),
        (_("报告"), ["reported_on", "reported_to", "reported_by", "receipt_no", "outcome", "change_reason"]),
    ]

    class Meta:
        model = MandatoryReport
        fields = (
            "division", "harm", "found_on", "about", "reported_on", "reported_to", "reported_by", "receipt_no",
            "outcome",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child_number"].user = self.user  # type: ignore[attr-defined]
        self.fields["about"].required = True
        for name in ("about", "outcome"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
        if self.instance.child:
            self.fields["child_number"].initial = self.instance.child.number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.child = cleaned.get("child_number")
        if cleaned.get("reported_on") and not cleaned.get("reported_to"):
            self.add_error("reported_to", _("请选报告给了哪个部门。"))
        if cleaned.get("reported_to") and not cleaned.get("reported_on"):
            self.add_error("reported_on", _("请填报告日期。"))
        return cleaned


class AssessmentForm(RegisterForm):
    days = ("assessed_on",)
    paper = PaperField(label=_("报告文件"), required=False)
    fieldsets: ClassVar = [
        (_("评估"), ["title", "edition", "division", "assessed_on", "valid_until", "assessor", "conclusion", "paper",
                   "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = ImpactAssessment
        fields = ("title", "edition", "division", "assessed_on", "valid_until", "assessor", "conclusion")

    def save(self, commit: bool = True) -> Any:
        paper = self.cleaned_data.get("paper")
        self.instance.has_file = self.instance.has_file or paper is not None
        record = super().save()
        if paper is not None:
            AssessmentFile.objects.filter(assessment=record).delete()
            AssessmentFile.objects.create(
                assessment=record,
                content=paper.content,
                content_type=paper.content_type,
                size=len(paper.content),
            )
        return record
