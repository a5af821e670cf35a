"""Whether a step of a transfer may be done now, and by this person. Each side does its own steps and no other."""

from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.transfers.enums import ON_THE_WAY, STAYS, Kind, Reason, State
from phancong.transfers.models import Transfer

NOT_YOURS = "Bước này do phía bên kia làm. Nhắc văn phòng hoặc bí thư chi bộ nơi ấy."


def may_record(cell: Organization | None, *, by: Actor) -> bool:
    """Whoever keeps the papers of this cell; a committee above may keep those of both sides."""
    return cell is not None and bool(cell.path) and may(by, Permission.TRANSFER_RECORD, cell.path)


def is_own(member_id: int, *, by: Actor) -> bool:
    return by.member_id == member_id


def may_send(row: Transfer, *, by: Actor) -> bool:
    return may_record(row.home, by=by) and not is_own(row.member_id, by=by)


def may_read_words(row: Transfer, *, by: Actor) -> bool:
    """The reasons in free words may tell of circumstances: for both sides that keep the papers, and the member."""
    return may_record(row.home, by=by) or may_record(row.cell, by=by) or is_own(row.member_id, by=by)


def taker(row: Transfer) -> Organization | None:
    """The cell that receives; where that is outside of the system or is no more, the one that sends."""
    return row.cell if row.cell is not None and row.cell.path else row.home


def may_take(row: Transfer, *, by: Actor) -> bool:
    """Whoever acts for the receiving side: the sending cell writes down what it was told from outside."""
    return may_record(taker(row), by=by) and not is_own(row.member_id, by=by)


def may_introduce(row: Transfer, *, by: Actor) -> bool:
    return row.state == State.REQUESTED and may_send(row, by=by)


def may_receive(row: Transfer, *, by: Actor) -> bool:
    return row.state == State.INTRODUCED and may_take(row, by=by)


def may_refuse(row: Transfer, *, by: Actor) -> bool:
    return row.state == State.INTRODUCED and row.cell is not None and may_take(row, by=by)


def may_cancel(row: Transfer, *, by: Actor) -> bool:
    return row.state in ON_THE_WAY and may_send(row, by=by)


def may_end(row: Transfer, *, by: Actor) -> bool:
    return row.state == State.RECEIVED and row.is_open and may_take(row, by=by)


def may_extend(row: Transfer, *, by: Actor) -> bool:
    """A longer stay is for the cell that keeps the member on its books to grant."""
    keeper = row.home if row.home is not None and row.home.path else row.cell
    return (
        row.state == State.RECEIVED
        and row.is_open
        and may_record(keeper, by=by)
        and not is_own(row.member_id, by=by)
    )


def check_seen(row: Transfer, *, seen: int) -> None:
    if not row.is_open:
        raise Refused("Việc chuyển sinh hoạt này đã xong nên không ghi thêm được. Tải lại trang để xem.")
    if row.version != seen:
        raise Refused(
            "Việc này vừa được đồng chí khác ghi, nên chưa ghi gì. Xem bản mới bên dưới rồi làm lại."
        )


def check_state(row: Transfer, state: State) -> None:
    if row.state != state:
        raise Refused(f"Hồ sơ đang ở bước “{row.get_state_display()}” nên chưa ghi gì. Tải lại trang để xem.")


