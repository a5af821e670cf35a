"""The cell adopts its plan: from then on it stands as it was adopted, and changes are decisions added to it."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.text import clean
from phancong.planning import policies
from phancong.planning.actions.editing import lock_draft, subject_of
from phancong.planning.actions.stepping import forget_steps
from phancong.planning.enums import PlanStage
from phancong.planning.models import Adoption, Assignment, Duty, Plan
from phancong.planning.solving.judging import limits_against
from phancong.planning.solving.reading import snapshot_for


def adopt_plan(plan: Plan, *, version: int, adopted_on: date, basis: str, by: Actor) -> Adoption:
    """Freeze the draft as the cell adopted it on `adopted_on`; `basis` names the minutes.

    Limits known now are accepted.
    """
    policies.check_may_adopt(plan.cell, by=by)
    basis = clean(basis)
    policies.check_told(basis, what="căn cứ, ví dụ số và ngày của biên bản")
    with transaction.atomic():
        draft = lock_draft(plan, version=version, by=by)
        rows = list(Assignment.objects.filter(duty__plan=draft).select_related("member").order_by("id"))
        policies.check_can_be_adopted(draft, on=adopted_on, today=by.today, given=len(rows))
        _settle(draft, rows, adopted_on, by=by)
        content = _content(draft, rows)
        adoption = Adoption.objects.create(
            plan=draft,
            adopted_on=adopted_on,
            basis=basis,
            content=content,
            digest=digest_of(content),
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        draft.stage, draft.adopted_on, draft.version = PlanStage.ADOPTED, adopted_on, draft.version + 1
        draft.opinions_until = None
        draft.save(update_fields=["stage", "adopted_on", "version", "opinions_until"])
        forget_steps([draft.pk])
        log.record(
            by=by,
            action="adopt_plan",
            subject=subject_of(draft),
            place=draft.cell.path,
            detail={"on": adopted_on.isoformat(), "digest": adoption.digest, "assignments": len(rows)},
        )
    plan.stage, plan.adopted_on, plan.version = draft.stage, draft.adopted_on, draft.version
    return adoption


def digest_of(content: list[dict[str, Any]]) -> str:
    """The same content has the same digest, in every database."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _settle(plan: Plan, rows: list[Assignment], day: date, *, by: Actor) -> None:
    snapshot = snapshot_for(plan, today=by.today)
    numbers = dict(plan.duties.values_list("pk", "number"))
    for row in rows:
        row.begun_on = day
        row.accepted_limits = list(
            limits_against(snapshot, member=row.member_id, duty_number=numbers[row.duty_id])
        )
    Assignment.objects.bulk_update(rows, ["begun_on", "accepted_limits"])


def _content(plan: Plan, rows: list[Assignment]) -> list[dict[str, Any]]:
    people: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        told = {"member": row.member_id, "name": row.member.full_name, "lead": row.is_lead}
        people.setdefault(row.duty_id, []).append(told)
    duties = plan.duties.select_related("area").order_by("number")
    return [_told(duty, people.get(duty.pk, [])) for duty in duties]


def _told(duty: Duty, people: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": duty.number,
        "title": duty.title,
        "area": duty.area.name if duty.area else "",
        "due_on": duty.due_on.isoformat(),
        "monthly_hours": duty.monthly_hours,
        "product": duty.product,
        "measure": duty.measure,
        "responsibility": duty.responsibility,
        "authority": duty.authority,
        "people": sorted(people, key=lambda one: int(one["member"])),
    }
