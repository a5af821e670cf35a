"""Addresses of the import, included at /dang-vien/nhap/."""

from django.urls import path

from phancong.members.views import imports

urlpatterns = [
    path("", imports.start, name="import_start"),
    path("mau/", imports.template, name="import_template"),
    path("<key:import_id>/", imports.detail, name="import_detail"),
    path("<key:import_id>/tep-loi/", imports.marked, name="import_marked"),
    path("<key:import_id>/ghi/", imports.write, name="import_write"),
    path("<key:import_id>/ngay/", imports.answer_days, name="import_days"),
    path("<key:import_id>/doc-lai/", imports.read_again, name="import_again"),
    path("<key:import_id>/trang/", imports.choose_sheet, name="import_sheet"),
    path("<key:import_id>/thanh-lap/", imports.found_cells, name="import_found"),
    path("<key:import_id>/huy/", imports.cancel, name="import_cancel"),
    path("<key:import_id>/hoan-tac/", imports.undo, name="import_undo"),
]
