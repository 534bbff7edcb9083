from django.urls import path

from centers import views

app_name = "centers"
urlpatterns = [
    path("", views.CenterList.as_view(), name="list"),
    path("export/", views.CenterExport.as_view(), name="export"),
    path("new/", views.CenterAdd.as_view(), name="add"),
    path("options/", views.CenterOptions.as_view(), name="options"),
    path("equipment/", views.EquipmentList.as_view(), name="equipment_list"),
    path("equipment/export/", views.EquipmentExport.as_view(), name="equipment_export"),
    path("equipment/new/", views.EquipmentAdd.as_view(), name="equipment_add"),
    path("equipment/<str:number>/", views.EquipmentDetail.as_view(), name="equipment_detail"),
    path("equipment/<str:number>/edit/", views.EquipmentEdit.as_view(), name="equipment_edit"),
    path("equipment/<str:number>/history/", views.EquipmentHistory.as_view(), name="equipment_history"),
    path("equipment/<str:number>/void/", views.EquipmentVoid.as_view(), name="equipment_void"),
    path("equipment/<str:number>/dispose/", views.EquipmentDispose.as_view(), name="equipment_dispose"),
    path("equipment/<str:number>/lend/", views.EquipmentLend.as_view(), name="equipment_lend"),
    path("equipment/<str:number>/return/", views.EquipmentReturn.as_view(), name="equipment_return"),
    path("<str:number>/", views.CenterDetail.as_view(), name="detail"),
    path("<str:number>/edit/", views.CenterEdit.as_view(), name="edit"),
    path("<str:number>/history/", views.CenterHistory.as_view(), name="history"),
    path("<str:number>/status/", views.CenterStatusChange.as_view(), name="status"),
    path("<str:number>/void/", views.CenterVoid.as_view(), name="void"),
    path("<str:number>/stocktake/", views.CenterStocktake.as_view(), name="stocktake"),
    path("<str:number>/phone/", views.CenterPhone.as_view(), name="phone"),
]
