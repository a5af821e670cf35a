"""Choices of organisations."""

from django.db.models import TextChoices


class EventKind(TextChoices):
    FOUNDING = "founding", "thành lập"
    RENAME = "rename", "đổi tên"
    MOVE = "move", "chuyển tổ chức trực thuộc"
    MERGE = "merge", "hợp nhất, sáp nhập"
    SPLIT = "split", "chia, tách"
    CONVERSION = "conversion", "chuyển loại hình"
    DISSOLUTION = "dissolution", "giải thể"


class PartyRole(TextChoices):
    SOURCE = "source", "tổ chức trước"
    RESULT = "result", "tổ chức sau"
