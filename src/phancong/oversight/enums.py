"""Choices of what the level above says to an organisation."""

from django.db import models


class NoteKind(models.TextChoices):
    PRAISE = "praise", "Biểu dương"
    GUIDANCE = "guidance", "Nhắc nhở, hướng dẫn"


class ReplyKind(models.TextChoices):
    """What was written under a note: by the organisation itself, or by the level that wrote it."""

    ANSWER = "answer", "Trả lời"
    WITHDRAWAL = "withdrawal", "Rút lại"
