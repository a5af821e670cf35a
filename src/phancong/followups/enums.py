"""Choices of following up, and the table of what may be said when."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a duty stands; "Quá hạn" is said of one that runs past its day, "Dự thảo" of one not yet adopted."""

    RUNNING = "running", "Đang thực hiện"
    AWAITING = "awaiting", "Chờ nhận xét"
    DONE = "done", "Hoàn thành"
    ENDED = "ended", "Đã điều chỉnh"


class EntryKind(TextChoices):
    """What a line of the register says. The first four are the member's, the others are said to the member."""

    DONE = "done", "Báo đã xong"
    GOING = "going", "Báo đang làm"
    DIFFICULT = "difficult", "Báo gặp khó"
    ASK = "ask", "Xin điều chỉnh"
    ACCEPT = "accept", "Nhận xét: hoàn thành"
    RETURN = "return", "Nhận xét: làm tiếp"
    NOTE = "note", "Nhận xét"
    REMIND = "remind", "Nhắc"
    EXTEND = "extend", "Gia hạn"
    ANSWER = "answer", "Trả lời"
    PASS_UP = "pass_up", "Chuyển cấp trên"
    END = "end", "Thôi giao"


class AskReason(TextChoices):
    """Why a change is asked for."""

    HEALTH = "health", "Sức khỏe"
    CIRCUMSTANCE = "circumstance", "Hoàn cảnh"
    PROFESSION = "profession", "Không đúng chuyên môn"
    OTHER = "other", "Lý do khác"


BY_MEMBER = frozenset({EntryKind.DONE, EntryKind.GOING, EntryKind.DIFFICULT, EntryKind.ASK})
# What opens a matter that somebody has to answer.
OPENS = frozenset({EntryKind.DIFFICULT, EntryKind.ASK})
# What counts as news of a duty: it is not "long without news" after these.
NEWS = BY_MEMBER | {EntryKind.ACCEPT, EntryKind.RETURN, EntryKind.EXTEND}

_ANY_TIME = (EntryKind.NOTE, EntryKind.ANSWER, EntryKind.PASS_UP)
# What may be said in which state, and the state it leads to. The diagram of the docs is printed from it.
MOVES: dict[tuple[State, EntryKind], State] = {
    (State.RUNNING, EntryKind.DONE): State.AWAITING,
    **{
        (State.RUNNING, kind): State.RUNNING
        for kind in (
            EntryKind.GOING,
            EntryKind.DIFFICULT,
            EntryKind.ASK,
            EntryKind.EXTEND,
            EntryKind.REMIND,
            *_ANY_TIME,
        )
    },
    (State.RUNNING, EntryKind.END): State.ENDED,
    (State.AWAITING, EntryKind.ACCEPT): State.DONE,
    (State.AWAITING, EntryKind.RETURN): State.RUNNING,
    (State.AWAITING, EntryKind.END): State.ENDED,
    **{(State.AWAITING, kind): State.AWAITING for kind in _ANY_TIME},
    **{(State.DONE, kind): State.DONE for kind in _ANY_TIME},
    **{(State.ENDED, kind): State.ENDED for kind in (EntryKind.ANSWER, EntryKind.PASS_UP)},
}
