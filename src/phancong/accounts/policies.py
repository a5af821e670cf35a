"""May this role be given or lent now? Each function raises Refused with the reason and the way out."""

from datetime import date

from django.db.models import Q

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.access.roles import Role
from phancong.accounts.models import Appointment, User
from phancong.common.refusal import Refused
from phancong.members.enums import ENDED
from phancong.organizations.models import Organization


def check_may_give(
    role: Role | None, organization: Organization, *, decision_number: str, until: date | None, by: Actor
) -> None:
    if not may(by, Permission.ROLE_GIVE, organization.path) or not organization.path:
        raise Refused(
            "Đồng chí chưa được giao việc giao vai trò ở tổ chức này. Chọn tổ chức trong phạm vi của mình."
        )
    if role is None or not role.by_decision:
        raise Refused("Vai trò này đi theo chức vụ trong Đảng. Ghi chức vụ vào hồ sơ thay vì giao vai trò.")
    if not decision_number.strip():
        raise Refused("Thiếu số quyết định. Ghi số của quyết định giao việc, ví dụ 12-QĐ/ĐU.")
    if role.needs_end and until is None:
        raise Refused(f"Vai trò “{role.name}” phải có ngày kết thúc. Ghi ngày cuối theo quyết định.")


def check_may_delegate(user: User, role: str, organization: Organization, *, today: date, by: Actor) -> None:
    holds = any(
        grant.role == role and grant.path == organization.path and grant.holds_on(today)
        and grant.gives(Permission.ROLE_DELEGATE)
        for grant in by.grants
    )  # fmt: skip
    if not holds or not organization.path:
        raise Refused("Chỉ ủy quyền được việc của chức vụ mình đang giữ ở tổ chức này.")
    member = user.member
    if member is None or member.cell is None or not member.cell.path.startswith(organization.path):
        raise Refused("Chỉ ủy quyền cho đảng viên của chính tổ chức này. Chọn đồng chí khác.")
    if member.status in ENDED or not user.is_active:
        raise Refused("Đồng chí này không còn sinh hoạt hoặc tài khoản đang khóa. Chọn đồng chí khác.")


def check_days(valid_from: date, valid_until: date | None, *, today: date) -> None:
    if valid_until is not None and valid_until <= valid_from:
        raise Refused("Ngày cuối phải từ ngày bắt đầu trở đi. Sửa lại một trong hai ngày.")
    if valid_until is not None and valid_until <= today:
        raise Refused("Thời hạn đã qua rồi. Ghi ngày cuối từ hôm nay trở đi.")


def check_not_held(
    user: User, role: str, organization: Organization, valid_from: date, valid_until: date | None
) -> None:
    same = Appointment.objects.filter(user=user, role=role, organization=organization).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=valid_from)
    )
    if valid_until is not None:
        same = same.filter(valid_from__lt=valid_until)
    if same.exists():
        raise Refused(
            "Đồng chí này đã giữ vai trò đó ở đây trong những ngày ấy. Thôi giao lần trước rồi giao lại."
        )
