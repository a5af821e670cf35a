"""Address of the committee's page. It stands here because it gathers from every room below."""

from django.urls import path

from phancong.reports.views import overview

app_name = "overview"
urlpatterns = [path("", overview.place, name="place")]
