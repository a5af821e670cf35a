"""Whether somebody may be seconded, decided and handed back now, and by this person."""

from collections.abc import Mapping
from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.secondments.enums import Form, PlanState, State
from phancong.secondments.models import Secondment, SecondmentPlan


def may_lead(committee: Organization, *, by: Actor) -> bool:
    """Whoever founds organisations there and changes files: both are part of a decision."""
    return may(by, Permission.ORGANIZATION_CHANGE, committee.path) and may(
        by, Permission.MEMBER_CHANGE, committee.path
    )


def check_may_lead(committee: Organization, *, by: Actor) -> None:
    if not may_lead(committee, by=by):
        raise Refused("Đồng chí chưa được giao lập, quyết định việc tăng cường ở đây. Gặp văn phòng Đảng ủy.")


def check_is_draft(plan: SecondmentPlan, *, seen: int) -> None:
    """`seen` is the version on the page that was sent."""
    if plan.state != PlanState.DRAFT:
        raise Refused("Phương án này không còn là dự thảo nên không sửa được. Lập phương án mới.")
    if plan.version != seen:
        raise Refused(
            "Phương án vừa được đồng chí khác sửa, nên chưa ghi gì. Xem bản mới bên dưới rồi làm lại."
        )


def check_decision(
    number: str, *, decided_on: date, valid_from: date, last_day: date | None, today: date
) -> None:
    if not number:
        raise Refused("Ghi số quyết định, ví dụ 12-QĐ/ĐU.")
    if decided_on > today:
        raise Refused(f"Ngày ký {decided_on:%d/%m/%Y} chưa đến. Ghi ngày đã ký.")
    if valid_from > today:
        raise Refused(f"Ngày {valid_from:%d/%m/%Y} chưa đến. Ghi việc này từ ngày có hiệu lực trở đi.")
    if last_day is not None and last_day < valid_from:
        raise Refused("Ngày cuối phải sau ngày bắt đầu. Ghi lại ngày cuối.")


def check_term(valid_from: date, last_day: date | None, *, latest: date, months: int) -> None:
    if last_day is not None and last_day > latest:
        raise Refused(
            f"Thời hạn dài quá {months} tháng kể từ {valid_from:%d/%m/%Y}. Ghi ngày cuối đến {latest:%d/%m/%Y}; "
            "hết hạn thì gia hạn bằng quyết định."
        )


def check_form(form: str, rows: list[Secondment]) -> None:
    if form not in Form.values:
        raise Refused("Chọn hình thức: chuyển sinh hoạt chính thức hoặc tạm thời.")
    bare = sorted({row.area.name for row in rows if row.cell_id is None})
    if form == Form.TEMPORARY and bare:
        raise Refused(
            f"{', '.join(bare)} chưa có chi bộ: người sinh hoạt tạm thời vẫn tính ở chi bộ cũ nên không đủ để lập "
            "chi bộ. Chọn chuyển sinh hoạt chính thức."
        )


def check_has_rows(rows: list[Secondment]) -> None:
    if not rows:
        raise Refused("Chưa có ai trong quyết định. Đánh dấu ít nhất một đồng chí, hoặc bấm Tính lại.")


def check_agreed(rows: list[Secondment]) -> None:
    """Both sides were asked; the days stand on each row."""
    waiting = [row.member.full_name for row in rows if not (row.sender_agreed_on and row.receiver_agreed_on)]
    if waiting:
        raise Refused(
            f"Còn {len(waiting)} đồng chí chưa ghi ý kiến đồng ý của chi bộ cử đi và nơi nhận. "
            "Ghi ý kiến hai bên rồi quyết định."
        )


def check_still_there(row: Secondment) -> None:
    if row.member.cell_id != row.home_id:
        raise Refused(
            f"Đồng chí {row.member.full_name} không còn sinh hoạt ở {row.home.name}. Bấm Tính lại rồi quyết định."
        )


def check_keeps_enough(rows: list[Secondment], official: Mapping[int, int], *, least: int) -> None:
    """Every sending cell keeps its own minimum."""
    for home in {row.home_id: row.home for row in rows}.values():
        sends = sum(row.home_id == home.pk for row in rows)
        if official.get(home.pk, 0) - sends < least:
            raise Refused(
                f"{home.name} có {official.get(home.pk, 0)} đảng viên chính thức, cử {sends} thì còn dưới {least}. "
                "Bấm Tính lại."
            )


def check_serving(row: Secondment, *, seen: int) -> None:
    if row.state != State.SERVING:
        raise Refused("Việc tăng cường này đã kết thúc. Tải lại trang để xem.")
    if row.version != seen:
        raise Refused("Phần này vừa được đồng chí khác sửa, nên chưa ghi gì. Tải lại trang rồi làm lại.")


def check_end(row: Secondment, on: date, *, number: str, today: date) -> None:
    if not number:
        raise Refused("Ghi số quyết định, ví dụ 15-QĐ/ĐU.")
    if on > today:
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa đến. Ghi khi đồng chí ấy đã về.")
    if row.valid_from is not None and on <= row.valid_from:
        raise Refused(f"Ngày về phải sau ngày bắt đầu {row.valid_from:%d/%m/%Y}.")


def check_home(row: Secondment) -> None:
    if row.home.dissolved_on is not None:
        raise Refused(f"{row.home.name} đã kết thúc hoạt động. Chuyển sinh hoạt đồng chí ấy đến chi bộ khác.")
