"""The pages of following up, empty, filled and in error, on a phone and on a desktop."""

import pytest

from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.browser.seed import Seed
from tests.browser.works import Lived, live

PAGES = {
    "home of a member": ("member", "/"),
    "home of a secretary": ("secretary", "/"),
    "my work": ("member", "/viec/cua-toi/"),
    "my work, empty": ("idle_member", "/viec/cua-toi/"),
    "work, for the member": ("member", "/viec/{0.awaiting}/"),
    "work, to be judged": ("secretary", "/viec/{0.awaiting}/"),
    "work, to be answered": ("secretary", "/viec/{0.asking}/"),
    "report, first question": ("member", "/viec/{0.asking}/bao-ket-qua/"),
    "extend": ("secretary", "/viec/{0.asking}/gia-han/"),
    "write down": ("secretary", "/viec/{0.asking}/nhap-thay/"),
    "end": ("secretary", "/viec/{0.asking}/thoi-giao/"),
    "hand over": ("secretary", "/viec/{0.asking}/giao-nguoi-khac/"),
    "calendar": ("member", "/viec/lich/"),
    "slip": ("member", "/viec/phieu/{0.seed.person.pk}/"),
    "cells": ("office", "/theo-doi/"),
    "cells, error": ("office", "/theo-doi/?ngay=32/1/2020"),
    "cell": ("secretary", "/theo-doi/{0.seed.cell.pk}/"),
    "cell, empty filter": ("secretary", "/theo-doi/{0.seed.cell.pk}/?loc=qua-han"),
    "cell, empty": ("office", "/theo-doi/{0.seed.bare_cell.pk}/"),
    "cells without a plan": ("office", "/theo-doi/chua-co-ke-hoach/"),
    "cells without a plan, empty": ("secretary", "/theo-doi/chua-co-ke-hoach/"),
    "matters": ("secretary", "/theo-doi/can-tra-loi/"),
    "matters, empty": ("office", "/theo-doi/can-tra-loi/"),
}
# Forms sent with nothing in them: who, where, the button.
ERRORS = {
    "extend": ("secretary", "/viec/{0.asking}/gia-han/", "Ghi gia hạn"),
    "write down": ("secretary", "/viec/{0.asking}/nhap-thay/", "Ghi vào sổ"),
    "hand over": ("secretary", "/viec/{0.asking}/giao-nguoi-khac/", "Giao"),
    "answer": ("secretary", "/viec/{0.asking}/", "Gửi trả lời"),
    "judge": ("secretary", "/viec/{0.awaiting}/", "Cần làm tiếp"),
}


@pytest.fixture
def lived(seed: Seed) -> Lived:
    return live(seed)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(name: str, lived: Lived, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    assert faults(visit(getattr(lived.seed, who)).open(where.format(lived))) == []


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_in_error_can_be_used_by_everybody(name: str, lived: Lived, visit: VisitorMaker) -> None:
    who, where, button = ERRORS[name]
    page = visit(getattr(lived.seed, who)).open(where.format(lived))
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_selector("[role=alert]")
    assert faults(page) == []


def test_each_question_of_a_report_can_be_used_by_everybody(lived: Lived, visit: VisitorMaker) -> None:
    page = visit(lived.seed.member).open(f"/viec/{lived.asking}/bao-ket-qua/")
    page.get_by_role("button", name="Gặp khó").click()
    page.get_by_role("button", name="Xem lại").click()
    page.wait_for_selector("[role=alert]")
    assert faults(page) == []
    page.get_by_role("textbox").fill("Thiếu loa tuyên truyền")
    page.get_by_role("button", name="Thêm ảnh").click()
    page.wait_for_url("**buoc=anh")
    assert faults(page) == []
    page.get_by_role("button", name="Không kèm ảnh").click()
    page.wait_for_url("**buoc=xem-lai")
    assert faults(page) == []
