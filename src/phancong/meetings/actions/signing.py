"""The minutes are read back, agreed to and signed; then what the meeting decided takes effect, all of it or nothing."""

import hashlib
from datetime import time

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.followups import actions as followups
from phancong.meetings import policies
from phancong.meetings.actions.numbers import take_number
from phancong.meetings.actions.writing import changing, record
from phancong.meetings.enums import Becomes, ItemKind, Move, State
from phancong.meetings.models import (
    LINE_LENGTH,
    Addendum,
    AgendaItem,
    Conclusion,
    Meeting,
    SignedMinutes,
    Vote,
)
from phancong.meetings.papers import naming, writing
from phancong.meetings.queries import items_of
from phancong.planning.enums import PlanStage
from phancong.planning.models import REASON_LENGTH, Plan

ANY = frozenset(State) - {State.SIGNED}


def read_back(meeting: Meeting, *, ends_at: time, version: int, by: Actor) -> None:
    """The minutes were read to the meeting and agreed to, as they stood in `version`."""
    with changing(meeting, by=by, action="meeting_read_back", version=version, states=ANY) as held:
        to = policies.check_may_move(held, Move.READ_BACK)
        if ends_at <= held.starts_at:
            raise Refused(
                f"Giờ kết thúc phải sau {held.starts_at:%H:%M} là giờ bắt đầu. Ghi lại giờ kết thúc."
            )
        if held.chair_id is None or held.minutes_secretary_id is None:
            raise Refused("Chưa ghi chủ trì hoặc thư ký. Chọn ở trang Chương trình rồi thông qua biên bản.")
        held.state, held.ends_at = to, ends_at


def reopen(meeting: Meeting, *, version: int, by: Actor) -> None:
    """Something has to be mended before the minutes are signed."""
    with changing(meeting, by=by, action="meeting_reopen", version=version, states=ANY) as held:
        held.state = policies.check_may_move(held, Move.REOPEN)


def sign(meeting: Meeting, *, version: int, by: Actor) -> SignedMinutes:
    """The plan that reached its vote is adopted, conclusions become work, the paper is kept: one transaction."""
    with changing(meeting, by=by, action="meeting_sign", version=version, states=ANY) as held:
        to = policies.check_may_move(held, Move.SIGN)
        items = items_of(held)
        basis = naming.basis(held)
        for item in items:
            _take_effect(item, held, basis=basis, by=by)
        # The list in the minutes is what was voted on; what the meeting concluded beside it has its own table.
        docx, pdf = writing.minutes_docx(held), writing.minutes_pdf(held)
        for item in items:
            for conclusion in item.conclusions.all():
                _become_work(conclusion, held, basis=basis, by=by)
        signed = SignedMinutes.objects.create(
            meeting=held,
            docx=docx,
            docx_digest=hashlib.sha256(docx).hexdigest(),
            pdf=pdf,
            pdf_digest=hashlib.sha256(pdf).hexdigest(),
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        held.state = to
    return signed


def add_addendum(meeting: Meeting, *, text: str, reason: str, by: Actor) -> Addendum:
    """What the cell adds to signed minutes later; the minutes stay as they are."""
    text, reason = clean(text), clean(reason)
    policies.check_told(text, what="nội dung bổ sung", most=2000)
    policies.check_told(reason, what="lý do bổ sung", most=LINE_LENGTH)
    return _add(meeting, text, reason, by=by)


def _take_effect(item: AgendaItem, meeting: Meeting, *, basis: str, by: Actor) -> None:
    vote: Vote | None = getattr(item, "vote", None)
    if vote is None or not vote.is_reached:
        return
    if item.kind == ItemKind.RESOLUTION and item.resolution_number is None:
        item.resolution_number = take_number(meeting.cell, type_code="resolution", day=meeting.held_on)
        item.save(update_fields=["resolution_number"])
    if item.kind == ItemKind.PLAN and vote.plan is not None and vote.plan_version is not None:
        if vote.plan.version != vote.plan_version:
            raise Refused(
                "Dự thảo kế hoạch đã sửa sau khi chi bộ biểu quyết. "
                "Mở lại biên bản, biểu quyết lại bản đang có rồi ký."
            )
        followups.adopt(vote.plan, version=vote.plan_version, adopted_on=meeting.held_on, basis=basis, by=by)


def _become_work(conclusion: Conclusion, meeting: Meeting, *, basis: str, by: Actor) -> None:
    member, due_on = conclusion.member, conclusion.due_on
    if conclusion.becomes == Becomes.NOTHING or member is None or due_on is None:
        return
    plan = Plan.objects.filter(cell=meeting.cell_id, year=due_on.year, stage=PlanStage.ADOPTED).first()
    if plan is None:
        raise Refused(
            f"Chi bộ chưa có kế hoạch năm {due_on.year} được thông qua, nên kết luận “{conclusion.text}” "
            "chưa thành việc được. Thông qua kế hoạch trước, hoặc để kết luận chỉ ghi biên bản."
        )
    conclusion.assignment = followups.conclude(
        plan,
        title=conclusion.text,
        member=member,
        due_on=due_on,
        basis=basis,
        reason=f"Kết luận kỳ sinh hoạt chi bộ ngày {meeting.held_on:%d/%m/%Y}."[:REASON_LENGTH],
        is_substantive=conclusion.becomes == Becomes.DUTY,
        decided_on=meeting.held_on,
        by=by,
    )
    conclusion.save(update_fields=["assignment"])


def _add(meeting: Meeting, text: str, reason: str, *, by: Actor) -> Addendum:
    policies.check_may_record(meeting.cell, by=by)
    with transaction.atomic():
        # A signed meeting is not written to any more; holding its row orders those who add to it.
        held = Meeting.objects.select_for_update(of=("self",)).select_related("cell").get(pk=meeting.pk)
        if held.state != State.SIGNED:
            raise Refused("Biên bản chưa ký thì sửa thẳng, chưa cần bổ sung.")
        added = Addendum.objects.create(
            meeting=held,
            number=Addendum.objects.filter(meeting=held).count() + 1,
            text=text,
            reason=reason,
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        record(held, "meeting_addendum", by=by, detail={"number": added.number})
    return added
