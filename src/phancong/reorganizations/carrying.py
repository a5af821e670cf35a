"""Carrying out the lines of a reorganisation: the tree first, then members, then what ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor, Grant
from phancong.accounts.models import Appointment
from phancong.common.refusal import Refused
from phancong.members.following import follow_reorganization
from phancong.organizations import actions as tree
from phancong.organizations.actions import Decision, Part
from phancong.organizations.models import Area, Organization, OrganizationVersion
from phancong.organizations.placing import lock_the_tree
from phancong.reorganizations import people
from phancong.reorganizations.enums import ENDING, ORDER, StepKind
from phancong.reorganizations.footprint import Rows, captured
from phancong.reorganizations.models import Reorganization, Step

OFFICE = "office"
UNDECIDED = "dự thảo"


@dataclass(slots=True)
class Outcome:
    """What was touched (organisations and members, by id), and the rows before and after."""

    organizations: set[int]
    members: set[int]
    created: set[int]
    before: Rows
    after: Rows


def lifted(by: Actor) -> Actor:
    """The same person with the office's rights everywhere: an act whose reach was checked as a whole stands or falls
    as a whole, also where a line puts something at the top of the tree."""
    return replace(by, grants=(*by.grants, Grant(OFFICE, "", by.today)))


def carry_out(one: Reorganization, *, by: Actor) -> Outcome:
    """Do it, inside the caller's transaction; `by` has been checked. Raises Refused with the line that fails."""
    lock_the_tree()
    work = _Work(one, by=by)
    work.run()
    return work.outcome


