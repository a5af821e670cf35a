"""What the cell, the levels above and the member do, and what each of them may not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.followups.models import Progress
from phancong.members.enums import Status
from phancong.reviews import actions
from phancong.reviews.enums import LineKind, Stage
from phancong.reviews.evidence import Evidence
from phancong.reviews.models import Line, Rating, RuleCorrection, SelfReview, Tally
from phancong.reviews.queries.pages import measured_of
from phancong.reviews.queries.rules import scheme_of
from tests.factories import TODAY, make_cell, make_member
from tests.reviews.halls import Hall, acting, decided, grade_all, make_hall, meet, proposed

pytestmark = pytest.mark.django_db
WRITTEN = actions.Written(strengths="Hoàn thành ba việc", grade="good", points={"common": 25, "results": 60})


def send(hall: Hall, **changed: object) -> SelfReview:
    person = hall.people[2]
    written = replace(WRITTEN, **changed)  # type: ignore[arg-type]
    return actions.save_self_review(
        hall.rating(person), written=written, send=True, seen=0, by=hall.member(person)
    )


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def others(hall: Hall) -> dict[str, Actor]:
    """Holder aside: a colleague with less, a stranger, the same office in a sister cell."""
    sister = make_cell(parent=hall.committee)
    return {
        "colleague": hall.member(hall.people[1]),
        "stranger": acting("member", make_cell(), user_id=900),
        "sister": acting("secretary", sister, make_member(sister), user_id=901),
    }


def test_a_member_sends_the_own_self_review_and_keeps_a_draft_before(hall: Hall) -> None:
    person = hall.people[2]
    draft = actions.save_self_review(
        hall.rating(person),
        written=actions.Written(strengths="Nháp"),
        send=False,
        seen=0,
        by=hall.member(person),
    )
    assert (draft.sent_on, draft.version) == (None, 1)
    sent = actions.save_self_review(
        hall.rating(person), written=WRITTEN, send=True, seen=1, by=hall.member(person)
    )
    assert (sent.sent_on, sent.grade, sent.points, sent.version) == (
        TODAY,
        "good",
        {"common": 25, "results": 60},
        2,
    )
    assert list(Line.objects.values_list("kind", "grade")) == [(LineKind.SELF_REVIEW, "good")]


def test_nobody_writes_the_self_review_of_another(hall: Hall) -> None:
    rating = hall.rating(hall.people[2])
    for by in (hall.secretary, *others(hall).values()):
        with pytest.raises(Refused):
            actions.save_self_review(rating, written=WRITTEN, send=True, seen=0, by=by)
    assert not SelfReview.objects.exists()


def test_the_cell_types_in_a_paper_but_never_its_own(hall: Hall) -> None:
    actions.save_self_review(
        hall.rating(hall.people[2]), written=WRITTEN, send=True, seen=0, on_paper=True, by=hall.secretary
    )
    assert SelfReview.objects.get().on_paper
    with pytest.raises(Refused):
        actions.save_self_review(
            hall.rating(hall.people[0]), written=WRITTEN, send=True, seen=0, on_paper=True, by=hall.secretary
        )


@pytest.mark.parametrize(
    "changed",
    [{"strengths": ""}, {"grade": ""}, {"grade": "tốt"}, {"points": {"common": 31}}, {"points": {"khac": 1}}],
)
def test_a_self_review_that_lacks_something_is_refused(hall: Hall, changed: dict[str, object]) -> None:
    with pytest.raises(Refused):
        send(hall, **changed)
    assert not SelfReview.objects.exists()


def test_of_two_windows_the_second_does_not_write_over_the_first(hall: Hall) -> None:
    send(hall)
    with pytest.raises(Refused, match="vừa được"):
        send(hall)


def test_who_is_not_rated_needs_no_self_review() -> None:
    hall = make_hall()
    Rating.objects.filter(member=hall.people[2]).update(not_rated="exempt")
    with pytest.raises(Refused, match="không thuộc diện"):
        send(hall)


def remark(hall: Hall, person: int, by: Actor) -> None:
    rating = hall.rating(hall.people[person])
    actions.write_remark(rating, text="Gương mẫu", dues="paid", mended="all", seen=rating.version, by=by)


def tally(hall: Hall, person: int, by: Actor) -> None:
    rating = hall.rating(hall.people[person])
    actions.record_tally(rating, votes={"good": 3}, handed_out=3, invalid=0, seen=rating.version, by=by)


def propose_grade(hall: Hall, person: int, by: Actor) -> None:
    rating = hall.rating(hall.people[person])
    actions.propose_grade(rating, grade="good", reason="", seen=rating.version, by=by)


def leave_unrated(hall: Hall, person: int, by: Actor) -> None:
    rating = hall.rating(hall.people[person])
    actions.leave_unrated(rating, code="other", reason="Đi học nước ngoài", seen=rating.version, by=by)


ACTS: list[Callable[[Hall, int, Actor], None]] = [remark, tally, propose_grade, leave_unrated]


@pytest.mark.parametrize("act", ACTS)
def test_the_cell_writes_of_its_members_and_nobody_else_does(
    hall: Hall, act: Callable[[Hall, int, Actor], None]
) -> None:
    meet(hall)
    before = Line.objects.count()
    for by in others(hall).values():
        with pytest.raises(Refused):
            act(hall, 2, by)
    assert Line.objects.count() == before
    act(hall, 2, hall.secretary)
    assert Line.objects.count() == before + 1
    assert first_broken_line() is None


@pytest.mark.parametrize("act", ACTS)
def test_nobody_writes_of_themself(hall: Hall, act: Callable[[Hall, int, Actor], None]) -> None:
    meet(hall)
    with pytest.raises(Refused, match="chính mình"):
        act(hall, 0, hall.secretary)
    act(hall, 0, hall.deputy)


@pytest.mark.parametrize("act", ACTS)
def test_what_the_cell_proposed_is_locked_for_the_cell(
    hall: Hall, act: Callable[[Hall, int, Actor], None]
) -> None:
    proposed(hall)
    with pytest.raises(Refused, match="Chi bộ đã đề nghị"):
        act(hall, 2, hall.secretary)


@pytest.mark.parametrize(
    ("votes", "handed_out", "invalid"),
    [({"good": 4}, 4, 0), ({"good": 3}, 3, 1), ({"good": 2, "excellent": 2}, 3, 0), ({"tốt": 1}, 3, 0)],
)
def test_votes_never_exceed_the_ballots_nor_ballots_the_voters(
    hall: Hall, votes: dict[str, int], handed_out: int, invalid: int
) -> None:
    meet(hall)
    rating = hall.rating(hall.people[2])
    with pytest.raises(Refused):
        actions.record_tally(
            rating,
            votes=votes,
            handed_out=handed_out,
            invalid=invalid,
            seen=rating.version,
            by=hall.secretary,
        )
    assert not Tally.objects.exists()


def test_a_ballot_needs_the_meeting_first(hall: Hall) -> None:
    with pytest.raises(Refused, match="ngày họp"):
        tally(hall, 2, hall.secretary)


def test_the_number_of_voters_stays_once_votes_are_recorded(hall: Hall) -> None:
    meet(hall)
    tally(hall, 2, hall.secretary)
    with pytest.raises(Refused, match="số người khác"):
        meet(hall, eligible=2)
    meet(hall, eligible=3)


def test_a_cell_proposes_only_when_everybody_has_a_grade_or_a_reason(hall: Hall) -> None:
    meet(hall)
    propose_grade(hall, 1, hall.secretary)
    leave_unrated(hall, 2, hall.secretary)
    with pytest.raises(Refused, match=hall.people[0].full_name):
        actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    propose_grade(hall, 0, hall.deputy)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    assert hall.review.stage == Stage.PROPOSED


def test_what_the_meeting_had_before_it_is_kept_when_the_cell_proposes(hall: Hall) -> None:
    meet(hall)
    grade_all(hall)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    evidence = hall.rating(hall.people[1]).evidence
    assert evidence is not None
    assert evidence["duties"] == Progress.objects.filter(member=hall.people[1]).count() == 0
    assert set(evidence) >= {"done", "on_time", "late", "meetings", "pledged", "residence_given"}


def test_the_level_above_puts_its_grade_beside_the_cells_with_a_reason(hall: Hall) -> None:
    proposed(hall)
    rating = hall.rating(hall.people[2])
    with pytest.raises(Refused, match="lý do"):
        actions.appraise_grade(rating, grade="completed", reason=" ", seen=rating.version, by=hall.office)
    actions.appraise_grade(
        rating, grade="completed", reason="Hai việc chậm hạn", seen=rating.version, by=hall.office
    )
    held = hall.rating(hall.people[2])
    assert (held.cell_grade, held.appraised_grade, held.decided_grade) == ("good", "completed", "")


def test_whoever_stands_beside_or_below_the_cell_does_not_judge_it(hall: Hall) -> None:
    proposed(hall)
    rating = hall.rating(hall.people[2])
    for by in (hall.secretary, hall.deputy, *others(hall).values()):
        for act in (
            lambda by=by: actions.appraise_grade(rating, grade="good", reason="", seen=rating.version, by=by),
            lambda by=by: actions.appraise(hall.review, seen=hall.review.version, by=by),
            lambda by=by: actions.send_back(hall.review, reason="x", seen=hall.review.version, by=by),
            lambda by=by: actions.decide([hall.review], decision="1", by=by),
        ):
            with pytest.raises(Refused):
                act()
    assert hall.review.stage == Stage.PROPOSED


def test_whoever_proposed_for_the_cell_does_not_appraise_it(hall: Hall) -> None:
    """The office typed in the proposal of a cell without a computer: somebody else appraises it."""
    meet(hall)
    grade_all(hall)
    actions.propose(hall.review, seen=hall.review.version, by=hall.office)
    with pytest.raises(Refused, match="Người đề xuất"):
        actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.above)


def test_a_decision_gives_everybody_the_appraised_grade(hall: Hall) -> None:
    decided(hall)
    assert {one.grade for one in Rating.objects.all()} == {"good"}
    assert (hall.review.stage, hall.review.decision) == (Stage.DECIDED, "45-QĐ/ĐU")


def test_a_part_that_was_not_appraised_is_not_decided(hall: Hall) -> None:
    proposed(hall)
    with pytest.raises(Refused, match="chưa quyết định được"):
        actions.decide([hall.review], decision="45-QĐ/ĐU", by=hall.above)
    with pytest.raises(Refused, match="ít nhất một chi bộ"):
        actions.decide([], decision="45-QĐ/ĐU", by=hall.above)


def test_sent_back_the_cell_writes_again_and_the_reason_stays(hall: Hall) -> None:
    proposed(hall)
    actions.send_back(
        hall.review, reason="Thiếu nhận xét nơi cư trú", seen=hall.review.version, by=hall.above
    )
    assert hall.review.stage == Stage.IN_CELL
    remark(hall, 2, hall.secretary)
    assert Line.objects.filter(text__contains="Thiếu nhận xét nơi cư trú").exists()


@pytest.mark.parametrize(
    ("mended", "fixed"), [("unknown", None), ("none", True), ("all", True), ("not_yet", False)]
)
def test_what_the_cell_notes_of_earlier_shortcomings_is_held_against_the_rule(
    hall: Hall, mended: str, fixed: bool | None
) -> None:
    rating = hall.rating(hall.people[2])
    actions.write_remark(
        rating, text="Gương mẫu", dues="paid", mended=mended, seen=rating.version, by=hall.secretary
    )
    assert measured_of(Evidence(), None, hall.rating(hall.people[2])).fixed is fixed


def test_a_member_has_a_word_before_the_decision_and_an_appeal_after_it(hall: Hall) -> None:
    person = hall.people[2]
    by = hall.member(person)
    word = actions.say_word(hall.rating(person), text="Tôi xong cả ba việc", by=by)
    with pytest.raises(Refused):
        actions.appeal(hall.rating(person), text="Xin xem lại", by=by)
    actions.answer(word, text="Đã ghi nhận", grade="", basis="", by=hall.secretary)
    decided(hall)
    with pytest.raises(Refused):
        actions.say_word(hall.rating(person), text="Muộn", by=by)
    appeal = actions.appeal(hall.rating(person), text="Xin xem lại", by=by)
    with pytest.raises(Refused, match="chưa được trả lời"):
        actions.appeal(hall.rating(person), text="Lần nữa", by=by)
    with pytest.raises(Refused):
        actions.answer(appeal, text="Không", grade="", basis="", by=hall.secretary)
    with pytest.raises(Refused, match="số quyết định"):
        actions.answer(appeal, text="Đồng ý", grade="excellent", basis="", by=hall.above)
    actions.answer(appeal, text="Đồng ý", grade="excellent", basis="50-QĐ/ĐU", by=hall.above)
    held = hall.rating(person)
    assert (held.decided_grade, held.revised_grade, held.grade) == ("good", "excellent", "excellent")
    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer(appeal, text="Nữa", grade="", basis="", by=hall.above)


def test_who_has_no_decided_grade_gets_none_by_an_appeal(hall: Hall) -> None:
    person = hall.people[2]
    meet(hall)
    leave_unrated(hall, 2, hall.secretary)
    grade_all(hall)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.decide([hall.review], decision="45-QĐ/ĐU", by=hall.above)
    appeal = actions.appeal(hall.rating(person), text="Xin xếp loại", by=hall.member(person))
    with pytest.raises(Refused, match="chưa có mức"):
        actions.answer(appeal, text="Đồng ý", grade="good", basis="50-QĐ/ĐU", by=hall.above)
    actions.answer(appeal, text="Năm nay không xếp loại", grade="", basis="", by=hall.above)
    assert hall.rating(person).grade == ""


def test_a_word_never_changes_a_grade(hall: Hall) -> None:
    word = actions.say_word(hall.rating(hall.people[2]), text="Xin ghi nhận", by=hall.member(hall.people[2]))
    with pytest.raises(Refused, match="Chỉ đề nghị xem xét lại"):
        actions.answer(word, text="Được", grade="excellent", basis="1-QĐ", by=hall.secretary)
    assert not Line.objects.filter(kind=LineKind.ANSWER).exists()


def test_the_level_above_asks_a_member_to_speak_to_a_matter(hall: Hall) -> None:
    rating = hall.rating(hall.people[2])
    actions.prompt(hall.review, rating=rating, text="Việc chậm quý III", by=hall.above)
    with pytest.raises(Refused):
        actions.prompt(hall.review, rating=rating, text="x", by=hall.secretary)
    assert list(Line.objects.values_list("kind", "rating")) == [(LineKind.PROMPT, rating.pk)]


def test_an_office_sets_an_unconfirmed_value_for_itself_and_those_below(hall: Hall) -> None:
    ward = hall.committee.parent
    assert ward is not None
    given = {"day": TODAY, "decision_number": "12-HD/TU", "decided_on": TODAY}
    office = acting("office", ward, user_id=700)
    actions.correct_value(ward, address="cap.excellent.percent", text="25", by=office, **given)  # type: ignore[arg-type]
    assert scheme_of(hall.round).caps[0].percent == 25
    actions.correct_value(
        hall.committee,
        address="cap.excellent.percent",
        text="15",
        by=hall.office,
        **given,  # type: ignore[arg-type]
    )
    assert scheme_of(hall.round).caps[0].percent == 15
    assert scheme_of(make_hall().round).caps[0].percent == 20
    for by, address in ((hall.secretary, "cap.excellent.percent"), (hall.office, "part.common.most")):
        with pytest.raises(Refused):
            actions.correct_value(hall.committee, address=address, text="10", by=by, **given)  # type: ignore[arg-type]
    assert RuleCorrection.objects.count() == 2


def test_the_log_says_who_did_what_and_never_what_was_written(hall: Hall) -> None:
    meet(hall)
    send(hall, strengths="BÍ MẬT RIÊNG")
    remark(hall, 2, hall.secretary)
    actions.say_word(hall.rating(hall.people[2]), text="LỜI RIÊNG", by=hall.member(hall.people[2]))
    entries = AuditEntry.objects.filter(action__startswith="review_")
    assert set(entries.values_list("action", flat=True)) == {
        "review_move",
        "review_self_review",
        "review_remark",
        "review_word",
    }
    told = str(list(entries.values()))
    assert not any(words in told for words in ("BÍ MẬT RIÊNG", "LỜI RIÊNG", "Gương mẫu"))


def test_the_suspended_and_the_exempt_are_in_the_roll_without_a_grade() -> None:
    hall = make_hall()
    assert Rating.objects.filter(not_rated="").count() == 3
    cell = make_cell(parent=hall.committee)
    make_member(cell, status=Status.SUSPENDED)
    actions.refresh_roll(hall.round, by=hall.office)
    assert Rating.objects.get(review__cell=cell).not_rated == "suspended"
