from django.urls import path

from gansu_care.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.CurrentReport.as_view(), name="report"),
    path("<int:year>/<slug:code>/", views.AnnualReport.as_view(), name="annual"),
    path("<int:year>/<slug:code>/xlsx/", views.ReportWorkbook.as_view(), name="workbook"),
    path("<int:year>/<slug:code>/rows/<slug:indicator>/", views.RowsBehind.as_view(), name="rows"),
]
