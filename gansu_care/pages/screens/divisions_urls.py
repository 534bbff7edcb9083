from django.urls import path

from gansu_care.pages.screens import divisions as views

app_name = "divisions"
urlpatterns = [
    path("", views.DivisionList.as_view(), name="list"),
    path("load/", views.DivisionLoad.as_view(), name="load"),
    path("load/confirm/", views.DivisionConfirm.as_view(), name="confirm"),
]