def check_may(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused(NOT_YOURS)


def check_may_request(member: Member, *, by: Actor) -> Organization:
    """The cell that sends."""
    if member.cell is None or not may_record(member.cell, by=by):
        raise Refused(
            "Đồng chí chưa được giao lập hồ sơ chuyển sinh hoạt ở chi bộ ấy. Gặp văn phòng Đảng ủy."
        )
    check_not_oneself(by, member_id=member.pk)
    check_not_suspended(member)
    return member.cell


def check_not_suspended(member: Member) -> None:
    if member.status == Status.SUSPENDED:
        raise Refused(
            f"Đồng chí {member.full_name} đang bị đình chỉ sinh hoạt đảng nên chưa chuyển. Chờ có kết luận."
        )


def check_still_there(row: Transfer, member: Member) -> None:
    if row.home_id is not None and member.cell_id != row.home_id:
        raise Refused(
            f"Đồng chí {row.member_name} không còn sinh hoạt ở {row.from_name}. Hủy hồ sơ này, lập hồ sơ mới."
        )


def check_places(home: Organization, cell: Organization | None, outside: str) -> None:
    if (cell is None) == (not outside):
        raise Refused("Ghi một nơi nhận: chi bộ trong hệ thống, hoặc nơi ngoài hệ thống.")
    if cell is not None and cell.pk == home.pk:
        raise Refused(f"Đồng chí ấy đang sinh hoạt ở {home.name}. Chọn chi bộ khác.")
    if cell is not None:
        check_takes_members(cell)


def check_takes_members(cell: Organization) -> None:
    if cell.dissolved_on is not None or not cell.holds_members:
        raise Refused(f"{cell.name} không còn nhận đảng viên. Chọn chi bộ đang hoạt động.")


def check_reason(kind: str, reason: str) -> None:
    if kind not in Kind.values or reason not in Reason.values:
        raise Refused("Chọn hình thức và lý do chuyển.")
    if (kind == Kind.TEMPORARY) != (reason in STAYS):
        raise Refused(
            "Lý do chưa hợp với hình thức. Tạm thời: đi công tác, ở nơi khác một thời gian, hoặc đi học; "
            "chính thức: chọn lý do khác."
        )


def check_term(
    start: date | None, last: date | None, spans: tuple[date, date], *, least: int, most: int
) -> None:
    """`spans`: the first and the last day that the stay may end before."""
    if start is None or last is None:
        raise Refused("Chuyển tạm thời cần cả hai ngày: từ ngày và đến hết ngày.")
    if last < start:
        raise Refused("Ngày cuối phải sau ngày bắt đầu. Ghi lại ngày cuối.")
    first, end = spans
    if not first <= end_of(last) <= end:
        raise Refused(
            f"Thời hạn tạm thời với lý do này từ {least} đến {most} tháng. Ghi ngày cuối từ "
            f"{day_before(first):%d/%m/%Y} đến {day_before(end):%d/%m/%Y}, hoặc chọn chuyển chính thức."
        )


def end_of(last: date) -> date:
    return date.fromordinal(last.toordinal() + 1)


def day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def check_no_term(start: date | None, last: date | None) -> None:
    if start is not None or last is not None:
        raise Refused("Chuyển chính thức không có thời hạn. Bỏ trống hai ngày của chuyển tạm thời.")


def check_day(day: date, *, today: date, after: date | None, what: str) -> None:
    """A step is written down once it was done, and not before the one that goes ahead of it."""
    if day > today:
        raise Refused(f"{what}: ngày {day:%d/%m/%Y} chưa đến. Ghi khi đã làm.")
    if after is not None and day < after:
        raise Refused(f"{what}: ngày {day:%d/%m/%Y} trước bước liền trước ({after:%d/%m/%Y}). Xem lại ngày.")


def check_late(day: date, *, due: date, reason: str, what: str) -> None:
    if day > due and not reason:
        raise Refused(
            f"{what} chậm so với hạn {due:%d/%m/%Y}. Ghi lý do chậm vào ô “Lý do chậm” rồi gửi lại."
        )


def check_given(text: str, *, what: str) -> None:
    if not text:
        raise Refused(f"Thiếu {what}. Ghi vào rồi gửi lại.")


def check_is_free(name: str, *, is_open: bool, stays_elsewhere: bool) -> None:
    """One transfer at a time, and nobody is sent on from a temporary stay."""
    if is_open:
        raise Refused(
            f"Đồng chí {name} đang có một hồ sơ chuyển sinh hoạt chưa xong. Làm xong hoặc hủy hồ sơ ấy."
        )
    if stays_elsewhere:
        raise Refused(f"Đồng chí {name} đang sinh hoạt tạm thời ở nơi khác. Kết thúc việc ấy trước.")


def check_complete(*, is_complete: bool, is_clear: bool) -> None:
    """What the sending side vouches for before it issues the paper."""
    if not is_complete:
        raise Refused("Hồ sơ chưa đủ bản tự kiểm điểm, quyết định (nếu có). Bổ sung rồi mới giới thiệu.")
    if not is_clear:
        raise Refused(
            "Chưa chuyển khi đồng chí đang bị kiểm tra, xem xét kỷ luật hoặc đang có đơn tố cáo. Chờ có kết luận."
        )
