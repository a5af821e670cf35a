"""Addresses of the yearly review."""

from django.urls import path

from phancong.reviews.views import cells, own, papers, rating, rounds, rules

app_name = "reviews"
urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("dot/mo/<int:organization_id>/", rounds.open_round, name="open"),
    path("dot/<int:round_id>/", rounds.round_view, name="round"),
    path("dot/<int:round_id>/viec/", rounds.step, name="round_step"),
    path("dot/<int:round_id>/con-thieu/", rounds.missing, name="missing"),
    path("dot/<int:round_id>/quyet-dinh/", rounds.decide, name="decide"),
    path("chi-bo/<int:review_id>/", cells.cell, name="cell"),
    path("chi-bo/<int:review_id>/hop/", cells.meeting, name="meeting"),
    path("chi-bo/<int:review_id>/viec/", cells.step, name="cell_step"),
    path("dong-chi/<int:rating_id>/", rating.rating, name="rating"),
    path("dong-chi/<int:rating_id>/ban-giay/", papers.paper, name="paper"),
    path("tra-loi/<int:line_id>/", papers.answer, name="answer"),
    path("cua-toi/", own.mine, name="mine"),
    path("cua-toi/<int:rating_id>/", own.own_rating, name="own"),
    path("cua-toi/<int:rating_id>/tu-kiem-diem/", own.own_self_review, name="own_self_review"),
    path("cua-toi/<int:rating_id>/y-kien/", own.say, name="say"),
    path("quy-dinh/<int:organization_id>/", rules.rules, name="rules"),
    path("quy-dinh/<int:organization_id>/<str:address>/", rules.correct, name="correct"),
]
