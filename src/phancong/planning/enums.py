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
