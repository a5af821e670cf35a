"""Choices of transfers, and which states are which."""

from django.db import models


class Kind(models.TextChoices):
    OFFICIAL = "official", "Chính thức"
    TEMPORARY = "temporary", "Tạm thời"


class State(models.TextChoices):
    """A temporary stay runs on after it is received; everything else is over then."""

    REQUESTED = "requested", "Đã đề nghị"
    INTRODUCED = "introduced", "Đã giới thiệu"
    RECEIVED = "received", "Đã tiếp nhận"
    REFUSED = "refused", "Không tiếp nhận"
    CANCELLED = "cancelled", "Đã hủy"
    ENDED = "ended", "Đã kết thúc"


class Reason(models.TextChoices):
    """Why; the last two are those of a temporary stay, with terms in the pack `transfers`."""

    WORK = "work", "Chuyển công tác"
    HOME = "home", "Thay đổi nơi cư trú"
    RETIRED = "retired", "Nghỉ hưu, nghỉ công tác"
    DISCHARGED = "discharged", "Xuất ngũ, thôi học"
    OTHER = "other", "Lý do khác"
    AWAY = "away", "Đi công tác, ở nơi khác một thời gian"
    STUDY = "study", "Đi học"


class Direction(models.TextChoices):
    OUT = "di", "Chuyển đi"
    IN = "den", "Chuyển đến"


STAYS = frozenset({Reason.AWAY, Reason.STUDY})
# The procedure of the paper is under way.
ON_THE_WAY = (State.REQUESTED, State.INTRODUCED)
SHUT = (State.REFUSED, State.CANCELLED, State.ENDED)
