from django.urls import path

from phancong.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<key:job_id>/", views.detail, name="detail"),
]