class _Work:
    """One run: organisations by code, and the decision that every act is done by."""

    def __init__(self, one: Reorganization, *, by: Actor) -> None:
        self.one, self.by = one, lifted(by)
        self.day = one.effective_on
        self.number = one.decision_number or UNDECIDED
        self.decision = Decision(
            by=self.by,
            effective_on=self.day,
            decision_number=self.number,
            decided_on=one.decided_on or min(by.today, self.day),
        )
        self.steps = list(one.steps.order_by("number"))
        self.placed = dict(one.placements.values_list("member", "target"))
        named = {s.code for s in self.steps} | {s.target for s in self.steps} | set(self.placed.values())
        self.at = {row.code: row for row in Organization.objects.filter(code__in=named | {one.keeper_code})}
        self.ending = [self.at[s.code] for s in self.steps if s.kind in ENDING and s.code in self.at]
        self.heirs: dict[int, Organization] = {}
        touched = _with_all_below(row.pk for row in self.at.values())
        touched |= set(Organization.objects.filter(kept_by__in=touched).values_list("pk", flat=True))
        ended = {row.pk for row in self.ending}
        members = people.touched_members(ended, self.day) | set(self.placed)
        self.outcome = Outcome(touched, members, set(), captured(touched, members), {})

    def run(self) -> None:
        out = self.outcome
        self._rebuild()
        self._place()
        ended = {row.pk for row in self.ending}
        people.show_present(out.members, self.by.today)
        people.end_offices(ended, out.members, self.day)
        people.carry_work_over(ended, self.heirs, self.day)
        people.carry_stays_over(ended, self.heirs)
        self._keep_office(ended)
        self._keep_papers()
        every = out.organizations | out.created
        people.check_everybody_has_a_cell(every, self.day)
        paths = Organization.objects.active().filter(pk__in=every).values_list("path", flat=True)
        follow_reorganization(tuple(paths))
        out.after = captured(every, out.members)

    def _rebuild(self) -> None:
        """All lines, again and again until each is done: one line may make room for another."""
        waiting = [group for kind in ORDER for group in self._groups(kind)]
        while waiting:
            refusals: list[tuple[Step, Refused]] = []
            left = []
            for group in waiting:
                try:
                    with transaction.atomic():
                        self._carry(group)
                except Refused as refused:
                    refusals.append((group[0], refused))
                    left.append(group)
            if len(left) == len(waiting):
                raise _of_line(*refusals[0])
            waiting = left

    def _groups(self, kind: StepKind) -> list[list[Step]]:
        """Lines that are one act: all that is merged into the same organisation."""
        steps = [step for step in self.steps if step.kind == kind]
        if kind != StepKind.MERGE:
            return [[step] for step in steps]
        return [
            [step for step in steps if step.target == target]
            for target in dict.fromkeys(step.target for step in steps)
        ]

    def _carry(self, group: Sequence[Step]) -> None:
        step = group[0]
        match StepKind(step.kind):
            case StepKind.FOUNDING:
                parent = self._found(step.target) if step.target else None
                self._came(
                    tree.found_organization(
                        code=step.code,
                        name=step.name,
                        kind=step.organization_kind,
                        parent=parent,
                        **self.decision,
                    )
                )
            case StepKind.SPLIT:
                self._split(step)
            case StepKind.CONVERSION:
                parent = self._found(step.target) if step.target else None
                tree.convert_organization(
                    organization=self._found(step.code),
                    kind=step.organization_kind,
                    parent=parent,
                    **self.decision,
                )
            case StepKind.MOVE:
                tree.move_organization(
                    organization=self._found(step.code), parent=self._found(step.target), **self.decision
                )
            case StepKind.RENAME:
                tree.rename_organization(organization=self._found(step.code), name=step.name, **self.decision)
            case StepKind.MERGE:
                self._merge(group)
            case StepKind.DISSOLUTION:
                self._dissolve(step)

    def _split(self, step: Step) -> None:
        areas = tuple(Area.objects.filter(code__in=step.areas).order_by("pk"))
        part = Part(code=step.code, name=step.name, areas=areas)
        tree.split_organization(
            source=self._found(step.target), parts=[part], source_stays=True, **self.decision
        )
        self._came(Organization.objects.get(code=step.code))

    def _merge(self, steps: Sequence[Step]) -> None:
        into = self._found(steps[0].target)
        sources = [self._found(step.code) for step in steps]
        tree.merge_organizations(sources=sources, into=into, **self.decision)
        into = self._again(into)
        for source in sources:
            self.heirs[source.pk] = into
        people.hand_over_members([row.pk for row in sources], into, self.day, number=self.number)

    def _place(self) -> None:
        """Members named one by one, wherever the lines left them."""
        targets = {member: self._found(code) for member, code in self.placed.items()}
        people.rehome(targets, self.day, number=self.number)

    def _dissolve(self, step: Step) -> None:
        place = self._found(step.code)
        if Area.objects.filter(committee=place).filter(people.lasting(self.day)).exists():
            raise Refused(
                f"{place.name} còn quản lý địa bàn thôn, tổ dân phố. Sáp nhập vào nơi nhận địa bàn, không giải thể."
            )
        tree.dissolve_organization(organization=place, **self.decision)

    def _keep_office(self, ended: set[int]) -> None:
        """Whoever staffed the office of what ends goes on where the decision says; nothing is given without it."""
        if not self.one.keeper_code:
            return
        keeper = self._again(self._found(self.one.keeper_code))
        former = Appointment.objects.filter(
            organization__in=ended, role=OFFICE, valid_until=self.day, delegated_by__isnull=True
        )
        before = self.outcome.before
        for row in former:
            old = before.get((Appointment._meta.label, row.pk))
            held = Appointment.objects.filter(user=row.user, role=OFFICE, organization=keeper)
            if old is not None and not held.filter(people.lasting(self.day)).exists():
                Appointment.objects.create(
                    user=row.user,
                    role=OFFICE,
                    organization=keeper,
                    valid_from=self.day,
                    valid_until=_day(old["valid_until"]),
                    decision_number=self.number,
                )

    def _keep_papers(self) -> None:
        """Papers that what ends leaves to nobody go where its office goes."""
        if self.one.keeper_code:
            left = Organization.objects.filter(pk__in=self.outcome.organizations, path="", kept_by=None)
            left.filter(dissolved_on__isnull=False).update(kept_by=self._found(self.one.keeper_code))

    def _came(self, new: Organization) -> None:
        self.at[new.code] = new
        self.outcome.created.add(new.pk)

    def _found(self, code: str) -> Organization:
        if code not in self.at:
            raise Refused(f"Không có tổ chức mang mã “{code}”. Xem lại mã, hoặc thêm dòng thành lập.")
        return self.at[code]

    def _again(self, place: Organization) -> Organization:
        place.refresh_from_db()
        return place


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_all_below(organizations: Iterable[int]) -> set[int]:
    """These and all that ever stood below one of them."""
    found = set(organizations)
    frontier = set(found)
    while frontier:
        below = OrganizationVersion.objects.filter(parent__in=frontier).values_list("organization", flat=True)
        frontier = set(below) - found
        found |= frontier
    return found


def _of_line(step: Step, refused: Refused) -> Refused:
    """The refusal with the line it is about."""
    return Refused(f"Dòng {step.number} ({step.get_kind_display()} {step.code}): {refused}")
