"""Addresses of planning."""

from django.urls import path

from phancong.planning.views import (
    board,
    downloads,
    duties,
    exchanging,
    lists,
    one_member,
    opinions,
    sources,
    why,
)

app_name = "planning"
urlpatterns = [
    path("", lists.plan_list, name="list"),
    path("lap-nhieu/", lists.draft_many, name="draft_many"),
    path("danh-muc/", lists.catalogue, name="catalogue"),
    path("<key:cell_id>/<int:year>/", board.board, name="board"),
    path("<key:cell_id>/<int:year>/lap/", board.draft, name="draft"),
    path("<key:cell_id>/<int:year>/goi-y-lai/", board.solve_again, name="solve_again"),
    path("<key:cell_id>/<int:year>/nhan/", board.keep_all, name="keep_all"),
    path("<key:cell_id>/<int:year>/hoan-tac/", board.undo, name="undo"),
    path("<key:cell_id>/<int:year>/lay-y-kien/", opinions.ask, name="ask_opinions"),
    path("<key:cell_id>/<int:year>/dong-chi/<key:member_id>/", one_member.member_page, name="member"),
    path("<key:cell_id>/<int:year>/khong-cung-viec/", board.set_apart, name="set_apart"),
    path("<key:cell_id>/<int:year>/them-viec/", duties.add, name="add_duty"),
    path("<key:cell_id>/<int:year>/bang-tinh/", downloads.workbook, name="workbook"),
    path("<key:cell_id>/<int:year>/van-ban/<slug:kind>/", downloads.document, name="document"),
    path("nguon/<key:organization_id>/<int:year>/", sources.sources, name="sources"),
    path("nguon/<key:organization_id>/<int:year>/them/", sources.add_resolution, name="add_resolution"),
    path(
        "nguon/<key:organization_id>/<int:year>/nam-truoc/", sources.copy_resolutions, name="copy_resolutions"
    ),
    path("nguon/<key:organization_id>/<int:year>/gan/", sources.tie, name="tie"),
    path("nghi-quyet/<key:resolution_id>/sua/", sources.change_resolution, name="change_resolution"),
    path("nghi-quyet/<key:resolution_id>/bo/", sources.remove_resolution, name="remove_resolution"),
    path("nghi-quyet/<key:resolution_id>/chi-tieu/", sources.add_target, name="add_target"),
    path("chi-tieu/<key:target_id>/sua/", sources.change_target, name="change_target"),
    path("chi-tieu/<key:target_id>/bo/", sources.remove_target, name="remove_target"),
    path("viec/<key:duty_id>/", duties.duty_page, name="duty"),
    path("viec/<key:duty_id>/giao/", duties.give, name="give"),
    path("viec/<key:duty_id>/khong-giao/", duties.exclude, name="exclude"),
    path("viec/<key:duty_id>/sua/", duties.change, name="change_duty"),
    path("viec/<key:duty_id>/bo/", duties.remove, name="remove_duty"),
    path("khong-giao/<key:exclusion_id>/bo/", duties.include_again, name="include_again"),
    path("vi-sao/<key:assignment_id>/", why.why, name="why"),
    path("du-kien/", opinions.own_draft, name="own_draft"),
    path("du-kien/<key:plan_id>/", opinions.object_to, name="object_to"),
    path("y-kien/<key:objection_id>/rut/", opinions.withdraw, name="withdraw_objection"),
    path("y-kien/<key:objection_id>/tra-loi/", opinions.answer, name="answer_objection"),
    path("phan-cong/<key:assignment_id>/doi/", exchanging.exchange, name="exchange"),
    path("phan-cong/<key:assignment_id>/chuyen/", exchanging.pass_on, name="pass_on"),
    path("phan-cong/<key:assignment_id>/doi-viec/", exchanging.swap, name="swap"),
    path("phan-cong/<key:assignment_id>/thoi/", duties.take, name="take"),
    path("phan-cong/<key:assignment_id>/giu/", duties.keep, name="keep"),
]
