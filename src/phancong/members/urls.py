from django.urls import path

from phancong.members.views import file, roll

app_name = "members"
urlpatterns = [
    path("", roll.roll, name="list"),
    path("<int:member_id>/", file.detail, name="detail"),
]
