"""Choices of reorganisations."""

from django.db import models

from phancong.organizations.enums import EventKind


class State(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    WAITING = "waiting", "Đã quyết định, chờ ngày có hiệu lực"
    DONE = "done", "Đã thực hiện"
    UNDONE = "undone", "Đã hoàn tác"
    DROPPED = "dropped", "Đã bỏ"


class StepKind(models.TextChoices):
    """What a line of a reorganisation does, in the words of its sheet."""

    FOUNDING = EventKind.FOUNDING.value, "Thành lập"
    SPLIT = EventKind.SPLIT.value, "Tách ra"
    CONVERSION = EventKind.CONVERSION.value, "Chuyển loại hình"
    MOVE = EventKind.MOVE.value, "Chuyển trực thuộc"
    RENAME = EventKind.RENAME.value, "Đổi tên"
    MERGE = EventKind.MERGE.value, "Sáp nhập vào"
    DISSOLUTION = EventKind.DISSOLUTION.value, "Giải thể"


# The order in which they are carried out, whatever the order of the lines: what is new comes first, what ends last.
ORDER = (
    StepKind.FOUNDING,
    StepKind.SPLIT,
    StepKind.CONVERSION,
    StepKind.MOVE,
    StepKind.RENAME,
    StepKind.MERGE,
    StepKind.DISSOLUTION,
)
# What each kind of line has to say besides the organisation it is about.
NAMED = frozenset({StepKind.FOUNDING, StepKind.SPLIT, StepKind.RENAME})
TYPED = frozenset({StepKind.FOUNDING, StepKind.CONVERSION})
AIMED = frozenset({StepKind.SPLIT, StepKind.MOVE, StepKind.MERGE})
NEW = frozenset({StepKind.FOUNDING, StepKind.SPLIT})
ENDING = frozenset({StepKind.MERGE, StepKind.DISSOLUTION})
