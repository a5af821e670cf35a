"""May this be done to the tree now? Each function raises Refused with the reason and the way out."""

from collections.abc import Sequence
from datetime import date

from phancong import rules
from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.organizations.timeline import Segment, segment_on
from phancong.rules.model import OrganizationKind


def check_right(by: Actor, place: str) -> None:
    if not may(by, Permission.ORGANIZATION_CHANGE, place):
        raise Refused(
            "Đồng chí chưa được giao việc thay đổi tổ chức đảng ở đây. Cần giúp: hỏi văn phòng đảng ủy cấp trên."
        )


def check_decision(*, decision_number: str, decided_on: date, today: date) -> None:
    if not decision_number.strip():
        raise Refused("Thiếu số quyết định. Ghi số, ký hiệu như trên quyết định.")
    if decided_on > today:
        raise Refused(f"Ngày quyết định {decided_on:%d/%m/%Y} chưa tới. Ghi ngày như trên quyết định.")


def check_name(name: str) -> None:
    if not name:
        raise Refused("Thiếu tên tổ chức đảng. Ghi tên đầy đủ như trong quyết định.")


def kind_on(day: date, code: str) -> OrganizationKind:
    """The kind `code` as the rules of `day` know it."""
    kind = next((kind for kind in rules.on(day).organization_kinds if kind.code == code), None)
    if kind is None:
        raise Refused(
            f"Ngày {day:%d/%m/%Y} không có loại hình tổ chức đảng “{code}”. "
            "Chọn loại hình có trong danh sách của ngày đó."
        )
    return kind


def check_place(day: date, *, kind: str, parent_kind: str | None) -> None:
    """The rules of `day` let a `kind` stand under a `parent_kind` (None: at the top)."""
    below = kind_on(day, kind)
    if parent_kind is None:
        if below.parents:
            raise Refused(f"{below.name} phải trực thuộc một tổ chức đảng cấp trên. Chọn cấp trên.")
        return
    if parent_kind not in below.parents:
        above = rules.on(day).organization_kinds
        name = next((one.name for one in above if one.code == parent_kind), parent_kind)
        raise Refused(
            f"{below.name} không trực thuộc {name} được. Chọn cấp trên hoặc loại hình khác theo quy định "
            f"ngày {day:%d/%m/%Y}."
        )


def check_alive(name: str, segments: Sequence[Segment], day: date) -> Segment:
    """The state of the organisation on `day`; it must exist then."""
    segment = segment_on(segments, day)
    if segment is None:
        raise Refused(f"{name} không hoạt động ngày {day:%d/%m/%Y}. Xem lại ngày có hiệu lực.")
    return segment


def check_no_children(name: str, children: Sequence[str], day: date) -> None:
    if children:
        listed = ", ".join(children[:3]) + (
            f" và {len(children) - 3} tổ chức khác" if len(children) > 3 else ""
        )
        raise Refused(
            f"{name} còn tổ chức trực thuộc từ ngày {day:%d/%m/%Y}: {listed}. "
            "Chuyển hoặc giải thể các tổ chức đó trước."
        )
