from django.urls import path

from gansu_care.pages.screens import accounts as views

app_name = "accounts"
urlpatterns = [
    path("", views.AccountList.as_view(), name="list"),
    path("new/", views.AccountAdd.as_view(), name="add"),
    path("locks/", views.Locks.as_view(), name="locks"),
    path("<int:pk>/", views.AccountDetail.as_view(), name="detail"),
    path("<int:pk>/edit/", views.AccountEdit.as_view(), name="edit"),
    path("<int:pk>/end/", views.AccountEnd.as_view(), name="end"),
    path("<int:pk>/restore/", views.AccountRestore.as_view(), name="restore"),
    path("<int:pk>/password/", views.AccountPassword.as_view(), name="password"),
]
