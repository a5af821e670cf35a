"""Addresses of figures."""

from django.urls import path

from phancong.figures.views import handing, pages

app_name = "figures"
urlpatterns = [
    path("", pages.sheet, name="sheet"),
    path("qua-cac-nam/", pages.years, name="years"),
    path("nop/<key:organization_id>/", handing.hand, name="hand"),
    path("da-nop/<key:handed_id>/", handing.handed_in, name="handed_in"),
    path("bao-cao/<key:organization_id>/", handing.year_report, name="report"),
    path("<str:code>/", pages.sheet, name="sheet"),
    path("<str:code>/danh-sach/", pages.behind, name="behind"),
    path("<str:code>/bang-tinh/", handing.workbook, name="workbook"),
]
