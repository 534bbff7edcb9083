from django.urls import path

from children import consent_views, readers, unmask_pages, views
from children import transfer_views as transfers

app_name = "children"
urlpatterns = [
    path("", views.ChildList.as_view(), name="list"),
    path("new/", views.ChildAdd.as_view(), name="add"),
    path("papers/", consent_views.PaperList.as_view(), name="papers"),
    path("unmasking/", unmask_pages.RequestList.as_view(), name="unmask_requests"),
    path("unmasking/<int:pk>/", unmask_pages.RequestDetail.as_view(), name="unmask_request"),
    path("transfers/", transfers.TransferList.as_view(), name="transfers"),
    path("transfers/<str:number>/", transfers.TransferDetail.as_view(), name="transfer"),
    path("transfers/<str:number>/decide/", transfers.TransferDecide.as_view(), name="transfer_decide"),
    path(
        "transfers/ask/<str:number>/<int:sheet_no>/<int:row>/",
        transfers.AskTransfer.as_view(),
        name="ask_transfer",
    ),
    path("<str:number>/", views.ChildDetail.as_view(), name="detail"),
    path("<str:number>/edit/", views.ChildEdit.as_view(), name="edit"),
    path("<str:number>/history/", views.ChildHistory.as_view(), name="history"),
    path("<str:number>/exit/", views.ChildExit.as_view(), name="exit"),
    path("<str:number>/return/", views.ChildReturn.as_view(), name="return"),
    path("<str:number>/void/", views.ChildVoid.as_view(), name="void"),
    path("<str:number>/merge/", views.ChildMerge.as_view(), name="merge"),
    path("<str:number>/consent/", consent_views.ConsentGive.as_view(), name="consent"),
    path("<str:number>/consent/paper/", consent_views.ConsentPaper.as_view(), name="consent_paper"),
    path("<str:number>/consent/withdraw/", consent_views.ConsentWithdraw.as_view(), name="consent_withdraw"),
    path("<str:number>/consent/print/", consent_views.ConsentPrint.as_view(), name="consent_print"),
    path("<str:number>/consent/<int:pk>/scan/", consent_views.ConsentScanPage.as_view(), name="consent_scan"),
    path("<str:number>/readers/", readers.ChildReaders.as_view(), name="readers"),
    path("<str:number>/unmask/", unmask_pages.AskToOpen.as_view(), name="unmask_ask"),
    path("<str:number>/unmask/<str:value>/", unmask_pages.ChildUnmask.as_view(), name="unmask"),
]
