"""Addresses of who is in charge of what."""

from django.urls import path

from phancong.oversight.views import charges

app_name = "charges"
urlpatterns = [
    path("<key:organization_id>/", charges.charges, name="place"),
    path("<key:organization_id>/quyet-dinh/", charges.decide, name="decide"),
    path("<key:organization_id>/danh-sach/", charges.register, name="register"),
]
