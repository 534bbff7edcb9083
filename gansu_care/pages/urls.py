from django.urls import path

from gansu_care.accounts.gate import signed_in
from gansu_care.pages import views

app_name = "pages"
urlpatterns = [
    path("", signed_in(views.home), name="home"),
    path("search/", signed_in(views.search), name="search"),
    path("stand/", signed_in(views.stand), name="stand"),
    path("watermark.svg", signed_in(views.watermark), name="watermark"),
    path("printed/", signed_in(views.printed), name="printed"),
    path("help/", signed_in(views.help_index), name="help"),
    path("help/<slug:task>/", signed_in(views.help_task), name="help_task"),
]
