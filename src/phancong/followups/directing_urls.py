"""Addresses of following and directing the work of cells."""

from django.urls import path

from phancong.followups.views import following, unplanned

app_name = "directing"
urlpatterns = [
    path("", following.cells, name="list"),
    path("can-tra-loi/", following.matters, name="matters"),
    path("chua-co-ke-hoach/", unplanned.cells, name="unplanned"),
    path("chua-co-ke-hoach/nhac/", unplanned.remind, name="remind_unplanned"),
    path("<key:cell_id>/", following.cell, name="cell"),
    path("<key:cell_id>/nhac/", following.remind, name="remind"),
]
