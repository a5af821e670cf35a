"""Conflict of duty: what nobody does about themself, and what two people must do."""

from phancong.access.actor import Actor
from phancong.common.refusal import Refused


def check_not_oneself(by: Actor, *, user_id: int | None = None, member_id: int | None = None) -> None:
    """Nobody decides about their own account or their own file."""
    is_self = (user_id is not None and by.user_id == user_id) or (
        member_id is not None and by.member_id == member_id
    )
    if is_self:
        raise Refused(
            "Đồng chí không tự quyết định việc của chính mình. Nhờ một đồng chí khác cùng phần việc."
        )


def check_second_person(by: Actor, *, proposed_by: int | None) -> None:
    """Whoever proposed it does not approve it. `proposed_by` is the account of the proposer."""
    if proposed_by is not None and by.user_id == proposed_by:
        raise Refused("Người đề xuất không tự duyệt. Việc này cần một đồng chí thứ hai.")
