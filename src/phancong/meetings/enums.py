"""Choices of meetings, and the table of how a meeting moves on. What the Party may change is data in `rules/`."""

from django.db.models import TextChoices


class State(TextChoices):
    PLANNED = "planned", "Chưa họp"
    HELD = "held", "Đang ghi biên bản"
    READ_BACK = "read_back", "Đã đọc lại, chờ ký"
    SIGNED = "signed", "Đã ký"
    CANCELLED = "cancelled", "Đã hủy"


class Move(TextChoices):
    """What is done to a meeting as a whole."""

    HOLD = "hold", "Bắt đầu họp"
    CANCEL = "cancel", "Hủy kỳ họp"
    READ_BACK = "read_back", "Thông qua biên bản"
    REOPEN = "reopen", "Mở lại để sửa"
    SIGN = "sign", "Ký biên bản"


# The number of the minutes is taken when the meeting begins: from then on it cannot be cancelled, so none is lost.
MOVES: dict[tuple[State, Move], State] = {
    (State.PLANNED, Move.HOLD): State.HELD,
    (State.PLANNED, Move.CANCEL): State.CANCELLED,
    (State.HELD, Move.READ_BACK): State.READ_BACK,
    (State.READ_BACK, Move.REOPEN): State.HELD,
    (State.READ_BACK, Move.SIGN): State.SIGNED,
}


class ItemKind(TextChoices):
    """What the product does for an item beyond keeping its words."""

    PLAIN = "plain", "Nội dung thường"
    RESULTS = "results", "Kết quả tháng trước"
    PLAN = "plan", "Thông qua kế hoạch phân công của năm"
    RESOLUTION = "resolution", "Ra nghị quyết"


class Presence(TextChoices):
    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng không lý do"
    BARRED = "barred", "Không được dự"


class Stay(TextChoices):
    """Where the member takes part on the day of the meeting, seen from this cell."""

    HERE = "here", "Sinh hoạt tại chi bộ"
    TEMPORARY_HERE = "temporary_here", "Sinh hoạt tạm thời tại chi bộ"
    TEMPORARY_ELSEWHERE = "temporary_elsewhere", "Sinh hoạt tạm thời nơi khác"


class Method(TextChoices):
    HANDS = "hands", "Giơ thẻ đảng viên"
    SECRET = "secret", "Phiếu kín"


class Becomes(TextChoices):
    """What a conclusion turns into when the minutes are signed."""

    NOTHING = "nothing", "Chỉ ghi biên bản"
    DUTY = "duty", "Thành nhiệm vụ của một đồng chí"
    FOLLOW_UP = "follow_up", "Thành việc cần theo dõi"
