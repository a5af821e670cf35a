"""Values of the database in the words people use."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils import timezone

from phancong import rules
from phancong.access.roles import ROLES
from phancong.accounts.models import User
from phancong.members.models import Member

ACTS = {
    "member_group_opened": "Mở phần riêng của hồ sơ",
    "member_file_opened": "Xem hồ sơ",
    "member_export": "Xuất danh sách đảng viên",
    "export_plan": "Xuất văn bản, bảng tính của kế hoạch",
    "update_member": "Sửa hồ sơ",
    "transfer_member": "Chuyển sinh hoạt đảng",
    "change_status": "Ghi trạng thái đảng viên",
    "appoint": "Ghi chức vụ",
    "end_post": "Ghi thôi giữ chức vụ",
    "set_work_limit": "Ghi giới hạn công việc",
    "register_members": "Nhập đảng viên mới",
    "give_role": "Giao vai trò",
    "delegate_role": "Ủy quyền",
    "end_role": "Thôi giao vai trò",
    "data_request_ask": "Gửi yêu cầu về dữ liệu",
    "data_request_accept": "Chấp nhận yêu cầu về dữ liệu",
    "data_request_refuse": "Không chấp nhận yêu cầu về dữ liệu",
    "data_request_extend": "Gia hạn trả lời yêu cầu về dữ liệu",
    "data_request_withdraw": "Rút yêu cầu về dữ liệu",
    "data_copy_taken": "Tải bản dữ liệu của mình",
    "minimise_member": "Xóa dữ liệu hết thời hạn giữ",
    "breach_list": "Lập danh sách người bị ảnh hưởng",
}


@cache
def names(kind: str, day: date) -> dict[str, str]:
    """Names by code of a list of the rules, of the roles or of the acts in the log."""
    if kind == "roles":
        return {role.code: role.name for role in ROLES.values()}
    if kind == "acts":
        return ACTS
    lists = rules.on(day)
    choices = (*lists.skills, *lists.languages) if kind == "competences" else getattr(lists, kind)
    return {choice.code: choice.name for choice in choices}


def in_words(row: Any, field: "Field[Any, Any]", *, kind: str, today: date, own: frozenset[object]) -> str:
    """The value of `field` in `row`; `own` are the objects that stand for the member who reads."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return _named(getattr(row, field.name), own)
    if kind:
        return names(kind, today).get(value, str(value))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return text_of(value)


def _named(related: Any, own: frozenset[object]) -> str:
    """Other people are not named: what is held about them is theirs."""
    if related in own:
        return "đồng chí"
    return "một đồng chí khác" if isinstance(related, (Member, User)) else str(related)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M ngày %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text_of(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(text_of(one) for one in value)
    return str(value)
