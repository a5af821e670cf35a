"""The life of a plan and of its duties, walked at random: whatever people do in whatever order, the promises hold.

The promises are those a Party officer can read: what was said "Đã lưu" is still there, the adopted plan stays,
the first deadline is never lost, every change has its line in the log, who may not work gets no new work.
"""

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.followups import actions as following
from phancong.followups.enums import AskReason, EntryKind, State
from phancong.followups.models import Entry, Matter, Progress
from phancong.followups.standing import fold, start
from phancong.members.enums import Status
from phancong.members.models import Member
from phancong.planning import actions as planning
from phancong.planning.actions import Decision
from phancong.planning.actions.adopting import digest_of
from phancong.planning.models import Adjustment, Adoption, Assignment, Duty, Plan
from tests.factories import make_actor, make_cell
from tests.followups.works import member_actor, seen
from tests.planning.cells import belonging_member, make_duty, make_plan
from tests.trust.measures import measured

PEOPLE, DUTIES = 3, 3
WHO, WHAT = st.integers(0, PEOPLE - 1), st.integers(0, 9)
TOLD = st.sampled_from(["Đã làm xong phần thôn giao", "Mưa lũ, chưa đi được", "Còn ba hộ"])
# Some steps have nothing to do yet: `make trust` walks so far that ten thousand are done; the tests walk less.
STEPS = int(os.environ.get("LIFE_STEPS", "400"))
STEPS_A_WALK = 40


