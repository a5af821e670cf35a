"""A draft becomes a decision: cells are founded where there are none, and everybody goes on the same day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from phancong import rules
from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.dates import months_after
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.actions import move_cell
from phancong.members.enums import COUNTED_OFFICIAL, MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations import actions as tree
from phancong.organizations.models import Area, Organization
from phancong.secondments import policies
from phancong.secondments.actions.drafting import held_plan
from phancong.secondments.enums import Form, PlanState, State
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.secondments.packs import secondment_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """`last_day`: the last day of the term; None: until it is ended by another decision.

    `only`: the rows that this decision is about, by id; None: all of them.
    """

    form: str
    decision_number: str
    decided_on: date
    valid_from: date
    last_day: date | None
    seen: int
    only: frozenset[int] | None = None


@transaction.atomic
def decide(plan: SecondmentPlan, decision: Decided, *, by: Actor) -> int:
    """Everybody named goes, the others stay in a draft; how many hamlets have a cell that had none."""
    number = clean(decision.decision_number)
    plan = held_plan(plan, seen=decision.seen, by=by)
    policies.check_decision(
        number,
        decided_on=decision.decided_on,
        valid_from=decision.valid_from,
        last_day=decision.last_day,
        today=by.today,
    )
    _check_term(decision)
    rows = list(plan.secondments.select_related("member__cell", "home", "area__committee", "cell"))
    left = [row for row in rows if decision.only is not None and row.pk not in decision.only]
    rows = [row for row in rows if row not in left]
    policies.check_has_rows(rows)
    policies.check_form(decision.form, rows)
    policies.check_agreed(rows)
    # Whoever moves somebody of these in the meantime waits here, and then finds them gone.
    list(
        Member.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.member_id for row in rows])
        .order_by("pk")
    )
    for row in rows:
        row.member.refresh_from_db(fields=["cell"])
        policies.check_still_there(row)
    least = rules.on(decision.valid_from).least("cell_official_members")
    if decision.form == Form.OFFICIAL:
        policies.check_keeps_enough(rows, _official([row.home_id for row in rows]), least=least)
    founded = _found_cells(rows, decision, number, least=least, by=by)
    for row in rows:
        _send(row, row.cell or founded[row.area_id], decision, number)
    plan.state, plan.form, plan.decision_number = PlanState.DECIDED, decision.form, number
    plan.decided_on = decision.decided_on
    barred, plan.barred = plan.barred, []
    plan.save(update_fields=["state", "form", "decision_number", "decided_on", "barred"])
    _keep_for_later(plan, left, barred)
    _record(plan, rows, decision, founded, by=by)
    return len(founded)


def _keep_for_later(plan: SecondmentPlan, left: Sequence[Secondment], barred: list[int]) -> None:
    """Whoever this decision is not about waits in a new draft. That it was the best way held for all together."""
    if left:
        draft = SecondmentPlan.objects.create(
            committee=plan.committee, made_on=plan.made_on, barred=barred, short=plan.short
        )
        Secondment.objects.filter(pk__in=[row.pk for row in left]).update(plan=draft)


def _check_term(decision: Decided) -> None:
    months = secondment_rules(decision.valid_from).longest_term_months
    latest = months_after(decision.valid_from, months)
    policies.check_term(decision.valid_from, decision.last_day, latest=latest, months=months)


def _official(cells: Sequence[int]) -> Counter[int]:
    counted = Member.objects.filter(cell__in=cells, status__in=COUNTED_OFFICIAL)
    return Counter(counted.values_list("cell", flat=True))


def _found_cells(
    rows: Sequence[Secondment], decision: Decided, number: str, *, least: int, by: Actor
) -> dict[int, Organization]:
    """A cell for each hamlet that has none and gets the members one needs, by area."""
    bare = {row.area_id: row.area for row in rows if row.cell_id is None}
    made: dict[int, Organization] = {}
    for key, area in sorted(bare.items()):
        come = sum(row.area_id == key for row in rows)
        if come < least:
            raise Refused(
                f"{area.name} mới có {come} đồng chí được cử, chưa đủ {least} để lập chi bộ. Bấm Tính lại, "
                "hoặc cho các đồng chí ấy ở lại."
            )
        made[key] = tree.found_organization(
            by=by,
            code=_code_for(area),
            name=f"Chi bộ {area.name[:1].lower()}{area.name[1:]}",
            kind=_kind_for(area, decision.valid_from),
            parent=area.committee,
            effective_on=decision.valid_from,
            decision_number=number,
            decided_on=decision.decided_on,
        )
        tree.cover_area(by=by, area=area, cell=made[key], valid_from=decision.valid_from)
    return made


def _code_for(area: Area) -> str:
    """A code that no organisation has yet, told from the hamlet's."""
    wanted = f"CB-{area.code}"[:17]
    taken = set(Organization.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (wanted, *numbered) if code not in taken)


def _kind_for(area: Area, day: date) -> str:
    """The kind of cell that covers areas and may stand right below the committee of the area."""
    kinds = rules.on(day).organization_kinds
    fitting = [one.code for one in kinds if one.covers_areas and area.committee.kind in one.parents]
    if not fitting:
        raise Refused(
            f"{area.committee.name} không lập được chi bộ thôn, tổ dân phố theo quy định ngày {day:%d/%m/%Y}."
        )
    return fitting[0]


def _send(row: Secondment, cell: Organization, decision: Decided, number: str) -> None:
    until = decision.last_day + timedelta(days=1) if decision.last_day else None
    if decision.form == Form.OFFICIAL:
        move_cell(row.member, to=cell, on=decision.valid_from, decision_number=number)
    else:
        Membership.objects.create(
            member=row.member,
            cell=cell,
            kind=MembershipKind.TEMPORARY,
            valid_from=decision.valid_from,
            valid_until=until,
            decision_number=number,
        )
    row.cell, row.state = cell, State.SERVING
    row.valid_from, row.valid_until = decision.valid_from, until
    row.version += 1
    row.save(update_fields=["state", "cell", "valid_from", "valid_until", "version"])


def _record(
    plan: SecondmentPlan,
    rows: Sequence[Secondment],
    decision: Decided,
    founded: dict[int, Organization],
    *,
    by: Actor,
) -> None:
    detail = {"form": decision.form, "valid_from": decision.valid_from.isoformat()}
    acts = [
        log.Act(
            action="second_member",
            subject=f"member:{row.member_id}",
            place=row.home.path,
            detail={**detail, "to": row.cell_id},
            right=Permission.MEMBER_CHANGE,
        )
        for row in rows
    ]
    whole = log.Act(
        action="decide_secondments",
        subject=f"secondment_plan:{plan.pk}",
        place=plan.committee.path,
        detail={**detail, "members": len(rows), "founded": sorted(one.pk for one in founded.values())},
        right=Permission.ORGANIZATION_CHANGE,
    )
    log.record_many([*acts, whole], by=by)
