"""Addresses of reorganisations."""

from django.urls import path

from phancong.reorganizations.views import drafts, pages

app_name = "reorganizations"
urlpatterns = [
    path("", pages.everything, name="list"),
    path("lap/", drafts.prepare, name="prepare"),
    path("<key:reorganization_id>/", pages.one, name="one"),
    path("<key:reorganization_id>/xem-truoc/", pages.preview, name="preview"),
    path("<key:reorganization_id>/viec/", drafts.step, name="step"),
    path("<key:reorganization_id>/bang-tinh/", pages.workbook, name="workbook"),
    path("<key:reorganization_id>/nhap/", drafts.upload, name="upload"),
    path("<key:reorganization_id>/quyet-dinh/", drafts.decide, name="decide"),
    path("<key:reorganization_id>/hoan-tac/", drafts.undo, name="undo"),
    path("<key:reorganization_id>/van-ban/", pages.paper, name="paper"),
]
