"""Making a draft: its lines one by one, or all of them from a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO

from django.db import transaction
from django.db.models import Max

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reorganizations import policies
from phancong.reorganizations.actions.recording import record
from phancong.reorganizations.documents import decision_paper
from phancong.reorganizations.enums import State
from phancong.reorganizations.models import Placement, Reorganization, Step
from phancong.reorganizations.workbook import workbook_of


def held(one: Reorganization, *, seen: int, by: Actor) -> Reorganization:
    """The draft, locked and checked; its version grows with what is done to it."""
    policies.check_may_lead(one.committee, by=by)
    row = (
        Reorganization.objects.select_for_update(of=("self",))
        .select_related("committee", "keeper")
        .get(pk=one.pk)
    )
    policies.check_open(row, seen=seen)
    row.version += 1
    row.save(update_fields=["version"])
    return row


@transaction.atomic
def prepare(
    committee: Organization, *, title: str, effective_on: date, keeper_code: str = "", by: Actor
) -> Reorganization:
    """An empty draft of the committee. `keeper_code`: where its office goes on when the committee itself ends."""
    policies.check_may_lead(committee, by=by)
    title = clean(title)
    policies.check_title(title)
    policies.check_day(effective_on, today=by.today)
    one = Reorganization.objects.create(
        committee=committee,
        keeper=committee,
        keeper_code=clean(keeper_code),
        title=title,
        effective_on=effective_on,
    )
    record("prepare_reorganization", one, by=by)
    return one


@transaction.atomic
def add_step(one: Reorganization, step: Step, *, seen: int, by: Actor) -> Step:
    """One more line at the end."""
    one = held(one, seen=seen, by=by)
    step.number = (one.steps.aggregate(last=Max("number"))["last"] or 0) + 1
    policies.check_step(step)
    policies.check_within(one, [*one.steps.all(), step], set(), by=by)
    step.reorganization = one
    step.save()
    record("change_reorganization", one, by=by, lines=1)
    return step


@transaction.atomic
def remove_step(one: Reorganization, *, step_id: int, seen: int, by: Actor) -> None:
    one = held(one, seen=seen, by=by)
    one.steps.filter(pk=step_id).delete()
    record("change_reorganization", one, by=by, lines=-1)


@transaction.atomic
def place_member(one: Reorganization, member: Member, *, target: str, seen: int, by: Actor) -> None:
    """The member goes to the cell with this code, which may come to be by the same decision."""
    one = held(one, seen=seen, by=by)
    target = clean(target)
    _check_placed(one, {member.pk: target}, list(one.steps.all()), by=by)
    Placement.objects.update_or_create(reorganization=one, member=member, defaults={"target": target})
    record("change_reorganization", one, by=by, members=1)


@transaction.atomic
def unplace_member(one: Reorganization, *, member_id: int, seen: int, by: Actor) -> None:
    one = held(one, seen=seen, by=by)
    one.placements.filter(member=member_id).delete()
    record("change_reorganization", one, by=by, members=-1)


@transaction.atomic
def replace_lines(
    one: Reorganization, steps: Sequence[Step], placed: Mapping[int, str], *, seen: int, by: Actor
) -> None:
    """The lines and the members of a workbook take the place of those of the draft; all of them or none."""
    one = held(one, seen=seen, by=by)
    for step in steps:
        policies.check_step(step)
    _check_placed(one, placed, list(steps), by=by)
    one.steps.all().delete()
    one.placements.all().delete()
    for number, step in enumerate(steps, start=1):
        step.reorganization, step.number = one, number
    Step.objects.bulk_create(steps)
    Placement.objects.bulk_create(
        Placement(reorganization=one, member_id=member, target=target) for member, target in placed.items()
    )
    record("change_reorganization", one, by=by, lines=len(steps), members=len(placed))


def _check_placed(one: Reorganization, placed: Mapping[int, str], steps: list[Step], *, by: Actor) -> None:
    policies.check_within(one, steps, set(placed.values()), by=by)
    here = Member.objects.on_roll().in_places((one.committee.path,)).filter(pk__in=list(placed))
    if here.count() != len(placed):
        raise Refused("Có đồng chí không sinh hoạt trong phạm vi phương án này. Xem lại danh sách.")
    policies.check_nothing_twice(steps)


@transaction.atomic
def drop(one: Reorganization, *, seen: int, by: Actor) -> None:
    """The draft is given up; its names of members go with it."""
    one = held(one, seen=seen, by=by)
    one.placements.all().delete()
    one.state = State.DROPPED
    one.save(update_fields=["state"])
    record("drop_reorganization", one, by=by)


@transaction.atomic
def export_decision(one: Reorganization, *, by: Actor) -> tuple[str, bytes]:
    """File name and content of the decision; it names members, so the log keeps that it was taken."""
    record("export_reorganization", one, by=by, form="DOCX")
    return decision_paper(one, now=by.now)


@transaction.atomic
def export_lines(one: Reorganization, *, by: Actor) -> IO[bytes]:
    """The draft as a workbook, with the members of the committee; the log keeps that it was taken."""
    policies.check_may_lead(one.committee, by=by)
    record("export_reorganization", one, by=by)
    return workbook_of(one, by=by)
