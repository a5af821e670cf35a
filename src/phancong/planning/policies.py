"""May this be done to the plan now?"""

from collections.abc import Collection
from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan


class NeedsReason(Refused):
    """A limit speaks against it; people may go on when they say why. `warnings` are whole sentences."""

    def __init__(self, warnings: tuple[str, ...]) -> None:
        self.warnings = warnings
        super().__init__(" ".join(warnings) + " Nếu vẫn giao, ghi rõ lý do.")


def check_may_change(cell: Organization, *, by: Actor) -> None:
    if not may(by, Permission.PLAN_CHANGE, cell.path):
        raise Refused(
            "Đồng chí chưa được giao sửa kế hoạch của chi bộ này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_has_members(cell: Organization) -> None:
    if not cell.holds_members or cell.dissolved_on is not None:
        raise Refused(f"{cell.name} không có đảng viên sinh hoạt, nên không lập kế hoạch phân công.")


def may_open(year: int, *, today: date) -> bool:
    """Plans are made for the year that runs and the one that comes."""
    return year in {today.year, today.year + 1}


def check_year(year: int, *, today: date) -> None:
    if not may_open(year, today=today):
        raise Refused(
            f"Chỉ lập kế hoạch của năm {today.year} và năm {today.year + 1}. Chọn một trong hai năm ấy rồi làm lại."
        )


def check_in_cell(members: Collection[int], *, people: Collection[int]) -> None:
    """Only who takes part in the cell can be named in its plan."""
    if not set(members) <= set(people):
        raise Refused("Chỉ chọn được đồng chí đang sinh hoạt ở chi bộ này. Tải lại trang rồi chọn lại.")


def check_is_draft(plan: Plan) -> None:
    if plan.stage != PlanStage.DRAFT:
        raise Refused(
            "Kế hoạch đã được chi bộ thông qua nên không sửa được nữa. Việc thay đổi ghi thành điều chỉnh."
        )


def check_version(plan: Plan, *, seen: int, last_editor: str) -> None:
    """`seen` is the version on the page that the editor looked at."""
    if plan.version != seen:
        who = f"Đồng chí {last_editor} vừa sửa kế hoạch này" if last_editor else "Kế hoạch này vừa được sửa"
        raise Refused(f"{who} sau khi đồng chí mở trang. Xem lại bản mới bên dưới rồi làm lại việc vừa chọn.")


def check_headcount(least: int, most: int | None) -> None:
    if most is not None and most < least:
        raise Refused(f"Số người nhiều nhất ({most}) nhỏ hơn số người ít nhất ({least}). Ghi lại hai số này.")
