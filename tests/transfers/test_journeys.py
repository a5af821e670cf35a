"""A transfer goes step by step, each by its side; only the receipt moves the member, and what is over stays so."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.actions import change_status, transfer_member
from phancong.members.enums import MembershipKind, Status
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import Organization
from phancong.transfers import actions
from phancong.transfers.actions import Arrival
from phancong.transfers.enums import State
from phancong.transfers.models import Transfer
from phancong.transfers.queries import transfers_for
from tests.factories import TODAY, make_cell, make_committee, make_member, make_post
from tests.planning.test_two_writers import at_once
from tests.transfers.roads import Roads, acting, ago, make_roads

pytestmark = pytest.mark.django_db
OFFICIAL, TEMPORARY = MembershipKind.OFFICIAL, MembershipKind.TEMPORARY


@pytest.fixture
def roads() -> Roads:
    return make_roads()


def test_the_whole_way_for_good_moves_the_member_on_the_day_of_receipt(roads: Roads) -> None:
    post = make_post(roads.member, roads.home, "deputy_secretary")
    roads.request()
    roads.introduce()
    before = roads.memberships(OFFICIAL)
    roads.receive(on=ago(2))
    assert before == [roads.home.pk]
    assert roads.memberships(OFFICIAL, ago(3)) == [roads.home.pk]
    assert roads.memberships(OFFICIAL, ago(2)) == [roads.host.pk]
    assert Member.objects.get(pk=roads.member.pk).cell_id == roads.host.pk
    assert Post.objects.get(pk=post.pk).valid_until == ago(2)
    row = roads.row
    assert (row.state, row.due_on, row.received_on) == (State.RECEIVED, None, ago(2))
    said = AuditEntry.objects.filter(subject=f"member:{roads.member.pk}").values_list("action", flat=True)
    assert set(said) == {"request_transfer", "introduce_transfer", "receive_transfer"}


def test_the_whole_way_for_a_time_keeps_the_member_on_the_books_at_home(roads: Roads) -> None:
    row = roads.staying()
    assert (roads.memberships(OFFICIAL), roads.memberships(TEMPORARY)) == ([roads.home.pk], [roads.host.pk])
    assert (row.is_open, row.due_on) == (True, row.last_day)
    assert roads.memberships(TEMPORARY, TODAY + timedelta(days=171)) == []


def test_a_stay_ends_with_the_day_the_member_goes_back(roads: Roads) -> None:
    row = roads.staying(on=ago(4))
    actions.end_stay(row, on=TODAY, note="", seen=row.version, by=roads.receiver)
    assert roads.row.state == State.ENDED
    assert (roads.memberships(TEMPORARY, ago(1)), roads.memberships(TEMPORARY)) == ([roads.host.pk], [])


def test_a_stay_that_ran_out_ends_on_its_last_day_whenever_it_is_written_down(roads: Roads) -> None:
    row = roads.staying(on=ago(4))
    Transfer.objects.filter(pk=row.pk).update(valid_until=ago(1), due_on=ago(2))
    Membership.objects.filter(member=roads.member, kind=TEMPORARY).update(valid_until=ago(1))
    actions.end_stay(row, on=TODAY, note="", seen=row.version, by=roads.receiver)
    assert Membership.objects.get(member=roads.member, kind=TEMPORARY).valid_until == ago(1)


def test_a_stay_runs_on_within_the_longest_term_and_no_longer(roads: Roads) -> None:
    row = roads.staying()
    with pytest.raises(Refused, match="từ 3 đến 12 tháng"):
        actions.extend_stay(row, last_day=TODAY + timedelta(days=400), seen=row.version, by=roads.sender)
    later = TODAY + timedelta(days=300)
    actions.extend_stay(row, last_day=later, seen=row.version, by=roads.sender)
    assert (roads.row.last_day, roads.row.due_on) == (later, later)
    assert roads.memberships(TEMPORARY, later) == [roads.host.pk]


def test_the_cell_that_received_cannot_lengthen_the_stay(roads: Roads) -> None:
    row = roads.staying()
    with pytest.raises(Refused, match="phía bên kia"):
        actions.extend_stay(row, last_day=TODAY + timedelta(days=300), seen=row.version, by=roads.receiver)


def test_out_of_the_system_the_membership_ends_when_the_paper_is_handed_in(roads: Roads) -> None:
    roads.request(outside="Đảng ủy xã Ia Rsai")
    roads.introduce()
    roads.receive(by=roads.sender)
    member = Member.objects.get(pk=roads.member.pk)
    assert (member.status, member.cell) == (Status.TRANSFERRED, None)
    assert roads.memberships(OFFICIAL) == []


def test_a_stay_out_of_the_system_leaves_the_books_as_they_are(roads: Roads) -> None:
    roads.request_stay(outside="Học viện Chính trị", reason="study")
    roads.introduce()
    row = roads.receive(by=roads.sender, on=ago(2))
    assert (roads.memberships(OFFICIAL), roads.memberships(TEMPORARY)) == ([roads.home.pk], [])
    actions.end_stay(row, on=TODAY, note="", seen=row.version, by=roads.sender)
    assert roads.row.state == State.ENDED


def test_who_comes_from_outside_is_entered_with_the_paper(roads: Roads) -> None:
    row = actions.arrive(roads.host, _arrival(), by=roads.office)
    member = Member.objects.get(pk=row.member_id)
    assert (member.cell_id, member.full_name) == (roads.host.pk, "Lê Thị Đến")
    assert Membership.objects.get(member=member).decision_number == "77-GT/ĐU"
    assert (row.from_name, row.state, row.is_open) == ("Đảng ủy xã Ia Rsai", State.RECEIVED, False)


def _arrival(**told: object) -> Arrival:
    plain: dict[str, object] = {
        "full_name": "Lê Thị Đến",
        "birth_date": date(1990, 1, 1),
        "sex": "female",
        "category": "residential",
        "admitted_on": date(2015, 2, 3),
        "official_on": date(2016, 2, 3),
        "card_number": "",
        "outside": "Đảng ủy xã Ia Rsai",
        "reason": "home",
        "paper_number": "77-GT/ĐU",
        "introduced_on": ago(10),
        "received_on": ago(1),
    }
    return Arrival(**(plain | told))  # type: ignore[arg-type]


def test_a_secretary_enters_nobody_from_outside(roads: Roads) -> None:
    with pytest.raises(Refused):
        actions.arrive(roads.host, _arrival(), by=roads.receiver)
    assert not Transfer.objects.exists()


def test_a_paper_from_outside_that_is_late_needs_a_reason(roads: Roads) -> None:
    with pytest.raises(Refused, match="Lý do chậm"):
        actions.arrive(roads.host, _arrival(introduced_on=ago(90)), by=roads.office)
    assert not Member.objects.filter(full_name="Lê Thị Đến").exists()


def test_the_receiving_side_may_refuse_with_a_reason_and_the_member_stays(roads: Roads) -> None:
    roads.request()
    row = roads.introduce()
    with pytest.raises(Refused, match="Thiếu lý do"):
        actions.refuse(row, reason="  ", seen=row.version, by=roads.receiver)
    actions.refuse(row, reason="Hồ sơ thiếu quyết định", seen=row.version, by=roads.receiver)
    assert (roads.row.state, roads.memberships(OFFICIAL)) == (State.REFUSED, [roads.home.pk])
    roads.request()


def test_the_sending_side_takes_it_back_with_a_reason(roads: Roads) -> None:
    roads.request()
    row = roads.introduce()
    with pytest.raises(Refused, match="phía bên kia"):
        actions.cancel(row, reason="Thôi", seen=row.version, by=roads.receiver)
    actions.cancel(row, reason="Đồng chí ở lại", seen=row.version, by=roads.sender)
    assert roads.row.state == State.CANCELLED


def test_the_sender_does_not_receive_and_the_receiver_does_not_introduce(roads: Roads) -> None:
    roads.request()
    with pytest.raises(Refused, match="phía bên kia"):
        roads.introduce(by=roads.receiver)
    roads.introduce()
    with pytest.raises(Refused, match="phía bên kia"):
        roads.receive(by=roads.sender)
    assert roads.memberships(OFFICIAL) == [roads.home.pk]


def test_the_office_above_both_does_the_steps_of_both(roads: Roads) -> None:
    roads.request(by=roads.office)
    roads.introduce(by=roads.office)
    roads.receive(by=roads.office)
    assert roads.memberships(OFFICIAL) == [roads.host.pk]


def test_nobody_acts_for_themselves(roads: Roads) -> None:
    himself = acting("secretary", roads.home, member_id=roads.member.pk)
    with pytest.raises(Refused, match="chính mình"):
        roads.request(by=himself)
    roads.request(by=roads.office)
    with pytest.raises(Refused, match="chính mình"):
        roads.introduce(by=himself)


@pytest.mark.parametrize("role", ["committee", "member", "inspector"])
def test_who_only_reads_writes_nothing(roads: Roads, role: str) -> None:
    with pytest.raises(Refused):
        roads.request(by=acting(role, roads.home))
    roads.request()
    with pytest.raises(Refused):
        roads.introduce(by=acting(role, roads.home))
    assert roads.row.version == 1


def test_each_side_and_those_above_see_it_and_nobody_else(roads: Roads) -> None:
    roads.request()
    sister = make_cell(parent=roads.committee)
    seers = [roads.sender, roads.receiver, roads.office, acting("committee", roads.committee)]
    blind = [acting("secretary", sister), acting("office", make_committee()), acting("member", roads.home)]
    assert [transfers_for(actor).count() for actor in seers] == [1, 1, 1, 1]
    assert [transfers_for(actor).count() for actor in blind] == [0, 0, 0]


def test_one_member_has_one_transfer_at_a_time(roads: Roads) -> None:
    roads.request()
    with pytest.raises(Refused, match="chưa xong"):
        roads.request()
    with pytest.raises(IntegrityError), transaction.atomic():
        _copy(roads.row)


def _copy(row: Transfer) -> None:
    row.pk = None
    row.save(force_insert=True)


def test_whoever_stays_elsewhere_for_a_time_is_not_sent_on(roads: Roads) -> None:
    roads.staying()
    with pytest.raises(Refused, match="chưa xong"):
        roads.request()
    other = make_member(roads.home)
    Membership.objects.create(member=other, cell=roads.host, kind=TEMPORARY, valid_from=ago(3))
    with pytest.raises(Refused, match="tạm thời ở nơi khác"):
        roads.request(member=other)


def test_a_page_somebody_else_has_overtaken_writes_nothing(roads: Roads) -> None:
    roads.request()
    seen = roads.row.version
    roads.introduce(seen=seen)
    with pytest.raises(Refused, match="vừa được đồng chí khác ghi"):
        actions.cancel(roads.row, reason="x", seen=seen, by=roads.sender)
    assert roads.row.state == State.INTRODUCED


def test_a_member_who_has_moved_since_is_not_moved_again(roads: Roads) -> None:
    roads.request()
    roads.introduce()
    change_status(roads.member.pk, status=Status.WITHDRAWN, on=TODAY, by=roads.office)
    with pytest.raises(Refused, match="không còn sinh hoạt"):
        roads.receive()
    assert roads.row.state == State.INTRODUCED


def test_one_left_behind_by_a_move_of_the_cell_gives_way_to_a_new_one(roads: Roads) -> None:
    stale = roads.request()
    elsewhere = make_cell(parent=roads.committee)
    transfer_member(roads.member.pk, to=elsewhere, on=ago(1), by=roads.office)
    fresh = roads.request(by=roads.office, requested_on=TODAY)
    stale.refresh_from_db()
    assert (stale.state, fresh.home) == (State.CANCELLED, elsewhere)


def test_a_request_is_not_older_than_the_time_in_the_cell(roads: Roads) -> None:
    transfer_member(roads.member.pk, to=roads.host, on=ago(5), by=roads.office)
    with pytest.raises(Refused, match="trước bước liền trước"):
        roads.request(by=roads.receiver, cell=roads.home, requested_on=ago(10))


def test_a_membership_that_ended_otherwise_is_not_brought_back(roads: Roads) -> None:
    row = roads.staying(on=ago(4))
    change_status(roads.member.pk, status=Status.WITHDRAWN, on=ago(1), by=roads.office)
    with pytest.raises(Refused, match="không còn sinh hoạt tạm thời"):
        actions.extend_stay(row, last_day=TODAY + timedelta(days=300), seen=row.version, by=roads.sender)
    actions.end_stay(row, on=TODAY, note="", seen=row.version, by=roads.receiver)
    assert Membership.objects.get(member=roads.member, kind=TEMPORARY).valid_until == ago(1)


def test_when_the_receiving_cell_is_no_more_the_sending_one_ends_the_stay(roads: Roads) -> None:
    row = roads.staying(on=ago(4))
    Organization.objects.filter(pk=roads.host.pk).update(path="", dissolved_on=ago(1))
    actions.end_stay(row, on=TODAY, note="", seen=row.version, by=roads.sender)
    assert roads.row.state == State.ENDED


def test_what_is_over_is_neither_changed_nor_taken_away(roads: Roads) -> None:
    roads.request()
    roads.introduce()
    row = roads.receive()
    with pytest.raises(Refused, match="đã xong"):
        roads.receive()
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=row.pk).update(paper_number="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    assert roads.row.paper_number == "05-GT/CB"


def test_a_suspended_member_is_not_transferred(roads: Roads) -> None:
    Member.objects.filter(pk=roads.member.pk).update(status=Status.SUSPENDED)
    with pytest.raises(Refused, match="đình chỉ"):
        roads.request()


STEPS = ("request", "stay", "introduce", "receive", "refuse", "cancel", "end", "extend")


def _try(roads: Roads, step: str, by: Actor) -> None:
    if step in ("request", "stay"):
        (roads.request if step == "request" else roads.request_stay)(by=by)
        return
    if not Transfer.objects.exists():
        return
    row, seen = roads.row, roads.row.version
    acts: dict[str, Callable[[], object]] = {
        "introduce": lambda: roads.introduce(by=by),
        "receive": lambda: roads.receive(by=by, on=ago(3)),
        "refuse": lambda: actions.refuse(row, reason="x", seen=seen, by=by),
        "cancel": lambda: actions.cancel(row, reason="x", seen=seen, by=by),
        "end": lambda: actions.end_stay(row, on=TODAY, note="", seen=seen, by=by),
        "extend": lambda: actions.extend_stay(row, last_day=TODAY + timedelta(days=200), seen=seen, by=by),
    }
    acts[step]()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=8))
def test_whatever_is_tried_everybody_is_in_one_cell_on_every_day(steps: list[tuple[str, int]]) -> None:
    roads = make_roads()
    for step, who in steps:
        with suppress(Refused), transaction.atomic():
            _try(roads, step, (roads.sender, roads.receiver, roads.office)[who])
    for days in range(12):
        assert len(roads.memberships(OFFICIAL, ago(days))) == 1
        assert len(roads.memberships(TEMPORARY, ago(days))) <= 1
    assert Transfer.objects.filter(member=roads.member, due_on__isnull=False).count() <= 1
    assert roads.memberships(OFFICIAL) == [Member.objects.get(pk=roads.member.pk).cell_id]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_receipts_at_once_one_is_refused() -> None:
    roads = make_roads()
    roads.request()
    seen = roads.introduce().version

    def take(by: Actor) -> object:
        return roads.receive(seen=seen, by=by)

    ends = at_once(lambda: take(roads.receiver), lambda: take(roads.office))
    assert sorted(ends) == ["done", "refused"]
    assert Membership.objects.filter(member=roads.member, kind=OFFICIAL).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_requests_at_once_one_is_refused() -> None:
    roads = make_roads()
    ends = at_once(roads.request, lambda: roads.request(by=roads.office))
    assert sorted(ends) == ["done", "refused"]
    assert Transfer.objects.count() == 1
