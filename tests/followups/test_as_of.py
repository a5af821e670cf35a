"""Figures as of any day are what the register says of that day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.as_of import standing_on
from phancong.followups.enums import EntryKind
from phancong.followups.models import Entry, Progress
from phancong.followups.standing import Standing, fold, start
from phancong.followups.watching import Counts, counts_of
from phancong.planning.actions import Decision
from phancong.planning.models import Assignment, Plan
from tests.factories import make_actor, make_cell
from tests.followups.works import make_works, member_actor, seen
from tests.planning.cells import belonging_member

ADOPTED, YEAR = date(2026, 1, 5), 2026
LAST = date(2026, 11, 23)
DUES = (date(2026, 3, 1), date(2026, 6, 30), date(2026, 12, 15))
STEP = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["done", "going", "return", "accept", "extend", "remind", "end", "backdated"]),
    st.integers(0, 40),
)


def live(works: list[Assignment], steps: Iterable[tuple[int, str, int]]) -> None:
    """Say one thing after the other on days that go on; what is refused is not said."""
    today = ADOPTED
    for which, what, days in steps:
        today = min(today + timedelta(days=days), LAST)
        try:
            _say(works[which], what, today, make_actor("secretary", works[which].duty.plan.cell.path, today))
        except Refused:
            continue


def _say(work: Assignment, what: str, today: date, by: Actor) -> None:
    own = member_actor(work.member, today=today)
    acts: dict[str, Any] = {
        "done": lambda: actions.report(work, kind=EntryKind.DONE, text="Xong", by=own),
        "going": lambda: actions.report(work, kind=EntryKind.GOING, text="Đang làm", by=own),
        "return": lambda: actions.send_back(work, seen=seen(work), by=by, text="Làm tiếp"),
        "accept": lambda: actions.accept(work, seen=seen(work), by=by),
        "extend": lambda: actions.extend(
            work,
            new_due=max(today, Progress.objects.get(pk=work.pk).due_on) + timedelta(days=9),
            reason="Lũ",
            basis="Chi ủy",
            seen=seen(work),
            by=by,
        ),
        "remind": lambda: actions.remind([work], by=by),
        "end": lambda: actions.end(
            work, decision=_decision(today), version=Plan.objects.get(pk=work.duty.plan_id).version, by=by
        ),
        # Decided some days before it is written down.
        "backdated": lambda: actions.end(
            work,
            decision=_decision(max(ADOPTED, today - timedelta(days=20))),
            version=Plan.objects.get(pk=work.duty.plan_id).version,
            by=by,
        ),
    }
    acts[what]()


def _decision(on: date) -> Decision:
    return Decision(decided_on=on, basis="Biên bản số 04-BB/CB", reason="Chuyển việc")


def folded(work: Progress, day: date) -> Standing:
    lines = Entry.objects.filter(assignment=work.pk, on__lte=day).order_by("id")
    return fold(start(first_due_on=work.first_due_on, begun_on=work.begun_on), lines)


class AsOf(TestCase):
    """Any history, any day."""

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, max_size=14), st.lists(st.dates(ADOPTED, LAST), min_size=1, max_size=4))
    def test_a_day_gone_by_is_told_as_the_register_folds(
        self, steps: list[tuple[int, str, int]], days: list[date]
    ) -> None:
        cell = make_cell()
        works = make_works(cell, [(belonging_member(cell), "", due, due != DUES[2]) for due in DUES])
        live(works, steps)
        for day in days:
            found = standing_on(Progress.objects.filter(cell=cell), day, today=LAST + timedelta(days=1))
            for row in found:
                wanted = folded(row, day)
                told = (row.state_then, row.due_then, row.news_then)
                assert told == (wanted.state, wanted.due_on, wanted.news_on)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, max_size=14))
    def test_today_counted_from_the_register_is_what_is_kept(self, steps: list[tuple[int, str, int]]) -> None:
        cell = make_cell()
        works = make_works(cell, [(belonging_member(cell), "", due, True) for due in DUES])
        live(works, steps)
        rows = standing_on(Progress.objects.filter(cell=cell), LAST, today=LAST + timedelta(days=1))
        for row in rows:
            assert (row.state_then, row.due_then, row.news_then) == (row.state, row.due_on, row.news_on)


@pytest.mark.django_db
def test_the_figures_of_a_cell_count_each_kind() -> None:
    cell = make_cell()
    day = date(2026, 6, 25)
    works = make_works(cell, [(belonging_member(cell), "", due, due != DUES[2]) for due in (*DUES, DUES[1])])
    actions.report(
        works[3], kind=EntryKind.DONE, text="Xong", by=member_actor(works[3].member, today=date(2026, 6, 20))
    )
    by = make_actor("secretary", cell.path, LAST)
    actions.accept(works[3], seen=seen(works[3]), by=by)
    wanted = Counts(running=3, late=1, awaiting=1, soon=1, quiet=3, done=0, errands_only=1)
    assert counts_of(by, [cell], year=YEAR, day=day) == {cell.pk: wanted}
    assert counts_of(by, [cell], year=YEAR, day=LAST) == {
        cell.pk: Counts(running=3, late=2, awaiting=0, soon=0, quiet=3, done=1, errands_only=1)
    }
    assert counts_of(by, [cell], year=YEAR, day=date(2026, 1, 1)) == {}
