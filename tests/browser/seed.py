"""A small committee for the browser: two committees, four cells, plans with a gap, a job under way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from phancong.accounts.models import User
from phancong.jobs.models import Job
from phancong.members.enums import CompetenceKind, LimitKind, Status
from phancong.members.models import Competence, Member, WorkLimit
from phancong.organizations.models import Organization
from phancong.personal_data.models import DataRequest
from phancong.planning.models import Assignment, Duty, Objection, Plan, PlanStep, Unmet
from phancong.yearbook.models import (
    Correction,
    Pledge,
    PledgeNote,
    Remark,
    ResidenceContact,
    StudyAttendance,
    StudySession,
)
from tests import factories

NAMES = (
    "Nguyễn Thị Hoà", "Rah Lan H'Bia", "Trần Văn Đặng", "Siu Y Thương", "Lê Thị Ánh Tuyết", "Ksor Nay",
    "Phạm Hữu Nghĩa", "Đinh Công Ước", "Vũ Thị Mỹ Dung", "Hoàng Ngọc Quỳnh", "Ro Mah H'Nhung", "Bùi Thế Ẩn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seed:
    office: User
    secretary: User
    member: User
    idle_member: User
    cell: Organization
    bare_cell: Organization
    plan: Plan
    assignment: Assignment
    job: Job
    data_request: DataRequest
    person: Member
    remark: Remark
    session: StudySession


def seed_committee(today: date) -> Seed:
    ward = factories.make_organization("ward", name="Đảng bộ phường Thử Nghiệm")
    hamlets = factories.make_committee(parent=ward, name="Đảng bộ khu dân cư phía Đông")
    school = factories.make_committee(parent=ward, name="Đảng bộ Trường Trung học phổ thông")
    cells = [
        factories.make_cell(parent=hamlets, name="Chi bộ tổ dân phố 1"),
        factories.make_cell(parent=hamlets, name="Chi bộ buôn Hoai"),
        factories.make_cell(kind="work_cell", parent=school, name="Chi bộ Tổ Khoa học tự nhiên"),
        factories.make_cell(kind="work_cell", parent=school, name="Chi bộ Tổ Văn phòng"),
    ]
    people = [_member(cells[number % 3], name, number) for number, name in enumerate(NAMES)]
    secretary = people[0]
    factories.make_post(secretary, cells[0])
    plan = _plan(cells[0], people, today)
    now = timezone.now()
    remark, session = _year(cells[0], cells[1], people[3], today)
    return Seed(
        office=factories.make_office_user(ward),
        secretary=factories.make_user(secretary),
        member=factories.make_user(people[3]),
        idle_member=factories.make_user(people[1]),
        cell=cells[0],
        bare_cell=cells[1],
        plan=plan,
        assignment=Assignment.objects.filter(duty__plan=plan).order_by("id")[:1].get(),
        job=_job(ward, now),
        data_request=_data_request(people[3], today),
        person=people[3],
        remark=remark,
        session=session,
    )


def _member(cell: Organization, name: str, number: int) -> Member:
    status = Status.PROBATIONARY if number % 5 == 4 else Status.EXEMPT if number % 7 == 6 else Status.OFFICIAL
    member = factories.make_member(
        cell,
        full_name=name,
        birth_date=date(1955 + number * 3, 1 + number, 13),
        card_number=None if number % 4 == 3 else f"{12345600 + number}",
        status=status,
        category="exempt" if status == Status.EXEMPT else "residential",
    )
    Competence.objects.create(member=member, kind=CompetenceKind.LANGUAGE, code="jrai", level=2)
    return member


def _plan(cell: Organization, people: list[Member], today: date) -> Plan:
    plan = Plan.objects.create(
        cell=cell, year=today.year, drafted_at=timezone.now(), is_proved=True, opinions_until=today
    )
    WorkLimit.objects.create(
        member=people[3], kind=LimitKind.LIGHT_WORK, valid_from=today, valid_until=today + timedelta(days=200)
    )
    for number, title in enumerate(
        ("Vận động hộ nghèo vươn lên thoát nghèo", "Phụ trách nhóm hộ số 2"), start=1
    ):
        duty = Duty.objects.create(
            plan=plan,
            number=number,
            title=title,
            field="economy",
            monthly_hours=6,
            source="catalogue",
            due_on=date(today.year, 12, 20),
            product="Báo cáo kết quả theo quý",
        )
        Assignment.objects.create(duty=duty, member=people[3], is_lead=number == 1, source="proposed", fit=80)
    Objection.objects.create(
        plan=plan, member=people[3], duty=duty, about=duty.title, text="Nhà xa nhóm hộ này", at=timezone.now()
    )
    PlanStep.objects.create(
        plan=plan, since=0, version=1, words="Giao “Phụ trách nhóm hộ số 2” cho đ/c Siu Y Thương",
        at=timezone.now(), by_name="Nguyễn Thị Hoà", before={},
    )  # fmt: skip
    Unmet.objects.create(
        plan=plan,
        duty=duty,
        rule="headcount",
        sentence="Việc “Phụ trách nhóm hộ số 2” còn thiếu 1 người biết tiếng Jrai.",
        relaxation="Cho đồng chí ở chi bộ bên tham gia.",
    )
    return plan


def _year(
    cell: Organization, other: Organization, member: Member, today: date
) -> tuple[Remark, StudySession]:
    """A member of each of two cells lives in the other; a remark, a pledge, a note and a session."""
    guest = Member.objects.filter(cell=other)[:1].get()
    for person, work, home in ((member, cell, other), (guest, other, cell)):
        contact = ResidenceContact.objects.create(
            member=person, member_name=person.full_name, member_sort_key=person.sort_key, work_cell=work,
            year=today.year, group="ordinary", residence_cell=home, letter_number="3-GT/CB", letter_on=today,
            received_on=today,
        )  # fmt: skip
        remark = Remark.objects.create(
            kind="residence", cell=work, member=person, contact=contact, year=today.year,
            asked_of=f"Chi ủy {home.name}", asked_on=today, text="Tham gia đủ các buổi họp dân.",
            given_by=f"Chi ủy {home.name}", given_on=today,
        )  # fmt: skip
    Remark.objects.create(
        kind="front", cell=cell, member=member, year=today.year, asked_of="Mặt trận thôn 1", asked_on=today
    )
    Pledge.objects.create(
        member=member, year=today.year, content="Đọc một tài liệu mỗi tuần", registered_on=today
    )
    note = PledgeNote.objects.create(
        member=member, year=today.year, done_on=today, text="Dọn đường thôn", version=2
    )
    Correction.objects.create(
        kind="note", row_id=note.pk, member=member, cell=cell, field="việc đã làm", before="Dọn đường",
        after=note.text, reason="Ghi rõ", by_role="chính đồng chí ấy", recorded_at=timezone.now(),
    )  # fmt: skip
    session = StudySession.objects.create(
        organizer=cell, kind="theme", title="Chuyên đề làm theo gương Bác", held_on=today, year=today.year
    )
    StudyAttendance.objects.create(session=session, member=member, cell=cell, state="absent")
    return remark, session


def _data_request(member: Member, today: date) -> DataRequest:
    return DataRequest.objects.create(
        member=member,
        kind="correction",
        address=f"members.Member:{member.pk}",
        field="occupation",
        about="Thông tin chung: Nghề nghiệp, chức vụ công tác",
        wish="Giáo viên",
        asked_at=timezone.now(),
        due_on=today + timedelta(days=10),
    )


def _job(ward: Organization, now: datetime) -> Job:
    return Job.objects.create(
        kind="draft_plans",
        title="Gợi ý phân công năm nay cho 4 chi bộ",
        place=ward.path,
        state=Job.State.RUNNING,
        rows_done=640,
        rows_total=1378,
        created_at=now,
        beat_at=now,
    )
