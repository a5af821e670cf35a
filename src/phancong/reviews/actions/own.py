"""What the member does: the self-review, a word at any step, an appeal against the decision."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.reviews import policies
from phancong.reviews.actions.writing import hold, hold_rating, keep, write
from phancong.reviews.enums import LineKind, Stage
from phancong.reviews.models import TEXT_LENGTH, CellReview, Line, Rating, SelfReview
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the member wrote; `points` by the code of the part."""

    strengths: str = ""
    shortcomings: str = ""
    earlier: str = ""
    remedy: str = ""
    grade: str = ""
    points: Mapping[str, int] = field(default_factory=dict)


def save_self_review(
    rating: Rating, *, written: Written, send: bool, seen: int, by: Actor, on_paper: bool = False
) -> SelfReview:
    """Keep what was written; with `send` the cell gets it. The cell may type in a paper."""
    if on_paper:
        policies.check_may_record(rating.review.cell, by=by)
        policies.check_not_own(rating, by=by)
    else:
        policies.check_is_own(rating, by=by)
    with transaction.atomic():
        review, held = hold_rating(rating)
        policies.check_stage(review, (Stage.IN_CELL,))
        if held.not_rated:
            raise Refused(
                "Đồng chí không thuộc diện xếp loại trong đợt này nên không cần gửi bản tự kiểm điểm."
            )
        paper = SelfReview.objects.select_for_update().filter(rating=held).first()
        policies.check_version(paper.version if paper else 0, seen=seen)
        _check_written(written, scheme_of(review.round), send=send)
        if paper is None:
            paper = SelfReview(rating=held, version=0)
        for name, value in asdict(written).items():
            setattr(paper, name, dict(value) if name == "points" else value)
        paper.on_paper = on_paper
        paper.sent_on = by.today if send else paper.sent_on
        paper.version += 1
        paper.save()
        if send:
            write(review, LineKind.SELF_REVIEW, by=by, rating=held, grade=written.grade)
    return paper


def _check_written(written: Written, scheme: Scheme, *, send: bool) -> None:
    for text in (written.strengths, written.shortcomings, written.earlier, written.remedy):
        if len(text) > TEXT_LENGTH:
            raise Refused(f"Một ô dài {len(text)} ký tự, nhiều nhất là {TEXT_LENGTH}. Rút ngắn rồi gửi lại.")
    if written.grade:
        policies.check_grade(written.grade, known=scheme.codes)
    most = {part.code: part.most for part in scheme.parts}
    for code, points in written.points.items():
        if code not in most or not 0 <= points <= most[code]:
            raise Refused(f"Điểm tự chấm từ 0 đến {most.get(code, 0)}. Ghi lại.")
    if send:
        policies.check_told(written.strengths, what="kết quả đạt được trong năm", most=TEXT_LENGTH)
        if not written.grade:
            raise Refused("Chọn mức tự nhận trước khi gửi.")


def say_word(rating: Rating, *, text: str, by: Actor) -> Line:
    """The member's word, at any step before the decision."""
    return _say(rating, LineKind.WORD, text, (Stage.IN_CELL, Stage.PROPOSED, Stage.APPRAISED), by=by)


def appeal(rating: Rating, *, text: str, by: Actor) -> Line:
    """The member asks the body that decided to look at the grade again; once until it is answered."""
    if Line.objects.filter(rating=rating, kind=LineKind.APPEAL, answer__isnull=True).exists():
        raise Refused("Đề nghị xem xét lại trước đó chưa được trả lời. Chờ trả lời rồi gửi tiếp.")
    return _say(rating, LineKind.APPEAL, text, (Stage.DECIDED,), by=by)


def _say(rating: Rating, kind: LineKind, text: str, stages: tuple[Stage, ...], *, by: Actor) -> Line:
    policies.check_is_own(rating, by=by)
    text = text.strip()
    policies.check_told(text, what="ý kiến của đồng chí", most=TEXT_LENGTH)
    with transaction.atomic():
        review = hold(rating.review)
        policies.check_stage(review, stages)
        return write(review, kind, by=by, rating=rating, text=text)


def answer(line: Line, *, text: str, grade: str, basis: str, by: Actor) -> Line:
    """An answer to a word or an appeal. An appeal that is granted sets a new grade beside the decided one."""
    rating = line.rating
    if rating is None or line.kind not in (LineKind.WORD, LineKind.APPEAL):
        raise Refused("Dòng này không cần trả lời.")
    policies.check_not_own(rating, by=by)
    if line.kind == LineKind.APPEAL:
        policies.check_may_judge(rating.review.cell, by=by)
    else:
        policies.check_may_record(rating.review.cell, by=by)
    text = text.strip()
    policies.check_told(text, what="lời trả lời", most=TEXT_LENGTH)
    with transaction.atomic():
        review, held = hold_rating(rating)
        if Line.objects.filter(answers=line).exists():
            raise Refused("Ý kiến này đã được trả lời. Tải lại trang để xem.")
        before = held.grade
        if grade:
            if line.kind != LineKind.APPEAL:
                raise Refused("Chỉ đề nghị xem xét lại mới đổi được mức đã quyết định.")
            policies.check_has_grade(held)
            policies.check_grade(grade, known=scheme_of(review.round).codes)
            policies.check_told(basis, what="số quyết định thay đổi mức", most=60)
            held.revised_grade = grade
            keep(held, "revised_grade")
        return write(
            review,
            LineKind.ANSWER,
            by=by,
            rating=held,
            answers=line,
            text=text,
            basis=basis,
            grade=grade,
            before=before if grade else "",
        )


def prompt(review: CellReview, *, text: str, by: Actor, rating: Rating | None = None) -> Line:
    """A matter that the level above asks the cell, or one member, to speak to in the review (gợi ý kiểm điểm)."""
    policies.check_may_judge(review.cell, by=by)
    if rating is not None:
        policies.check_not_own(rating, by=by)
    text = text.strip()
    policies.check_told(text, what="nội dung gợi ý kiểm điểm", most=TEXT_LENGTH)
    with transaction.atomic():
        held = hold(review)
        policies.check_stage(held, (Stage.IN_CELL,))
        return write(held, LineKind.PROMPT, by=by, rating=rating, text=text)
