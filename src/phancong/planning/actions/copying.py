"""Using last year's plan again: its duties and its people, as far as they still stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.spans import on_day
from phancong.organizations.models import AreaCoverage, Organization
from phancong.planning import policies
from phancong.planning.actions.drafting import refresh_unmet, save_new
from phancong.planning.catalogue import DESCRIPTION
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Assignment, Duty, Plan
from phancong.planning.packs import planning_rules
from phancong.planning.solving.judging import fit_and_terms, judge
from phancong.planning.solving.people import planning_day
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import Snapshot, duty_id, full_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The new plan, how much of last year stands in it, and what could not be kept, each with its reason."""

    plan: Plan
    kept: int
    left_out: tuple[str, ...]


def copy_last_year(cell: Organization, *, year: int, by: Actor) -> Copied:
    """A draft with last year's duties, and with the people whom nothing speaks against now."""
    policies.check_may_change(cell, by=by)
    policies.check_has_members(cell)
    policies.check_year(year, today=by.today)
    with transaction.atomic():
        last = Plan.objects.filter(cell=cell, year=year - 1).first()
        if last is None:
            raise Refused(
                f"{cell.name} chưa có kế hoạch năm {year - 1}. Bấm Gợi ý phân công hoặc Lập từ đầu."
            )
        if Plan.objects.filter(cell=cell, year=year).exists():
            raise Refused(f"{cell.name} đã có kế hoạch năm {year}. Mở kế hoạch ấy để sửa.")
        plan = Plan(cell=cell, year=year, drafted_at=by.now)
        duties, gone = _duties_of(last, plan, by=by)
        save_new([(plan, duties)])
        rows, not_kept = _people_of(last, snapshot_for(plan, today=by.today))
        Assignment.objects.bulk_create(rows)
        refresh_unmet(plan, by=by)
        log.record(
            by=by,
            action="copy_last_year",
            subject=f"plan:{plan.pk}",
            place=cell.path,
            detail={"duties": len(duties), "assignments": len(rows), "left_out": len(gone) + len(not_kept)},
        )
    return Copied(plan=plan, kept=len(rows), left_out=(*gone, *not_kept))


def _duties_of(last: Plan, plan: Plan, *, by: Actor) -> tuple[list[Duty], list[str]]:
    """Unsaved duties with the numbers of last year, and those that no longer stand."""
    day = planning_day(plan.year, by.today)
    due_on = planning_rules(day).due_on(plan.year)
    covered = set(AreaCoverage.objects.filter(on_day(day), cell=plan.cell).values_list("area", flat=True))
    found, gone = [], []
    for duty in last.duties.select_related("area", "catalogue").order_by("number"):
        if duty.catalogue and not duty.catalogue.is_active:
            gone.append(f"Việc “{full_title(duty)}” không còn trong danh mục.")
        elif duty.area_id and duty.area_id not in covered:
            gone.append(f"Việc “{full_title(duty)}” ở địa bàn chi bộ không còn phụ trách.")
        else:
            found.append(
                Duty(
                    **{name: getattr(duty, name) for name in DESCRIPTION},
                    plan=plan,
                    number=duty.number,
                    catalogue=duty.catalogue,
                    area=duty.area,
                    source=DutySource.LAST_YEAR,
                    source_note=duty.source_note,
                    due_on=due_on,
                )
            )
    return found, gone


def _people_of(last: Plan, snapshot: Snapshot) -> tuple[list[Assignment], list[str]]:
    """Each is judged beside those before: the unsaved assignments, and why others are not kept."""
    rows, not_kept = [], []
    for old in _given_in(last):
        if duty_id(old.duty.number) not in snapshot.duties:
            continue
        against = _against(snapshot, old)
        if against:
            not_kept.append(f"Việc “{full_title(old.duty)}”: {against}")
            continue
        rows.append(_again(snapshot, old))
        pair = (str(old.member_id), duty_id(old.duty.number))
        snapshot = replace(snapshot, held=snapshot.held | {pair})
    return rows, not_kept


def _given_in(last: Plan) -> Iterable[Assignment]:
    rows = Assignment.objects.standing().filter(duty__plan=last).select_related("duty__area", "member")
    return rows.order_by("duty__number", "-is_lead", "id")


def _against(snapshot: Snapshot, old: Assignment) -> str:
    """Why last year's choice does not stand; a reason given last year still counts against a warning."""
    name = old.member.full_name
    if str(old.member_id) not in snapshot.people:
        return f"đ/c {name} không còn sinh hoạt ở chi bộ."
    judgement = judge(snapshot, member=old.member_id, duty_number=old.duty.number)
    if judgement.barrier:
        return judgement.barrier[:1].lower() + judgement.barrier[1:]
    if judgement.warnings and not old.despite:
        return f"đ/c {name} {'; '.join(judgement.warnings)}."
    return ""


def _again(snapshot: Snapshot, old: Assignment) -> Assignment:
    fit, terms = fit_and_terms(snapshot, member=old.member_id, duty_number=old.duty.number)
    return Assignment(
        duty=snapshot.duties[duty_id(old.duty.number)],
        member_id=old.member_id,
        is_lead=old.is_lead and snapshot.people[str(old.member_id)].facts.can_lead,
        source=AssignmentSource.HISTORY,
        fit=fit,
        terms=terms,
        despite=old.despite,
    )
