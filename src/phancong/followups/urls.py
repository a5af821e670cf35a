"""Addresses of one's own work and of one piece of work."""

from django.urls import path

from phancong.followups.views import calendars, directing, slips, talking, works

app_name = "followups"
urlpatterns = [
    path("cua-toi/", works.mine, name="mine"),
    path("<int:work_id>/", works.work, name="work"),
    path("<int:work_id>/bao-ket-qua/", talking.report, name="report"),
    path("<int:work_id>/xin-dieu-chinh/", talking.ask, name="ask"),
    path("<int:work_id>/anh-dang-viet/", talking.draft_photo, name="draft_photo"),
    path("<int:work_id>/nhan-xet/", directing.judge, name="judge"),
    path("<int:work_id>/nhan-xet-them/", directing.note, name="note"),
    path("<int:work_id>/nhac/", directing.remind, name="remind"),
    path("<int:work_id>/gia-han/", directing.extend, name="extend"),
    path("<int:work_id>/nhap-thay/", directing.write_down, name="write_down"),
    path("<int:work_id>/thoi-giao/", directing.end, name="end"),
    path("<int:work_id>/giao-nguoi-khac/", directing.hand_over, name="hand_over"),
    path("lich/", calendars.calendar, name="calendar"),
    path("tra-loi/<int:matter_id>/", directing.answer, name="answer"),
    path("anh/<int:entry_id>/", works.photo, name="photo"),
    path("phieu/<int:member_id>/", slips.slip, name="slip"),
]
