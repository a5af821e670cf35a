"""Addresses of the organisations' pages. They stand here because their figures come from every room below."""

from django.urls import path

from phancong.reports.views import kept_papers, tree

app_name = "organizations"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("<key:organization_id>/", tree.detail, name="detail"),
    path("<key:organization_id>/so-sach-cu/", kept_papers.kept, name="kept"),
    path("so-sach-cu/ke-hoach/<key:kept_plan_id>/<slug:kind>/", kept_papers.plan, name="kept_plan"),
    path("so-sach-cu/bien-ban/<key:kept_meeting_id>/<slug:kind>/", kept_papers.minutes, name="kept_minutes"),
]
