from django.urls import path

from funding import views

app_name = "funding"
urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("receipts/", views.ReceiptList.as_view(), name="receipt_list"),
    path("receipts/export/", views.ReceiptExport.as_view(), name="receipt_export"),
    path("receipts/new/", views.ReceiptAdd.as_view(), name="receipt_add"),
    path("receipts/<str:number>/", views.ReceiptDetail.as_view(), name="receipt_detail"),
    path("receipts/<str:number>/edit/", views.ReceiptEdit.as_view(), name="receipt_edit"),
    path("receipts/<str:number>/history/", views.ReceiptHistory.as_view(), name="receipt_history"),
    path("receipts/<str:number>/void/", views.ReceiptVoid.as_view(), name="receipt_void"),
    path("receipts/<str:number>/reverse/", views.ReceiptReverse.as_view(), name="receipt_reverse"),
    path("allocations/", views.AllocationList.as_view(), name="allocation_list"),
    path("allocations/export/", views.AllocationExport.as_view(), name="allocation_export"),
    path("allocations/new/", views.AllocationAdd.as_view(), name="allocation_add"),
    path("allocations/<str:number>/", views.AllocationDetail.as_view(), name="allocation_detail"),
    path("allocations/<str:number>/edit/", views.AllocationEdit.as_view(), name="allocation_edit"),
    path("allocations/<str:number>/history/", views.AllocationHistory.as_view(), name="allocation_history"),
    path("allocations/<str:number>/void/", views.AllocationVoid.as_view(), name="allocation_void"),
    path("allocations/<str:number>/reverse/", views.AllocationReverse.as_view(), name="allocation_reverse"),
    path("disbursements/", views.DisbursementList.as_view(), name="disbursement_list"),
    path("disbursements/export/", views.DisbursementExport.as_view(), name="disbursement_export"),
    path("disbursements/new/", views.DisbursementAdd.as_view(), name="disbursement_add"),
    path("disbursements/<str:number>/", views.DisbursementDetail.as_view(), name="disbursement_detail"),
    path("disbursements/<str:number>/edit/", views.DisbursementEdit.as_view(), name="disbursement_edit"),
    path(
        "disbursements/<str:number>/history/",
        views.DisbursementHistory.as_view(),
        name="disbursement_history",
    ),
    path("disbursements/<str:number>/void/", views.DisbursementVoid.as_view(), name="disbursement_void"),
    path(
        "disbursements/<str:number>/reverse/",
        views.DisbursementReverse.as_view(),
        name="disbursement_reverse",
    ),
    path("expenditures/", views.ExpenditureList.as_view(), name="expenditure_list"),
    path("expenditures/export/", views.ExpenditureExport.as_view(), name="expenditure_export"),
    path("expenditures/new/", views.ExpenditureAdd.as_view(), name="expenditure_add"),
    path("expenditures/<str:number>/", views.ExpenditureDetail.as_view(), name="expenditure_detail"),
    path("expenditures/<str:number>/edit/", views.ExpenditureEdit.as_view(), name="expenditure_edit"),
    path(
        "expenditures/<str:number>/history/", views.ExpenditureHistory.as_view(), name="expenditure_history"
    ),
    path("expenditures/<str:number>/void/", views.ExpenditureVoid.as_view(), name="expenditure_void"),
    path(
        "expenditures/<str:number>/reverse/", views.ExpenditureReverse.as_view(), name="expenditure_reverse"
    ),
    path("reconciliations/", views.ReconciliationList.as_view(), name="reconciliation_list"),
    path("reconciliations/new/", views.ReconciliationAdd.as_view(), name="reconciliation_add"),
    path("reconciliations/<str:number>/", views.ReconciliationDetail.as_view(), name="reconciliation_detail"),
    path(
        "reconciliations/<str:number>/edit/", views.ReconciliationEdit.as_view(), name="reconciliation_edit"
    ),
    path(
        "reconciliations/<str:number>/history/",
        views.ReconciliationHistory.as_view(),
        name="reconciliation_history",
    ),
    path(
        "reconciliations/<str:number>/close/",
        views.ReconciliationClose.as_view(),
        name="reconciliation_close",
    ),
    path(
        "reconciliations/<str:number>/void/", views.ReconciliationVoid.as_view(), name="reconciliation_void"
    ),
]
