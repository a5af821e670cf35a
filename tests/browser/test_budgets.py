"""What a page weighs for somebody on a slow line."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed
from tests.factories import make_member


def _kilobytes(responses: list[Response], kind: str = "") -> float:
    chosen = [r for r in responses if kind in (r.headers.get("content-type") or "")]
    return sum(len(gzip.compress(r.body())) for r in chosen) / 1024


@pytest.mark.parametrize("path", ["/dang-nhap/", "/"])
def test_a_first_visit_by_phone_is_light(path: str, seed: Seed, visit: VisitorMaker) -> None:
    visitor = visit(seed.member if path == "/" else None)
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    responses = visitor.responses
    assert {urlsplit(response.url).netloc for response in responses} == {urlsplit(visitor.base).netloc}
    assert len(responses) <= 6, [response.url for response in responses]
    assert _kilobytes(responses, "html") <= 14
    assert _kilobytes(responses, "css") <= 25
    assert _kilobytes(responses, "javascript") <= 30
    assert _kilobytes(responses) <= 90
    assert [
        response.url for response in responses if "font" in response.headers.get("content-type", "")
    ] == []


def test_a_list_of_fifty_stays_within_its_weight(seed: Seed, visit: VisitorMaker) -> None:
    for number in range(50):
        make_member(seed.cell, full_name=f"Nguyễn Thị Đào {number}")
    visitor = visit(seed.office, width=1366)
    visitor.open("/dang-vien/")
    visitor.page.wait_for_load_state("networkidle")
    responses = visitor.responses
    assert visitor.page.locator("tbody tr").count() == 50
    assert _kilobytes(responses, "html") <= 35
    assert _kilobytes(responses) <= 150
