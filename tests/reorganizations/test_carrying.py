"""What a decision does to the tree, to members, to posts and to work, and how it is taken back."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from phancong.access.actor import places
from phancong.access.permissions import Permission
from phancong.accounts.models import Appointment
from phancong.accounts.queries import actor_of
from phancong.common.refusal import Refused
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.actions import merge_organizations
from phancong.organizations.models import Area, Organization, OrganizationVersion
from phancong.reorganizations import actions
from phancong.reorganizations.enums import State
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.preview import preview_of
from phancong.transfers.models import Transfer
from tests.factories import (
    TODAY,
    make_appointment,
    make_cell,
    make_member,
    make_organization,
    make_post,
    make_user,
    moment,
)
from tests.reorganizations.town import Town, office_of, whole_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def _reread(one: Reorganization) -> Reorganization:
    return Reorganization.objects.select_related("committee", "keeper").get(pk=one.pk)


def test_members_of_a_merged_cell_go_along_on_the_day_of_the_decision(town: Town) -> None:
    start = TODAY - timedelta(days=10)
    town.decide(town.draft(("merge", "a2", "a1"), day=start))
    assert town.cell_codes(town.members["a2"]) == ["a1"] * 4
    spans = Membership.objects.filter(member=town.members["a2"][1]).order_by("valid_from")
    assert [(row.cell.code, row.valid_from, row.valid_until) for row in spans] == [
        ("a2", date(2025, 7, 1), start),
        ("a1", start, None),
    ]


def test_posts_of_a_merged_cell_end_and_those_of_the_receiving_one_stay(town: Town) -> None:
    town.decide(town.draft(("merge", "a2", "a1")))
    for code, until in (("a1", None), ("a2", TODAY)):
        town.posts[code].refresh_from_db()
        assert town.posts[code].valid_until == until


def test_the_past_is_read_under_the_old_names(town: Town) -> None:
    town.decide(town.draft(("merge", "a2", "a1"), ("rename", "a1", "", "Chi bộ mới")))
    before = OrganizationVersion.objects.on(TODAY - timedelta(days=1)).filter(
        organization__code__in=["a1", "a2"]
    )
    today = OrganizationVersion.objects.on(TODAY).filter(organization__code__in=["a1", "a2"])
    assert sorted(before.values_list("name", flat=True)) == ["Chi bộ a1", "Chi bộ a2"]
    assert list(today.values_list("name", flat=True)) == ["Chi bộ mới"]


def test_who_is_at_home_in_the_receiving_cell_is_no_longer_there_for_a_time(town: Town) -> None:
    guest = town.members["a2"][2]
    Membership.objects.create(
        member=guest, cell=town.cells["a1"], kind=MembershipKind.TEMPORARY, valid_from=date(2026, 1, 1)
    )
    town.decide(town.draft(("merge", "a2", "a1")))
    open_spans = Membership.objects.on(TODAY).filter(member=guest)
    assert [(row.cell.code, row.kind) for row in open_spans] == [("a1", "official")]


def test_guests_of_a_merged_cell_stay_guests_in_the_receiving_one(town: Town) -> None:
    guest = town.members["b1"][2]
    Membership.objects.create(
        member=guest, cell=town.cells["a2"], kind=MembershipKind.TEMPORARY, valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
    )  # fmt: skip
    town.decide(town.draft(("merge", "a2", "a1")))
    row = Membership.objects.on(TODAY).get(member=guest, kind=MembershipKind.TEMPORARY)
    assert (row.cell.code, row.valid_from, row.valid_until) == ("a1", TODAY, date(2027, 1, 1))


def test_a_split_takes_its_hamlet_and_the_members_named(town: Town) -> None:
    town.area("T1", cell="a1")
    area = town.area("T2", cell="a1")
    leaving = town.members["a1"][2:]
    town.decide(
        town.draft(("split", "a9", "a1", "Chi bộ thôn 2", "", "T2"), placed=dict.fromkeys(leaving, "a9"))
    )
    assert town.cell_codes(town.members["a1"]) == ["a1", "a1", "a9", "a9"]
    assert [row.cell.code for row in area.coverages.on(TODAY)] == ["a9"]


def test_a_cell_with_many_members_becomes_a_committee_with_cells_of_its_own() -> None:
    town = Town(size=16)
    cell = make_organization("grassroots_cell", parent=town.ward, code="c", name="Chi bộ cơ quan")
    people = [make_member(cell) for _ in range(32)]
    one = town.draft(
        ("conversion", "c", "", "", "grassroots_committee"),
        ("founding", "c1", "c", "Chi bộ 1", "work_cell"),
        ("founding", "c2", "c", "Chi bộ 2", "work_cell"),
        ("rename", "c", "", "Đảng bộ cơ quan"),
        placed={member: "c1" if number < 16 else "c2" for number, member in enumerate(people)},
    )
    assert preview_of(one, by=town.office).small == ()
    town.decide(one)
    assert town.cell_codes(people) == ["c1"] * 16 + ["c2"] * 16
    assert Organization.objects.get(code="c").name == "Đảng bộ cơ quan"


def test_a_committee_of_too_few_members_is_told_in_the_preview(town: Town) -> None:
    one = town.draft(("founding", "c", "P", "Đảng bộ mới", "grassroots_committee"))
    assert preview_of(one, by=town.office).small == (
        "Đảng bộ mới: 0 đảng viên, dưới 30 của một đảng bộ cơ sở",
    )


def test_nobody_is_left_in_a_cell_that_ends(town: Town) -> None:
    one = town.draft(("dissolution", "a2"), placed={town.members["a2"][0]: "a1"})
    with pytest.raises(Refused, match="3 đồng chí chưa có chi bộ mới"):
        town.decide(one)
    assert _reread(one).state == State.DRAFT
    assert town.cell_codes(town.members["a2"]) == ["a2"] * 4


def test_a_cell_ends_when_everybody_has_a_new_one(town: Town) -> None:
    town.decide(town.draft(("dissolution", "a2"), placed=dict.fromkeys(town.members["a2"], "b1")))
    assert town.cell_codes(town.members["a2"]) == ["b1"] * 4
    assert not Organization.objects.active().filter(code="a2").exists()


def test_lines_are_carried_out_in_the_order_that_works(town: Town) -> None:
    one = town.draft(
        ("dissolution", "B"),
        ("dissolution", "b1"),
        ("move", "a2", "D"),
        ("founding", "D", "P", "Đảng bộ D", "grassroots_committee"),
        placed=dict.fromkeys(town.members["b1"], "a2"),
    )
    town.decide(one)
    assert sorted(Organization.objects.active().values_list("code", flat=True)) == ["A", "D", "P", "a1", "a2"]


def test_a_line_that_cannot_be_done_is_named(town: Town) -> None:
    one = town.draft(("rename", "a1", "", "Tên khác"), ("move", "a1", "P"))
    with pytest.raises(Refused, match=r"Dòng 2 \(Chuyển trực thuộc a1\): .*không trực thuộc"):
        town.decide(one)
    assert Organization.objects.get(code="a1").name == "Chi bộ a1"


def test_whoever_moved_on_since_the_day_is_in_one_cell_on_every_day(town: Town) -> None:
    """A decision of the past finds a member who has left the merged cell in the meantime."""
    from phancong.members.actions import transfer_member

    start, left = TODAY - timedelta(days=60), TODAY - timedelta(days=20)
    gone = town.members["a2"][3]
    transfer_member(gone.pk, to=town.cells["b1"], on=left, by=town.office)
    town.decide(town.draft(("merge", "a2", "a1"), day=start))
    spans = Membership.objects.filter(member=gone).order_by("valid_from")
    assert [(row.cell.code, row.valid_from, row.valid_until) for row in spans] == [
        ("a2", date(2025, 7, 1), start),
        ("a1", start, left),
        ("b1", left, None),
    ]
    assert town.cell_codes([gone]) == ["b1"]


def test_the_office_of_what_ends_goes_on_only_where_the_decision_says(town: Town) -> None:
    lines = (
        ("founding", "P2", "", "Đảng bộ phường mới", "ward"),
        ("move", "A", "P2"),
        ("move", "B", "P2"),
        ("dissolution", "P"),
    )
    without = town.draft(*lines)
    with pytest.raises(Refused, match="mã tổ chức mà văn phòng và hồ sơ chuyển về"):
        town.decide(without)
    done = town.decide(town.draft(*lines, keeper="P2"))
    held = Appointment.objects.on(TODAY).filter(user=town.staff)
    assert [(row.role, row.organization.code) for row in held] == [("office", "P2")]
    assert _reread(done).keeper.code == "P2"


def test_only_who_rebuilds_the_whole_tree_may_found_a_top(town: Town) -> None:
    with pytest.raises(Refused, match="thiếu mã cấp trên"):
        town.draft(
            ("founding", "X", "", "Đảng bộ X", "ward"),
            committee=town.committees["A"],
            by=office_of(town.committees["A"]),
        )


@pytest.mark.parametrize(
    "line", [("merge", "a2", "b1"), ("move", "b1", "A"), ("rename", "b1", "", "Tên khác")]
)
def test_what_lies_outside_answers_like_what_does_not_exist(town: Town, line: tuple[str, ...]) -> None:
    own = office_of(town.committees["A"])
    with pytest.raises(Refused, match="Không có tổ chức mang mã b1 trong phạm vi"):
        town.draft(line, committee=town.committees["A"], by=own)


@pytest.mark.parametrize(("role", "place"), [("secretary", "A"), ("office", "B"), ("committee", "P")])
def test_others_prepare_nothing(town: Town, role: str, place: str) -> None:
    where = Organization.objects.get(code=place)
    with pytest.raises(Refused, match="chưa được giao"):
        actions.prepare(town.committees["A"], title="x", effective_on=TODAY, by=office_of(where, role=role))


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(town: Town) -> None:
    one = town.draft(("merge", "a2", "a1"))
    seen = one.version
    actions.add_step(one, _line("rename", "b1", name="Tên mới"), seen=seen, by=town.office)
    with pytest.raises(Refused, match="vừa được đồng chí khác sửa"):
        town.decide(one, seen=seen)
    assert _reread(one).steps.count() == 2


def _line(kind: str, code: str, *, name: str = ""):  # type: ignore[no-untyped-def]
    from tests.reorganizations.town import step

    return step(kind, code, "", name)


def test_a_preview_keeps_nothing(town: Town) -> None:
    one = town.draft(("merge", "a2", "a1"), ("rename", "a1", "", "Chi bộ mới"))
    before = whole_database()
    found = preview_of(one, by=town.office)
    assert (found.refusal, found.moved, found.closes) == ("", 4, True)
    assert found.posts == ("Nguyễn a2 0: Bí thư Chi bộ a2",)
    assert whole_database() == before


def test_a_preview_says_why_it_cannot_be_done(town: Town) -> None:
    assert "chưa có chi bộ mới" in preview_of(town.draft(("dissolution", "a2")), by=town.office).refusal


def test_the_preview_declares_everybody_who_sees_more(town: Town) -> None:
    """Nobody opens a file after the merger that the preview did not count."""
    one = town.draft(("merge", "a2", "a1"), ("move", "b1", "A"))
    users = [*town.users.values(), town.staff]
    declared = {change.holder: change.gained_ids for change in preview_of(one, by=town.office).sight}
    before = {user: _seen(user) for user in users}
    town.decide(one)
    gained = {str(user): _seen(user) - before[user] for user in users}
    assert {name: found for name, found in gained.items() if found} == {
        name: found for name, found in declared.items() if found
    }
    assert gained[str(town.users["a1"])] == {member.pk for member in town.members["a2"]}


def _seen(user: object) -> set[int]:
    actor = actor_of(type(user).objects.get(pk=user.pk), now=moment())  # type: ignore[attr-defined]
    found = Member.objects.in_places(places(actor, Permission.MEMBER_LIST))
    return set(found.values_list("pk", flat=True))


NINE_DAYS_AGO = TODAY - timedelta(days=9)


def test_undoing_restores_the_database_exactly(town: Town) -> None:
    town.area("T1", cell="a1")
    town.area("T2", cell="a2")
    make_appointment(make_user(), town.cells["a2"])
    earlier = make_cell(parent=town.committees["A"])
    merge_organizations(
        sources=[earlier],
        into=town.cells["a2"],
        by=town.office,
        effective_on=NINE_DAYS_AGO,
        decision_number="4-QĐ/ĐU",
        decided_on=NINE_DAYS_AGO,
    )
    before = whole_database()
    one = town.draft(
        ("merge", "a2", "a1"),
        ("founding", "D", "P", "Đảng bộ D", "grassroots_committee"),
        ("founding", "D1", "D", "Chi bộ D1", "area_cell"),
        ("move", "b1", "D"),
        ("merge", "B", "D"),
        ("split", "a9", "a1", "Chi bộ a9", "", "T1"),
        placed={town.members["a1"][1]: "a9"},
    )
    town.decide(one)
    assert Organization.objects.get(pk=earlier.pk).kept_by == town.cells["a1"]
    assert whole_database() != before
    actions.undo(one, seen=_reread(one).version, by=town.office)
    after = whole_database()
    assert {name for name in before if before[name] != after[name]} == set()
    assert _reread(one).state == State.UNDONE


def test_undoing_what_ended_its_own_committee_brings_it_back(town: Town) -> None:
    before = whole_database()
    done = town.decide(
        town.draft(
            ("founding", "P2", "", "Đảng bộ phường mới", "ward"),
            ("move", "A", "P2"),
            ("move", "B", "P2"),
            ("dissolution", "P"),
            keeper="P2",
        )
    )
    keeper = office_of(Organization.objects.get(code="P2"))
    actions.undo(_reread(done), seen=_reread(done).version, by=keeper)
    after = whole_database()
    assert {name for name in before if before[name] != after[name]} == set()


def test_nothing_is_undone_once_something_depends_on_it(town: Town) -> None:
    from phancong.members.actions import transfer_member

    one = town.decide(town.draft(("merge", "a2", "a1")))
    transfer_member(town.members["a2"][1].pk, to=town.cells["b1"], on=TODAY, by=town.office)
    with pytest.raises(Refused, match="không hoàn tác được nữa"):
        actions.undo(one, seen=_reread(one).version, by=town.office)
    assert _reread(one).state == State.DONE


def test_a_new_organisation_in_use_is_not_undone(town: Town) -> None:
    one = town.decide(town.draft(("split", "a9", "a1", "Chi bộ a9")))
    make_member(Organization.objects.get(code="a9"))
    with pytest.raises(Refused, match="đã có hồ sơ, việc làm hoặc người"):
        actions.undo(one, seen=_reread(one).version, by=town.office)
    assert Organization.objects.active().filter(code="a9").exists()


def test_a_decision_of_a_later_day_waits_and_is_carried_out_on_it(town: Town) -> None:
    later = TODAY + timedelta(days=30)
    one = town.decide(town.draft(("merge", "a2", "a1"), day=later))
    assert one.state == State.WAITING
    assert town.cell_codes(town.members["a2"]) == ["a2"] * 4
    assert actions.carry_out_due(by=office_of(town.ward, today=later - timedelta(days=1))) == (0, 0)
    assert actions.carry_out_due(by=office_of(town.ward, today=later)) == (1, 0)
    assert town.cell_codes(town.members["a2"]) == ["a1"] * 4
    assert actions.carry_out_due(by=office_of(town.ward, today=later)) == (0, 0)


def test_a_waiting_decision_that_no_longer_fits_says_why_and_is_not_half_done(town: Town) -> None:
    later = TODAY + timedelta(days=30)
    one = town.decide(
        town.draft(("dissolution", "a2"), placed=dict.fromkeys(town.members["a2"], "b1"), day=later)
    )
    make_member(town.cells["a2"])
    assert actions.carry_out_due(by=office_of(town.ward, today=later)) == (0, 1)
    one = _reread(one)
    assert (one.state, "chưa có chi bộ mới" in one.hindrance) == (State.WAITING, True)
    assert town.cell_codes(town.members["a2"]) == ["a2"] * 4


def test_the_daily_command_carries_out_what_is_due(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("carry_out_reorganizations")
    assert "Đã thực hiện 0 quyết định" in capsys.readouterr().out


@pytest.mark.parametrize("days", [-400, 400])
def test_the_day_lies_within_the_rules(town: Town, days: int) -> None:
    with pytest.raises(Refused, match="Ngày có hiệu lực phải từ"):
        actions.prepare(town.ward, title="x", effective_on=TODAY + timedelta(days=days), by=town.office)


def test_a_post_recorded_after_the_end_is_told(town: Town) -> None:
    make_post(town.members["a2"][1], town.cells["a2"], "deputy_secretary", since=TODAY - timedelta(days=3))
    one = town.draft(("merge", "a2", "a1"), day=TODAY - timedelta(days=10))
    with pytest.raises(Refused, match="sau ngày kết thúc"):
        town.decide(one)


def _transfer(member: Member, home: Organization, cell: Organization) -> Transfer:
    return Transfer.objects.create(
        member=member, member_name=member.full_name, kind="official", home=home, cell=cell, reason="home",
        decided_on=TODAY, requested_on=TODAY, due_on=TODAY,
    )  # fmt: skip


def test_a_transfer_under_way_goes_on_from_the_cell_the_member_is_in_now(town: Town) -> None:
    row = _transfer(town.members["a2"][1], town.cells["a2"], town.cells["b1"])
    one = town.decide(town.draft(("merge", "a2", "a1")))
    row.refresh_from_db()
    assert (row.home, row.cell) == (town.cells["a1"], town.cells["b1"])
    actions.undo(one, seen=_reread(one).version, by=town.office)
    row.refresh_from_db()
    assert row.home == town.cells["a2"]


def test_a_transfer_between_two_cells_that_become_one_is_ended_first(town: Town) -> None:
    _transfer(town.members["a2"][1], town.cells["a2"], town.cells["a1"])
    with pytest.raises(Refused, match="nay là một"):
        town.decide(town.draft(("merge", "a2", "a1")))


def test_figures_before_and_after_are_kept_and_close(town: Town) -> None:
    one = town.decide(town.draft(("merge", "a2", "a1")))
    assert [counts["members"] for counts in _reread(one).figures] == [12, 12]
    assert [counts["cells"] for counts in _reread(one).figures] == [3, 2]


def test_areas_of_a_committee_that_is_merged_go_with_it(town: Town) -> None:
    town.area("T1", cell="b1")
    town.decide(town.draft(("merge", "B", "A")))
    assert Area.objects.get(code="T1").committee.code == "A"
