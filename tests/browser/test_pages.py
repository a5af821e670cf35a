"""Every page, empty, filled and in error, on a phone and on a desktop."""

import pytest

from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.browser.seed import Seed

# Who looks (a field of the seed; empty: nobody has signed in), and where.
PAGES = {
    "sign in": ("", "/dang-nhap/"),
    "components": ("office", "/thanh-phan/"),
    "not found": ("office", "/dang-vien/999999/"),
    "home of the office": ("office", "/"),
    "home of a secretary": ("secretary", "/"),
    "home of a member": ("member", "/"),
    "home of a member, empty": ("idle_member", "/"),
    "tree": ("office", "/to-chuc/"),
    "tree, empty": ("office", "/to-chuc/?ngay=1/1/2020"),
    "tree, error": ("office", "/to-chuc/?ngay=32/1/2020"),
    "tree, flagged": ("office", "/to-chuc/?loc=chua-ke-hoach"),
    "organisation": ("office", "/to-chuc/{0.cell.pk}/"),
    "list": ("office", "/dang-vien/"),
    "list, filtered": ("secretary", "/dang-vien/?so_viec=0"),
    "list, empty": ("office", "/dang-vien/?tim=khong+ai&so_viec=2"),
    "file": ("secretary", "/dang-vien/{0.person.pk}/"),
    "own file": ("idle_member", "/dang-vien/{0.idle_member.member_id}/"),
    "plans": ("office", "/phan-cong/"),
    "board": ("secretary", "/phan-cong/{0.cell.pk}/{0.plan.year}/"),
    "board, empty": ("office", "/phan-cong/{0.bare_cell.pk}/{0.plan.year}/"),
    "board, with opinions": ("secretary", "/phan-cong/{0.cell.pk}/{0.plan.year}/#the-y-kien"),
    "member of a board": ("secretary", "/phan-cong/{0.cell.pk}/{0.plan.year}/dong-chi/{0.person.pk}/"),
    "member without work": (
        "secretary",
        "/phan-cong/{0.cell.pk}/{0.plan.year}/dong-chi/{0.secretary.member_id}/",
    ),
    "exchange": ("secretary", "/phan-cong/phan-cong/{0.assignment.pk}/doi/"),
    "own draft": ("member", "/phan-cong/du-kien/"),
    "own draft, without work": ("secretary", "/phan-cong/du-kien/"),
    "own draft, empty": ("idle_member", "/phan-cong/du-kien/"),
    "why": ("secretary", "/phan-cong/vi-sao/{0.assignment.pk}/"),
    "duty": ("secretary", "/phan-cong/viec/{0.assignment.duty_id}/"),
    "catalogue": ("office", "/phan-cong/danh-muc/"),
    "years of cells": ("office", "/trong-nam/"),
    "year of a cell": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/"),
    "contacts": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/cu-tru/"),
    "contacts, empty": ("office", "/trong-nam/{0.bare_cell.pk}/{0.plan.year}/cu-tru/"),
    "contact": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/cu-tru/{0.person.pk}/"),
    "incoming": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/cu-tru/den/"),
    "remark": ("secretary", "/trong-nam/nhan-xet/{0.remark.pk}/"),
    "remarks": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/nhan-xet/"),
    "pledges": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/cam-ket/"),
    "pledge": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/cam-ket/{0.person.pk}/"),
    "study": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/hoc-tap/"),
    "attendance": ("secretary", "/trong-nam/hoc-tap/{0.session.pk}/{0.cell.pk}/"),
    "study session": ("office", "/trong-nam/hoc-tap/{0.session.pk}/"),
    "new study session": ("secretary", "/trong-nam/hoc-tap/them/{0.cell.pk}/"),
    "own year": ("member", "/trong-nam/cua-toi/"),
    "own year, empty": ("idle_member", "/trong-nam/cua-toi/"),
    "own pledge": ("member", "/trong-nam/cua-toi/{0.plan.year}/cam-ket/"),
    "own data": ("member", "/du-lieu-cua-toi/"),
    "who may see": ("member", "/du-lieu-cua-toi/ai-duoc-xem/"),
    "who looked, empty": ("member", "/du-lieu-cua-toi/ai-da-xem/"),
    "own requests": ("member", "/du-lieu-cua-toi/yeu-cau/"),
    "own requests, empty": ("idle_member", "/du-lieu-cua-toi/yeu-cau/"),
    "correction": ("member", "/du-lieu-cua-toi/sai/?dong=members.Member:{0.person.pk}&muc=education"),
    "objection": ("member", "/du-lieu-cua-toi/phan-doi/"),
    "data requests": ("office", "/yeu-cau-du-lieu/"),
    "data request": ("office", "/yeu-cau-du-lieu/{0.data_request.pk}/"),
    "breach": ("office", "/su-co-du-lieu/"),
    "import": ("office", "/dang-vien/nhap/"),
    "jobs": ("office", "/viec-chay-nen/"),
    "jobs, empty": ("secretary", "/viec-chay-nen/"),
    "job": ("office", "/viec-chay-nen/{0.job.pk}/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    page = visit(getattr(seed, who) if who else None).open(where.format(seed))
    assert faults(page) == []
    assert page.get_by_text("Cần giúp: Văn phòng Đảng ủy").count() >= 1
