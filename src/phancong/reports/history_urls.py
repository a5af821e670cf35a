"""Address of a member's work over the years. It stands here because it gathers from every room below."""

from django.urls import path

from phancong.reports.views import history

app_name = "history"
urlpatterns = [path("<key:member_id>/qua-cac-nam/", history.history, name="member")]
