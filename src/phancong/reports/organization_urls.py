"""Addresses of the organisations' pages. They stand here because their figures come from every room below."""

from django.urls import path

from phancong.reports.views import tree

app_name = "organizations"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("<int:organization_id>/", tree.detail, name="detail"),
]
