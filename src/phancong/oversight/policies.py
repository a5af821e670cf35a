"""Whether a note may be written, answered or withdrawn, and somebody put in charge."""

from collections.abc import Collection
from datetime import date

from phancong.access.actor import Actor, may, places
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.organizations.models import PATH_WIDTH, Organization
from phancong.oversight.enums import ReplyKind
from phancong.oversight.models import Note, Reply


def origin_path(organization: Organization, *, by: Actor, charged: Collection[str]) -> str | None:
    """The organisation above for which the actor writes; None: there is none, notes come from above.

    Whoever writes for everything writes for the organisation right above. `charged`: paths of the organisations that
    the actor is in charge of; for these, and all below, they write for their committee.
    """
    held = [
        place.path or organization.path[:-PATH_WIDTH]
        for place in places(by, Permission.NOTE_WRITE)
        if place.covers(organization.path) and place.path != organization.path
    ]
    held = held or [path[:-PATH_WIDTH] for path in charged if organization.path.startswith(path)]
    return max(held, key=len, default="") or None


def may_write(organization: Organization, *, by: Actor, charged: Collection[str]) -> bool:
    return origin_path(organization, by=by, charged=charged) is not None


def may_answer(note: Note, *, by: Actor) -> bool:
    """Whoever leads the organisation itself; the level above only reads the answer."""
    path = note.organization.path
    leads = any(place.path == path for place in places(by, Permission.NOTE_WRITE))
    return leads and note.recorded_by != by.user_id


def may_withdraw(note: Note, *, by: Actor) -> bool:
    """Whoever wrote it, and whoever writes for the level that it came from."""
    if by.user_id is not None and note.recorded_by == by.user_id:
        return True
    return bool(note.origin.path) and any(
        place.covers(note.origin.path) for place in places(by, Permission.NOTE_WRITE)
    )


def check_may_write(organization: Organization, *, by: Actor, charged: Collection[str]) -> str:
    """The path of the organisation that the note comes from."""
    path = origin_path(organization, by=by, charged=charged)
    if path is None:
        raise Refused(
            "Lời biểu dương, nhắc nhở do cấp trên của tổ chức này viết. Gặp văn phòng Đảng ủy cấp trên."
        )
    return path


def check_may_reply(note: Note, kind: ReplyKind, replies: list[Reply], *, by: Actor) -> None:
    """Answered once, withdrawn once; what was withdrawn needs no answer."""
    said = {reply.kind for reply in replies}
    if kind == ReplyKind.ANSWER and not may_answer(note, by=by):
        raise Refused("Chỉ người lãnh đạo tổ chức nhận lời này trả lời được.")
    if kind == ReplyKind.WITHDRAWAL and not may_withdraw(note, by=by):
        raise Refused("Chỉ cấp đã viết lời này rút lại được.")
    if ReplyKind.WITHDRAWAL in said:
        raise Refused("Lời này đã được rút lại, không cần làm gì thêm.")
    if kind in said:
        raise Refused("Lời này đã được trả lời. Mở lại trang để đọc.")


def may_decide(committee: Organization, *, by: Actor) -> bool:
    return not committee.holds_members and may(by, Permission.CHARGE_DECIDE, committee.path)


def check_may_decide(committee: Organization, *, by: Actor) -> None:
    if committee.holds_members:
        raise Refused("Chi bộ không có tổ chức trực thuộc để phân công phụ trách.")
    if not may(by, Permission.CHARGE_DECIDE, committee.path):
        raise Refused("Đồng chí chưa được giao ghi phân công phụ trách ở đây. Gặp văn phòng Đảng ủy.")


def check_charge_decision(number: str, *, decided_on: date, today: date) -> None:
    if not number:
        raise Refused("Ghi số quyết định, ví dụ 12-QĐ/ĐU.")
    if decided_on > today:
        raise Refused(f"Ngày ký {decided_on:%d/%m/%Y} chưa đến. Ghi ngày đã ký.")


def check_after_earlier(name: str, ended_on: date | None, *, day: date) -> None:
    """Nobody is put in charge of a time in which somebody else was."""
    if ended_on is not None and day < ended_on:
        raise Refused(
            f"{name}: đã có người phụ trách đến trước ngày {ended_on:%d/%m/%Y}. Chọn ngày hiệu lực từ ngày ấy."
        )


def check_seen(last: int, *, seen: int) -> None:
    """`seen`: the last row there was on the page that was sent."""
    if last != seen:
        raise Refused(
            "Phân công phụ trách vừa được đồng chí khác ghi, nên chưa ghi gì. Xem bản mới bên dưới rồi làm lại."
        )
