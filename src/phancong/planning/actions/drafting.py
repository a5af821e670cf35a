"""Opening plans and having them drafted. Solving happens before the transaction, storing inside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning import policies
from phancong.planning.actions.stepping import forget_steps, keep_step, state_of
from phancong.planning.enums import AssignmentSource
from phancong.planning.models import Assignment, Duty, Plan, Unmet
from phancong.planning.opening import Opening
from phancong.planning.solving.answer import Answer, Open, answer_of, open_needs
from phancong.planning.solving.people import people_of
from phancong.planning.solving.reading import duties_of, snapshot_for
from phancong.planning.solving.snapshot import Decisions, Snapshot, snapshot_of

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Drafted:
    snapshot: Snapshot
    answer: Answer


def open_plan(cell: Organization, *, year: int, by: Actor) -> Plan:
    """A plan with its duties and nobody on them yet: from the catalogue and from last year's own duties."""
    policies.check_may_change(cell, by=by)
    policies.check_has_members(cell)
    policies.check_year(year, today=by.today)
    with transaction.atomic():
        if Plan.objects.filter(cell=cell, year=year).exists():
            raise Refused(f"{cell.name} đã có kế hoạch năm {year}. Mở kế hoạch ấy để sửa.")
        people = people_of([cell.pk], year=year, today=by.today)
        plan, duties = Opening.read([cell], year=year, by=by).plan_of(cell, people[cell.pk])
        save_new([(plan, duties)])
        log.record(
            by=by,
            action="open_plan",
            subject=f"plan:{plan.pk}",
            place=cell.path,
            detail={"duties": len(duties)},
        )
    return plan


def draft_plan(cell: Organization, *, year: int, by: Actor) -> Plan:
    """The best plan of one cell: opened if need be; what people keep is kept, what was proposed is replaced."""
    return draft_plans([cell], year=year, by=by)[0]


def draft_plans(
    cells: Sequence[Organization], *, year: int, by: Actor, progress: Progress | None = None
) -> list[Plan]:
    """Draft the plans of `cells`: read together, solved one by one, stored together with one audit line."""
    policies.check_year(year, today=by.today)
    for cell in cells:
        policies.check_may_change(cell, by=by)
        policies.check_has_members(cell)
    drafted = []
    for snapshot in _snapshots(cells, year=year, by=by):
        drafted.append(_Drafted(snapshot, answer_of(snapshot)))
        if progress:
            progress(len(drafted))
    with transaction.atomic():
        _store(drafted, by=by, words="Gợi ý lại từ đầu")
        _record(drafted, year=year, by=by)
    return [one.snapshot.plan for one in drafted]


def _snapshots(cells: Sequence[Organization], *, year: int, by: Actor) -> list[Snapshot]:
    """A fixed number of queries for all cells together."""
    ids = [cell.pk for cell in cells]
    present = {
        plan.cell_id: plan for plan in Plan.objects.filter(cell__in=ids, year=year).select_related("cell")
    }
    for plan in present.values():
        policies.check_is_draft(plan)
    people = people_of(ids, year=year, today=by.today)
    duties = duties_of(present.values())
    new = [cell for cell in cells if cell.pk not in present]
    opening = Opening.read(new, year=year, by=by)
    decisions = Decisions.read(list(present.values()), cells=ids, year=year)
    found = []
    for cell in cells:
        if cell.pk in present:
            plan, of_plan = present[cell.pk], duties.get(present[cell.pk].pk, [])
        else:
            plan, of_plan = opening.plan_of(cell, people[cell.pk])
        found.append(snapshot_of(plan, of_plan, people[cell.pk], decisions, today=by.today))
    return found


def save_new(opened: Sequence[tuple[Plan, list[Duty]]]) -> None:
    """Store plans with their duties; of two who make the same plan the second is told."""
    try:
        with transaction.atomic():
            Plan.objects.bulk_create([plan for plan, _ in opened])
    except IntegrityError as error:
        # The database holds one plan a year for a cell; somebody else was first.
        raise Refused(
            "Kế hoạch vừa được lập ở cửa sổ hoặc máy khác. Tải lại trang để xem, rồi sửa tiếp."
        ) from error
    for plan, duties in opened:
        for duty in duties:
            duty.plan = plan
    Duty.objects.bulk_create([duty for _, duties in opened for duty in duties])


