"""A random walk through the life of a round: whatever people do, in whatever order, the sums and the locks hold."""

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

from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.reviews import actions
from phancong.reviews.enums import RoundState, Stage
from phancong.reviews.models import CellReview, Line, Rating, Round
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import totals_of_round
from tests.factories import TODAY
from tests.reviews.halls import Hall, make_hall

GRADES = st.sampled_from(["excellent", "good", "completed", "not_completed", "lạ"])
WHO = st.sampled_from(["secretary", "deputy", "office", "above"])
PERSON = st.integers(0, 2)


class LifeOfARound(RuleBasedStateMachine):
    """Refusals are part of life; what must not happen is half a write, a changed decision or sums that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.hall: Hall = make_hall()
        self.decided: dict[int, str] = {}
        self.lines = 0

    def attempt(self, act: object) -> None:
        before = self._picture()
        try:
            act()  # type: ignore[operator]
        except Refused:
            assert self._picture() == before

    def _picture(self) -> object:
        return (
            list(Rating.objects.order_by("pk").values_list("pk", "version", "cell_grade", "decided_grade")),
            list(CellReview.objects.values_list("stage", "version")),
            Line.objects.count(),
        )

    @rule(who=WHO)
    def meet(self, who: str) -> None:
        review = self.hall.review
        self.attempt(
            lambda: actions.record_meeting(
                review, held_on=TODAY, method="secret", eligible=3, seen=review.version,
                by=getattr(self.hall, who),
            )
        )  # fmt: skip

    @rule(who=WHO, person=PERSON, grade=GRADES)
    def propose_grade(self, who: str, person: int, grade: str) -> None:
        rating = self.hall.rating(self.hall.people[person])
        self.attempt(
            lambda: actions.propose_grade(
                rating, grade=grade, reason="", seen=rating.version, by=getattr(self.hall, who)
            )
        )

    @rule(who=WHO, person=PERSON, code=st.sampled_from(["other", "", "exempt", "lạ"]))
    def leave_unrated(self, who: str, person: int, code: str) -> None:
        rating = self.hall.rating(self.hall.people[person])
        self.attempt(
            lambda: actions.leave_unrated(
                rating, code=code, reason="Căn cứ", seen=rating.version, by=getattr(self.hall, who)
            )
        )

    @rule(who=WHO)
    def propose(self, who: str) -> None:
        review = self.hall.review
        self.attempt(lambda: actions.propose(review, seen=review.version, by=getattr(self.hall, who)))

    @rule(who=WHO, person=PERSON, grade=GRADES)
    def appraise_grade(self, who: str, person: int, grade: str) -> None:
        rating = self.hall.rating(self.hall.people[person])
        self.attempt(
            lambda: actions.appraise_grade(
                rating, grade=grade, reason="Lý do", seen=rating.version, by=getattr(self.hall, who)
            )
        )

    @rule(who=WHO)
    def appraise(self, who: str) -> None:
        review = self.hall.review
        self.attempt(lambda: actions.appraise(review, seen=review.version, by=getattr(self.hall, who)))

    @rule(who=WHO)
    def send_back(self, who: str) -> None:
        review = self.hall.review
        self.attempt(
            lambda: actions.send_back(
                review, reason="Làm lại", seen=review.version, by=getattr(self.hall, who)
            )
        )

    @rule(who=WHO)
    def decide(self, who: str) -> None:
        self.attempt(lambda: actions.decide([self.hall.review], decision="1-QĐ", by=getattr(self.hall, who)))

    @precondition(lambda self: self.hall.review.stage == Stage.DECIDED)
    @rule(person=PERSON, grade=st.sampled_from(["", "good", "completed"]))
    def appeal(self, person: int, grade: str) -> None:
        member = self.hall.people[person]

        def act() -> None:
            line = actions.appeal(self.hall.rating(member), text="Xin xem lại", by=self.hall.member(member))
            actions.answer(line, text="Trả lời", grade=grade, basis="2-QĐ", by=self.hall.above)

        self.attempt(act)

    @rule()
    def close(self) -> None:
        held = Round.objects.select_related("committee").get()
        self.attempt(lambda: actions.close_round(held, seen=held.version, by=self.hall.office))

    @invariant()
    def sums_close(self) -> None:
        totals = totals_of_round(self.hall.round, scheme_of(self.hall.round))
        assert totals.graded + totals.missing + totals.not_rated == totals.roll == 3

    @invariant()
    def what_was_decided_stays(self) -> None:
        found = {one.pk: one.decided_grade for one in Rating.objects.exclude(decided_grade="")}
        assert found.items() >= self.decided.items()
        self.decided = found

    @invariant()
    def grades_come_level_by_level(self) -> None:
        stage = CellReview.objects.get().stage
        for one in Rating.objects.filter(not_rated=""):
            assert bool(one.decided_grade) == (stage == Stage.DECIDED)
            assert not one.appraised_grade or stage != Stage.IN_CELL
            assert one.cell_grade or stage == Stage.IN_CELL

    @invariant()
    def a_closed_round_closes(self) -> None:
        if Round.objects.get().state == RoundState.CLOSED:
            assert totals_of_round(self.hall.round, scheme_of(self.hall.round)).closes

    @invariant()
    def the_register_only_grows(self) -> None:
        lines = Line.objects.count()
        assert lines >= self.lines
        self.lines = lines

    def teardown(self) -> None:
        broken = first_broken_line()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        assert broken is None


@pytest.mark.django_db
def test_whatever_people_do_in_a_round_its_sums_and_locks_hold() -> None:
    run_state_machine_as_test(
        LifeOfARound,
        settings=settings(
            max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