class Life(RuleBasedStateMachine):
    """One cell, its plan of one year, its secretary and members."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.today = date(2026, 1, 10)
        cell = make_cell()
        self.members = [belonging_member(cell) for _ in range(PEOPLE)]
        self.plan: Plan = make_plan(cell)
        for _ in range(DUTIES):
            make_duty(self.plan, headcount_max=2, due_on=date(2026, 6, 30))
        self.lines_before = AuditEntry.objects.count()
        self.done = 0
        self.said: dict[int, str] = {}
        self.first_due: dict[int, date] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # Who acts, and on what.

    @property
    def secretary(self) -> Actor:
        return make_actor("secretary", self.plan.cell.path, self.today)

    def attempt(self, act: Any, *args: Any, lines: int = 1, **fields: Any) -> Any:
        """Done or refused; nothing in between. `lines`: how many the log gains when it is done."""
        type(self).steps += 1
        before = (AuditEntry.objects.count(), Entry.objects.count(), Assignment.objects.count())
        self.plan.refresh_from_db()
        try:
            answer = act(*args, **fields)
        except Refused as refused:
            told, answer = str(refused), None
        else:
            told, self.done = "", self.done + lines
        after = (AuditEntry.objects.count(), Entry.objects.count(), Assignment.objects.count())
        assert (not told) or (told.endswith(".") and after == before)
        return answer

    def duty(self, number: int) -> Duty:
        duties = list(self.plan.duties.order_by("number"))
        return duties[number % len(duties)]

    def work(self, number: int) -> Assignment | None:
        rows = list(
            Assignment.objects.filter(duty__plan=self.plan)
            .select_related("duty__plan__cell", "member")
            .order_by("pk")
        )
        return rows[number % len(rows)] if rows else None

    def is_draft(self) -> bool:
        return Plan.objects.get(pk=self.plan.pk).stage == "draft"

    def decision(self, reason: str) -> Decision:
        return Decision(
            decided_on=self.today, basis="Biên bản họp chi bộ", reason=reason, despite="Chi bộ đã bàn"
        )

    # A draft.

    @rule(who=WHO, what=WHAT)
    def give(self, who: int, what: int) -> None:
        self.attempt(
            planning.give_duty,
            self.duty(what),
            member=self.members[who],
            version=self.plan.version,
            by=self.secretary,
            despite="Chi bộ đã bàn",
        )

    @precondition(is_draft)
    @rule(what=WHAT)
    def take(self, what: int) -> None:
        if row := self.work(what):
            self.attempt(planning.take_duty, row, version=self.plan.version, by=self.secretary)

    @precondition(is_draft)
    @rule()
    def adopt(self) -> None:
        adopted = self.attempt(
            following.adopt,
            self.plan,
            version=self.plan.version,
            adopted_on=self.today,
            basis="Biên bản số 01-BB/CB",
            by=self.secretary,
        )
        if adopted:
            for row in Progress.objects.filter(assignment__duty__plan=self.plan):
                self.first_due[row.assignment_id] = row.first_due_on

    # An adopted plan.

    @rule(what=WHAT, text=TOLD, kind=st.sampled_from(["done", "going", "difficult"]), mine=st.booleans())
    def report(self, what: int, text: str, kind: str, mine: bool) -> None:
        row = self.work(what)
        if row is None or self.is_draft():
            return
        by = member_actor(row.member, today=self.today) if mine else self.secretary
        self.remember(
            self.attempt(following.report, row, kind=EntryKind(kind), text=text, by=by, is_on_behalf=not mine)
        )

    @rule(what=WHAT, text=TOLD)
    def ask(self, what: int, text: str) -> None:
        row = self.work(what)
        if row is None or self.is_draft():
            return
        by = member_actor(row.member, today=self.today)
        self.remember(
            self.attempt(following.ask_change, row, reason=AskReason.OTHER, text=text, wish="", by=by)
        )

    @rule(what=WHAT, text=TOLD, good=st.booleans(), behind=st.booleans())
    def judge(self, what: int, text: str, good: bool, behind: bool) -> None:
        row = self.work(what)
        if row is None or self.is_draft():
            return
        act = following.accept if good else following.send_back
        shown = seen(row) - behind
        entry = self.attempt(act, row, seen=shown, by=self.secretary, text=text)
        assert not (entry and behind)
        self.remember(entry)

    @rule(what=WHAT, days=st.integers(-20, 90))
    def extend(self, what: int, days: int) -> None:
        row = self.work(what)
        if row is None or self.is_draft():
            return
        self.remember(
            self.attempt(
                following.extend,
                row,
                new_due=self.today + timedelta(days=days),
                reason="Lũ về muộn",
                basis="Ý kiến chi ủy",
                seen=seen(row),
                by=self.secretary,
            )
        )

    @rule(text=TOLD, up=st.booleans())
    def settle(self, text: str, up: bool) -> None:
        matter = Matter.objects.filter(answered_on__isnull=True).order_by("pk").first()
        if matter:
            act = following.pass_up if up else following.answer
            self.remember(self.attempt(act, matter, text=text, by=self.secretary))

    @rule(what=WHAT, who=WHO, hands_over=st.booleans())
    def adjust(self, what: int, who: int, hands_over: bool) -> None:
        row = self.work(what)
        if row is None:
            return
        wanted: dict[str, Any] = {
            "decision": self.decision("Chuyển việc"),
            "version": Plan.objects.get(pk=self.plan.pk).version,
            "by": self.secretary,
        }
        if hands_over:
            done = self.attempt(following.hand_over, row, to=self.members[who], lines=2, **wanted)
        else:
            done = self.attempt(following.end, row, lines=2, **wanted)
        self.expect_followed(done)

    @rule(what=WHAT, who=WHO)
    def give_more(self, what: int, who: int) -> None:
        done = self.attempt(
            following.give_more,
            self.duty(what),
            member=self.members[who],
            decision=self.decision("Thêm người"),
            version=Plan.objects.get(pk=self.plan.pk).version,
            by=self.secretary,
        )
        self.expect_followed(done)

    # Time and people.

    @rule(days=st.integers(1, 60))
    def time_goes_on(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2026, 12, 31))

    @rule(who=WHO, status=st.sampled_from([Status.SUSPENDED, Status.OFFICIAL]))
    def somebodys_status_changes(self, who: int, status: Status) -> None:
        Member.objects.filter(pk=self.members[who].pk).update(status=status)

    def remember(self, entry: Entry | None) -> None:
        if entry:
            self.said[entry.pk] = entry.text

    def expect_followed(self, done: Adjustment | None) -> None:
        if done and done.given:
            status = Member.objects.get(pk=done.given.member_id).status
            assert status == Status.OFFICIAL
            self.first_due[done.given.pk] = Progress.objects.get(assignment=done.given).first_due_on

    # The promises.

    @invariant()
    def what_was_said_is_still_there(self) -> None:
        assert {pk: Entry.objects.get(pk=pk).text for pk in self.said} == self.said

    @invariant()
    def the_adopted_plan_is_as_it_was_adopted(self) -> None:
        for adoption in Adoption.objects.filter(plan=self.plan):
            assert digest_of(adoption.content) == adoption.digest
            frozen = {(row["number"], one["member"]) for row in adoption.content for one in row["people"]}
            first = Assignment.objects.filter(duty__plan=self.plan, given_by__isnull=True)
            assert frozen == set(first.values_list("duty__number", "member"))

    @invariant()
    def the_first_deadline_stays(self) -> None:
        kept = Progress.objects.filter(cell=self.plan.cell).values_list("assignment", "first_due_on")
        assert dict(kept) == self.first_due

    @invariant()
    def what_is_kept_for_lists_is_the_fold_of_the_register(self) -> None:
        for row in Progress.objects.filter(cell=self.plan.cell):
            first = start(first_due_on=row.first_due_on, begun_on=row.begun_on)
            folded = fold(first, Entry.objects.filter(assignment=row.assignment_id).order_by("id"))
            assert all(getattr(row, name) == getattr(folded, name) for name in folded.__dataclass_fields__)

    @invariant()
    def ended_is_ended_by_a_decision(self) -> None:
        ended = set(Assignment.objects.filter(ended_on__isnull=False).values_list("pk", flat=True))
        decided = set(Adjustment.objects.filter(ended__isnull=False).values_list("ended", flat=True))
        closed = set(Progress.objects.filter(state=State.ENDED).values_list("assignment", flat=True))
        assert ended == decided == closed

    @invariant()
    def every_change_has_its_line_in_the_log(self) -> None:
        assert AuditEntry.objects.count() - self.lines_before == self.done
        assert first_broken_line() is None


@pytest.mark.trust
@pytest.mark.django_db
def test_the_promises_hold_on_every_walk() -> None:
    Life.steps = 0
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_A_WALK),
            stateful_step_count=STEPS_A_WALK,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    measured(44, "bước đi ngẫu nhiên, mọi lời hứa còn nguyên sau mỗi bước", n=Life.steps, wrong=0)
