"""Choices of planning."""

from django.db.models import IntegerChoices, TextChoices


class PlanStage(TextChoices):
    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã thông qua"
    CLOSED = "closed", "Đã tổng kết"


class DutySource(TextChoices):
    CATALOGUE = "catalogue", "Danh mục"
    LAST_YEAR = "last_year", "Năm trước"
    RESOLUTION = "resolution", "Nghị quyết của chi bộ"
    MEETING = "meeting", "Kết luận cuộc họp chi bộ"


class ResolutionKind(TextChoices):
    """What an organisation sets out its year's work in."""

    THEMATIC = "thematic", "Nghị quyết chuyên đề"
    PLAN = "plan", "Kế hoạch"
    CONCLUSION = "conclusion", "Kết luận"


class Priority(IntegerChoices):
    NORMAL = 1, "thường"
    IMPORTANT = 2, "quan trọng"
    ESSENTIAL = 3, "bắt buộc"


class HealthNeed(IntegerChoices):
    """The least health a duty asks for."""

    LIGHT = 0, "việc nhẹ, ai cũng làm được"
    MODERATE = 1, "đi lại vừa phải"
    HEAVY = 2, "đi lại nhiều, việc nặng"


class AssignmentSource(TextChoices):
    PROPOSED = "proposed", "Gợi ý"
    CHOSEN = "chosen", "Chi bộ chọn"
    HISTORY = "history", "Đã giao"
    ADJUSTED = "adjusted", "Điều chỉnh trong năm"


class ObjectionState(TextChoices):
    OPEN = "open", "Chờ trả lời"
    WITHDRAWN = "withdrawn", "Đã rút"
    CHANGED = "changed", "Đã sửa dự thảo"
    KEPT = "kept", "Giữ như dự thảo"


# What stands in the way of a need, beside the rules of the planner: all who could are needed more elsewhere.
BUSY = "busy"
GROUP = "group"
LEAD = "lead"
# Rules by which a need stays unmet, in the words of a summary.
IN_THE_WAY = {
    "available": "không có người có mặt tại địa bàn",
    "category": "không có người, việc đúng diện",
    "light_only": "chỉ còn việc nặng hơn việc nhẹ",
    "health": "không có người đủ sức khỏe",
    "night": "không có người làm được ban đêm",
    "competence": "thiếu kỹ năng, tiếng nói bắt buộc",
    "education": "chưa đủ trình độ học vấn",
    "single_hours": "việc dài hơn thời gian của đồng chí",
    "forbidden": "chi bộ đã loại trừ",
    "hours": "hết thời gian",
    "max_duties": "đã nhận đủ số việc",
    "headcount_max": "việc đã đủ người",
    "work": "không còn nhiệm vụ, chỉ có việc sự vụ",
    GROUP: "chưa sinh hoạt đoàn thể, chưa phụ trách nhóm hộ",
    LEAD: "chưa có người đứng ra phụ trách",
    BUSY: "người phù hợp đang cần hơn ở việc khác",
}
