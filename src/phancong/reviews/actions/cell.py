"""What a cell does in its part: the meeting, remarks, ballots, the grade it proposes for each member."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.reviews import policies
from phancong.reviews.actions.writing import hold, hold_rating, keep, write
from phancong.reviews.enums import Dues, LineKind, Mended, Method, Stage
from phancong.reviews.models import LINE_LENGTH, TEXT_LENGTH, CellReview, Rating, Tally
from phancong.reviews.queries.rules import scheme_of

_HERE = (Stage.IN_CELL,)


def record_meeting(
    review: CellReview, *, held_on: date, method: str, eligible: int, seen: int, by: Actor
) -> None:
    """The meeting of the review: its day, how it votes, the number the votes are counted against."""
    policies.check_may_record(review.cell, by=by)
    policies.check_has_come(held_on, today=by.today, what="Ngày họp kiểm điểm")
    if method not in Method.values:
        raise Refused("Chọn cách bỏ phiếu: phiếu kín hoặc biểu quyết công khai.")
    with transaction.atomic():
        held = hold(review)
        policies.check_stage(held, _HERE)
        policies.check_version(held.version, seen=seen)
        if Tally.objects.filter(rating__review=held).exclude(eligible=eligible).exists():
            raise Refused(
                "Đã ghi phiếu với số người khác. Sửa phiếu của từng đồng chí trước, hoặc giữ số người đã ghi."
            )
        held.held_on, held.method, held.eligible = held_on, method, eligible
        keep(held, "held_on", "method", "eligible")
        write(
            held,
            LineKind.MOVE,
            by=by,
            text=f"Họp kiểm điểm ngày {held_on:%d/%m/%Y}, {eligible} đồng chí có quyền bỏ phiếu.",
        )


def write_remark(rating: Rating, *, text: str, dues: str, mended: str, seen: int, by: Actor) -> None:
    """The remark of the cell committee, and what the cell knows of dues and of shortcomings pointed out before."""
    policies.check_may_record(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    text = text.strip()
    policies.check_told(text, what="nhận xét của chi ủy", most=TEXT_LENGTH)
    if dues not in Dues.values:
        raise Refused("Chọn tình hình đảng phí trong danh sách.")
    if mended not in Mended.values:
        raise Refused("Chọn kết quả khắc phục hạn chế trong danh sách.")
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, _HERE)
        held.committee_remark, held.dues, held.mended = text, dues, mended
        keep(held, "committee_remark", "dues", "mended")
        write(review, LineKind.REMARK, by=by, rating=held, text=text)


def record_tally(
    rating: Rating, *, votes: Mapping[str, int], handed_out: int, invalid: int, seen: int, by: Actor
) -> Tally:
    """The ballot on one member, as it was counted. `seen` is the version of the member's row."""
    policies.check_may_record(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, _HERE)
        tally = _tally(review, held, votes=votes, handed_out=handed_out, invalid=invalid)
        keep(held)
        write(review, LineKind.TALLY, by=by, rating=held, text=tally_words(tally, scheme_names(review)))
    return tally


def scheme_names(review: CellReview) -> dict[str, str]:
    return {level.code: level.short_name for level in scheme_of(review.round).best_first}


def tally_words(tally: Tally, names: Mapping[str, str]) -> str:
    told = ", ".join(f"{name} {tally.votes.get(code, 0)}" for code, name in names.items())
    return f"{told}; không hợp lệ {tally.invalid}; phát ra {tally.handed_out}/{tally.eligible}"


def _tally(
    review: CellReview, rating: Rating, *, votes: Mapping[str, int], handed_out: int, invalid: int
) -> Tally:
    if rating.not_rated:
        raise Refused("Đồng chí này không xếp loại nên không bỏ phiếu.")
    if review.held_on is None or not review.eligible:
        raise Refused("Ghi ngày họp và số đồng chí có quyền bỏ phiếu trước.")
    known = scheme_of(review.round).codes
    for grade in votes:
        policies.check_grade(grade, known=known)
    policies.check_tally(
        eligible=review.eligible, handed_out=handed_out, invalid=invalid, votes=votes.values()
    )
    tally, _ = Tally.objects.update_or_create(
        rating=rating,
        defaults={
            "method": review.method,
            "eligible": review.eligible,
            "handed_out": handed_out,
            "invalid": invalid,
            "votes": {grade: count for grade, count in votes.items() if count},
        },
    )
    return tally


def propose_grade(rating: Rating, *, grade: str, reason: str, seen: int, by: Actor) -> None:
    """The grade the cell proposes for one member; without a majority for it, or above it, only with a reason."""
    policies.check_may_record(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    reason = clean(reason)
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, _HERE)
        policies.check_grade(grade, known=scheme_of(review.round).codes)
        if held.not_rated:
            raise Refused("Đồng chí này không xếp loại. Bỏ lý do không xếp loại trước.")
        _check_backed(review, held, grade, reason)
        before = held.cell_grade
        held.cell_grade, held.reason = grade, reason[:LINE_LENGTH]
        keep(held, "cell_grade", "reason")
        write(review, LineKind.CELL_GRADE, by=by, rating=held, grade=grade, before=before, text=reason)


def _check_backed(review: CellReview, rating: Rating, grade: str, reason: str) -> None:
    """Where ballots were counted; a cell that recorded none is not asked for them."""
    tally = Tally.objects.filter(rating=rating).first()
    if tally is not None:
        policies.check_backed(
            votes=tally.votes.get(grade, 0),
            eligible=tally.eligible,
            least=scheme_of(review.round).ballot.least_votes(tally.eligible),
            reason=reason,
        )


def leave_unrated(rating: Rating, *, code: str, reason: str, seen: int, by: Actor) -> None:
    """No grade, for a reason of the rule; an empty `code` takes the reason back."""
    policies.check_may_record(rating.review.cell, by=by)
    policies.check_not_own(rating, by=by)
    reason = clean(reason)
    with transaction.atomic():
        review, held = hold_rating(rating, seen=seen)
        policies.check_stage(review, _HERE)
        scheme = scheme_of(review.round)
        if code and not scheme.reason(code):
            raise Refused("Quy định của đợt này không có lý do đã chọn. Chọn lại trong danh sách.")
        policies.check_told(reason, what="căn cứ của việc không xếp loại", most=LINE_LENGTH)
        held.not_rated, held.reason = code, reason
        held.cell_grade = "" if code else held.cell_grade
        keep(held, "not_rated", "reason", "cell_grade")
        write(
            review,
            LineKind.NOT_RATED,
            by=by,
            rating=held,
            text=f"{scheme.reason(code) or 'Xếp loại như bình thường'}: {reason}",
        )
