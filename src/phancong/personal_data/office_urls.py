from django.urls import path

from phancong.personal_data.views import office

app_name = "data_requests"
urlpatterns = [
    path("", office.requests, name="list"),
    path("<key:request_id>/", office.detail, name="detail"),
]
