"""The parts of a member's file: each has its own right, and some are opened only for a purpose that is noted."""

from dataclasses import dataclass
from enum import StrEnum

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.members.models import Member


class FieldGroup(StrEnum):
    """The value is the word in the address of the part."""

    GENERAL = "chung"
    WORK = "cong-tac"
    LIMITS = "gioi-han"
    REASONS = "ly-do-rieng"
    DISCIPLINE = "ky-luat"


@dataclass(frozen=True, slots=True)
class Part:
    """`is_restricted`: closed until whoever is entitled says what for; each opening is noted in the log."""

    name: str
    right: Permission
    is_restricted: bool = False


PARTS = {
    FieldGroup.GENERAL: Part("Thông tin chung", Permission.MEMBER_SEE),
    FieldGroup.WORK: Part("Trình độ, nhiệm vụ, quá trình công tác", Permission.MEMBER_WORK_SEE),
    FieldGroup.LIMITS: Part("Giới hạn công việc", Permission.MEMBER_LIMIT_SEE),
    FieldGroup.REASONS: Part("Sức khỏe, hoàn cảnh", Permission.MEMBER_REASON_SEE, is_restricted=True),
    FieldGroup.DISCIPLINE: Part("Đình chỉ, kỷ luật", Permission.MEMBER_DISCIPLINE_SEE, is_restricted=True),
}


def groups_for(actor: Actor, member: Member) -> frozenset[FieldGroup]:
    """The parts of this file that the actor may open. Of their own, a member reads the restricted parts elsewhere."""
    if actor.member_id == member.pk:
        return frozenset(group for group, part in PARTS.items() if not part.is_restricted)
    # Those who belong to no cell any more are answered for by whoever acts everywhere.
    place = member.cell.path if member.cell else ""
    return frozenset(group for group, part in PARTS.items() if may(actor, part.right, place))
