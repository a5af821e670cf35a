"""Values of the database in the words people use."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils import timezone

from phancong import rules
from phancong.access.roles import ROLES
from phancong.accounts.models import User
from phancong.members.models import Member
from phancong.planning.enums import IN_THE_WAY

ACTS = {
    "member_group_opened": "Mở phần riêng của hồ sơ",
    "read": "Mở phần riêng của hồ sơ",
    "member_export": "Xuất danh sách đảng viên",
    "export_plan": "Xuất văn bản, bảng tính của kế hoạch",
    "update_member": "Sửa hồ sơ",
    "transfer_member": "Chuyển sinh hoạt đảng",
    "change_status": "Ghi trạng thái đảng viên",
    "appoint": "Ghi chức vụ",
    "end_post": "Ghi thôi giữ chức vụ",
    "set_work_limit": "Ghi giới hạn công việc",
    "register_members": "Nhập đảng viên mới",
    "keep_roster": "Tải danh sách lên",
    "prepare_roster": "Xem trước danh sách",
    "write_roster": "Ghi danh sách",
    "undo_roster": "Hoàn tác lần nhập",
    "cancel_roster": "Bỏ danh sách đã tải lên",
    "job_start": "Giao việc chạy nền",
    "sign_in_as_sample": "Đăng nhập thử",
    "appoint_office": "Cử cán bộ văn phòng",
    "open_plan": "Mở kế hoạch",
    "draft_plan": "Lập kế hoạch",
    "draft_plans": "Lập kế hoạch cho nhiều chi bộ",
    "solve_again": "Gợi ý lại phân công",
    "add_duty": "Thêm việc vào kế hoạch",
    "change_duty": "Sửa việc trong kế hoạch",
    "remove_duty": "Bỏ việc khỏi kế hoạch",
    "give_duty": "Giao việc",
    "take_duty": "Bỏ phân công",
    "lock_assignment": "Giữ phân công khi tính lại",
    "exclude": "Ghi không giao việc cho một đồng chí",
    "include_again": "Bỏ ý kiến không giao việc",
    "set_apart": "Ghi hai đồng chí không cùng việc",
    "minimise_working_copies": "Xóa bản nháp hết thời hạn giữ",
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
SUBJECTS = {
    "member": "hồ sơ",
    "user": "tài khoản",
    "plan": "kế hoạch",
    "job": "việc chạy nền",
    "roster_import": "lần nhập",
    "area": "địa bàn",
}
TERMS = {
    "field": "đúng lĩnh vực đào tạo",
    "competence": "kỹ năng, tiếng nói",
    "experience": "kinh nghiệm",
    "area": "nơi cư trú",
    "wish": "nguyện vọng",
    "health": "sức khỏe",
    "education": "trình độ",
}
DETAILS = {
    "purpose": "mục đích",
    "group": "phần",
    "form": "dạng",
    "fields": "mục",
    "field": "mục",
    "count": "số lượng",
    "role": "vai trò",
    "from": "từ",
    "until": "đến",
    "decision": "quyết định",
    "request": "yêu cầu số",
    "kind": "loại",
}


@cache
def names(kind: str, day: date) -> dict[str, str]:
    """Names by code of a list of the rules, of the roles or of the acts in the log."""
    if kind == "roles":
        return {role.code: role.name for role in ROLES.values()}
    if kind == "acts":
        return ACTS
    if kind == "in_the_way":
        return IN_THE_WAY
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
    if kind in _READERS:
        return _READERS[kind](value, own)
    if kind:
        return names(kind, today).get(value, str(value))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return text_of(value)


def _subject(subject: str, own: frozenset[object]) -> str:
    """What an act was done to, as `member:12`."""
    kind, _, number = subject.partition(":")
    mine = {
        f"member:{one.pk}" if isinstance(one, Member) else f"user:{one.pk}"
        for one in own
        if isinstance(one, (Member, User))
    }
    thing = SUBJECTS.get(kind)
    if thing is None or not number:
        return subject
    return f"{thing} của đồng chí" if subject in mine else f"{thing} số {number}"


def _terms(points: dict[str, Any], own: frozenset[object]) -> str:  # noqa: ARG001 -- one of a table
    """Why somebody was proposed, in the points of each reason."""
    return "; ".join(f"{TERMS.get(term, term)}: {text_of(found)} điểm" for term, found in points.items())


def _detail(detail: dict[str, Any], own: frozenset[object]) -> str:  # noqa: ARG001 -- one of a table
    return "; ".join(f"{DETAILS.get(key, key)}: {text_of(value)}" for key, value in detail.items())


_READERS: dict[str, Callable[[Any, frozenset[object]], str]] = {
    "subjects": _subject,
    "details": _detail,
    "terms": _terms,
}


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
