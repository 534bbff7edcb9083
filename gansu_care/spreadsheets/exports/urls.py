"""Requests for files with children."""

from django.urls import path

from gansu_care.spreadsheets.exports import listing, views

app_name = "exports"
urlpatterns = [
    path("", listing.ExportList.as_view(), name="list"),
    path("new/<slug:source>/", views.AskPage.as_view(), name="ask"),
    path("<str:number>/", views.ExportDetail.as_view(), name="detail"),
    path("<str:number>/approve/", views.ExportApprove.as_view(), name="approve"),
    path("<str:number>/refuse/", views.ExportRefuse.as_view(), name="refuse"),
    path("<str:number>/withdraw/", views.ExportWithdraw.as_view(), name="withdraw"),
    path("<str:number>/file/", views.ExportFile.as_view(), name="file"),
]
