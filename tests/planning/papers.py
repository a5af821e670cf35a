"""Plans of cells of any size, put straight into the tables, for the tests of documents and workbooks."""

from datetime import UTC, date, datetime

from phancong.common.text import order_key, split_name
from phancong.members.enums import LimitKind, MembershipKind, Sex, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod, WorkLimit, WorkLimitReason
from phancong.organizations.models import Area, Organization, OrganizationVersion, path_step
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Assignment, Duty, Plan, Unmet

PRIVATE_REASON = "thoát vị đĩa đệm"
FAMILIES = ("Nguyễn", "Rah Lan", "Ksor", "Đặng", "Siu", "Nay", "Trần", "Rơ Châm", "Lê", "Phạm", "Kpă", "Vũ")
GIVEN = (
    "H'Bia", "Dũng", "Thị Hòa", "Văn Ẩn", "Thị Ửng", "Thị Ngoãn", "Đình Đỡ", "Hữu Nghĩa", "Thị Tuyết", "Quỳnh Như",
    "Xuân Bổng", "Thị Kiều Oanh", "Ýt", "Thế Vỹ", "Thị Ỷ", "Công Uẩn", "Thị Huệ", "Y Ơn", "Bá Ngọc", "Thị Ẵm",
)  # fmt: skip
DUTIES = (
    ("Phụ trách tổ liên gia số 1", "group_charge", "Sổ theo dõi hộ; hai lần họp tổ mỗi quý"),
    ("Vận động nhân dân giữ gìn trật tự, an toàn khu dân cư", "security", "Tổ tự quản hoạt động hằng tuần"),
    ("Giúp hộ nghèo chuyển đổi cây trồng, phát triển sản xuất", "production", "Ba hộ có mô hình mới"),
    ("Vận động xây dựng gia đình văn hóa, nếp sống văn minh", "culture", "90 % hộ đạt gia đình văn hóa"),
    ("Bồi dưỡng quần chúng ưu tú giới thiệu kết nạp Đảng", "admission", "Một hồ sơ quần chúng ưu tú"),
    ("Giữ mối liên hệ với cấp ủy nơi cư trú", "residence_contact", ""),
    ("Gương mẫu, giáo dục con cháu chấp hành pháp luật", "family", "Gia đình văn hóa"),
)


def person_name(index: int) -> str:
    return f"{FAMILIES[index % len(FAMILIES)]} {GIVEN[(index // len(FAMILIES) + index) % len(GIVEN)]}" + (
        f" {'ABCDEFGH'[index // 20]}" if index >= 20 else ""
    )


def organization(
    *, code: str, name: str, kind: str, parent: Organization | None, since: date
) -> Organization:
    row = Organization.objects.create(
        code=code, name=name, kind=kind, parent=parent, depth=parent.depth + 1 if parent else 0,
        sort_key=order_key(name), founded_on=since, holds_members=parent is not None,
    )  # fmt: skip
    row.path = (parent.path if parent else "") + path_step(row.pk)
    row.save()
    OrganizationVersion.objects.create(
        organization=row, name=name, kind=kind, parent=parent, path=row.path, valid_from=since
    )
    return row


def ward_cell() -> Organization:
    """A residential cell of a ward of today."""
    since = date(2025, 7, 1)
    ward = organization(code="AP", name="Đảng bộ phường Ayun Pa", kind="ward", parent=None, since=since)
    base = organization(
        code="AP01", name="Đảng bộ khu dân cư Hòa Bình", kind="grassroots_committee", parent=ward, since=since
    )
    return organization(code="AP01-3", name="Chi bộ Tổ dân phố 3", kind="area_cell", parent=base, since=since)


def member(index: int, cell: Organization, *, since: date) -> Member:
    name = person_name(index)
    family, middle, given = split_name(name)
    status = (Status.OFFICIAL, Status.OFFICIAL, Status.OFFICIAL, Status.PROBATIONARY, Status.EXEMPT)[
        index % 5
    ]
    row = Member.objects.create(
        full_name=name, family_name=family, middle_name=middle, given_name=given, birth_date=date(1960, 1, 1),
        sex=Sex.FEMALE if "Thị" in name else Sex.MALE, admitted_on=date(1990, 1, 1), status=status,
        category="exempt" if status == Status.EXEMPT else ("residential", "agency")[index % 2], cell=cell,
    )  # fmt: skip
    Membership.objects.create(member=row, cell=cell, kind=MembershipKind.OFFICIAL, valid_from=since)
    StatusPeriod.objects.create(member=row, status=status, valid_from=since)
    return row


def plan_of(cell: Organization, *, members: int, year: int = 2026, workless: int = 0) -> Plan:
    """A plan in which the last `workless` members have no duty; the others have one or two."""
    since = date(year, 1, 1)
    people = [member(index, cell, since=since) for index in range(members)]
    Post.objects.create(member=people[0], organization=cell, position="secretary", valid_from=since)
    limit = WorkLimit.objects.create(member=people[1], kind=LimitKind.LIGHT_WORK, valid_from=since)
    WorkLimitReason.objects.create(limit=limit, text=PRIVATE_REASON)
    plan = Plan.objects.create(cell=cell, year=year, drafted_at=datetime(year, 11, 3, 2, tzinfo=UTC))
    area = Area.objects.create(
        code=f"{cell.code}-A", name="Tổ dân phố 3", kind="to_dan_pho", committee=cell.parent or cell,
        sort_key="1", valid_from=since,
    )  # fmt: skip
    duties = [
        Duty.objects.create(
            plan=plan, number=number, title=title, field=field, product=product, source=DutySource.CATALOGUE,
            due_on=date(year, 12, 15), monthly_hours=6, measure="Chi bộ kiểm tra hằng quý",
            responsibility="Chịu trách nhiệm trước chi bộ về kết quả", authority="Được mời các hộ họp",
            area=area if field == "security" else None, needs_lead=field == "group_charge",
        )
        for number, (title, field, product) in enumerate(DUTIES, start=1)
    ]  # fmt: skip
    for index, person in enumerate(people[: members - workless]):
        for duty in (duties[index % len(duties)], duties[(index + 3) % len(duties)])[: 1 + index % 2]:
            is_lead = duty.needs_lead and not duty.assignments.exists()
            Assignment.objects.create(
                duty=duty, member=person, source=AssignmentSource.PROPOSED, is_lead=is_lead, fit=80
            )
    Unmet.objects.create(
        plan=plan,
        duty=duties[5],
        rule="headcount_min",
        sentence="Chưa đủ người.",
        relaxation="Giảm số người.",
    )
    return plan
