from django.urls import path

from gansu_care.pages.screens import accounts as views
from gansu_care.pages.screens import grants, watching

app_name = "accounts"
urlpatterns = [
    path("", views.AccountList.as_view(), name="list"),
    path("new/", views.AccountAdd.as_view(), name="add"),
    path("grants/", grants.WaitingGrants.as_view(), name="grants"),
    path("grants/<int:pk>/approve/", grants.DecideGrant.as_view(), name="approve"),
    path("grants/<int:pk>/refuse/", grants.DecideGrant.as_view(refuses=True), name="refuse"),
    path("locks/", views.Locks.as_view(), name="locks"),
    path("security/", watching.Watch.as_view(), name="watch"),
    path("security/alarms/<int:pk>/", watching.SettleAlarm.as_view(), name="alarm"),
    path("sign-ins/", watching.SignInList.as_view(), name="sign_ins"),
    path("sign-ins/<int:pk>/end/", watching.EndSession.as_view(), name="end_session"),
    path("<int:pk>/", views.AccountDetail.as_view(), name="detail"),
    path("<int:pk>/edit/", views.AccountEdit.as_view(), name="edit"),
    path("<int:pk>/end/", views.AccountEnd.as_view(), name="end"),
    path("<int:pk>/restore/", views.AccountRestore.as_view(), name="restore"),
    path("<int:pk>/password/", views.AccountPassword.as_view(), name="password"),
]
