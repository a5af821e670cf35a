"""May this be said of the duty now, and by this person?"""

from datetime import date

from phancong.access.actor import Actor, may, may_anywhere
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups.enums import EntryKind, State
from phancong.followups.models import TEXT_LENGTH, Matter
from phancong.followups.standing import Standing, may_say

_WHY_NOT = {
    (
        State.AWAITING,
        EntryKind.DONE,
    ): "Việc này đã báo xong, đang chờ nhận xét. Chờ bí thư nhận xét rồi báo tiếp.",
    (
        State.AWAITING,
        EntryKind.GOING,
    ): "Việc này đã báo xong, đang chờ nhận xét. Chờ bí thư nhận xét rồi báo tiếp.",
    (
        State.AWAITING,
        EntryKind.EXTEND,
    ): "Việc này đã báo xong: nhận xét báo cáo trước, rồi mới gia hạn nếu cần.",
    (State.RUNNING, EntryKind.ACCEPT): "Chưa có báo cáo xong việc để nhận xét. Chờ báo cáo, hoặc nhập thay.",
    (State.RUNNING, EntryKind.RETURN): "Chưa có báo cáo xong việc để nhận xét. Chờ báo cáo, hoặc nhập thay.",
}


def check_is_own_or_on_behalf(*, by: Actor, member_id: int, cell_path: str, is_on_behalf: bool) -> None:
    """The member reports; whoever directs the cell's work may write down what the member told them."""
    if is_on_behalf:
        check_may_direct(cell_path, by=by)
    elif by.member_id != member_id:
        raise Refused("Đây là việc của đồng chí khác. Mở Việc của tôi để báo việc của mình.")


def check_may_direct(cell_path: str, *, by: Actor) -> None:
    if not may(by, Permission.WORK_DIRECT, cell_path):
        raise Refused(
            "Đồng chí chưa được giao theo dõi việc của chi bộ này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_may_remind_cells(*, by: Actor) -> None:
    if not may_anywhere(by, Permission.PLAN_CHANGE):
        raise Refused("Đồng chí chưa được giao đôn đốc chi bộ nào lập kế hoạch. Gặp văn phòng Đảng ủy.")


def check_not_own_work(*, by: Actor, member_id: int) -> None:
    check_not_oneself(by, member_id=member_id)


def check_may_say(standing: Standing, kind: EntryKind) -> None:
    if may_say(standing, kind):
        return
    state = standing.state
    if (state, kind) in _WHY_NOT:
        raise Refused(_WHY_NOT[state, kind])
    if state == State.DONE:
        raise Refused("Việc này đã được ghi nhận hoàn thành, không ghi thêm như vậy được nữa.")
    if state == State.ENDED:
        raise Refused("Việc này đã thôi giao cho đồng chí, không ghi thêm được. Xem bản điều chỉnh.")
    raise Refused(f"Việc đang ở trạng thái “{state.label}”, chưa {kind.label.lower()} được. Tải lại trang.")


def check_text(text: str, *, what: str, needed: bool = True) -> None:
    """`what` names the sentence, in words that follow "Ghi"."""
    if needed and not text:
        raise Refused(f"Ghi {what}.")
    if len(text) > TEXT_LENGTH:
        raise Refused(f"Lời ghi dài {len(text)} ký tự, nhiều nhất là {TEXT_LENGTH}. Rút ngắn rồi gửi lại.")


def check_said_on(standing: Standing, *, on: date, last_on: date | None, today: date) -> None:
    """What was told face to face may be written down later, but in its order."""
    if on > today:
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa đến. Ghi ngày đồng chí ấy đã báo.")
    earliest = max(standing.begun_on, last_on or standing.begun_on)
    if on < earliest:
        raise Refused(f"Ngày {on:%d/%m/%Y} trước lần ghi gần nhất ({earliest:%d/%m/%Y}). Ghi lại ngày.")


def check_new_due(standing: Standing, *, new_due: date, year: int, today: date) -> None:
    if new_due <= standing.due_on:
        raise Refused(
            f"Hạn mới {new_due:%d/%m/%Y} phải sau hạn đang có {standing.due_on:%d/%m/%Y}. Ghi ngày muộn hơn."
        )
    if new_due < today:
        raise Refused(f"Hạn mới {new_due:%d/%m/%Y} đã qua. Ghi một ngày còn ở phía trước.")
    if new_due.year > year + 1:
        raise Refused(
            f"Hạn mới {new_due:%d/%m/%Y} quá xa kế hoạch năm {year}. Ghi việc này vào kế hoạch năm sau."
        )


def check_is_open(matter: Matter) -> None:
    if matter.answered_on is not None:
        raise Refused(f"Việc này đã được trả lời ngày {matter.answered_on:%d/%m/%Y}. Tải lại trang để xem.")


def check_unchanged(*, last: int, seen: int) -> None:
    """`seen` is the last line on the page that was looked at, 0 when there was none."""
    if last != seen:
        raise Refused("Vừa có dòng mới trong sổ theo dõi của việc này. Xem dòng mới bên dưới rồi làm lại.")
