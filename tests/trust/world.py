"""A small world for the tests of trust: two wards, four cells, ten people before the door."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.test import Client
from django.utils import timezone

from phancong.accounts.models import Appointment, OpenSession, Passkey, User
from phancong.jobs.models import Job
from phancong.meetings.models import AgendaItem, Attendance, Meeting
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
from phancong.organizations.models import Organization
from phancong.personal_data.models import DataRequest
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Objection, Plan
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
    duty = Duty.objects.create(
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
    meeting = Meeting.objects.create(
        cell=cell, kind="regular", held_on=world.today, starts_at=time(19, 30), place="Nhà văn hóa",
        state="held", number=1,
    )  # fmt: skip
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Nhiệm vụ tháng tới")
    Attendance.objects.create(
        meeting=meeting, member=people[1], presence="excused", status="official", reason=token("reason", people[1])
    )
    ids = {
        "member_id": people[1].pk, "cell_id": cell.pk, "organization_id": cell.pk, "duty_id": duty.pk,
        "assignment_id": given.pk, "exclusion_id": kept.pk, "job_id": job.pk, "import_id": roster.pk,
        "user_id": appointee.pk, "appointment_id": appointed.pk, "key_id": key.pk, "opened_id": opened.pk,
        "request_id": asked.pk, "plan_id": plan.pk, "objection_id": said.pk, "meeting_id": meeting.pk,
        "item_id": item.pk,
    }  # fmt: skip
    for name, pk in ids.items():
        world.things.setdefault(name, {})[code] = pk


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
