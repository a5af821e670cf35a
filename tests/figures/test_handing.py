"""Handing figures in: frozen, never changed, late and missing named, what moved since shown."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.figures.enums import HandState
from phancong.figures.handing import differences, digest_of, hand_in, lines_below, state_of
from phancong.figures.models import HandedIn
from phancong.figures.packs import ReportKind, report_rules
from phancong.members.models import Membership
from phancong.organizations.models import Organization
from tests.factories import FOUNDED, TODAY, make_actor, make_member, parent_of
from tests.figures.test_figures import client_of

pytestmark = pytest.mark.django_db
YEAR = FOUNDED.year


def report() -> ReportKind:
    return report_rules(TODAY).report("year")


def handed(organization: Organization, by: Actor, *, reason: str = "", year: int = YEAR) -> HandedIn:
    return hand_in(organization, kind=report(), year=year, reason=reason, by=by)


def test_what_is_handed_in_is_frozen_with_its_seal(cell: Organization, secretary: Actor) -> None:
    make_member(cell)
    made = handed(cell, secretary)
    counts = {row["key"]: row["count"] for row in made.content["tong-hop"]}
    assert counts["trang-thai.dang-vien"] == 1
    assert (made.number, made.counted_on, made.digest) == (1, date(YEAR, 12, 31), digest_of(made.content))
    assert first_broken_line() is None


def test_a_report_is_handed_in_again_only_with_a_reason_and_the_first_stays(
    cell: Organization, secretary: Actor
) -> None:
    make_member(cell)
    first = handed(cell, secretary)
    with pytest.raises(Refused, match="lý do nộp lại"):
        handed(cell, secretary)
    again = handed(cell, secretary, reason="Thiếu một đồng chí")
    assert (again.number, again.reason) == (2, "Thiếu một đồng chí")
    assert HandedIn.objects.get(pk=first.pk).content == first.content


def test_only_whoever_leads_the_organisation_or_its_office_hands_in(
    cell: Organization,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_secretary: Actor,
    office: Actor,
) -> None:
    make_member(cell)
    inspector = make_actor("inspector", parent_of(cell).path)
    for by in (colleague, stranger, sister_secretary, inspector):
        with pytest.raises(Refused):
            handed(cell, by)
    assert not HandedIn.objects.exists()
    assert handed(cell, secretary).number == 1
    assert handed(cell, office, reason="Văn phòng nộp lại").number == 2


def test_nothing_is_handed_in_before_its_day(cell: Organization, secretary: Actor) -> None:
    with pytest.raises(Refused, match="chưa đến"):
        handed(cell, secretary, year=TODAY.year)


def test_figures_that_do_not_close_are_not_handed_in(cell: Organization, secretary: Actor) -> None:
    member = make_member(cell)
    member.status_periods.all().delete()
    with pytest.raises(Refused, match="không có trạng thái"):
        handed(cell, secretary)


@pytest.mark.parametrize(
    "statement", ["UPDATE figures_handedin SET digest = 'x'", "DELETE FROM figures_handedin"]
)
def test_what_was_handed_in_stays_whoever_asks(statement: str, cell: Organization, secretary: Actor) -> None:
    make_member(cell)
    handed(cell, secretary)
    with (
        pytest.raises(DatabaseError, match="không sửa được"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_moved_since_is_shown_beside_what_was_handed_in(cell: Organization, secretary: Actor) -> None:
    member = make_member(cell)
    made = handed(cell, secretary)
    assert differences(made, by=secretary) == []
    Membership.objects.filter(member=member).update(valid_until=date(YEAR, 12, 1))
    found = {(one.words, one.handed_in, one.now) for one in differences(made, by=secretary)}
    assert ("Đảng viên", 1, 0) in found


def test_the_level_above_sees_who_is_late_and_who_is_missing_first(
    cell: Organization, sister_cell: Organization, secretary: Actor
) -> None:
    make_member(cell)
    handed(cell, secretary)
    lines = lines_below(parent_of(cell), kind=report(), year=YEAR, today=TODAY)
    assert [(line.organization.pk, line.state) for line in lines] == [
        (sister_cell.pk, HandState.MISSING),
        (cell.pk, HandState.LATE),
    ]


@pytest.mark.parametrize(
    ("handed_on", "today", "state"),
    [
        (0, 9, HandState.IN_TIME),
        (1, 9, HandState.LATE),
        (None, 0, HandState.WAITING),
        (None, 1, HandState.MISSING),
    ],
)
def test_in_time_is_up_to_the_due_day_itself(handed_on: int | None, today: int, state: HandState) -> None:
    due = date(2026, 1, 15)
    on = due + timedelta(days=handed_on) if handed_on is not None else None
    assert state_of(on, due, due + timedelta(days=today)) == state


def test_an_office_hands_in_on_the_page_and_reads_what_it_handed_in(cell: Organization) -> None:
    committee = parent_of(cell)
    make_member(cell)
    client = client_of(committee)
    address = reverse("figures:hand", args=[committee.pk])
    answer = client.post(address, {"bao-cao": "year", "nam": str(YEAR)}, follow=True)
    assert "đã nộp" in answer.content.decode()
    assert "không thay đổi" in answer.content.decode()
    assert client_of(committee, "inspector").post(address, {"bao-cao": "year"}).status_code == 404
