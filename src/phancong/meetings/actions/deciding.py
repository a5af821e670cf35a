"""What the meeting decides: votes, opinions that are kept to, conclusions with a person and a day."""

from dataclasses import dataclass
from datetime import date

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.meetings import policies
from phancong.meetings.actions.recounting import count
from phancong.meetings.actions.writing import changing
from phancong.meetings.enums import Becomes, ItemKind, Method, Presence, State
from phancong.meetings.models import LINE_LENGTH, AgendaItem, Conclusion, Meeting, ReservedOpinion, Vote
from phancong.meetings.packs import vote_rules
from phancong.meetings.queries import attendances_of, draft_plan_of, electorate_of

HELD = (State.HELD,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted in the room."""

    kind: str
    method: Method
    in_favour: int
    against: int
    other: int


def record_vote(item: AgendaItem, *, tally: Tally, version: int, by: Actor) -> Vote:
    """Votes as counted; who counts is computed. A vote on the plan is tied to the draft that lay on the table."""
    with changing(item.meeting, by=by, action="meeting_vote", version=version, states=HELD) as held:
        kind = "plan" if item.kind == ItemKind.PLAN else tally.kind
        if kind not in {one.code for one in vote_rules(held.held_on).kinds}:
            raise Refused("Chưa chọn loại biểu quyết. Chọn một loại trong danh sách.")
        voters = electorate_of(held, attendances_of(held))
        if not voters.counted:
            raise Refused("Không có đồng chí nào có quyền biểu quyết. Xem lại điểm danh.")
        vote = Vote.objects.filter(item=item).first() or Vote(item=item)
        vote.kind, vote.method = kind, tally.method
        vote.in_favour, vote.against, vote.other = tally.in_favour, tally.against, tally.other
        count(vote, voters, meeting=held)
        vote.plan, vote.plan_version = None, None
        if item.kind == ItemKind.PLAN:
            _tie_to_draft(vote, held)
        vote.save()
    return vote


def _tie_to_draft(vote: Vote, meeting: Meeting) -> None:
    draft = draft_plan_of(meeting)
    if draft is None:
        raise Refused(
            "Chi bộ chưa có dự thảo kế hoạch phân công để biểu quyết. Lập dự thảo ở mục Phân công công tác trước."
        )
    vote.plan, vote.plan_version = draft, draft.version


def remove_vote(item: AgendaItem, *, version: int, by: Actor) -> None:
    """The item was not voted on after all."""
    with changing(item.meeting, by=by, action="meeting_vote", version=version, states=HELD):
        Vote.objects.filter(item=item).delete()


def reserve_opinion(item: AgendaItem, *, member_id: int, text: str, by: Actor) -> ReservedOpinion:
    """A member keeps to their opinion: it stands in the minutes, and may be reported upward."""
    text = clean(text)
    policies.check_told(text, what="ý kiến được bảo lưu", most=2000)
    with changing(item.meeting, by=by, action="meeting_reserve", version=None, states=HELD) as held:
        policies.check_on_roll(member_id, roll=_present(held))
        return ReservedOpinion.objects.create(item=item, member_id=member_id, text=text)


def conclude(
    item: AgendaItem,
    *,
    text: str,
    becomes: Becomes,
    member_id: int | None,
    due_on: date | None,
    by: Actor,
) -> Conclusion:
    """One conclusion. What becomes work names a person and a day; the work begins when the minutes are signed."""
    text = clean(text)
    policies.check_told(text, what="kết luận", most=LINE_LENGTH)
    with changing(item.meeting, by=by, action="meeting_conclude", version=None, states=HELD) as held:
        if becomes != Becomes.NOTHING and (member_id is None or due_on is None):
            raise Refused("Kết luận thành việc thì cần một đồng chí và một ngày hạn. Chọn đồng chí, ghi hạn.")
        if member_id is not None:
            policies.check_on_roll(member_id, roll={one.member_id for one in attendances_of(held)})
        if due_on is not None and due_on < held.held_on:
            raise Refused(f"Hạn {due_on:%d/%m/%Y} trước ngày họp. Ghi một ngày sau {held.held_on:%d/%m/%Y}.")
        return Conclusion.objects.create(
            item=item, text=text, becomes=becomes, member_id=member_id, due_on=due_on
        )


def remove_line(item: AgendaItem, *, conclusion: int | None, opinion: int | None, by: Actor) -> None:
    """Take back a conclusion or an opinion that was entered wrongly."""
    with changing(item.meeting, by=by, action="meeting_conclude", version=None, states=HELD):
        Conclusion.objects.filter(item=item, pk=conclusion or 0).delete()
        ReservedOpinion.objects.filter(item=item, pk=opinion or 0).delete()


def _present(meeting: Meeting) -> set[int]:
    return {one.member_id for one in attendances_of(meeting) if one.presence == Presence.PRESENT}
