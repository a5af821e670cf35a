"""Plans of cells of any size, put straight into the tables, for the tests of documents and workbooks."""

from datetime import UTC, date, datetime

from tests.factories import make_area, make_cell, make_committee, make_member, make_organization, make_post

from phancong.members.enums import LimitKind, Status
from phancong.members.models import Member, WorkLimit, WorkLimitReason
from phancong.organizations.models import Organization
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


def ward_cell() -> Organization:
    """A residential cell of a ward of today."""
    ward = make_organization("ward", name="Đảng bộ phường Ayun Pa")
    return make_cell(
        parent=make_committee(parent=ward, name="Đảng bộ khu dân cư Hòa Bình"), name="Chi bộ Tổ dân phố 3"
    )


def town_cell() -> Organization:
    """A residential cell in the time of the town."""
    since = date(2007, 6, 1)
    town = make_organization("town", name="Đảng bộ thị xã Ayun Pa", founded_on=since)
    commune = make_organization(
        "grassroots_committee", parent=town, name="Đảng bộ xã Ia Sao", founded_on=since
    )
    return make_cell(parent=commune, name="Chi bộ Thôn Quyết Thắng", founded_on=since)


def person(index: int, cell: Organization, *, since: date) -> Member:
    status = (Status.OFFICIAL, Status.OFFICIAL, Status.OFFICIAL, Status.PROBATIONARY, Status.EXEMPT)[
        index % 5
    ]
    category = "exempt" if status == Status.EXEMPT else ("residential", "agency")[index % 2]
    return make_member(cell, full_name=person_name(index), status=status, category=category, since=since)


def plan_of(cell: Organization, *, members: int, year: int = 2026, workless: int = 0) -> Plan:
    """A plan in which the last `workless` members have no duty; the others have one or two."""
    since = date(year, 1, 1)
    people = [person(index, cell, since=since) for index in range(members)]
    make_post(people[0], cell, since=since)
    limit = WorkLimit.objects.create(member=people[1], kind=LimitKind.LIGHT_WORK, valid_from=since)
    WorkLimitReason.objects.create(limit=limit, text=PRIVATE_REASON)
    plan = Plan.objects.create(cell=cell, year=year, drafted_at=datetime(year, 11, 3, 2, tzinfo=UTC))
    area = make_area(committee=cell.parent or cell, name="Tổ dân phố 3", kind="to_dan_pho", since=since)
    duties = [
        Duty.objects.create(
            plan=plan, number=number, title=title, field=field, product=product, source=DutySource.CATALOGUE,
            due_on=date(year, 12, 15), monthly_hours=6, measure="Chi bộ kiểm tra hằng quý",
            responsibility="Chịu trách nhiệm trước chi bộ về kết quả", authority="Được mời các hộ họp",
            area=area if field == "security" else None, needs_lead=field == "group_charge",
        )
        for number, (title, field, product) in enumerate(DUTIES, start=1)
    ]  # fmt: skip
    for index, member in enumerate(people[: members - workless]):
        for duty in (duties[index % len(duties)], duties[(index + 3) % len(duties)])[: 1 + index % 2]:
            is_lead = duty.needs_lead and not duty.assignments.exists()
            Assignment.objects.create(
                duty=duty, member=member, source=AssignmentSource.PROPOSED, is_lead=is_lead, fit=80
            )
    Unmet.objects.create(
        plan=plan,
        duty=duties[5],
        rule="headcount_min",
        sentence="Chưa đủ người.",
        relaxation="Giảm số người.",
    )
    return plan
