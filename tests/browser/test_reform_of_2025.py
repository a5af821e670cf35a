"""The case of 1 July 2025: the town level is abolished, four wards become one, the communes stand by themselves.

The sample of the eve is rebuilt in the browser, by the office of the town, from a workbook, without scripts.
"""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from docx import Document
from docx.document import Document as DocumentObject
from playwright.sync_api import Page, expect

from phancong.accounts.models import User
from phancong.accounts.queries import system_actor
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.models import Area, Organization, OrganizationVersion
from phancong.sample.actions import load_sample
from phancong.sample.history import DEFAULT_SEED
from phancong.sample.places import REFORM, TOWN, WARD
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.reorganizations.reform import NAMES, reform_workbook

EVE = date(2025, 6, 30)
AFTER = {"Đảng bộ phường Ayun Pa", *NAMES.values()}


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


@pytest.fixture
def office(live_server: object) -> Iterator[User]:
    with time_machine.travel(_at(EVE), tick=True):
        load_sample(until=EVE, seed=DEFAULT_SEED, by=system_actor(now=_at(EVE)), progress=lambda *_: None)
    with time_machine.travel(_at(REFORM), tick=True):
        yield User.objects.get(username="van-phong")


def test_the_reform_of_2025_is_carried_out_with_closing_figures(
    office: User, visit: VisitorMaker, tmp_path: Path
) -> None:
    members, areas = Member.objects.on_roll().count(), Area.objects.on(EVE).count()
    town = Organization.objects.get(code=TOWN)
    assert list(_homes(EVE)) == [town.name]
    page = visit(office, width=1366, scripts=False).open("/")
    page.get_by_role("link", name="Sắp xếp tổ chức").first.click()
    path = _drafted(page, town, tmp_path)
    page.get_by_role("link", name="Xem trước kết quả").click()
    expect(page.get_by_text("Số liệu khớp")).to_be_visible()
    for address in ("/sap-xep/", path, urlsplit(page.url).path):
        assert faults(visit(office).open(address)) == []
    page.get_by_role("link", name="Về phương án").click()
    page.get_by_label("Số quyết định").fill("01-QĐ/TU")
    page.get_by_label("Ký ngày").fill("30/06/2025")
    page.get_by_role("button", name="Ghi quyết định, thực hiện").click()
    expect(page.get_by_text("Số liệu trước và sau khớp nhau.")).to_be_visible()
    assert _homes(REFORM).keys() == AFTER
    assert sum(_homes(REFORM).values()) == sum(_homes(EVE).values()) == members
    assert Area.objects.on(REFORM).filter(committee__path__gt="").count() == areas
    _check_the_past_is_read_under_its_names(town)
    assert len(_paper(page, tmp_path).tables) > 0
    page.get_by_role("button", name="Hoàn tác việc sắp xếp").click()
    expect(page.get_by_text("Đã hoàn tác: tổ chức và đảng viên trở lại")).to_be_visible()
    assert list(_homes(REFORM)) == [town.name]


def _drafted(page: Page, town: Organization, folder: Path) -> str:
    page.get_by_role("link", name="Lập phương án").click()
    page.get_by_label("Cấp ủy lập phương án").select_option(label=town.name)
    page.get_by_label("Việc sắp xếp").fill("Sắp xếp theo mô hình hai cấp")
    page.get_by_label("Có hiệu lực từ").fill("01/07/2025")
    page.get_by_label("Mã tổ chức mà văn phòng chuyển về").fill(WARD)
    page.get_by_role("main").get_by_role("button", name="Lập phương án").click()
    content, lines, people = reform_workbook(town)
    sheet = folder / "sap-xep.xlsx"
    sheet.write_bytes(content)
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="Nhập tệp").click()
    expect(page.get_by_role("heading", name=f"Các việc ({lines})")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Đảng viên chuyển riêng ({people})")).to_be_visible()
    return urlsplit(page.url).path


def _homes(day: date) -> Counter[str]:
    """Members by the top of the tree on a day."""
    tops = {row.organization_id: row for row in OrganizationVersion.objects.on(day)}
    official = Membership.objects.on(day).filter(kind=MembershipKind.OFFICIAL)
    paths = (tops[cell].path for cell in official.values_list("cell", flat=True))
    return Counter(tops[int(path[:8])].name for path in paths)


def _check_the_past_is_read_under_its_names(town: Organization) -> None:
    assert not Organization.objects.active().filter(code=TOWN).exists()
    old = OrganizationVersion.objects.on(EVE).filter(organization__code__in=["CR", "HB", "DK", "SB"])
    assert old.count() == 4
    assert OrganizationVersion.objects.on(EVE).get(organization=town).name == town.name
    for member in Member.objects.on_roll().select_related("cell"):
        assert member.cell is not None
        assert member.ancestor_1 == int(member.cell.path[:8])


def _paper(page: Page, folder: Path) -> DocumentObject:
    with page.expect_download() as download:
        page.get_by_role("link", name="Quyết định (Word)").click()
    target = folder / "quyet-dinh.docx"
    download.value.save_as(target)
    return Document(io.BytesIO(target.read_bytes()))
