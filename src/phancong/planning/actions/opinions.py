"""Before the meeting members say what they think of the draft, and the secretary answers."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.planning import policies
from phancong.planning.actions.editing import lock_draft, subject_of
from phancong.planning.actions.stepping import go_on_from
from phancong.planning.enums import ObjectionState
from phancong.planning.models import Assignment, Duty, Objection, Plan
from phancong.planning.solving.people import people_of
from phancong.planning.solving.snapshot import full_title


def ask_opinions(plan: Plan, *, until: date | None, version: int, by: Actor) -> None:
    """Open the draft for opinions to the end of a day, or close it (None). The draft itself stays as it is."""
    policies.check_may_change(plan.cell, by=by)
    if until is not None:
        policies.check_opinions_until(plan, until=until, today=by.today)
    with transaction.atomic():
        draft = lock_draft(plan, version=version, by=by)
        draft.opinions_until, draft.version = until, version + 1
        draft.save(update_fields=["opinions_until", "version"])
        go_on_from(draft, version=version)
        detail = {"until": until.isoformat() if until else ""}
        log.record(
            by=by, action="ask_opinions", subject=subject_of(plan), place=plan.cell.path, detail=detail
        )
    plan.version, plan.opinions_until = draft.version, until


def object_to(plan: Plan, *, duty: Duty | None, text: str, by: Actor) -> Objection:
    """What a member says of a duty given to them in the draft, or of their part at all (`duty` None)."""
    text = clean(text)
    policies.check_opinion(text)
    with transaction.atomic():
        # Held against two windows of the same member, and against the draft being adopted meanwhile.
        draft = Plan.objects.select_for_update(of=("self",)).select_related("cell").get(pk=plan.pk)
        member = _check_own(draft, duty, by=by)
        policies.check_takes_opinions(draft, today=by.today)
        open_ones = Objection.objects.filter(plan=draft, member=member, state=ObjectionState.OPEN)
        if open_ones.filter(Q(duty=duty) if duty else Q(duty__isnull=True)).exists():
            raise Refused(
                "Đồng chí đã gửi ý kiến về việc này và đang chờ trả lời. Rút ý kiến ấy rồi gửi lại nếu muốn đổi lời."
            )
        objection = Objection.objects.create(
            plan=draft,
            member_id=member,
            duty=duty,
            about=full_title(duty)[:300] if duty else "",
            text=text,
            at=by.now,
        )
        _record("object_to_plan", objection, by=by)
    return objection


def withdraw_objection(objection: Objection, *, by: Actor) -> None:
    """The member takes their own opinion back while it is not answered."""
    if objection.member_id != by.member_id:
        raise Refused("Chỉ người gửi rút được ý kiến. Bí thư trả lời ý kiến ở bảng phân công.")
    with transaction.atomic():
        held = _hold(objection)
        held.state = ObjectionState.WITHDRAWN
        held.save(update_fields=["state"])
        _record("withdraw_objection", held, by=by)


def answer_objection(objection: Objection, *, changed: bool, answer: str, by: Actor) -> None:
    """What became of it: the draft was changed, or it stays; with words in both cases."""
    policies.check_may_change(objection.plan.cell, by=by)
    answer = clean(answer)
    policies.check_answer(answer)
    with transaction.atomic():
        held = _hold(objection)
        policies.check_is_draft(held.plan)
        held.state = ObjectionState.CHANGED if changed else ObjectionState.KEPT
        held.answer, held.answered_at = answer, by.now
        held.answered_by, held.answered_by_name = by.user_id, by.name
        held.save()
        _record("answer_objection", held, by=by)


def _hold(objection: Objection) -> Objection:
    """The opinion, held until the end of the transaction, still waiting for an answer."""
    held = Objection.objects.select_for_update(of=("self",)).select_related("plan__cell").get(pk=objection.pk)
    if held.state != ObjectionState.OPEN:
        raise Refused("Ý kiến này đã được rút hoặc đã có trả lời. Tải lại trang để xem bản mới nhất.")
    return held


def _check_own(plan: Plan, duty: Duty | None, *, by: Actor) -> int:
    """Members speak of their own part only. The member who speaks."""
    if duty is not None:
        given = Assignment.objects.standing().filter(duty=duty, duty__plan=plan)
        speakers = set(given.values_list("member", flat=True))
    else:
        people = people_of([plan.cell_id], year=plan.year, today=by.today)[plan.cell_id]
        speakers = {person.member.pk for person in people}
    if by.member_id is None or by.member_id not in speakers:
        raise Refused("Chỉ gửi ý kiến về việc dự kiến giao cho mình. Tải lại trang để xem bản mới nhất.")
    return by.member_id


def _record(action: str, objection: Objection, *, by: Actor) -> None:
    plan = objection.plan
    detail = {"objection": objection.pk, "duty": objection.duty_id or 0}
    log.record(by=by, action=action, subject=subject_of(plan), place=plan.cell.path, detail=detail)
