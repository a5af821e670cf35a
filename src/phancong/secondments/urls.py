"""Addresses of hamlets and of seconding."""

from django.urls import path

from phancong.secondments.views import coverage, plans, serving

app_name = "secondments"
urlpatterns = [
    path("", coverage.overview, name="overview"),
    path("thon-to/", coverage.hamlets, name="hamlets"),
    path("thon-to/bang-tinh/", coverage.workbook, name="workbook"),
    path("thon-to/<key:area_id>/quan-chung-uu-tu/", coverage.promising, name="promising"),
    path("cap-uy/<key:organization_id>/", plans.committee, name="committee"),
    path("phuong-an/<key:secondment_plan_id>/", plans.plan, name="plan"),
    path("phuong-an/<key:secondment_plan_id>/viec/", plans.step, name="step"),
    path("phuong-an/<key:secondment_plan_id>/quyet-dinh/", plans.decide, name="decide"),
    path("phuong-an/<key:secondment_plan_id>/van-ban/", plans.paper, name="paper"),
    path("dang-tang-cuong/", serving.serving, name="serving"),
    path("dong-chi/<key:secondment_id>/", serving.one, name="one"),
    path("dong-chi/<key:secondment_id>/ve/", serving.hand_back, name="hand_back"),
    path("dong-chi/<key:secondment_id>/gia-han/", serving.extend, name="extend"),
]
