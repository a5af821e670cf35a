"""The yearly review and the figures in a real browser: every page for everybody, a round from opening to closing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.figures.handing import hand_in
from phancong.figures.models import HandedIn
from phancong.figures.packs import report_rules
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.oversight.actions import write_note
from phancong.oversight.enums import NoteKind
from phancong.oversight.models import Note
from phancong.planning.actions import sources
from phancong.reviews import actions
from phancong.reviews.models import CellReview, Line, Rating, Round
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.browser.seed import Seed
from tests.factories import TODAY, make_actor, make_post


def _office(seed: Seed) -> Actor:
    return make_actor("office", "", TODAY, name="Văn phòng", user_id=seed.office.pk)


def _secretary(seed: Seed) -> Actor:
    """A second secretary of every cell: nobody writes of themself."""
    return make_actor("secretary", "", TODAY, name="Phó bí thư", user_id=999)


def _own(user: User) -> Actor:
    assert user.member is not None
    cell = user.member.cell
    assert cell is not None
    return replace(make_actor("member", cell.path, TODAY, user_id=user.pk), member_id=user.member_id)


def _opened(seed: Seed) -> Round:
    ward = seed.cell.parent and seed.cell.parent.parent
    assert ward is not None
    known = Round.objects.filter(committee=ward).first()
    return known or actions.open_round(
        ward,
        year=TODAY.year,
        rules_on=TODAY,
        counted_on=TODAY,
        basis="Kế hoạch số 12-KH/ĐU",
        by=_office(seed),
    )


def _part(seed: Seed) -> CellReview:
    return CellReview.objects.select_related("round__committee", "cell").get(
        round=_opened(seed), cell=seed.cell
    )


def _rating(seed: Seed, person: Member) -> Rating:
    return Rating.objects.select_related("review__round", "review__cell").get(
        review__round=_opened(seed), member=person
    )


def _met(seed: Seed) -> CellReview:
    part = _part(seed)
    actions.record_meeting(
        part, held_on=TODAY, method="secret", eligible=4, seen=part.version, by=_secretary(seed)
    )
    return _part(seed)


def _written(seed: Seed) -> Rating:
    """The member has sent the self-review and said a word; the level above asked for something."""
    _met(seed)
    rating = _rating(seed, seed.person)
    own = _own(seed.member)
    written = actions.Written(
        strengths="Hoàn thành hai việc", grade="good", points={"common": 25, "results": 60}
    )
    actions.save_self_review(rating, written=written, send=True, seen=0, by=own)
    actions.say_word(rating, text="Tôi xin ghi nhận thêm việc thứ ba", by=own)
    actions.prompt(rating.review, rating=rating, text="Nêu rõ việc quý III", by=_office(seed))
    rating = _rating(seed, seed.person)
    actions.record_tally(
        rating,
        votes={"good": 3, "excellent": 1},
        handed_out=4,
        invalid=0,
        seen=rating.version,
        by=_secretary(seed),
    )
    return _rating(seed, seed.person)


def _propose(seed: Seed, part: CellReview) -> None:
    for rating in Rating.objects.filter(review=part, not_rated="").select_related(
        "review__round", "review__cell"
    ):
        if not rating.cell_grade:
            actions.propose_grade(rating, grade="good", reason="", seen=rating.version, by=_secretary(seed))
    if part.held_on is None:
        actions.record_meeting(
            part, held_on=TODAY, method="secret", eligible=4, seen=part.version, by=_secretary(seed)
        )
    part = CellReview.objects.select_related("round", "cell").get(pk=part.pk)
    actions.propose(part, seen=part.version, by=_secretary(seed))


def _proposed(seed: Seed) -> CellReview:
    _written(seed)
    _propose(seed, _part(seed))
    return _part(seed)


def _appraised(seed: Seed) -> CellReview:
    part = _proposed(seed)
    actions.appraise(part, seen=part.version, by=_office(seed))
    return _part(seed)


def _decided(seed: Seed) -> CellReview:
    actions.decide([_appraised(seed)], decision="45-QĐ/ĐU", by=_office(seed))
    return _part(seed)


def _question(seed: Seed) -> Line:
    rating = _written(seed)
    return Line.objects.get(rating=rating, kind="word")


def _target(seed: Seed) -> Organization:
    """A cell with a resolution of its own and one target that nobody carries out yet."""
    resolution = sources.add_resolution(
        seed.cell, year=seed.plan.year, by=_secretary(seed), kind="thematic", number="", title="Xóa hộ nghèo",
        issued_on=None, meeting="",
    )  # fmt: skip
    sources.add_target(
        resolution, title="Ba hộ thoát nghèo", measure="Danh sách", field="production", due_on=TODAY,
        by=_secretary(seed),
    )  # fmt: skip
    return seed.cell


def _committee(seed: Seed) -> Organization:
    assert seed.cell.parent is not None
    make_post(seed.person, seed.cell.parent, "committee_member")
    return seed.cell.parent


def _note(seed: Seed) -> Note:
    return write_note(
        seed.cell, kind=NoteKind.GUIDANCE, text="Thông qua kế hoạch trước ngày 30.", by=_office(seed)
    )


def _handed_in(seed: Seed) -> HandedIn:
    kind = report_rules(TODAY).report("year")
    return hand_in(seed.cell, kind=kind, year=TODAY.year - 1, reason="", by=_office(seed))


Where = Callable[[Seed], str]
# Name → who looks, and where.
PAGES: dict[str, tuple[str, Where]] = {
    "list, empty": ("office", lambda _: "/kiem-diem/"),
    "list": ("secretary", lambda seed: f"/kiem-diem/?{_opened(seed).pk}"),
    "open": ("office", lambda seed: f"/kiem-diem/dot/mo/{seed.cell.parent.parent_id}/"),  # type: ignore[union-attr]
    "round, begun": ("office", lambda seed: _opened(seed).get_absolute_url()),
    "round, decided": ("office", lambda seed: _decided(seed).round.get_absolute_url()),
    "missing": ("office", lambda seed: f"{_opened(seed).get_absolute_url()}con-thieu/"),
    "decide, empty": ("office", lambda seed: f"{_opened(seed).get_absolute_url()}quyet-dinh/"),
    "decide": ("office", lambda seed: f"{_appraised(seed).round.get_absolute_url()}quyet-dinh/"),
    "cell, begun": ("secretary", lambda seed: _part(seed).get_absolute_url()),
    "cell, proposed": ("office", lambda seed: _proposed(seed).get_absolute_url()),
    "meeting": ("secretary", lambda seed: f"{_part(seed).get_absolute_url()}hop/"),
    "member, begun": ("secretary", lambda seed: _rating(seed, seed.person).get_absolute_url()),
    "member, written": ("secretary", lambda seed: _written(seed).get_absolute_url()),
    "member, proposed": (
        "office",
        lambda seed: (_proposed(seed), _rating(seed, seed.person).get_absolute_url())[1],
    ),
    "ballots": ("secretary", lambda seed: f"{_met(seed).get_absolute_url()}phieu/"),
    "overview": ("office", lambda _: "/toan-canh/"),
    "overview of a cell": ("secretary", lambda _: "/toan-canh/"),
    "notes, empty": ("office", lambda _: "/bieu-duong-nhac-nho/"),
    "notes": ("secretary", lambda seed: (_note(seed), "/bieu-duong-nhac-nho/")[1]),
    "note, to answer": ("secretary", lambda seed: _note(seed).get_absolute_url()),
    "note, to withdraw": ("office", lambda seed: _note(seed).get_absolute_url()),
    "charges": ("office", lambda seed: f"/phu-trach/{_committee(seed).pk}/"),
    "who is in charge": ("office", lambda seed: f"/phu-trach/{_committee(seed).pk}/quyet-dinh/"),
    "write a note": ("office", lambda seed: f"/bieu-duong-nhac-nho/viet/{seed.cell.pk}/"),
    "home with a note": ("secretary", lambda seed: (_note(seed), "/")[1]),
    "paper": ("secretary", lambda seed: f"{_rating(seed, seed.person).get_absolute_url()}ban-giay/"),
    "answer": ("secretary", lambda seed: f"/kiem-diem/tra-loi/{_question(seed).pk}/"),
    "mine, empty": ("member", lambda _: "/kiem-diem/cua-toi/"),
    "own, begun": ("member", lambda seed: f"/kiem-diem/cua-toi/{_rating(seed, seed.person).pk}/"),
    "own, written": ("member", lambda seed: f"/kiem-diem/cua-toi/{_written(seed).pk}/"),
    "own, decided": (
        "member",
        lambda seed: (_decided(seed), f"/kiem-diem/cua-toi/{_rating(seed, seed.person).pk}/")[1],
    ),
    "self review": (
        "member",
        lambda seed: f"/kiem-diem/cua-toi/{_rating(seed, seed.person).pk}/tu-kiem-diem/",
    ),
    "rules": ("office", lambda seed: f"/kiem-diem/quy-dinh/{seed.cell.parent_id}/"),
    "correct": ("office", lambda seed: f"/kiem-diem/quy-dinh/{seed.cell.parent_id}/cap.excellent.base/"),
    "figures": ("office", lambda _: "/so-lieu/"),
    "figures of a cell": ("secretary", lambda _: "/so-lieu/tuoi/"),
    "grades in figures": ("office", lambda seed: (_decided(seed), "/so-lieu/xep-loai/")[1]),
    "figures of another day": ("office", lambda _: f"/so-lieu/?ngay={TODAY - timedelta(days=1):%d/%m/%Y}"),
    "behind a figure": ("office", lambda _: "/so-lieu/tong-hop/danh-sach/?cot=trang-thai.dang-vien"),
    "years": ("office", lambda _: "/so-lieu/qua-cac-nam/"),
    "sources, empty": ("secretary", lambda seed: f"/phan-cong/nguon/{seed.cell.pk}/{seed.plan.year}/"),
    "sources": ("secretary", lambda seed: f"/phan-cong/nguon/{_target(seed).pk}/{seed.plan.year}/"),
    "new resolution": ("secretary", lambda seed: f"/phan-cong/nguon/{seed.cell.pk}/{seed.plan.year}/them/"),
    "results": ("secretary", lambda seed: reverse("results:place", args=[_target(seed).pk, seed.plan.year])),
    "handed in": ("office", lambda seed: _handed_in(seed).get_absolute_url()),
    "hand in": ("secretary", lambda seed: f"/so-lieu/nop/{seed.cell.pk}/"),
}
# The button that sends the form as it stands, which is then in error.
ERRORS: dict[str, str] = {
    "open": "Mở đợt",
    "meeting": "Ghi",
    "member, begun": "Ghi nhận xét",
    "self review": "Gửi chi bộ",
    "answer": "Ghi trả lời",
    "correct": "Ghi theo quyết định",
    "decide": "Ghi quyết định",
    "write a note": "Gửi",
    "who is in charge": "Ghi quyết định",
    "note, to answer": "Gửi trả lời",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_review_can_be_used_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    page = visit(getattr(seed, who)).open(where(seed))
    assert faults(page) == []


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_in_error_can_be_used_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    who, where = PAGES[name]
    page = visit(getattr(seed, who)).open(where(seed))
    page.get_by_role("button", name=ERRORS[name], exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert faults(page) == []


def _send(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def test_a_round_from_opening_to_closing_without_scripts(seed: Seed, visit: VisitorMaker) -> None:
    office = visit(seed.office, width=1366, scripts=False)
    page = office.open("/kiem-diem/")
    page.get_by_role("link", name="Mở đợt kiểm điểm").click()
    page.get_by_label("Văn bản mở đợt").fill("Kế hoạch số 12-KH/ĐU")
    _send(page, "Mở đợt")
    expect(page.get_by_text("Đã mở đợt kiểm điểm")).to_be_visible()

    own = visit(seed.member, scripts=False).open("/kiem-diem/cua-toi/")
    own.locator("a.task").click()
    own.get_by_role("link", name="Viết bản tự kiểm điểm").click()
    own.get_by_label("Ưu điểm, kết quả đạt được").fill("Hoàn thành hai việc được giao")
    own.get_by_label(re.compile("nhóm tiêu chí chung", re.IGNORECASE)).fill("28")
    own.get_by_label(re.compile("kết quả thực hiện", re.IGNORECASE)).fill("62")
    own.get_by_label("Tự nhận mức").select_option("good")
    _send(own, "Gửi chi bộ")
    expect(own.get_by_text("Đã gửi bản tự kiểm điểm.")).to_be_visible()

    secretary = visit(seed.secretary, scripts=False).open("/kiem-diem/")
    secretary.get_by_role("link", name="Mở phần của chi bộ").click()
    secretary.get_by_role("link", name=re.compile("Ghi ngày họp")).click()
    secretary.get_by_label("Số đồng chí có quyền bỏ phiếu").fill("4")
    _send(secretary, "Ghi")
    secretary.get_by_role("link", name=seed.person.full_name).click()
    secretary.get_by_label("Nhận xét của chi ủy").fill("Gương mẫu, đúng hạn")
    _send(secretary, "Ghi nhận xét")
    secretary.get_by_label("Hoàn thành tốt nhiệm vụ").fill("4")
    _send(secretary, "Ghi kết quả")
    secretary.get_by_label("Mức", exact=True).select_option("good")
    _send(secretary, "Ghi mức đề nghị")
    expect(secretary.get_by_text("Đã ghi mức chi bộ đề nghị.")).to_be_visible()

    # The other cells and members are written down by their own people; the secretary's own row by the deputy.
    for part in CellReview.objects.select_related("round", "cell").order_by("pk"):
        if part.cell_id != seed.cell.pk:
            _propose(seed, part)
    for rating in Rating.objects.filter(review__cell=seed.cell, not_rated="", cell_grade="").select_related(
        "review__round", "review__cell"
    ):
        actions.propose_grade(rating, grade="good", reason="", seen=rating.version, by=_secretary(seed))
    secretary.get_by_role("link", name=seed.cell.name).click()
    _send(secretary, "Gửi đề nghị của chi bộ lên cấp trên")
    expect(secretary.get_by_text("Đã gửi đề nghị lên cấp trên.")).to_be_visible()

    for part in CellReview.objects.order_by("pk"):
        page = office.open(part.get_absolute_url())
        _send(page, "Thẩm định xong cả chi bộ")
    page = office.open(Round.objects.get().get_absolute_url())
    page.get_by_role("link", name="Ghi quyết định xếp loại").click()
    page.get_by_label("Số quyết định").fill("45-QĐ/ĐU")
    _send(page, "Ghi quyết định")
    expect(page.get_by_text(re.compile("^Khớp"))).to_be_visible()
    _send(page, "Chốt số liệu của đợt")
    expect(page.get_by_text("Đã chốt số liệu của đợt.")).to_be_visible()

    own.reload()
    expect(own.get_by_text("Hoàn thành tốt nhiệm vụ").first).to_be_visible()


def test_a_round_of_2012_is_led_by_the_rules_of_2012(seed: Seed, visit: VisitorMaker) -> None:
    """The cells of this small committee are younger: the roll is that of today, the rules are those of then."""
    page = visit(seed.office, width=1366).open(f"/kiem-diem/dot/mo/{seed.cell.parent_id}/")
    page.get_by_label("Năm kiểm điểm").fill("2012")
    page.get_by_label("Theo quy định đang có hiệu lực ngày").fill("31/12/2012")
    page.get_by_label("Danh sách đảng viên tính đến ngày").fill("31/12/2012")
    page.get_by_label("Văn bản mở đợt").fill("Hướng dẫn năm 2012")
    _send(page, "Mở đợt")
    expect(page.get_by_role("alert")).to_contain_text("chưa có chi bộ nào có đảng viên")


def test_the_figures_of_the_year_are_three_presses_from_home_and_downloaded(
    seed: Seed, visit: VisitorMaker
) -> None:
    """J10: the office has four."""
    visitor = visit(seed.office, width=1366)
    page = visitor.open("/")
    page.get_by_role("link", name="Số liệu", exact=True).first.click()
    page.get_by_role("link", name="Kết quả thực hiện").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải Excel").click()
    assert download.value.suggested_filename.startswith("so-lieu-viec-")
