"""The year of a small cell, led through the site by its secretary and a member, as the pages offer it."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from phancong.accounts.models import User
from phancong.audit.log import first_broken_line
from phancong.followups.models import Entry, Progress
from phancong.meetings.models import Meeting, SignedMinutes
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.actions import load_catalogue
from phancong.planning.models import Adjustment, Adoption, Assignment, Plan
from tests.factories import TODAY, make_office, make_post, make_user
from tests.planning.cells import belonging_member, hamlet_cell
from tests.year.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture
def cell() -> Organization:
    load_catalogue(by=make_office(TODAY))
    found, _ = hamlet_cell()
    return found


@pytest.fixture
def people(cell: Organization) -> list[Member]:
    names = ("Rah Lan H'Bia", "Siu Blơh", "Nay Phin", "Ksor H'Rin", "Nguyễn Văn Tám")
    return [belonging_member(cell, full_name=name) for name in names]


@pytest.fixture
def leader(cell: Organization, people: list[Member]) -> Visitor:
    make_post(people[0], cell)
    return Visitor(make_user(people[0]))


def board(cell: Organization) -> str:
    return f"/phan-cong/{cell.pk}/{TODAY.year}/"


def somebody_with_work(people: list[Member]) -> tuple[Member, Visitor]:
    """Not the secretary: nobody remarks on their own work."""
    member = next(one for one in people[1:] if Assignment.objects.filter(member=one).exists())
    return member, Visitor(make_user(member))


def draft(leader: Visitor, cell: Organization) -> Plan:
    leader.open(board(cell)).send("^Gợi ý")
    leader.send("^Nhận cả bản gợi ý")
    last_day = f"{TODAY + timedelta(days=3):%d/%m/%Y}"
    leader.send("^Lấy ý kiến$", **{"den-ngay": last_day})
    return Plan.objects.get()


def say_an_opinion(member: Visitor, leader: Visitor, cell: Organization) -> None:
    member.open("/phan-cong/du-kien/").send("Gửi ý kiến", **{"y-kien": "Xin làm việc gần nhà"})
    leader.open(board(cell))
    assert "Xin làm việc gần nhà" in leader.text
    leader.send("Giữ như dự thảo", **{"tra-loi": "Việc này ở ngay tổ của đồng chí"})
    assert "Việc này ở ngay tổ của đồng chí" in member.open("/phan-cong/du-kien/").text


def meet(leader: Visitor, cell: Organization, people: list[Member]) -> Meeting:
    leader.open(f"/sinh-hoat/chi-bo/{cell.pk}/lap-lich/").send(
        "^Lập kỳ họp này",
        held_on=f"{TODAY:%d/%m/%Y}",
        starts_at="19:30",
        place="Nhà Rông",
        chair=people[0].pk,
        secretary=people[1].pk,
    )
    meeting = Meeting.objects.get()
    at = f"/sinh-hoat/{meeting.pk}/"
    leader.open(f"{at}chuong-trinh/").send("^Thêm vào chương trình", title="Kế hoạch phân công", kind="plan")
    leader.open(at).send("^Bắt đầu họp")
    leader.open(f"{at}diem-danh/").send("^Lưu điểm danh")
    item = meeting.items.get(kind="plan")
    leader.open(f"/sinh-hoat/muc/{item.pk}/").send(
        "^Lưu vào biên bản", discussion="Đ/c Siu Blơh: nhất trí.", summary="Thông qua."
    )
    leader.open(f"/sinh-hoat/muc/{item.pk}/bieu-quyet/").send(
        "^Ghi kết quả", in_favour=len(people), against=0, other=0
    )
    leader.open(f"/sinh-hoat/muc/{item.pk}/ket-luan/").send(
        "^Ghi kết luận",
        text="Dọn tuyến mương trước mùa khô",
        becomes="duty",
        member=people[2].pk,
        due_on=f"31/12/{TODAY.year}",
    )
    leader.open(f"{at}doc-lai/").send("^Thông qua biên bản", ends_at="21:15")
    leader.open(f"{at}doc-lai/").send("^Ký biên bản")
    return meeting


def report_done(member: Visitor) -> None:
    member.open("/").follow("^Báo kết quả")
    member.send("^Đã xong").send("^Xem lại", text="Đã vận động được 12 hộ").send("^Gửi$")
    assert "Đã gửi lúc" in member.text


def test_a_cell_is_led_through_its_year(cell: Organization, people: list[Member], leader: Visitor) -> None:
    plan = draft(leader, cell)
    who, member = somebody_with_work(people)
    say_an_opinion(member, leader, cell)

    meeting = meet(leader, cell, people)
    plan.refresh_from_db()
    adoption = Adoption.objects.get()
    assert (plan.stage, adoption.adopted_on) == ("adopted", TODAY)
    assert adoption.basis.startswith("Biên bản họp chi bộ số 01-BB/CB")
    minutes = Document(io.BytesIO(bytes(SignedMinutes.objects.get(meeting=meeting).docx)))
    named = "\n".join(cell.text for table in minutes.tables for row in table.rows for cell in row.cells)
    assert all(person.full_name in named for person in people)
    concluded = Assignment.objects.get(duty__title="Dọn tuyến mương trước mùa khô")
    assert (concluded.member, concluded.progress.state) == (people[2], "running")

    report_done(member)
    work = Progress.objects.get(member=who, state="awaiting").assignment
    leader.open(f"/viec/{work.pk}/").send("^Ghi nhận hoàn thành")
    assert Progress.objects.get(assignment=work).state == "done"

    later = f"31/12/{TODAY.year}"
    running = Progress.objects.filter(state="running").exclude(member=people[0])
    other = running.exclude(due_on=date(TODAY.year, 12, 31)).order_by("pk").first()
    assert other is not None
    leader.open(f"/viec/{other.pk}/gia-han/").send(
        "^Ghi gia hạn", new_due=later, reason="Mưa lũ", basis="Ý kiến chi ủy"
    )
    other.refresh_from_db()
    assert (other.due_on, other.first_due_on < other.due_on) == (date(TODAY.year, 12, 31), True)

    Member.objects.filter(pk=other.member_id).update(status="suspended")
    leader.open(f"{board(cell)}can-xem-lai/").send("Thôi giao, chưa có người thay")
    assert Adjustment.objects.filter(ended__member=other.member_id).count() == 1

    leader.open(f"/theo-doi/{cell.pk}/?nam={TODAY.year}")
    assert "Dọn tuyến mương trước mùa khô" in leader.text
    leader.open(f"/dang-vien/{who.pk}/qua-cac-nam/")
    assert "Hoàn thành đúng hạn" in leader.text
    member.open(f"/viec/{work.pk}/")
    chain = ["Biên bản họp chi bộ số 01-BB/CB", "Đã vận động được 12 hộ", "hoàn thành"]
    assert [words for words in chain if words not in member.text] == []
    assert set(Entry.objects.values_list("kind", flat=True)) == {"done", "accept", "extend", "end"}
    assert first_broken_line() is None


def test_the_papers_of_the_year_come_out_of_it(
    cell: Organization, people: list[Member], leader: Visitor
) -> None:
    draft(leader, cell)
    meeting = meet(leader, cell, people)
    for address in (
        *(f"{board(cell)}van-ban/{kind}/" for kind in ("minutes", "list", "resolution", "slips")),
        *(f"/sinh-hoat/{meeting.pk}/van-ban/{kind}/" for kind in ("agenda", "sheet", "minutes")),
    ):
        answer = leader.client.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert Document(io.BytesIO(content)).paragraphs, address
    pdf = leader.client.get(f"/sinh-hoat/{meeting.pk}/van-ban/minutes-pdf/")
    assert pdf.content.startswith(b"%PDF")


def test_a_stranger_finds_none_of_it(cell: Organization, people: list[Member], leader: Visitor) -> None:
    draft(leader, cell)
    meeting = meet(leader, cell, people)
    stranger: User = make_user()
    visitor = Visitor(stranger)
    for address in (board(cell), f"/sinh-hoat/{meeting.pk}/", f"/theo-doi/{cell.pk}/"):
        assert visitor.client.get(address).status_code == 404, address
