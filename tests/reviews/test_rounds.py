"""Opening a round over the roll of a day, keeping the roll right, closing it when its totals close."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.members.models import Membership, StatusPeriod
from phancong.organizations import actions as tree
from phancong.organizations.models import Organization
from phancong.reviews import actions
from phancong.reviews.actions.rounds import digest_of
from phancong.reviews.enums import RoundState, Stage
from phancong.reviews.models import CellReview, Closing, Line, Rating, Round
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import totals_of_round
from tests.factories import FOUNDED, TODAY, make_actor, make_cell, make_committee, make_member
from tests.reviews.halls import BASIS, Hall, decided, grade_all, make_hall, meet, office_of, proposed

pytestmark = pytest.mark.django_db


def opened(committee: Organization, *, day: date = TODAY, by: Actor | None = None) -> Round:
    return actions.open_round(
        committee, year=day.year, rules_on=day, counted_on=day, basis=BASIS, by=by or office_of(committee)
    )


def test_a_round_takes_everybody_on_the_roll_and_nobody_else() -> None:
    committee = make_committee()
    cell, other = make_cell(parent=committee), make_cell(parent=committee)
    rated, fresh = (
        make_member(cell),
        make_member(other, admitted_on=TODAY - timedelta(days=30), official_on=None),
    )
    exempt = make_member(cell, status=Status.EXEMPT)
    make_member(cell, status=Status.REMOVED)
    make_member()
    round_ = opened(committee)
    found = dict(Rating.objects.filter(review__round=round_).values_list("member_id", "not_rated"))
    assert found == {rated.pk: "", fresh.pk: "new", exempt.pk: "exempt"}
    assert set(CellReview.objects.values_list("cell_id", "grassroots_id")) == {
        (cell.pk, committee.pk),
        (other.pk, committee.pk),
    }


def test_the_roll_is_that_of_the_day_by_the_tree_of_the_day() -> None:
    """A cell that moved away since, and a member who changed the cell since, count where they were."""
    old, new = make_committee(), make_committee()
    cell, later = make_cell(parent=old), make_cell(parent=new)
    stayed, moved = make_member(cell), make_member(cell)
    day = FOUNDED + timedelta(days=100)
    Membership.objects.filter(member=moved).update(valid_until=day + timedelta(days=10))
    Membership.objects.create(member=moved, cell=later, kind="official", valid_from=day + timedelta(days=10))
    tree.move_organization(
        organization=cell, parent=new, by=make_actor("office", ""), effective_on=day + timedelta(days=20),
        decision_number="1-QĐ", decided_on=day,
    )  # fmt: skip
    round_ = opened(old, day=day)
    assert set(Rating.objects.filter(review__round=round_).values_list("member_id", flat=True)) == {
        stayed.pk,
        moved.pk,
    }


def test_status_counts_as_it_was_on_the_day() -> None:
    cell = make_cell()
    member = make_member(cell, status=Status.EXEMPT)
    day = FOUNDED + timedelta(days=100)
    StatusPeriod.objects.filter(member=member).update(valid_from=day + timedelta(days=5))
    StatusPeriod.objects.create(
        member=member, status=Status.OFFICIAL, valid_from=FOUNDED, valid_until=day + timedelta(days=5)
    )
    assert cell.parent is not None
    round_ = opened(cell.parent, day=day)
    assert Rating.objects.get(review__round=round_).not_rated == ""


def test_only_the_office_of_the_committee_opens_a_round() -> None:
    cell = make_cell()
    make_member(cell)
    committee = cell.parent
    assert committee is not None
    for by in (
        make_actor("secretary", committee.path),
        make_actor("member", cell.path),
        make_actor(),
        office_of(make_committee()),
    ):
        with pytest.raises(Refused):
            opened(committee, by=by)
    assert opened(committee).state == RoundState.OPEN


@pytest.mark.parametrize(
    "given",
    [
        {"year": TODAY.year + 1},
        {"year": 1999},
        {"counted_on": date(2020, 1, 1)},
        {"rules_on": date(2012, 12, 31)},
        {"basis": "  "},
        {"year": 2005, "rules_on": date(2005, 12, 31), "counted_on": date(2005, 12, 31)},
    ],
)
def test_a_round_that_cannot_be_is_refused_and_writes_nothing(given: dict[str, object]) -> None:
    cell = make_cell()
    make_member(cell)
    plain: dict[str, object] = {"year": 2026, "rules_on": TODAY, "counted_on": TODAY, "basis": BASIS}
    assert cell.parent is not None
    with pytest.raises(Refused):
        actions.open_round(cell.parent, by=office_of(cell.parent), **{**plain, **given})  # type: ignore[arg-type]
    assert not Round.objects.exists()


def test_a_round_is_opened_once_a_year() -> None:
    hall = make_hall()
    with pytest.raises(Refused, match="đã mở"):
        opened(hall.committee)
    assert Round.objects.count() == 1


def test_a_round_of_2012_goes_by_the_rules_of_2012() -> None:
    committee = make_committee()
    round_ = Round(committee=committee, year=2012, rules_on=date(2012, 12, 31), counted_on=date(2012, 12, 31))
    assert "07-HD" in scheme_of(round_).basis


def test_who_came_and_who_left_since_are_brought_up_to_date_until_the_cell_proposes() -> None:
    hall = make_hall()
    gone, came = hall.people[2], make_member(hall.cell)
    Membership.objects.filter(member=gone).update(valid_until=TODAY)
    assert actions.refresh_roll(hall.round, by=hall.office) == (1, 1)
    assert not hall.rating(gone).is_on_roll
    assert hall.rating(came).is_on_roll
    assert actions.refresh_roll(hall.round, by=hall.office) == (0, 0)


def test_somebody_who_comes_back_is_in_the_roll_again() -> None:
    hall = make_hall()
    span = Membership.objects.filter(member=hall.people[2])
    span.update(valid_until=TODAY)
    actions.refresh_roll(hall.round, by=hall.office)
    span.update(valid_until=None)
    assert actions.refresh_roll(hall.round, by=hall.office) == (1, 0)
    assert hall.rating(hall.people[2]).is_on_roll


def test_a_round_closes_when_everybody_has_a_grade_and_keeps_its_totals() -> None:
    hall = make_hall()
    decided(hall)
    totals = actions.close_round(hall.round, seen=1, by=hall.office)
    assert totals.closes
    closing = Closing.objects.get(round=hall.round)
    assert (closing.content["graded"], closing.content["roll"]) == (3, 3)
    assert closing.digest == digest_of(closing.content)
    assert first_broken_line() is None


def test_a_round_does_not_close_while_a_cell_is_not_decided() -> None:
    hall = make_hall()
    proposed(hall)
    with pytest.raises(Refused, match="chưa có quyết định"):
        actions.close_round(hall.round, seen=1, by=hall.office)
    assert Round.objects.get().state == RoundState.OPEN


def test_a_round_does_not_close_while_somebody_on_the_roll_has_no_grade() -> None:
    hall = make_hall()
    proposed(hall)
    Rating.objects.filter(member=hall.people[1]).update(cell_grade="", appraised_grade="")
    CellReview.objects.update(stage=Stage.DECIDED, decided_on=TODAY, decision="45-QĐ/ĐU")
    with pytest.raises(Refused, match="Còn 3 đồng chí chưa xếp loại"):
        actions.close_round(hall.round, seen=1, by=hall.office)


def test_a_round_does_not_close_when_the_roll_of_the_day_changed_behind_it() -> None:
    hall = make_hall()
    decided(hall)
    make_member(hall.cell)
    with pytest.raises(Refused, match="thiếu 1, thừa 0"):
        actions.close_round(hall.round, seen=1, by=hall.office)


def test_only_the_office_closes_and_of_two_who_look_at_the_same_page_the_first() -> None:
    hall = make_hall()
    decided(hall)
    for by in (hall.secretary, hall.above, hall.member(hall.people[2])):
        with pytest.raises(Refused):
            actions.close_round(hall.round, seen=1, by=by)
    actions.close_round(hall.round, seen=1, by=hall.office)
    with pytest.raises(Refused):
        actions.close_round(hall.round, seen=1, by=hall.office)


def test_nothing_is_written_into_a_closed_round() -> None:
    hall = make_hall()
    decided(hall)
    actions.close_round(hall.round, seen=1, by=hall.office)
    before = Line.objects.count()
    for act in (
        lambda: actions.appeal(
            hall.rating(hall.people[2]), text="Xin xem lại", by=hall.member(hall.people[2])
        ),
        lambda: actions.refresh_roll(hall.round, by=hall.office),
        lambda: actions.send_back(hall.review, reason="x", seen=hall.review.version, by=hall.office),
    ):
        with pytest.raises(Refused, match="đã chốt"):
            act()
    assert Line.objects.count() == before


def test_who_was_left_out_of_the_decision_is_added_by_a_later_one_once() -> None:
    hall = make_hall()
    proposed(hall)
    left_out = hall.people[2]
    Rating.objects.filter(member=left_out).update(cell_grade="")
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.decide([hall.review], decision="45-QĐ/ĐU", by=hall.above)
    given = {"grade": "completed", "not_rated": "", "decision": "47-QĐ/ĐU"}
    with pytest.raises(Refused):
        actions.complete(
            hall.rating(left_out), seen=hall.rating(left_out).version, by=hall.secretary, **given
        )
    actions.complete(hall.rating(left_out), seen=hall.rating(left_out).version, by=hall.office, **given)
    assert hall.rating(left_out).grade == "completed"
    with pytest.raises(Refused, match="đã có mức"):
        actions.complete(hall.rating(left_out), seen=hall.rating(left_out).version, by=hall.office, **given)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_line SET text = 'khác'",
        "DELETE FROM reviews_line",
        "UPDATE reviews_closing SET digest = 'x'",
        "DELETE FROM reviews_closing",
        "UPDATE reviews_rating SET decided_grade = 'excellent'",
        "UPDATE reviews_rating SET mended = 'none'",
        "UPDATE reviews_rating SET cell_grade = 'excellent'",
        "UPDATE reviews_rating SET is_on_roll = (is_on_roll = (1 = 0))",
        "DELETE FROM reviews_rating",
        "UPDATE reviews_cellreview SET stage = 'in_cell', decided_on = NULL",
    ],
)
def test_what_was_said_and_decided_stays_whoever_asks(statement: str) -> None:
    hall = make_hall()
    decided(hall)
    actions.close_round(hall.round, seen=1, by=hall.office)
    with (
        pytest.raises(DatabaseError, match=r"không sửa được|chỉ được ghi thêm|đã khóa"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_paper_is_locked_once_the_cell_has_proposed() -> None:
    hall = make_hall()
    meet(hall)
    rating = hall.rating(hall.people[2])
    actions.record_tally(
        rating, votes={"good": 3}, handed_out=3, invalid=0, seen=rating.version, by=hall.secretary
    )
    _propose_the_rest(hall)
    with (
        pytest.raises(DatabaseError, match="đã khóa"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE reviews_tally SET eligible = 9")


def _propose_the_rest(hall: Hall) -> None:
    grade_all(hall)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)


def test_the_totals_count_what_was_decided_and_only_those_in_the_roll() -> None:
    hall = make_hall()
    decided(hall)
    Rating.objects.filter(member=hall.people[0]).update(revised_grade="excellent")
    found = totals_of_round(hall.round, scheme_of(hall.round))
    assert {row.code: row.own for row in found.rows if row.own} == {"excellent": 1, "good": 2}
    assert asdict(found)["roll"] == 3
