"""Choices of the yearly review, and the table of how a cell's part of it moves on. Grades are data in `rules/`."""

from django.db.models import TextChoices


class RoundState(TextChoices):
    OPEN = "open", "Đang kiểm điểm"
    CLOSED = "closed", "Đã chốt"


class Stage(TextChoices):
    """Where a cell's part of a round stands: each level locks the one below."""

    IN_CELL = "in_cell", "Chi bộ đang kiểm điểm"
    PROPOSED = "proposed", "Chi bộ đã đề nghị"
    APPRAISED = "appraised", "Đã thẩm định"
    DECIDED = "decided", "Đã quyết định"


class Move(TextChoices):
    """What is done to a cell's part as a whole."""

    PROPOSE = "propose", "Chi bộ đề nghị"
    APPRAISE = "appraise", "Thẩm định"
    DECIDE = "decide", "Quyết định"
    SEND_BACK = "send_back", "Trả lại"


MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.IN_CELL, Move.PROPOSE): Stage.PROPOSED,
    (Stage.PROPOSED, Move.APPRAISE): Stage.APPRAISED,
    (Stage.PROPOSED, Move.SEND_BACK): Stage.IN_CELL,
    (Stage.APPRAISED, Move.DECIDE): Stage.DECIDED,
    (Stage.APPRAISED, Move.SEND_BACK): Stage.PROPOSED,
}


class LineKind(TextChoices):
    """What a line of the review's register says; `grade` goes with those that set or change one."""

    PROMPT = "prompt", "Gợi ý kiểm điểm"
    SELF_REVIEW = "self_review", "Gửi bản tự kiểm điểm"
    REMARK = "remark", "Nhận xét của chi ủy"
    TALLY = "tally", "Ghi kết quả bỏ phiếu"
    NOT_RATED = "not_rated", "Không xếp loại"
    CELL_GRADE = "cell_grade", "Chi bộ đề nghị mức"
    APPRAISED_GRADE = "appraised_grade", "Mức thẩm định"
    ADDED_GRADE = "added_grade", "Bổ sung mức theo quyết định"
    MOVE = "move", "Chuyển bước"
    WORD = "word", "Ý kiến của đảng viên"
    APPEAL = "appeal", "Đề nghị xem xét lại"
    ANSWER = "answer", "Trả lời"


class Dues(TextChoices):
    """What the cell knows of the member's dues: a fact it writes down, never computed here."""

    UNKNOWN = "unknown", "Chưa ghi"
    PAID = "paid", "Đóng đủ, đúng kỳ"
    LATE = "late", "Đóng đủ, có kỳ chậm"
    BEHIND = "behind", "Còn thiếu"


class Mended(TextChoices):
    """Whether shortcomings pointed out before are mended: a fact the cell writes down, never computed here."""

    UNKNOWN = "unknown", "Chưa ghi"
    NONE = "none", "Không có hạn chế phải khắc phục"
    ALL = "all", "Đã khắc phục xong"
    NOT_YET = "not_yet", "Chưa khắc phục xong"


class Method(TextChoices):
    SECRET = "secret", "Phiếu kín"
    OPEN = "open", "Biểu quyết công khai"
