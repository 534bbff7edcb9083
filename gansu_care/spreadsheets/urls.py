"""Uploads, step by step, and the empty forms."""

from django.urls import path

from gansu_care.spreadsheets.views import (
    checking,
    choosing,
    columns,
    confirming,
    doubtful,
    listing,
    marked,
    mending,
    own_jobs,
    reviewing,
    scorecard,
    second_person,
    sheets,
    undoing,
)

app_name = "spreadsheets"
urlpatterns = [
    path("", listing.UploadList.as_view(), name="list"),
    path("new/", choosing.ChooseFile.as_view(), name="choose"),
    path("jobs/", own_jobs.OwnJobs.as_view(), name="jobs"),
    path("jobs/<int:pk>/cancel/", own_jobs.JobCancel.as_view(), name="cancel"),
    path("exports/<int:pk>/", own_jobs.ExportFile.as_view(), name="export_file"),
    path("scorecard/", scorecard.UploadScorecard.as_view(), name="scorecard"),
    path("second-person/", second_person.SecondPersonSettings.as_view(), name="second_person"),
    path("headings/", columns.RememberedHeadings.as_view(), name="headings"),
    path("templates/<slug:kind>/", choosing.BlankForm.as_view(), name="blank"),
    path("<str:number>/", checking.UploadDetail.as_view(), name="detail"),
    path("<str:number>/progress/", checking.UploadProgress.as_view(), name="progress"),
    path("<str:number>/columns/", columns.UploadColumns.as_view(), name="columns"),
    path("<str:number>/sheets/", sheets.UploadSheets.as_view(), name="sheets"),
    path("<str:number>/problems/", checking.UploadProblems.as_view(), name="problems"),
    path("<str:number>/problems/file/", checking.ProblemFile.as_view(), name="problem_file"),
    path("<str:number>/rows/<int:sheet_no>/<int:row>/", mending.MendRow.as_view(), name="mend"),
    path("<str:number>/doubtful/", doubtful.DoubtfulRows.as_view(), name="doubtful"),
    path(
        "<str:number>/doubtful/<int:sheet_no>/<int:row>/",
        doubtful.DoubtfulRow.as_view(),
        name="doubtful_row",
    ),
    path("<str:number>/marked/", marked.MarkedWorkbook.as_view(), name="marked"),
    path("<str:number>/refused/", marked.RefusedRows.as_view(), name="refused_rows"),
    path("<str:number>/preview/", confirming.UploadPreview.as_view(), name="preview"),
    path("<str:number>/confirm/", confirming.UploadConfirm.as_view(), name="confirm"),
    path("<str:number>/check-again/", confirming.UploadRecheck.as_view(), name="recheck"),
    path("<str:number>/done/", confirming.UploadDone.as_view(), name="done"),
    path("<str:number>/review/", reviewing.UploadReview.as_view(), name="review"),
    path("<str:number>/review/rows/", reviewing.ReviewRows.as_view(), name="review_rows"),
    path("<str:number>/review/accept/", reviewing.ReviewAccept.as_view(), name="review_accept"),
    path("<str:number>/review/send-back/", reviewing.ReviewSendBack.as_view(), name="send_back"),
    path("<str:number>/ended/", confirming.UploadEnded.as_view(), name="ended"),
    path("<str:number>/undo/", undoing.UploadUndo.as_view(), name="undo"),
    path("<str:number>/undone/", undoing.UploadUndone.as_view(), name="undone"),
]
