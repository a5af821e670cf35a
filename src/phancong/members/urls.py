from django.urls import include, path

from phancong.members.views import file, roll

app_name = "members"
urlpatterns = [
    path("", roll.roll, name="list"),
    path("xuat/", roll.export, name="export"),
    path("xuat/<str:ticket>/", roll.exported, name="export_file"),
    path("nhap/", include("phancong.members.import_urls")),
    path("<key:member_id>/", file.detail, name="detail"),
    path("<key:member_id>/rieng/<slug:group>/", file.restricted, name="restricted"),
]
