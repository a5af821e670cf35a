"""Addresses of transfers."""

from django.urls import path

from phancong.transfers.views import arriving, one, rows, starting

app_name = "transfers"
urlpatterns = [
    path("", rows.rows, name="list"),
    path("danh-sach/", rows.paper, name="list_paper"),
    path("moi/", starting.choose, name="choose"),
    path("moi/<key:member_id>/", starting.start, name="start"),
    path("den/", arriving.choose, name="arrivals"),
    path("den/<key:cell_id>/", arriving.arrive, name="arrive"),
    path("<key:transfer_id>/", one.one, name="one"),
    path("<key:transfer_id>/viec/", one.step, name="step"),
    path("<key:transfer_id>/giay-gioi-thieu/", one.paper, name="paper"),
]
