from django.urls import path

from gansu_care.pages.screens import jobs as views

app_name = "jobs"
urlpatterns = [
    path("", views.JobList.as_view(), name="list"),
]
