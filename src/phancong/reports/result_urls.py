"""Addresses of what came of resolutions. They stand here because they read from planning and from following up."""

from django.urls import path

from phancong.reports.views import results

app_name = "results"
urlpatterns = [
    path("<key:organization_id>/<int:year>/", results.place, name="place"),
    path("<key:organization_id>/nghi-quyet/<key:resolution_id>/", results.resolution, name="resolution"),
]
