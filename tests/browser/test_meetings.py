"""A whole meeting by phone, and its pages empty, filled and in error."""

import re
from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import expect

from phancong.access.actor import Actor
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind
from phancong.meetings.models import AgendaItem, Meeting, TextDraft
from phancong.planning.models import Plan
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.browser.seed import Seed
from tests.factories import TODAY, make_actor, make_member
from tests.meetings.rooms import begun, finished, item_of, tally


def _by(seed: Seed) -> Actor:
    return make_actor("secretary", seed.cell.path, TODAY, user_id=seed.secretary.pk)


def _people(seed: Seed) -> list:  # type: ignore[type-arg]
    assert seed.secretary.member is not None
    return [seed.secretary.member, make_member(seed.cell, full_name="Đinh Thị Thư Ký")]


def _planned(seed: Seed) -> Meeting:
    call = actions.Call(kind="regular", held_on=TODAY, starts_at=time(19, 30), place="Nhà văn hóa")
    return actions.plan_meeting(seed.cell, call=call, by=_by(seed))


def _under_way(seed: Seed) -> Meeting:
    meeting = begun(seed.cell, _people(seed), by=_by(seed), held_on=TODAY)
    resolution = item_of(meeting, ItemKind.RESOLUTION)
    actions.save_text(
        resolution, discussion="Đ/c Hoà: nhất trí.", summary="Thông qua.", version=1, by=_by(seed)
    )
    meeting.refresh_from_db()
    actions.record_vote(resolution, tally=tally(1), version=meeting.version, by=_by(seed))
    return meeting


def _signed(seed: Seed) -> Meeting:
    return finished(_under_way(seed), by=_by(seed))


def _resolution(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, ItemKind.RESOLUTION)


