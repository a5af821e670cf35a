"""Passing a cell's part from level to level: proposed, appraised, decided, or sent back with a reason."""

from collections.abc import Callable, Iterable

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.reviews import policies
from phancong.reviews.actions.writing import hold, hold_rating, keep, write
from phancong.reviews.enums import LineKind, Move, Stage
from phancong.reviews.evidence import evidence_of
from phancong.reviews.models import LINE_LENGTH, CellReview, Rating
from phancong.reviews.queries.rules import scheme_of


def propose(review: CellReview, *, seen: int, by: Actor) -> None:
    """The cell passes its grades up; the evidence the meeting had is kept with them."""
    policies.check_may_record(review.cell, by=by)

    def prepare(held: CellReview, ratings: list[Rating]) -> None:
        if held.held_on is None:
            raise Refused("Ghi ngày họp kiểm điểm của chi bộ trước khi đề nghị.")
        policies.check_every_grade(ratings, field="cell_grade", what="mức đề nghị")
        year, day = held.round.year, min(by.today, held.round.counted_on)
        found = evidence_of([one.member_id for one in ratings], year=year, day=day)
        for one in ratings:
            one.evidence = found[one.member_id].as_json()
        Rating.objects.bulk_update(ratings, ["evidence"])
        held.proposed_on, held.proposed_by = by.today, by.user_id

    _move(review, Move.PROPOSE, ("proposed_on", "proposed_by"), prepare, seen=seen, by=by)


def appraise_grade(rating: Rating, *, grade: str, reason: str, seen: int, by: Actor) -> None:
    """The level above puts another grade beside the one the cell proposed, with the reason."""
    policies.check_may_judge(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    reason = clean(reason)
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, (Stage.PROPOSED,))
        policies.check_other_than_proposer(review, by=by)
        policies.check_grade(grade, known=scheme_of(review.round).codes)
        if held.not_rated:
            raise Refused("Đồng chí này không xếp loại nên không có mức thẩm định.")
        if grade != held.cell_grade:
            policies.check_told(reason, what="lý do khác với mức chi bộ đề nghị", most=LINE_LENGTH)
        before = held.appraised_grade or held.cell_grade
        held.appraised_grade = grade
        keep(held, "appraised_grade")
        write(review, LineKind.APPRAISED_GRADE, by=by, rating=held, grade=grade, before=before, text=reason)


def appraise(review: CellReview, *, seen: int, by: Actor) -> None:
    """The appraisal of the part as a whole: grades that were not touched stand as the cell proposed them."""
    policies.check_may_judge(review.cell, by=by)

    def prepare(held: CellReview, ratings: list[Rating]) -> None:
        policies.check_other_than_proposer(held, by=by)
        for one in ratings:
            one.appraised_grade = one.appraised_grade or one.cell_grade
        Rating.objects.bulk_update(ratings, ["appraised_grade"])
        held.appraised_on, held.appraised_by = by.today, by.user_id

    _move(review, Move.APPRAISE, ("appraised_on", "appraised_by"), prepare, seen=seen, by=by)


def decide(reviews: Iterable[CellReview], *, decision: str, by: Actor) -> int:
    """The competent body decides the appraised parts by one decision; how many members got a grade."""
    decision = clean(decision)
    policies.check_told(decision, what="số quyết định, ví dụ 45-QĐ/ĐU", most=60)
    parts = sorted(reviews, key=lambda one: one.pk)
    if not parts:
        raise Refused("Chọn ít nhất một chi bộ đã thẩm định.")
    count = 0

    def prepare(held: CellReview, ratings: list[Rating]) -> None:
        nonlocal count
        policies.check_other_than_proposer(held, by=by)
        graded = [one for one in ratings if not one.not_rated]
        for one in graded:
            one.decided_grade = one.appraised_grade
        Rating.objects.bulk_update(graded, ["decided_grade"])
        held.decided_on, held.decision = by.today, decision
        count += len(graded)

    with transaction.atomic():
        for review in parts:
            policies.check_may_judge(review.cell, by=by)
            _move(review, Move.DECIDE, ("decided_on", "decision"), prepare, by=by, text=decision)
    return count


def complete(rating: Rating, *, grade: str, not_rated: str, decision: str, seen: int, by: Actor) -> None:
    """A grade, or the reason for none, for a member whom the decision on their cell left out."""
    policies.check_may_judge(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    decision = clean(decision)
    policies.check_told(decision, what="số quyết định bổ sung, ví dụ 47-QĐ/ĐU", most=60)
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, (Stage.DECIDED,))
        policies.check_was_left_out(held)
        scheme = scheme_of(review.round)
        if bool(grade) == bool(not_rated):
            raise Refused("Chọn một mức, hoặc chọn lý do không xếp loại.")
        if grade:
            policies.check_grade(grade, known=scheme.codes)
        elif not scheme.reason(not_rated):
            raise Refused("Quy định của đợt này không có lý do đã chọn. Chọn lại trong danh sách.")
        held.decided_grade, held.not_rated = grade, not_rated
        keep(held, "decided_grade", "not_rated")
        write(
            review,
            LineKind.NOT_RATED if not_rated else LineKind.ADDED_GRADE,
            by=by,
            rating=held,
            grade=grade,
            basis=decision,
            text=scheme.reason(not_rated),
        )


def send_back(review: CellReview, *, reason: str, seen: int, by: Actor) -> None:
    """Back to the level before, with the reason; what was appraised there is done anew."""
    policies.check_may_judge(review.cell, by=by)
    reason = clean(reason)
    policies.check_told(reason, what="lý do trả lại, cần làm lại điều gì", most=LINE_LENGTH)

    def prepare(held: CellReview, ratings: list[Rating]) -> None:
        if held.stage == Stage.PROPOSED:
            held.proposed_on, held.proposed_by = None, None
            for one in ratings:
                one.appraised_grade = ""
            Rating.objects.bulk_update(ratings, ["appraised_grade"])
        else:
            held.appraised_on, held.appraised_by = None, None

    fields = ("proposed_on", "proposed_by", "appraised_on", "appraised_by")
    _move(review, Move.SEND_BACK, fields, prepare, seen=seen, by=by, text=reason)


def _move(
    review: CellReview,
    move: Move,
    fields: tuple[str, ...],
    prepare: Callable[[CellReview, list[Rating]], None],
    *,
    by: Actor,
    seen: int | None = None,
    text: str = "",
) -> None:
    with transaction.atomic():
        held = hold(review)
        if seen is not None:
            policies.check_version(held.version, seen=seen)
        to = policies.check_may_move(held, move)
        ratings = list(
            Rating.objects.select_for_update(of=("self",))
            .filter(review=held, is_on_roll=True)
            .order_by("sort_key", "id")
        )
        prepare(held, ratings)
        held.stage = to
        keep(held, "stage", *fields)
        write(held, LineKind.MOVE, by=by, text=f"{to.label}. {text}".strip(), detail={"stage": to.value})
