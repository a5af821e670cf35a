"""Choices of figures."""

from django.db.models import TextChoices


class Tree(TextChoices):
    """By which tree the figures of a day are laid out. The value is the word in the address."""

    THEN = "khi-do", "Theo tổ chức của ngày đó"
    NOW = "hien-nay", "Theo tổ chức hiện nay"


class HandState(TextChoices):
    """Whether an organisation handed its figures in, and when."""

    IN_TIME = "in_time", "Đã nộp"
    LATE = "late", "Nộp sau hạn"
    WAITING = "waiting", "Chưa nộp, còn hạn"
    MISSING = "missing", "Chưa nộp, quá hạn"
