"""Addresses of the yearly review."""

from django.urls import path

from phancong.reviews.views import ballots, cells, documents, own, papers, rating, rounds, rules

app_name = "reviews"
urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("dot/mo/<key:organization_id>/", rounds.open_round, name="open"),
    path("dot/<key:round_id>/", rounds.round_view, name="round"),
    path("dot/<key:round_id>/viec/", rounds.step, name="round_step"),
    path("dot/<key:round_id>/con-thieu/", rounds.missing, name="missing"),
    path("dot/<key:round_id>/quyet-dinh/", rounds.decide, name="decide"),
    path("chi-bo/<key:review_id>/", cells.cell, name="cell"),
    path("chi-bo/<key:review_id>/hop/", cells.meeting, name="meeting"),
    path("chi-bo/<key:review_id>/phieu/", ballots.ballots, name="ballots"),
    path("chi-bo/<key:review_id>/viec/", cells.step, name="cell_step"),
    path("dong-chi/<key:rating_id>/", rating.rating, name="rating"),
    path("dong-chi/<key:rating_id>/ban-giay/", papers.paper, name="paper"),
    path("tra-loi/<key:line_id>/", papers.answer, name="answer"),
    path("dong-chi/<key:rating_id>/van-ban/", documents.self_review, name="self_review_paper"),
    path("cua-toi/<key:rating_id>/van-ban/", documents.own_self_review, name="own_paper"),
    path("chi-bo/<key:review_id>/van-ban/<str:paper>/", documents.of_cell, name="cell_paper"),
    path("dot/<key:round_id>/danh-sach/", documents.of_round, name="round_paper"),
    path("dot/<key:round_id>/bang-tinh/", documents.workbook_of_round, name="round_workbook"),
    path("cua-toi/", own.mine, name="mine"),
    path("cua-toi/<key:rating_id>/", own.own_rating, name="own"),
    path("cua-toi/<key:rating_id>/tu-kiem-diem/", own.own_self_review, name="own_self_review"),
    path("cua-toi/<key:rating_id>/y-kien/", own.say, name="say"),
    path("quy-dinh/<key:organization_id>/", rules.rules, name="rules"),
    path("quy-dinh/<key:organization_id>/<str:address>/", rules.correct, name="correct"),
]
