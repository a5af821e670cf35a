"""Who of a committee is in charge of what: decided from a day, by whom it may be, told to those it concerns."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phancong.access.actor import Actor, Grant
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member, Post
from phancong.organizations.models import Organization
from phancong.oversight import actions
from phancong.oversight.actions import Charged
from phancong.oversight.actions.charges import last_charge
from phancong.oversight.documents import register_paper
from phancong.oversight.enums import NoteKind
from phancong.oversight.models import Charge
from phancong.oversight.queries import charge_lines, charged_paths, in_charge_of, register_of
from phancong.planning.solving.in_charge import propose_in_charge
from phancong.reports.in_charge import my_charges_for
from tests.factories import (
    TODAY,
    cell_of,
    make_actor,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_office_user,
    make_post,
    make_user,
    moment,
)
from tests.planning.test_two_writers import at_once

pytestmark = pytest.mark.django_db


class House:
    """A committee with three cells and two members of it, who take part in the first cell."""

    def __init__(self) -> None:
        self.committee = make_committee()
        self.cells = [make_cell(parent=self.committee, name=f"Chi bộ {number}") for number in (1, 2, 3)]
        self.people = [make_member(self.cells[0]) for _ in range(2)]
        make_post(self.people[0], self.committee, "secretary")
        make_post(self.people[1], self.committee, "committee_member")
        self.office = make_actor("office", self.committee.path, user_id=5)

    def decide(
        self,
        who: dict[int, int | None],
        *,
        day: date = TODAY,
        by: Actor | None = None,
        seen: int | None = None,
    ) -> int:
        decision = Charged(
            who=who,
            decision_number="12-QĐ/ĐU",
            decided_on=min(day, TODAY),
            valid_from=day,
            seen=last_charge(self.committee) if seen is None else seen,
        )
        return actions.decide_charges(self.committee, decision, by=by or self.office)

    def in_charge(self, day: date = TODAY) -> dict[str, int | None]:
        return {
            line.organization.name: line.charge.member_id if line.charge else None
            for line in charge_lines(self.committee, day=day)
        }


@pytest.fixture
def house() -> House:
    return House()


def of(member: Member, place: Organization, role: str = "committee") -> Actor:
    grants = (Grant(role, place.path, date(1930, 2, 3)),)
    return Actor(50, member.pk, member.full_name, moment(), grants)


def test_a_decision_puts_people_in_charge_from_its_day(house: House) -> None:
    first, second, third = house.cells
    count = house.decide({first.pk: house.people[0].pk, second.pk: house.people[1].pk, third.pk: None})
    assert count == 2
    assert house.in_charge() == {
        "Chi bộ 1": house.people[0].pk,
        "Chi bộ 2": house.people[1].pk,
        "Chi bộ 3": None,
    }
    assert AuditEntry.objects.filter(action="decide_charge").count() == 2


def test_a_later_decision_changes_only_what_it_names_and_the_past_stays(house: House) -> None:
    first, second, _ = house.cells
    one, other = (person.pk for person in house.people)
    house.decide({first.pk: one, second.pk: one}, day=TODAY - timedelta(days=40))
    house.decide({first.pk: other, second.pk: one}, day=TODAY - timedelta(days=10))
    assert house.in_charge(TODAY - timedelta(days=11))["Chi bộ 1"] == one
    assert house.in_charge()["Chi bộ 1"] == other
    assert Charge.objects.filter(organization=second).count() == 1


def test_taking_somebody_away_ends_it_on_the_day(house: House) -> None:
    first = house.cells[0]
    house.decide({first.pk: house.people[0].pk}, day=TODAY - timedelta(days=5))
    house.decide({first.pk: None})
    assert house.in_charge()["Chi bộ 1"] is None
    assert in_charge_of(first, day=TODAY - timedelta(days=1)) is not None


def test_a_decision_before_the_present_one_began_is_refused(house: House) -> None:
    first = house.cells[0]
    house.decide({first.pk: house.people[0].pk})
    with pytest.raises(Refused, match="Chọn ngày hiệu lực sau"):
        house.decide({first.pk: house.people[1].pk})
    assert house.in_charge()["Chi bộ 1"] == house.people[0].pk


def test_a_decision_that_changes_nothing_says_so(house: House) -> None:
    with pytest.raises(Refused, match="Không có tổ chức nào đổi"):
        house.decide({one.pk: None for one in house.cells})


def test_only_who_belongs_to_the_committee_on_the_day_is_put_in_charge(house: House) -> None:
    outsider = make_member(house.cells[1])
    Post.objects.filter(member=house.people[1]).update(valid_until=TODAY)
    for member in (outsider, house.people[1]):
        with pytest.raises(Refused, match="không giữ chức vụ"):
            house.decide({house.cells[0].pk: member.pk})
    assert not Charge.objects.exists()


def test_only_organisations_right_below_are_given(house: House) -> None:
    elsewhere = make_cell()
    with pytest.raises(Refused, match="không còn trực thuộc"):
        house.decide({elsewhere.pk: house.people[0].pk})


def test_only_the_office_and_the_secretary_of_the_committee_decide(house: House) -> None:
    sister = make_committee(parent=house.committee.parent)
    refused = [
        make_actor("committee", house.committee.path),
        make_actor("secretary", house.cells[0].path),
        make_actor("office", sister.path),
        make_actor(),
    ]
    for actor in refused:
        with pytest.raises(Refused):
            house.decide({house.cells[0].pk: house.people[0].pk}, by=actor)
    assert not Charge.objects.exists()
    assert house.decide(
        {house.cells[0].pk: house.people[0].pk}, by=of(house.people[0], house.committee, "secretary")
    )


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(house: House) -> None:
    house.decide({house.cells[0].pk: house.people[0].pk}, day=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="vừa được đồng chí khác ghi"):
        house.decide({house.cells[0].pk: house.people[1].pk}, seen=0)


def test_the_charge_is_empty_once_the_post_ends(house: House) -> None:
    person = house.people[1]
    house.decide({house.cells[0].pk: person.pk}, day=TODAY - timedelta(days=3))
    actor = of(person, house.committee)
    before = charged_paths(actor)
    Post.objects.filter(member=person).update(valid_until=TODAY)
    assert (before, charged_paths(actor)) == ((house.cells[0].path,), ())
    assert [line.has_left for line in charge_lines(house.committee, day=TODAY)] == [True, False, False]


def test_whoever_is_in_charge_writes_to_that_organisation_for_the_committee_and_to_no_other(
    house: House,
) -> None:
    first, second, _ = house.cells
    house.decide({first.pk: house.people[1].pk})
    actor = of(house.people[1], house.committee)
    note = actions.write_note(first, kind=NoteKind.PRAISE, text="Tốt.", by=actor)
    assert note.origin == house.committee
    with pytest.raises(Refused):
        actions.write_note(second, kind=NoteKind.PRAISE, text="Tốt.", by=actor)


def test_the_first_page_tells_who_is_in_charge_of_what(house: House) -> None:
    first, second, _ = house.cells
    house.decide({first.pk: house.people[1].pk, second.pk: house.people[1].pk})
    told = my_charges_for(of(house.people[1], house.committee))
    assert told is not None
    assert (told.names, told.late, told.difficulties) == (("Chi bộ 1", "Chi bộ 2"), 0, ())
    assert my_charges_for(of(house.people[0], house.committee)) is None


def test_the_proposal_is_even_by_members_and_keeps_who_is_in_charge(house: House) -> None:
    for place, count in zip(house.cells, (4, 3, 3), strict=True):
        for _ in range(count):
            make_member(place)
    one, other = (person.pk for person in house.people)
    kept = frozenset({(one, house.cells[0].pk), (other, house.cells[1].pk)})
    plan = propose_in_charge(house.committee, today=TODAY, previous=kept)
    assert kept <= plan.pairs
    assert sorted(plan.weights.values()) == [6, 6]
    assert plan.near == {(person, house.cells[0].pk) for person in (one, other)}


def test_the_register_names_posts_terms_and_organisations_in_the_order_of_posts(house: House) -> None:
    first, second, third = house.cells
    house.decide({first.pk: house.people[1].pk, third.pk: house.people[1].pk})
    lines = register_of(house.committee, day=TODAY)
    assert [(line.name, [name for name, _ in line.posts], line.organizations) for line in lines] == [
        (house.people[0].full_name, ["Bí thư"], ()),
        (house.people[1].full_name, ["Đảng ủy viên"], ("Chi bộ 1", "Chi bộ 3")),
    ]
    _, content = register_paper(house.committee, now=moment())
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Chi bộ 1; Chi bộ 3" in cells
    assert f"Tổ chức chưa có người phụ trách: {second.name}." in [one.text for one in paper.paragraphs]


def test_the_page_asks_as_often_for_six_cells_as_for_three(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            charge_lines(house.committee, day=TODAY)
        return len(queries)

    before = asked()
    for _ in range(3):
        make_member(make_cell(parent=house.committee))
    assert (before, asked()) == (3, 3)


def test_on_the_page_a_proposal_is_filled_in_kept_in_part_and_written(client: Client, house: House) -> None:
    client.force_login(make_office_user(house.committee))
    page = reverse("charges:decide", args=[house.committee.pk])
    first = house.cells[0]
    kept = house.people[1].pk
    sent = {f"ai-{first.pk}": kept, f"giu-{first.pk}": "on", "viec": "goi-y", "seen": "0"}
    proposed = client.post(page, sent).context
    pairs = {row.line.organization.pk: int(row.who.value()) for row in proposed["rows"]}
    assert pairs[first.pk] == kept
    assert not Charge.objects.exists()
    told = {f"ai-{key}": member for key, member in pairs.items()}
    day = f"{TODAY:%d/%m/%Y}"
    done = {"decision_number": "12-QĐ/ĐU", "decided_on": day, "valid_from": day, "seen": "0", "viec": "ghi"}
    client.post(page, {**told, **done})
    assert {one.organization_id: one.member_id for one in Charge.objects.all()} == pairs


def test_a_decision_without_a_number_says_how_to_mend_it_and_keeps_the_choices(
    client: Client, house: House
) -> None:
    client.force_login(make_office_user(house.committee))
    page = reverse("charges:decide", args=[house.committee.pk])
    sent = {f"ai-{house.cells[0].pk}": house.people[0].pk, "seen": "0", "viec": "ghi"}
    answered = client.post(page, sent)
    assert "Còn chỗ cần sửa" in answered.content.decode()
    assert answered.context["rows"][0].who.value() == str(house.people[0].pk)
    assert not Charge.objects.exists()


def test_each_opens_the_page_of_the_own_committee_alone(client: Client, house: House) -> None:
    user = make_user(house.people[1])
    outsider = make_user(make_member(make_cell()))
    address = reverse("charges:place", args=[house.committee.pk])
    found = []
    for one in (user, outsider):
        client.force_login(one)
        found.append(client.get(address).status_code)
    client.force_login(user)
    assert found == [200, 404]
    assert client.get(reverse("charges:decide", args=[house.committee.pk])).status_code in (403, 404)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from([None, 0, 1]), st.integers(1, 40)), max_size=8
    )
)
def test_whatever_is_decided_nobody_shares_an_organisation_on_any_day(
    moves: list[tuple[int, int | None, int]],
) -> None:
    house = House()
    for cell, who, ago in moves:
        member = None if who is None else house.people[who].pk
        try:
            house.decide({house.cells[cell].pk: member}, day=TODAY - timedelta(days=ago))
        except Refused:
            continue
    for ago in range(41):
        day = TODAY - timedelta(days=ago)
        for place in house.cells:
            assert Charge.objects.on(day).filter(organization=place).count() <= 1
    assert cell_of(house.people[0]) == house.cells[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_decisions_at_once_one_is_refused() -> None:
    house = House()
    first = house.cells[0]
    ends = at_once(
        lambda: house.decide({first.pk: house.people[0].pk}, seen=0),
        lambda: house.decide({first.pk: house.people[1].pk}, seen=0, by=make_office()),
    )
    assert sorted(ends) == ["done", "refused"]
    assert Charge.objects.count() == 1
