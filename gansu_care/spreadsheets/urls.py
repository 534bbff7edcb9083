"""Uploads, step by step, and the empty forms."""

from django.urls import path

from gansu_care.spreadsheets.views import (
    checking,
    choosing,
    confirming,
    listing,
    marked,
    reviewing,
    scorecard,
    second_person,
    undoing,
)

app_name = "spreadsheets"
urlpatterns = [
    path("", listing.UploadList.as_view(), name="list"),
    path("new/", choosing.ChooseFile.as_view(), name="choose"),
    path("scorecard/", scorecard.UploadScorecard.as_view(), name="scorecard"),
    path("second-person/", second_person.SecondPersonSettings.as_view(), name="second_person"),
    path("templates/<slug:kind>/", choosing.BlankForm.as_view(), name="blank"),
    path("templates/<slug:kind>/filled/", choosing.FilledForm.as_view(), name="filled"),
    path("<str:number>/", checking.UploadDetail.as_view(), name="detail"),
    path("<str:number>/progress/", checking.UploadProgress.as_view(), name="progress"),
    path("<str:number>/problems/", checking.UploadProblems.as_view(), name="problems"),
    path("<str:number>/problems/file/", checking.ProblemFile.as_view(), name="problem_file"),
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
