"""The address of every page."""

from django.urls import URLPattern, URLResolver, include, path

from phancong.config.pages import components
from phancong.followups.views.calendars import feed
from phancong.personal_data.views.breach import playbook
from phancong.reports.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("thanh-phan/", components, name="components"),
    path("", include("phancong.accounts.urls")),
    path("", include("phancong.accounts.role_urls")),
    path("tai-khoan/", include("phancong.accounts.account_urls")),
    path("to-chuc/", include("phancong.reports.organization_urls")),
    path("dang-vien/", include("phancong.reports.history_urls")),
    path("dang-vien/", include("phancong.members.urls")),
    path("phan-cong/", include("phancong.planning.urls")),
    path("trong-nam/", include("phancong.yearbook.urls")),
    path("phan-cong/", include("phancong.followups.plan_urls")),
    path("viec/", include("phancong.followups.urls")),
    path("lich/<str:token>.ics", feed, name="due_feed"),
    path("theo-doi/", include("phancong.followups.directing_urls")),
    path("ket-qua/", include("phancong.reports.result_urls")),
    path("sinh-hoat/", include("phancong.meetings.urls")),
    path("kiem-diem/", include("phancong.reviews.urls")),
    path("toan-canh/", include("phancong.reports.overview_urls")),
    path("bieu-duong-nhac-nho/", include("phancong.oversight.urls")),
    path("phu-trach/", include("phancong.oversight.charge_urls")),
    path("chuyen-sinh-hoat/", include("phancong.transfers.urls")),
    path("tang-cuong/", include("phancong.secondments.urls")),
    path("sap-xep/", include("phancong.reorganizations.urls")),
    path("so-lieu/", include("phancong.figures.urls")),
    path("du-lieu-cua-toi/", include("phancong.personal_data.urls")),
    path("yeu-cau-du-lieu/", include("phancong.personal_data.office_urls")),
    path("su-co-du-lieu/", playbook, name="breach"),
    path("nhat-ky/", include("phancong.audit.urls")),
    path("viec-chay-nen/", include("phancong.jobs.urls")),
]
