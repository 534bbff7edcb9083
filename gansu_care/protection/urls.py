from django.urls import path

from gansu_care.protection.views import erasures, notices, registers, requests

app_name = "protection"
urlpatterns = [
    path("notices/", notices.NoticeList.as_view(), name="notice_list"),
    path("notices/<str:kind>/new/", notices.Publish.as_view(), name="notice_publish"),
    path("notices/<str:kind>/<int:version>/", notices.NoticeDetail.as_view(), name="notice_detail"),
    path("erasures/due/", erasures.DueList.as_view(), name="erasure_due"),
    path("erasures/", erasures.ErasureList.as_view(), name="erasure_list"),
    path("erasures/<str:number>/propose/", erasures.Propose.as_view(), name="erasure_propose"),
    path("erasures/<str:number>/decide/", erasures.Decide.as_view(), name="erasure_decide"),
    path("requests/", requests.RequestList.as_view(), name="request_list"),
    path("requests/new/", requests.RequestAdd.as_view(), name="request_add"),
    path("requests/<str:number>/", requests.RequestDetail.as_view(), name="request_detail"),
    path("requests/<str:number>/edit/", requests.RequestEdit.as_view(), name="request_edit"),
    path("requests/<str:number>/history/", requests.RequestHistory.as_view(), name="request_history"),
    path("requests/<str:number>/void/", requests.RequestVoid.as_view(), name="request_void"),
    path("requests/<str:number>/answer/", requests.RequestAnswer.as_view(), name="request_answer"),
    path("requests/<str:number>/letter/", requests.RequestLetter.as_view(), name="request_letter"),
    path("requests/<str:number>/printout/", requests.RequestPrintout.as_view(), name="request_printout"),
    path("incidents/", registers.IncidentList.as_view(), name="incident_list"),
    path("incidents/new/", registers.IncidentAdd.as_view(), name="incident_add"),
    path("incidents/<str:number>/", registers.IncidentDetail.as_view(), name="incident_detail"),
    path("incidents/<str:number>/edit/", registers.IncidentEdit.as_view(), name="incident_edit"),
    path("incidents/<str:number>/history/", registers.IncidentHistory.as_view(), name="incident_history"),
    path("incidents/<str:number>/void/", registers.IncidentVoid.as_view(), name="incident_void"),
    path("incidents/<str:number>/letter/", registers.IncidentLetter.as_view(), name="incident_letter"),
    path("reports/", registers.MandatoryReportList.as_view(), name="report_list"),
    path("reports/new/", registers.MandatoryReportAdd.as_view(), name="report_add"),
    path("reports/<str:number>/", registers.MandatoryReportDetail.as_view(), name="report_detail"),
    path("reports/<str:number>/edit/", registers.MandatoryReportEdit.as_view(), name="report_edit"),
    path("reports/<str:number>/history/", registers.MandatoryReportHistory.as_view(), name="report_history"),
    path("reports/<str:number>/void/", registers.MandatoryReportVoid.as_view(), name="report_void"),
    path("assessments/", registers.AssessmentList.as_view(), name="assessment_list"),
    path("assessments/new/", registers.AssessmentAdd.as_view(), name="assessment_add"),
    path("assessments/<str:number>/", registers.AssessmentDetail.as_view(), name="assessment_detail"),
    path("assessments/<str:number>/edit/", registers.AssessmentEdit.as_view(), name="assessment_edit"),
    path(
        "assessments/<str:number>/history/", registers.AssessmentHistory.as_view(), name="assessment_history"
    ),
    path("assessments/<str:number>/void/", registers.AssessmentVoid.as_view(), name="assessment_void"),
    path("assessments/<str:number>/file/", registers.AssessmentPaper.as_view(), name="assessment_file"),
]
