"""Opening the restricted part of a file: the right first, the purpose noted, then what it holds."""

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.field_groups import PARTS, FieldGroup, groups_for
from phancong.members.member_file import SpanLine, restricted_lines
from phancong.members.models import Member

SHORTEST_PURPOSE = 10


@transaction.atomic
def open_group(member: Member, group: FieldGroup, *, purpose: str, by: Actor) -> list[SpanLine]:
    """Note in the log who opened which part of whose file for what, and give what it holds."""
    check_may_open(member, group, purpose=purpose, by=by)
    log.record_read(
        by=by,
        subject=f"member:{member.pk}",
        place=member.cell.path if member.cell else "",
        group=group.value,
        purpose=purpose,
        right=PARTS[group].right,
    )
    return restricted_lines(member, group, today=by.today)


def check_may_open(member: Member, group: FieldGroup, *, purpose: str, by: Actor) -> None:
    if group not in groups_for(by, member) or not PARTS[group].is_restricted:
        raise Refused("Phần hồ sơ này chưa được giao cho đồng chí xem. Cần thì hỏi Văn phòng Đảng ủy.")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Refused(
            f"Chưa ghi rõ mục đích xem. Viết một câu từ {SHORTEST_PURPOSE} chữ cái trở lên, "
            "ví dụ: “Xét giao việc nhẹ năm nay”."
        )
