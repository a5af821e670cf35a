"""Addresses of what happens to a plan as a whole from its adoption on."""

from django.urls import path

from phancong.followups.views import adopting, affected

app_name = "adopted"
urlpatterns = [
    path("<key:cell_id>/<int:year>/thong-qua/", adopting.adopt, name="adopt"),
    path("<key:cell_id>/<int:year>/can-xem-lai/", affected.affected, name="affected"),
]
