"""Uploads, step by step, and the empty forms."""

from django.urls import path

from gansu_care.spreadsheets.views import checking, choosing, confirming, listing

app_name = "spreadsheets"
urlpatterns = [
    path("", listing.UploadList.as_view(), name="list"),
    path("new/", choosing.ChooseFile.as_view(), name="choose"),
    path("templates/<slug:kind>/", choosing.BlankForm.as_view(), name="blank"),
    path("<str:number>/", checking.UploadDetail.as_view(), name="detail"),
    path("<str:number>/progress/", checking.UploadProgress.as_view(), name="progress"),
    path("<str:number>/problems/", checking.UploadProblems.as_view(), name="problems"),
    path("<str:number>/problems/file/", checking.ProblemFile.as_view(), name="problem_file"),
    path("<str:number>/preview/", confirming.UploadPreview.as_view(), name="preview"),
    path("<str:number>/confirm/", confirming.UploadConfirm.as_view(), name="confirm"),
    path("<str:number>/check-again/", confirming.UploadRecheck.as_view(), name="recheck"),
    path("<str:number>/done/", confirming.UploadDone.as_view(), name="done"),
    path("<str:number>/ended/", confirming.UploadEnded.as_view(), name="ended"),
]
