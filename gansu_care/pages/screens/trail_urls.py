from django.urls import path

from gansu_care.pages.screens import trail as views

app_name = "trail"
urlpatterns = [
    path("", views.EventList.as_view(), name="list"),
]
