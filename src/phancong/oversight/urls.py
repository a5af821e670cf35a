"""Addresses of what the level above says to organisations."""

from django.urls import path

from phancong.oversight.views import notes

app_name = "oversight"
urlpatterns = [
    path("", notes.note_list, name="notes"),
    path("viet/<key:organization_id>/", notes.write, name="write"),
    path("<key:notice_id>/", notes.note, name="note"),
    path("<key:notice_id>/tra-loi/", notes.answer, name="note_answer"),
    path("<key:notice_id>/rut-lai/", notes.withdraw, name="note_withdraw"),
]
