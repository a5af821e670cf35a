"""Addresses of the year's other duties."""

from django.urls import path

from phancong.yearbook.views import cells, mine, papers, pledges, remarks, residence, study

app_name = "yearbook"
urlpatterns = [
    path("", cells.cell_list, name="list"),
    path("cua-toi/", mine.mine, name="mine"),
    path("cua-toi/<int:year>/cam-ket/", mine.own_pledge, name="own_pledge"),
    path("cua-toi/<int:year>/cam-ket/van-ban/", papers.own_pledge_paper, name="own_pledge_paper"),
    path("cua-toi/so-tay/", mine.add_note, name="add_note"),
    path("cua-toi/so-tay/<key:note_id>/", mine.note, name="note"),
    path("<key:cell_id>/<int:year>/", cells.overview, name="overview"),
    path("<key:cell_id>/<int:year>/cu-tru/", residence.contacts, name="residence"),
    path("<key:cell_id>/<int:year>/cu-tru/den/", residence.incoming, name="incoming"),
    path("<key:cell_id>/<int:year>/cu-tru/nam-truoc/", residence.carry_over, name="carry_over"),
    path("<key:cell_id>/<int:year>/cu-tru/xin-nhan-xet/", residence.ask_all, name="ask_all"),
    path("<key:cell_id>/<int:year>/cu-tru/thu/", papers.remark_letters, name="remark_letters"),
    path("<key:cell_id>/<int:year>/cu-tru/<key:member_id>/", residence.contact, name="contact"),
    path("cu-tru/<key:contact_id>/giay/", papers.introduction, name="introduction"),
    path("cu-tru/<key:contact_id>/khi-can/", residence.ask_one, name="ask_one"),
    path("cu-tru/<key:contact_id>/nhan/", residence.receive, name="receive"),
    path("<key:cell_id>/<int:year>/cam-ket/", pledges.pledges, name="pledges"),
    path("<key:cell_id>/<int:year>/cam-ket/<key:member_id>/", pledges.pledge, name="pledge"),
    path("cam-ket/<key:pledge_id>/nhan/", pledges.receive, name="receive_pledge"),
    path("cam-ket/<key:pledge_id>/van-ban/", papers.pledge_paper, name="pledge_paper"),
    path("<key:cell_id>/<int:year>/hoc-tap/", study.sessions, name="study"),
    path("hoc-tap/them/<key:organization_id>/", study.add, name="add_session"),
    path("hoc-tap/<key:session_id>/", study.session, name="session"),
    path("hoc-tap/<key:session_id>/<key:cell_id>/", study.attendance, name="attendance"),
    path("<key:cell_id>/<int:year>/nhan-xet/", remarks.remarks, name="remarks"),
    path("nhan-xet/<key:remark_id>/", remarks.remark, name="remark"),
    path("nhan-xet/<key:remark_id>/thu/", papers.opinion_letter, name="opinion_letter"),
]
