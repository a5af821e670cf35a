"""Addresses of one's own work and of one piece of work."""

from django.urls import path

from phancong.followups.views import calendars, directing, slips, talking, works

app_name = "followups"
urlpatterns = [
    path("cua-toi/", works.mine, name="mine"),
    path("<key:work_id>/", works.work, name="work"),
    path("<key:work_id>/bao-ket-qua/", talking.report, name="report"),
    path("<key:work_id>/xin-dieu-chinh/", talking.ask, name="ask"),
    path("<key:work_id>/anh-dang-viet/", talking.draft_photo, name="draft_photo"),
    path("<key:work_id>/nhan-xet/", directing.judge, name="judge"),
    path("<key:work_id>/nhan-xet-them/", directing.note, name="note"),
    path("<key:work_id>/nhac/", directing.remind, name="remind"),
    path("<key:work_id>/gia-han/", directing.extend, name="extend"),
    path("<key:work_id>/nhap-thay/", directing.write_down, name="write_down"),
    path("<key:work_id>/thoi-giao/", directing.end, name="end"),
    path("<key:work_id>/giao-nguoi-khac/", directing.hand_over, name="hand_over"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/thu/", calendars.mail, name="mail"),
    path("tra-loi/<key:matter_id>/", directing.answer, name="answer"),
    path("anh/<key:entry_id>/", works.photo, name="photo"),
    path("phieu/<key:member_id>/", slips.slip, name="slip"),
]