def _store(drafted: Sequence[_Drafted], *, by: Actor, words: str) -> None:
    """Replace what was proposed. Refuses when somebody changed a plan while it was being solved.

    One plan leaves a step to take back; many at once leave none.
    """
    known = [one for one in drafted if one.snapshot.plan.pk]
    _check_unchanged([one.snapshot.plan for one in known])
    before = state_of(known[0].snapshot.plan) if len(drafted) == len(known) == 1 else None
    for one in known:
        one.snapshot.plan.version += 1
    save_new(
        [
            (one.snapshot.plan, list(one.snapshot.duties.values()))
            for one in drafted
            if not one.snapshot.plan.pk
        ]
    )
    keys = [one.snapshot.plan.pk for one in known]
    sources = _kept_sources(keys)
    Assignment.objects.filter(duty__plan__in=keys).delete()
    Unmet.objects.filter(plan__in=keys).delete()
    Assignment.objects.bulk_create(
        [row for one in drafted for row in _assignments(one.snapshot, one.answer, sources)]
    )
    Unmet.objects.bulk_create([row for one in drafted for row in unmet_rows(one.snapshot, one.answer.open)])
    for one in drafted:
        _mark(one.snapshot.plan, one.answer, by=by)
    Plan.objects.bulk_update(
        [one.snapshot.plan for one in drafted], ["version", "drafted_at", "is_proved", "seconds", "levels"]
    )
    if before is not None:
        keep_step(known[0].snapshot.plan, before=before, words=words, by=by)
    else:
        forget_steps(keys)


def store_one(snapshot: Snapshot, answer: Answer, *, by: Actor, words: str) -> None:
    """Replace what was proposed in one plan, inside the caller's transaction."""
    _store([_Drafted(snapshot, answer)], by=by, words=words)


def _check_unchanged(plans: Sequence[Plan]) -> None:
    locked = Plan.objects.select_for_update().in_bulk([plan.pk for plan in plans])
    for plan in plans:
        if plan.pk not in locked or locked[plan.pk].version != plan.version:
            raise Refused(
                f"Kế hoạch của {plan.cell.name} vừa được sửa ở cửa sổ hoặc máy khác trong lúc tính. Bấm gợi ý lại."
            )


def _kept_sources(plans: Sequence[int]) -> Mapping[tuple[int, int], tuple[str, str]]:
    """Who chose the kept assignments and why, by duty and member."""
    rows = Assignment.objects.filter(duty__plan__in=plans, is_locked=True)
    return {(row.duty_id, row.member_id): (row.source, row.despite) for row in rows}


def _assignments(
    snapshot: Snapshot, answer: Answer, kept: Mapping[tuple[int, int], tuple[str, str]]
) -> list[Assignment]:
    rows = []
    for one in answer.given:
        duty = snapshot.duties[one.duty]
        source, despite = kept.get((duty.pk, one.member), (AssignmentSource.PROPOSED, ""))
        rows.append(
            Assignment(
                duty=duty,
                member_id=one.member,
                is_lead=one.lead,
                is_locked=one.locked,
                source=source,
                despite=despite,
                fit=one.fit,
                terms=dict(one.terms),
            )
        )
    return rows


def refresh_unmet(plan: Plan, *, by: Actor) -> None:
    """Say anew what the draft leaves open after people changed it; known ways to help are kept."""
    ways = {(row.duty_id, row.member_id, row.rule): row.relaxation for row in Unmet.objects.filter(plan=plan)}
    snapshot = snapshot_for(plan, today=by.today)
    rows = unmet_rows(snapshot, open_needs(snapshot))
    for row in rows:
        row.relaxation = ways.get((row.duty_id, row.member_id, row.rule), "")
    Unmet.objects.filter(plan=plan).delete()
    Unmet.objects.bulk_create(rows)


def unmet_rows(snapshot: Snapshot, needs: Sequence[Open]) -> list[Unmet]:
    return [
        Unmet(
            plan=snapshot.plan,
            duty=snapshot.duties[one.duty] if one.duty else None,
            member_id=one.member,
            rule=one.rule,
            missing=one.missing,
            sentence=one.sentence,
            relaxation=one.relaxation,
        )
        for one in needs
    ]


def _mark(plan: Plan, answer: Answer, *, by: Actor) -> None:
    plan.drafted_at = by.now
    plan.is_proved, plan.seconds, plan.levels = answer.is_proved, answer.seconds, dict(answer.levels)


def _record(drafted: Sequence[_Drafted], *, year: int, by: Actor) -> None:
    detail = {
        "cells": len(drafted),
        "assignments": sum(len(one.answer.given) for one in drafted),
        "unmet": sum(len(one.answer.open) for one in drafted),
    }
    if len(drafted) == 1:
        plan = drafted[0].snapshot.plan
        log.record(by=by, action="draft_plan", subject=f"plan:{plan.pk}", place=plan.cell.path, detail=detail)
    else:
        log.record(by=by, action="draft_plans", subject=f"year:{year}", detail=detail)