Where = Callable[[Seed], str]
PAGES: dict[str, Where] = {
    "list, empty": lambda _: "/sinh-hoat/",
    "list": lambda seed: f"/sinh-hoat/?chi-bo={_planned(seed).cell_id}",
    "new": lambda seed: f"/sinh-hoat/chi-bo/{seed.cell.pk}/lap-lich/",
    "term": lambda seed: f"/sinh-hoat/chi-bo/{seed.cell.pk}/nhiem-ky/",
    "planned": lambda seed: f"/sinh-hoat/{_planned(seed).pk}/",
    "under way": lambda seed: f"/sinh-hoat/{_under_way(seed).pk}/",
    "signed": lambda seed: f"/sinh-hoat/{_signed(seed).pk}/",
    "agenda": lambda seed: f"/sinh-hoat/{_under_way(seed).pk}/chuong-trinh/",
    "attendance, empty": lambda seed: f"/sinh-hoat/{_planned(seed).pk}/diem-danh/",
    "attendance": lambda seed: f"/sinh-hoat/{_under_way(seed).pk}/diem-danh/",
    "items": lambda seed: f"/sinh-hoat/{_under_way(seed).pk}/noi-dung/",
    "item": lambda seed: f"/sinh-hoat/muc/{_resolution(_under_way(seed)).pk}/",
    "item, results": lambda seed: f"/sinh-hoat/muc/{item_of(_under_way(seed), ItemKind.RESULTS).pk}/",
    "vote": lambda seed: f"/sinh-hoat/muc/{_resolution(_under_way(seed)).pk}/bieu-quyet/",
    "conclusions": lambda seed: f"/sinh-hoat/muc/{_resolution(_under_way(seed)).pk}/ket-luan/",
    "reading": lambda seed: f"/sinh-hoat/{_under_way(seed).pk}/doc-lai/",
    "reading, signed": lambda seed: f"/sinh-hoat/{_signed(seed).pk}/doc-lai/",
}
# The button that sends the form as it stands, which is then in error.
ERRORS: dict[str, tuple[Where, str]] = {
    "new": (PAGES["new"], "Lập kỳ họp này"),
    "term": (PAGES["term"], "Ghi nhiệm kỳ"),
    "agenda": (PAGES["agenda"], "Thêm vào chương trình"),
    "conclusions": (PAGES["conclusions"], "Ghi kết luận"),
    "reading": (PAGES["reading"], "Thông qua biên bản"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_meetings_can_be_used_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.secretary).open(PAGES[name](seed))
    assert faults(page) == []


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_in_error_can_be_used_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    where, button = ERRORS[name]
    page = visit(seed.secretary).open(where(seed))
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


def test_two_versions_are_shown_where_two_wrote(seed: Seed, visit: VisitorMaker) -> None:
    item = _resolution(_under_way(seed))
    page = visit(seed.secretary).open(f"/sinh-hoat/muc/{item.pk}/")
    actions.save_text(item, discussion="Đ/c Nay: bàn thêm.", summary="", version=2, by=_by(seed))
    page.get_by_label("Ý kiến thảo luận").fill("Đ/c Ước: đồng ý.")
    page.get_by_role("button", name="Lưu vào biên bản").click()
    expect(page.get_by_label("Ý kiến thảo luận")).to_have_value("Đ/c Nay: bàn thêm.\nĐ/c Ước: đồng ý.")
    assert faults(page) == []


def test_what_is_typed_is_kept_on_the_server_when_the_field_is_left(seed: Seed, visit: VisitorMaker) -> None:
    item = _resolution(_under_way(seed))
    page = visit(seed.secretary).open(f"/sinh-hoat/muc/{item.pk}/")
    page.get_by_label("Ý kiến thảo luận").fill("Đ/c Ước: đang nói dở")
    page.get_by_label("Kết luận của chủ trì").focus()
    expect(page.get_by_role("status")).to_have_text("Bản nháp đã giữ trên máy chủ.")
    assert TextDraft.objects.get().discussion == "Đ/c Ước: đang nói dở"


def test_minutes_with_the_named_list_are_printed_in_three_taps(seed: Seed, visit: VisitorMaker) -> None:
    meeting = _signed(seed)
    page = visit(seed.secretary).open("/")
    page.get_by_role("link", name=re.compile("^Sinh hoạt chi bộ [0-9]")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Biên bản (PDF)").click()
    assert download.value.suggested_filename == f"bien-ban-hop-chi-bo-{meeting.held_on:%Y-%m-%d}.pdf"


def test_a_whole_meeting_by_phone_without_scripts(seed: Seed, visit: VisitorMaker) -> None:
    _people(seed)
    page = visit(seed.secretary, scripts=False).open(f"/sinh-hoat/chi-bo/{seed.cell.pk}/lap-lich/")
    form = page.locator("form").filter(has_text="Lập kỳ họp này")
    form.get_by_label("Ngày họp").fill(f"{TODAY:%d/%m/%Y}")
    form.get_by_label("Địa điểm").fill("Nhà văn hóa")
    form.get_by_label("Chủ trì").select_option(label="Nguyễn Thị Hoà")
    form.get_by_label("Thư ký ghi biên bản").select_option(label="Đinh Thị Thư Ký")
    form.get_by_role("button").click()
    page.locator("a.task", has_text="Chương trình").click()
    page.get_by_role("textbox", name="Nội dung", exact=True).fill("Kế hoạch phân công")
    page.get_by_label("Nội dung này là").select_option("plan")
    page.get_by_role("button", name="Thêm vào chương trình").click()
    page.get_by_role("link", name=re.compile("Kỳ họp")).click()
    page.get_by_role("button", name="Bắt đầu họp").click()
    page.locator("a.task", has_text="Điểm danh").click()
    page.get_by_role("group", name="Đinh Thị Thư Ký").get_by_label("Vắng có lý do").check()
    page.get_by_role("button", name="Lưu điểm danh").click()
    page.locator("a.task", has_text="Nội dung, ý kiến").click()
    page.get_by_role("link", name=re.compile("^Ghi ý kiến.*Kế hoạch")).click()
    page.get_by_label("Ý kiến thảo luận").fill("Đ/c Hoà: nhất trí.")
    page.get_by_role("button", name="Lưu vào biên bản").click()
    page.get_by_role("link", name=re.compile("^Biểu quyết.*Kế hoạch")).click()
    present = re.search(r"(\d+) có mặt để biểu quyết", page.content())
    assert present is not None
    page.get_by_label("Đồng ý", exact=True).fill(present[1])
    page.get_by_role("button", name="Ghi kết quả").click()
    page.get_by_role("link", name=re.compile("^Kết luận.*Kế hoạch")).click()
    page.get_by_label("Kết luận", exact=True).fill("Trồng cây đầu năm")
    page.get_by_label("Kết luận này").select_option("duty")
    page.get_by_label("Đồng chí thực hiện").select_option(label="Nguyễn Thị Hoà")
    page.get_by_label("Hạn", exact=True).fill(f"31/12/{seed.plan.year}")
    page.get_by_role("button", name="Ghi kết luận").click()
    page.get_by_role("link", name=re.compile("Kỳ họp")).click()
    page.locator("a.task", has_text="Đọc lại, ký").click()
    page.get_by_label("Kết thúc lúc").fill("21h15")
    page.get_by_role("button", name="Thông qua biên bản").click()
    page.get_by_role("button", name="Ký biên bản").click()
    expect(page.get_by_role("link", name="Biên bản (PDF)")).to_be_visible()
    assert Plan.objects.get(pk=seed.plan.pk).stage == "adopted"
    assert Meeting.objects.get().state == "signed"
