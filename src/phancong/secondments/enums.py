"""Choices of seconding members, and the table of what may become of a draft and of a secondment."""

from django.db import models


class PlanState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    DECIDED = "decided", "Đã quyết định"
    DROPPED = "dropped", "Đã bỏ"


class State(models.TextChoices):
    PROPOSED = "proposed", "Dự kiến"
    SERVING = "serving", "Đang tăng cường"
    ENDED = "ended", "Đã về"


class Form(models.TextChoices):
    """Where the member is on the books while away; see the pack `secondments` for what right sits where."""

    OFFICIAL = "official", "Chuyển sinh hoạt chính thức"
    TEMPORARY = "temporary", "Chuyển sinh hoạt tạm thời"


class Side(models.TextChoices):
    SENDER = "sender", "Chi bộ cử đi"
    RECEIVER = "receiver", "Nơi nhận"
