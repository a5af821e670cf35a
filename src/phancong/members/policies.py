"""May this be done to a member now? Each function raises Refused with the reason and the way out."""

from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.enums import COUNTED_OFFICIAL, ENDED, LimitKind, Status
from phancong.members.models import Member
from phancong.members.records import MemberRecord
from phancong.organizations.models import Organization
from phancong.rules import Rules


def age_on(birth_date: date, day: date) -> int:
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def check_dates(person: MemberRecord | Member, *, rules: Rules, today: date) -> None:
    """The dates of a person follow each other."""
    who = person.full_name
    if not who.strip():
        raise Refused("Thiếu họ và tên. Ghi họ và tên như trên thẻ đảng viên.")
    if person.birth_date >= today:
        raise Refused(f"{who}: ngày sinh phải trước hôm nay.")
    if age_on(person.birth_date, person.admitted_on) < rules.least("admission_age"):
        raise Refused(
            f"{who}: khi vào Đảng ngày {person.admitted_on:%d/%m/%Y} chưa đủ {rules.least('admission_age')} tuổi. "
            "Xem lại ngày sinh và ngày vào Đảng."
        )
    if person.official_on is not None and person.official_on < person.admitted_on:
        raise Refused(f"{who}: ngày chính thức phải từ ngày vào Đảng trở đi.")


def check_may_enter(cell: Organization) -> None:
    """A cell takes members while it exists and is of a kind that has members."""
    if cell.dissolved_on is not None:
        raise Refused(
            f"{cell.name} đã giải thể ngày {cell.dissolved_on:%d/%m/%Y}. Chọn chi bộ đang hoạt động."
        )
    if not cell.holds_members:
        raise Refused(
            f"{cell.name} không phải chi bộ, không có đảng viên sinh hoạt trực tiếp. Chọn một chi bộ."
        )


def check_may_change(member: Member, *, by: Actor) -> None:
    """The actor changes members of the place where this one takes part; those gone are left as they are."""
    if member.status in ENDED or member.cell is None:
        raise Refused("Đồng chí này không còn trong danh sách đảng viên. Hồ sơ được giữ nguyên.")
    check_right(Permission.MEMBER_CHANGE, place=member.cell.path, by=by)


def check_right(right: Permission, *, place: str, by: Actor) -> None:
    if not may(by, right, place):
        raise Refused("Đồng chí chưa được giao việc này ở tổ chức đảng đó. Cần giúp: hỏi văn phòng đảng ủy.")


def check_day_reached(day: date, *, today: date) -> None:
    """The record of the present changes on the day a decision takes effect, not before."""
    if day > today:
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa tới. Ghi việc này từ ngày có hiệu lực trở đi.")


def check_may_transfer(member: Member, *, to: Organization, day: date, today: date) -> None:
    check_may_enter(to)
    check_day_reached(day, today=today)
    if member.cell_id == to.pk:
        raise Refused(f"Đồng chí {member.full_name} đang sinh hoạt ở {to.name}. Chọn chi bộ khác.")


def check_may_change_status(member: Member, *, status: Status, day: date, today: date) -> None:
    check_day_reached(day, today=today)
    if member.status == status:
        raise Refused(f"Đồng chí {member.full_name} đang ở trạng thái “{status.label}”. Không có gì để đổi.")
    if status is Status.PROBATIONARY:
        raise Refused("Dự bị là trạng thái từ ngày vào Đảng, không ghi lại về sau.")


def check_may_appoint(member: Member, *, organization: Organization, until: date | None, day: date) -> None:
    """Posts are held by official members, in their own cell or above it."""
    if member.status not in COUNTED_OFFICIAL:
        raise Refused(
            f"Đồng chí {member.full_name} chưa là đảng viên chính thức nên chưa giữ chức vụ trong Đảng."
        )
    if organization.dissolved_on is not None:
        raise Refused(f"{organization.name} đã giải thể. Chọn tổ chức đảng đang hoạt động.")
    if member.cell is None or not member.cell.path.startswith(organization.path):
        raise Refused(
            f"Đồng chí {member.full_name} không sinh hoạt trong {organization.name}. Chuyển sinh hoạt trước."
        )
    if until is not None and until <= day:
        raise Refused("Ngày hết nhiệm kỳ phải sau ngày bắt đầu.")


def check_may_limit(
    *, kind: LimitKind, monthly_hours: int | None, valid_from: date, valid_until: date | None
) -> None:
    if (kind is LimitKind.MONTHLY_HOURS) != (monthly_hours is not None):
        raise Refused("Ghi số giờ mỗi tháng khi, và chỉ khi, chọn “Số giờ mỗi tháng”.")
    if valid_until is not None and valid_until <= valid_from:
        raise Refused("Ngày hết giới hạn phải sau ngày bắt đầu.")
