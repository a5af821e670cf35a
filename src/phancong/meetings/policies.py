"""May this be done to the meeting now?"""

from collections.abc import Collection
from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.meetings.enums import MOVES, Move, State
from phancong.meetings.models import Meeting
from phancong.organizations.models import Organization


def check_may_record(cell: Organization, *, by: Actor) -> None:
    if not may(by, Permission.MEETING_RECORD, cell.path):
        raise Refused(
            "Đồng chí chưa được giao ghi sinh hoạt của chi bộ này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_version(meeting: Meeting, *, seen: int) -> None:
    if meeting.version != seen:
        raise Refused("Kỳ sinh hoạt này vừa được đồng chí khác sửa. Xem bản mới bên dưới rồi làm lại.")


def check_state(meeting: Meeting, wanted: Collection[State]) -> None:
    state = State(meeting.state)
    if state in wanted:
        return
    if state == State.SIGNED:
        raise Refused("Biên bản đã ký nên không sửa được. Ghi phần bổ sung kèm lý do ở trang kỳ sinh hoạt.")
    if state == State.READ_BACK:
        raise Refused("Biên bản đã đọc lại và thông qua. Bấm “Mở lại để sửa” ở trang Đọc lại, ký.")
    if state == State.CANCELLED:
        raise Refused("Kỳ sinh hoạt này đã hủy. Lập kỳ mới nếu chi bộ họp vào ngày khác.")
    if state == State.PLANNED:
        raise Refused("Kỳ sinh hoạt chưa bắt đầu. Bấm “Bắt đầu họp” ở trang kỳ sinh hoạt trước.")
    raise Refused("Cuộc họp đã bắt đầu nên không làm được việc này. Tải lại trang để xem.")


def check_may_move(meeting: Meeting, move: Move) -> State:
    """The state that `move` leads to."""
    to = MOVES.get((State(meeting.state), move))
    if to is None:
        raise Refused(
            f"Kỳ sinh hoạt đang ở bước “{State(meeting.state).label}” nên chưa {move.label.lower()} được. "
            "Tải lại trang để xem."
        )
    return to


def check_told(text: str, *, what: str, most: int) -> None:
    """`what` names the sentence, in words that follow "Ghi"."""
    if not text:
        raise Refused(f"Ghi {what}.")
    if len(text) > most:
        raise Refused(f"Lời ghi dài {len(text)} ký tự, nhiều nhất là {most}. Rút ngắn rồi gửi lại.")


def check_has_come(day: date, *, today: date) -> None:
    if day > today:
        raise Refused(f"Ngày họp {day:%d/%m/%Y} chưa đến. Sửa ngày ở trang Chương trình nếu chi bộ họp sớm.")


def check_fits_room(*, in_favour: int, against: int, other: int, present: int) -> None:
    total = in_favour + against + other
    if total > present:
        raise Refused(
            f"Tổng số phiếu là {total}, nhiều hơn {present} đồng chí có quyền biểu quyết đang có mặt. "
            "Đếm lại phiếu, hoặc sửa điểm danh."
        )


def check_on_roll(member_id: int, *, roll: Collection[int]) -> None:
    if member_id not in roll:
        raise Refused("Chỉ chọn được đồng chí đang sinh hoạt ở chi bộ này. Chọn lại trong danh sách.")
