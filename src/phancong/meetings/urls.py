"""Addresses of meetings."""

from django.urls import path

from phancong.meetings.views import downloads, items, lists, meeting, reading

app_name = "meetings"
urlpatterns = [
    path("", lists.meeting_list, name="list"),
    path("chi-bo/<key:cell_id>/lap-lich/", lists.plan, name="plan"),
    path("chi-bo/<key:cell_id>/nhiem-ky/", lists.term, name="term"),
    path("<key:meeting_id>/", meeting.meeting_page, name="meeting"),
    path("<key:meeting_id>/buoc/", meeting.step, name="step"),
    path("<key:meeting_id>/chuong-trinh/", meeting.agenda, name="agenda"),
    path("<key:meeting_id>/diem-danh/", meeting.attendance, name="attendance"),
    path("<key:meeting_id>/noi-dung/", items.all_items, name="items"),
    path("<key:meeting_id>/doc-lai/", reading.reading, name="reading"),
    path("<key:meeting_id>/van-ban/<slug:kind>/", downloads.paper, name="paper"),
    path("<key:meeting_id>/lich.ics", downloads.calendar, name="calendar"),
    path("muc/<key:item_id>/", items.item_page, name="item"),
    path("muc/<key:item_id>/nhap/", items.keep_draft, name="draft"),
    path("muc/<key:item_id>/bieu-quyet/", items.vote, name="vote"),
    path("muc/<key:item_id>/ket-luan/", items.conclusions, name="conclusions"),
]
