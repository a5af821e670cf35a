"""A small world for the tests of trust: two wards, four cells, ten people before the door."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.test import Client
from django.utils import timezone

from phancong.accounts.models import Appointment, OpenSession, Passkey, User
from phancong.figures.models import HandedIn
from phancong.followups import actions as following
from phancong.followups.enums import EntryKind
from phancong.followups.photos import Prepared
from phancong.jobs.models import Job
from phancong.meetings.models import AgendaItem, Attendance, Meeting, SignedMinutes
from phancong.meetings.papers.writing import minutes_docx, minutes_pdf
from phancong.members.enums import CompetenceKind, Status
from phancong.members.models import (
    Competence,
    Experience,
    Member,
    RosterImport,
    StatusPeriod,
    Wish,
    WorkLimit,
    WorkLimitReason,
)
from phancong.organizations.actions import merge_organizations
from phancong.organizations.models import Organization
from phancong.oversight.models import Note
from phancong.personal_data.models import DataRequest
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Objection, Plan
from phancong.planning.source_models import Resolution, Target
from phancong.reorganizations.models import Reorganization
from phancong.reviews.models import CellReview, Line, Rating, Round, SelfReview, Tally
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.transfers.models import Transfer
from phancong.yearbook.models import (
    Pledge,
    PledgeNote,
    Remark,
    ResidenceContact,
    StudyAttendance,
    StudySession,
)
from tests import factories

PERSONAS = (
    "khách",
    "đảng_viên_A",
    "đảng_viên_B",
    "bí_thư_cùng",
    "bí_thư_khác",
    "đảng_ủy_cơ_sở",
    "văn_phòng",
    "kiểm_tra_có_quyết_định",
    "kiểm_tra_hết_hạn",
    "quản_trị_kỹ_thuật",
)
# Of them those who together see every kind of page.
READERS = ("khách", "đảng_viên_A", "bí_thư_cùng", "văn_phòng", "kiểm_tra_có_quyết_định")
CELLS = ("C1", "C2", "C3", "C4")
"""C1 and C2 stand under committee K1, C3 under K2, all in ward W1; C4 stands under K3 in ward W2."""


@dataclass(slots=True)
class World:
    today: date
    organizations: dict[str, Organization] = field(default_factory=dict)
    members: dict[str, list[Member]] = field(default_factory=dict)
    """The people of each cell; the first is its secretary."""
    users: dict[str, User] = field(default_factory=dict)
    things: dict[str, dict[str, int]] = field(default_factory=dict)
    """Name of an id in addresses → cell → an id of that cell."""

    def client(self, persona: str, **options: bool) -> Client:
        client = Client(**options)  # type: ignore[arg-type]
        if persona != "khách":
            client.force_login(self.users[persona])
        return client

    @property
    def year(self) -> int:
        return self.today.year


def make_world() -> World:
    world = World(timezone.localdate())
    _organizations(world)
    for code in CELLS:
        _cell(world, code)
    _personas(world)
    return world


def token(group: str, member: Member) -> str:
    """A word that stands nowhere else, in the field of `group` of this member."""
    return f"kn{group}x{member.pk}y"


def _organizations(world: World) -> None:
    since = world.today - timedelta(days=400)
    made = world.organizations
    for ward in ("W1", "W2"):
        made[ward] = factories.make_organization("ward", name=f"Đảng bộ phường {ward}", founded_on=since)
    for committee, ward in (("K1", "W1"), ("K2", "W1"), ("K3", "W2")):
        made[committee] = factories.make_organization(
            "grassroots_committee", parent=made[ward], name=f"Đảng bộ {committee}", founded_on=since
        )
    for cell, committee in zip(CELLS, ("K1", "K1", "K2", "K3"), strict=True):
        made[cell] = factories.make_cell(parent=made[committee], name=f"Chi bộ {cell}", founded_on=since)


def _cell(world: World, code: str) -> None:
    cell = world.organizations[code]
    people = [_member(world, cell) for _ in range(4)]
    factories.make_post(people[0], cell, since=cell.founded_on)
    world.members[code] = people
    plan = Plan.objects.create(
        cell=cell, year=world.year, drafted_at=timezone.now(), opinions_until=world.today
    )
    resolution = Resolution.objects.create(
        organization=cell, kind="thematic", title=f"Trật tự, an toàn ở {cell.name}", year=world.year
    )
    target = Target.objects.create(
        resolution=resolution, number=1, title="Không có vụ việc mới", field="public_order",
        due_on=date(world.year, 12, 15),
    )  # fmt: skip
    duty = Duty.objects.create(
        target=target,
        plan=plan, number=1, title=f"Nắm tình hình ở {cell.name}", field="public_order",
        due_on=date(world.year, 12, 15), headcount_max=3, monthly_hours=4, categories=["residential"],
    )  # fmt: skip
    given = Assignment.objects.create(duty=duty, member=people[1], is_lead=True, fit=40)
    kept = Exclusion.objects.create(duty=duty, member=people[2], reason=token("exclusion", people[2]))
    Apartness.objects.create(plan=plan, first=people[1], second=people[3])
    said = Objection.objects.create(
        plan=plan, member=people[1], duty=duty, text=token("opinion", people[1]), at=timezone.now()
    )
    job = Job.objects.create(
        kind="draft_plans", title=f"Lập kế hoạch {cell.name}", place=cell.path, parameters={},
        created_at=timezone.now(), beat_at=timezone.now(), created_by=None, state=Job.State.DONE,
    )  # fmt: skip
    roster = RosterImport.objects.create(
        file_name=f"{code}.xlsx", digest=code * 20, content=b"", organization=cell, created_at=timezone.now(),
        state=RosterImport.State.CANCELLED,
    )  # fmt: skip
    appointee = factories.make_user(people[3])
    appointed = factories.make_appointment(appointee, cell, "record_keeper", since=cell.founded_on)
    now = timezone.now()
    key = Passkey.objects.create(user=appointee, name="Máy", key_id=f"khoa-{code}", public=b"", made_at=now)
    opened = OpenSession.objects.create(
        user=appointee, session_key=f"phien-{code}", device="Máy", address="10.0.0.1", since=now, seen_at=now
    )
    asked = DataRequest.objects.create(
        member=people[1], kind="objection", address="members.Wish", about="Nguyện vọng",
        wish=token("asked", people[1]), asked_at=timezone.now(), due_on=world.today + timedelta(days=9),
    )  # fmt: skip
    year_ids = _year_of(world, cell, people)
    meeting = Meeting.objects.create(
        cell=cell, kind="regular", held_on=world.today, starts_at=time(19, 30), place="Nhà văn hóa",
        state="held", number=1,
    )  # fmt: skip
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Nhiệm vụ tháng tới")
    Attendance.objects.create(
        meeting=meeting,
        member=people[1],
        presence="excused",
        status="official",
        reason=token("absence", people[1]),
    )
    ids = {
        "member_id": people[1].pk, "cell_id": cell.pk, "organization_id": cell.pk, "duty_id": duty.pk,
        "assignment_id": given.pk, "exclusion_id": kept.pk, "job_id": job.pk, "import_id": roster.pk,
        "user_id": appointee.pk, "appointment_id": appointed.pk, "key_id": key.pk, "opened_id": opened.pk,
        "request_id": asked.pk, "plan_id": plan.pk, "objection_id": said.pk, "meeting_id": meeting.pk,
        "item_id": item.pk, "resolution_id": resolution.pk, "target_id": target.pk, **year_ids,
        **_reviewed(world, cell, people),
        "handed_id": _handed_in(world, cell), **_overseen(world, cell), "transfer_id": _leaving(world, cell, people),
        **_followed(world, cell, people), **_left_behind(world, cell),
    }  # fmt: skip
    for name, pk in ids.items():
        world.things.setdefault(name, {})[code] = pk


def _year_of(world: World, cell: Organization, people: list[Member]) -> dict[str, int]:
    """What member A of the cell did around the year; the contact leads home to the cell itself, so to both sides."""
    member, today = people[1], world.today
    contact = ResidenceContact.objects.create(
        member=member, member_name=member.full_name, member_sort_key=member.sort_key, work_cell=cell,
        year=world.year, group="ordinary", residence_cell=cell, letter_number="1-GT", letter_on=today,
    )  # fmt: skip
    remark = Remark.objects.create(
        kind="residence", cell=cell, member=member, contact=contact, year=world.year, asked_of="Chi ủy",
        asked_on=today, text=token("remark", member), given_by="Chi ủy", given_on=today,
    )  # fmt: skip
    pledge = Pledge.objects.create(
        member=member, year=world.year, content=token("pledge", member), registered_on=today
    )
    note = PledgeNote.objects.create(
        member=member, year=world.year, done_on=today, text=token("pledge", member)
    )
    session = StudySession.objects.create(
        organizer=cell, kind="theme", title="Chuyên đề", held_on=today, year=world.year
    )
    StudyAttendance.objects.create(session=session, member=member, cell=cell)
    return {
        "contact_id": contact.pk, "remark_id": remark.pk, "pledge_id": pledge.pk, "note_id": note.pk,
        "session_id": session.pk,
    }  # fmt: skip


def _handed_in(world: World, cell: Organization) -> int:
    """Figures of last year that the cell handed in."""
    year = world.year - 1
    handed = HandedIn.objects.create(
        organization=cell, kind="year", year=year, number=1, counted_on=date(year, 12, 31), due_on=world.today,
        content={}, digest="x", recorded_at=timezone.now(),
    )  # fmt: skip
    return handed.pk


def _overseen(world: World, cell: Organization) -> dict[str, int]:
    """What the ward wrote to the cell."""
    above = world.organizations["W2" if cell == world.organizations["C4"] else "W1"]
    note = Note.objects.create(
        organization=cell, origin=above, kind="praise", text=f"Làm tốt ở {cell.name}",
        written_on=world.today, recorded_at=timezone.now(), recorded_by_name="Văn phòng",
    )  # fmt: skip
    committee = factories.parent_of(cell)
    area = factories.make_area(committee=committee, since=cell.founded_on)
    plan = SecondmentPlan.objects.create(
        committee=committee, state="decided", made_on=world.today, form="official", decision_number="12-QĐ/ĐU",
        decided_on=world.today,
    )  # fmt: skip
    serving = Secondment.objects.create(
        plan=plan, member=world.members[cell.name.removeprefix("Chi bộ ")][1], area=area, home=cell, cell=cell,
        state="serving", valid_from=world.today, terms=["limit"],
    )  # fmt: skip
    draft = Reorganization.objects.create(
        committee=cell, keeper=cell, title=f"Sắp xếp {cell.name}", effective_on=world.today
    )
    return {
        "reorganization_id": draft.pk,
        "notice_id": note.pk, "area_id": area.pk, "secondment_plan_id": plan.pk, "secondment_id": serving.pk,
    }  # fmt: skip


def _left_behind(world: World, cell: Organization) -> dict[str, int]:
    """The plan and the minutes of a cell that was merged into this one."""
    since = cell.founded_on
    gone = factories.make_cell(parent=factories.parent_of(cell), name=f"{cell.name} cũ", founded_on=since)
    plan = Plan.objects.create(cell=gone, year=since.year, drafted_at=timezone.now(), stage="adopted")
    meeting = Meeting.objects.create(
        cell=gone, kind="regular", held_on=since, starts_at=time(19, 30), place="Nhà văn hóa",
        state="signed", number=1,
    )  # fmt: skip
    SignedMinutes.objects.create(
        meeting=meeting, docx=minutes_docx(meeting), docx_digest="x", pdf=minutes_pdf(meeting), pdf_digest="x",
        recorded_at=timezone.now(),
    )  # fmt: skip
    merge_organizations(
        sources=[gone], into=cell, by=factories.make_office(world.today), effective_on=world.today,
        decision_number="9-QĐ/ĐU", decided_on=world.today,
    )  # fmt: skip
    return {"kept_plan_id": plan.pk, "kept_meeting_id": meeting.pk}


def _leaving(world: World, cell: Organization, people: list[Member]) -> int:
    """Member A asked to be transferred out of the system; the words of it are for those who keep the papers."""
    member, today = people[1], world.today
    asked = Transfer.objects.create(
        member=member, member_name=member.full_name, kind="official", home=cell, outside="Đảng ủy xã khác",
        reason="home", note=token("transfer", member), decided_on=today, requested_on=today,
        due_on=today + timedelta(days=80),
    )  # fmt: skip
    return asked.pk


def _reviewed(world: World, cell: Organization, people: list[Member]) -> dict[str, int]:
    """A round of the cell itself with member A in it, whose word waits for an answer; nothing is decided yet."""
    member, today = people[1], world.today
    round_ = Round.objects.create(
        committee=cell, year=world.year, rules_on=today, counted_on=today, opened_on=today, basis="Kế hoạch"
    )
    review = CellReview.objects.create(
        round=round_, cell=cell, grassroots=cell, sort_key=cell.sort_key, held_on=today, eligible=4
    )
    rating = Rating.objects.create(
        review=review, member=member, member_name=member.full_name, sort_key=member.sort_key, group="member",
        committee_remark=token("review", member), cell_grade="good",
    )  # fmt: skip
    SelfReview.objects.create(
        rating=rating, strengths=token("selfreview", member), grade="good", sent_on=today
    )
    Tally.objects.create(rating=rating, method="secret", eligible=4, handed_out=4, votes={"good": 4})
    line = Line.objects.create(
        review=review, rating=rating, kind="word", text=token("word", member), recorded_at=timezone.now()
    )
    return {
        "round_id": round_.pk, "review_id": review.pk, "rating_id": rating.pk, "line_id": line.pk,
    }  # fmt: skip


def _followed(world: World, cell: Organization, people: list[Member]) -> dict[str, int]:
    """Work of the last adopted plan, with a difficulty that waits for an answer and its photograph."""
    year = world.year - 1
    plan = Plan.objects.create(cell=cell, year=year, drafted_at=timezone.now())
    duty = Duty.objects.create(
        plan=plan, number=1, title=f"Việc năm trước của {cell.name}", field="public_order",
        due_on=date(year, 12, 15), monthly_hours=4,
    )  # fmt: skip
    given = Assignment.objects.create(duty=duty, member=people[1], source="chosen")
    secretary = factories.make_actor("secretary", cell.path, world.today)
    adopted_on = date(year, 12, 31)
    following.adopt(plan, version=1, adopted_on=adopted_on, basis="Biên bản số 01-BB/CB", by=secretary)
    given = Assignment.objects.select_related("duty__plan__cell", "member").get(pk=given.pk)
    entry = following.report(
        given,
        kind=EntryKind.DIFFICULT,
        text="Thiếu loa",
        photo=Prepared(b"anh", 1, 1),
        by=secretary,
        is_on_behalf=True,
    )
    return {"work_id": given.pk, "entry_id": entry.pk, "matter_id": entry.matter.pk}


def _member(world: World, cell: Organization) -> Member:
    """A member with a word of their own in every sensitive field that takes words."""
    member = factories.make_member(cell, since=cell.founded_on)
    member.occupation, member.workplace = token("work", member), token("work", member)
    member.household_group = token("work", member)
    member.save()
    year = world.year
    Competence.objects.create(member=member, kind=CompetenceKind.LANGUAGE, code="jrai", level=2)
    Experience.objects.create(
        member=member, field="public_order", description=token("work", member), from_year=year - 3
    )
    Wish.objects.create(member=member, year=year, field="public_order", note=token("work", member))
    limit = WorkLimit.objects.create(member=member, kind="light_work", valid_from=cell.founded_on)
    WorkLimitReason.objects.create(limit=limit, text=token("reason", member), health_grade=4)
    member.status_periods.update(valid_from=cell.founded_on + timedelta(days=30))
    StatusPeriod.objects.create(
        member=member,
        status=Status.SUSPENDED,
        decision_number=token("discipline", member),
        valid_from=cell.founded_on,
        valid_until=cell.founded_on + timedelta(days=30),
    )
    return member


def _personas(world: World) -> None:
    cells, places, users = world.members, world.organizations, world.users
    users["đảng_viên_A"] = factories.make_user(cells["C1"][1], username="dang-vien-a")
    users["đảng_viên_B"] = factories.make_user(cells["C1"][2], username="dang-vien-b")
    users["bí_thư_cùng"] = factories.make_user(cells["C1"][0], username="bi-thu-cung")
    users["bí_thư_khác"] = factories.make_user(cells["C2"][0], username="bi-thu-khac")
    users["đảng_ủy_cơ_sở"] = factories.make_user(cells["C2"][1], username="dang-uy")
    factories.make_post(cells["C2"][1], places["K1"], "committee_member", since=places["K1"].founded_on)
    yesterday = world.today - timedelta(days=1)
    roles = {
        "văn_phòng": ("office", None),
        "kiểm_tra_có_quyết_định": ("inspector", world.today + timedelta(days=30)),
        "kiểm_tra_hết_hạn": ("inspector", yesterday),
        "quản_trị_kỹ_thuật": ("technician", None),
    }
    for number, (persona, (role, until)) in enumerate(roles.items()):
        member = cells["C2"][2] if persona == "kiểm_tra_có_quyết_định" else None
        users[persona] = factories.make_user(member, username=f"vai-{number}")
        Appointment.objects.create(
            user=users[persona], role=role, organization=places["W1"], decision_number="1-QĐ",
            valid_from=places["W1"].founded_on, valid_until=until,
        )  # fmt: skip
