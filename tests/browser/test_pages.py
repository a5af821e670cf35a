"""Every page, empty, filled and in error, on a phone and on a desktop."""

from collections.abc import Callable

import pytest

from phancong.accounts.models import User
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import axe_violations, scrolls_sideways, small_targets, small_texts
from tests.browser.seed import Seed

Choice = Callable[[Seed], User | None]

PAGES: dict[str, tuple[Choice, Callable[[Seed], str]]] = {
    "sign in": (lambda seed: None, lambda seed: "/dang-nhap/"),
    "components": (lambda seed: seed.office, lambda seed: "/thanh-phan/"),
    "not found": (lambda seed: seed.office, lambda seed: "/dang-vien/999999/"),
    "home of the office": (lambda seed: seed.office, lambda seed: "/"),
    "home of a secretary": (lambda seed: seed.secretary, lambda seed: "/"),
    "home of a member": (lambda seed: seed.member, lambda seed: "/"),
    "home of a member, empty": (lambda seed: seed.idle_member, lambda seed: "/"),
    "tree": (lambda seed: seed.office, lambda seed: "/to-chuc/"),
    "tree, empty": (lambda seed: seed.office, lambda seed: "/to-chuc/?ngay=1/1/2020"),
    "tree, error": (lambda seed: seed.office, lambda seed: "/to-chuc/?ngay=32/1/2020"),
    "tree, flagged": (lambda seed: seed.office, lambda seed: "/to-chuc/?loc=chua-ke-hoach"),
    "organisation": (lambda seed: seed.office, lambda seed: f"/to-chuc/{seed.cell.pk}/"),
    "list": (lambda seed: seed.office, lambda seed: "/dang-vien/"),
    "list, filtered": (lambda seed: seed.secretary, lambda seed: "/dang-vien/?so_viec=0"),
    "list, empty": (lambda seed: seed.office, lambda seed: "/dang-vien/?tim=khong+ai&so_viec=2"),
    "file": (lambda seed: seed.secretary, lambda seed: f"/dang-vien/{seed.person.pk}/"),
    "own file": (lambda seed: seed.idle_member, lambda seed: f"/dang-vien/{seed.idle_member.member_id}/"),
    "jobs": (lambda seed: seed.office, lambda seed: "/viec-chay-nen/"),
    "jobs, empty": (lambda seed: seed.secretary, lambda seed: "/viec-chay-nen/"),
    "job": (lambda seed: seed.office, lambda seed: f"/viec-chay-nen/{seed.job.pk}/"),
}


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(name: str, width: int, seed: Seed, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    page = visit(who(seed), width=width).open(where(seed))
    assert {
        "axe": axe_violations(page),
        "small targets": small_targets(page),
        "small texts": small_texts(page),
        "scrolls sideways": scrolls_sideways(page),
        "headings of the page": page.locator("h1").count(),
        "help": page.get_by_text("Cần giúp: Văn phòng Đảng ủy").count() >= 1,
    } == {
        "axe": [],
        "small targets": [],
        "small texts": [],
        "scrolls sideways": False,
        "headings of the page": 1,
        "help": True,
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_narrowest_screen(name: str, seed: Seed, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    assert not scrolls_sideways(visit(who(seed), width=320).open(where(seed)))
