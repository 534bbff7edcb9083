"""Pages of incidents, mandatory reports and impact assessments."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gansu_care.accounts.roles import Right
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Level
from gansu_care.pages.records import RecordPage
from gansu_care.pages.standing import standing_of
from gansu_care.protection.filters import AssessmentFilter, IncidentFilter, MandatoryReportFilter
from gansu_care.protection.forms import AssessmentForm, IncidentForm, MandatoryReportForm
from gansu_care.protection.models import AssessmentFile, ImpactAssessment, Incident, MandatoryReport
from gansu_care.protection.tables import AssessmentTable, IncidentTable, MandatoryReportTable
from gansu_care.protection.views.register_pages import (
    RegisterDetail,
    RegisterForm,
    RegisterHistory,
    RegisterList,
    RegisterVoid,
    tabs,
)
from gansu_care.sealed.papers import paper_response
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

# --- incidents


class IncidentList(RegisterList):
    model = Incident
    register = "incident"
    filterset_class = IncidentFilter
    table_class = IncidentTable
    caption = pgettext_lazy("名单", "安全事件")
    about = gettext_lazy("信息泄露、丢失、被改，或者可能发生的，立即登记并处置；不写姓名。")


class IncidentDetail(RegisterDetail):
    model = Incident
    kind = "incident"
    reads_persons = False
    template = "protection/incident.html"
    shows = (
        "title", "happened_on", "found_on", "found_by", "persons", "scope", "harm", "measures", "advice", "notified",
        "notified_on", "closed_on",
    )  # fmt: skip
    wide = ("title", "scope", "harm", "measures", "advice")


class IncidentAdd(RegisterForm):
    reads_persons = False
    model = Incident
    kind = "incident"
    form_class = IncidentForm


class IncidentEdit(IncidentAdd):
    pass


class IncidentHistory(RegisterHistory):
    reads_persons = False
    model = Incident
    kind = "incident"


class IncidentVoid(RegisterVoid):
    model = Incident
    kind = "incident"


class IncidentLetter(RecordPage):
    """What guardians are told of an incident (PIPL Art. 57): kinds of data, cause, harm, measures, what they can do."""

    right = Right.KEEP_REGISTERS
    model = Incident
    template = "protection/incident_letter.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        record_event(Action.PRINT, request.user, kind="incident.letter", number=record.number)
        return render(request, self.template, {"record": record, "heading": _("安全事件告知书")})


# --- mandatory reports


class MandatoryReportList(RegisterList):
    """Beyond the county only how many there are, county by county."""

    model = MandatoryReport
    register = "report"
    reads_persons = "report"
    filterset_class = MandatoryReportFilter
    table_class = MandatoryReportTable
    caption = pgettext_lazy("名单", "强制报告")
    about = gettext_lazy("发现孩子受到侵害或面临危险，立即报告公安机关，并在这里登记。县级以上只看件数。")

    def get(self, request: HttpRequest) -> HttpResponse:
        division = standing_of(request).own
        inside = (
            division is None or division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county
        )
        return super().get(request) if inside else self.counts(request)

    def counts(self, request: HttpRequest) -> HttpResponse:
        place = standing_of(request).division
        rows = MandatoryReport.objects.in_force().within(place) if place else MandatoryReport.objects.none()
        counted = rows.order_by("county__code").values("county__code").annotate(n=Count("pk"))
        known = book().by_code
        places = [(known.get(line["county__code"]), line["n"]) for line in counted]
        lines = [{"place": county.label if county else _("不分县区"), "n": n} for county, n in places]
        context = {
            "lines": lines,
            "total": sum(line["n"] for line in lines),
            "place": place,
            "about": self.about,
            "tabs": tabs(request.user, self.register),
        }
        return render(request, "protection/report_counts.html", {"heading": self.caption, **context})


class MandatoryReportDetail(RegisterDetail):
    model = MandatoryReport
    kind = "report"
    shows = (
        "child", "harm", "found_on", "about", "reported_on", "reported_to", "reported_by", "receipt_no", "outcome",
    )  # fmt: skip
    sealed = ("about", "outcome")
    wide = sealed


class MandatoryReportAdd(RegisterForm):
    model = MandatoryReport
    kind = "report"
    form_class = MandatoryReportForm

    def form(self, request: HttpRequest, record: Any, data: Any = None) -> Any:
        form = super().form(request, record, data)
        if record is None:
            form.fields["child_number"].initial = request.GET.get("child", "")[:12]
        return form


class MandatoryReportEdit(MandatoryReportAdd):
    pass


class MandatoryReportHistory(RegisterHistory):
    model = MandatoryReport
    kind = "report"


class MandatoryReportVoid(RegisterVoid):
    model = MandatoryReport
    kind = "report"


# --- impact assessments


class AssessmentList(RegisterList):
    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment
    register = "assessment"
    filterset_class = AssessmentFilter
    table_class = AssessmentTable
    caption = pgettext_lazy("名单", "影响评估")
    about = gettext_lazy("处理儿童个人信息要事前评估；报告至少保存三年，不删除。")


class AssessmentDetail(RegisterDetail):
    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment
    kind = "assessment"
    reads_persons = False
    template = "protection/assessment.html"
    shows = ("title", "edition", "assessed_on", "valid_until", "assessor", "conclusion", "has_file")
    wide = ("title", "conclusion")


class AssessmentAdd(RegisterForm):
    reads_persons = False
    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment
    kind = "assessment"
    form_class = AssessmentForm

    def form(self, request: HttpRequest, record: Any, data: Any = None) -> Any:
        files = request.FILES if data is not None else None
        return AssessmentForm(data, files, instance=record, user=request.user)


class AssessmentEdit(AssessmentAdd):
    pass


class AssessmentHistory(RegisterHistory):
    reads_persons = False
    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment
    kind = "assessment"


class AssessmentVoid(RegisterVoid):
    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment
    kind = "assessment"


class AssessmentPaper(RecordPage):
    """The report itself, as it was handed in."""

    right = Right.PUBLISH_NOTICES
    model = ImpactAssessment

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        file = get_object_or_404(AssessmentFile, assessment=self.record(request, number))
        record_event(Action.READ, request.user, kind="assessment.file", number=number)
        return paper_response(bytes(file.content), file.content_type, number)
