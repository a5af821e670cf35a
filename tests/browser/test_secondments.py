"""The sample of 2007 is brought from 48 to 55 of 55 hamlets by the proposal of the planner, without scripts."""

import io
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from phancong.accounts.models import User
from phancong.accounts.queries import system_actor
from phancong.organizations.queries import coverage_on
from phancong.sample.actions import load_sample
from phancong.sample.history import DEFAULT_SEED
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults

UNTIL = date(2007, 12, 31)


@pytest.fixture
def office(live_server: object) -> User:
    now = timezone.make_aware(datetime.combine(UNTIL, time(18)))
    load_sample(until=UNTIL, seed=DEFAULT_SEED, by=system_actor(now=now), progress=lambda *_: None)
    return User.objects.get(username="van-phong")


def test_every_hamlet_of_the_sample_gets_a_cell(office: User, visit: VisitorMaker, tmp_path: Path) -> None:
    page = visit(office, width=1366, scripts=False).open("/tang-cuong/")
    expect(page.get_by_text("48/55 thôn, buôn, tổ dân phố có tổ chức đảng")).to_be_visible()
    page.get_by_role("link", name="Nơi thiếu người, gợi ý cử người").click()
    page.get_by_role("button", name="Gợi ý người tăng cường").click()
    path = urlsplit(page.url).path
    assert faults(visit(office).open(path)) == []
    page.get_by_role("button", name="Ghi các chi bộ cử đi đồng ý").click()
    page.get_by_role("button", name="Ghi nơi nhận đồng ý").click()
    page.get_by_label("Số quyết định").fill("21-QĐ/TU")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Đã cử 21 đồng chí, lập 7 chi bộ mới.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Quyết định (Word)").click()
    target = tmp_path / "quyet-dinh.docx"
    download.value.save_as(target)
    paper = Document(io.BytesIO(target.read_bytes()))
    assert max(len(table.rows) for table in paper.tables) == 22
    page.get_by_role("link", name="Thôn, tổ dân phố").first.click()
    expect(page.get_by_text("55/55 thôn, buôn, tổ dân phố có tổ chức đảng")).to_be_visible()
    assert len(coverage_on(timezone.localdate()).uncovered) == 0
