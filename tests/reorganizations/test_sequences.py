"""Random sequences of reorganisations keep everybody in exactly one cell on every day, and each can be taken back."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phancong.access.actor import places
from phancong.access.permissions import Permission
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of
from phancong.common.refusal import Refused
from phancong.members.enums import MembershipKind
from phancong.members.models import ANCESTORS, Member, Membership
from phancong.organizations.models import PATH_WIDTH, Organization, OrganizationVersion
from phancong.organizations.queries import tree_on
from phancong.reorganizations import actions
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.preview import preview_of
from tests.factories import TODAY, moment
from tests.reorganizations.town import Town, whole_database

pytestmark = pytest.mark.django_db

WHATS = ("merge", "move", "split", "found", "rename", "end", "unite", "wild")
ACTS = st.lists(
    st.tuples(st.sampled_from(WHATS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 90)),
    min_size=1,
    max_size=4,
)
Line = tuple[str, ...]


def _lines(town: Town, what: str, first: int, second: int) -> tuple[list[Line], dict[Member, str]]:
    """An act that fits the tree as it is now, mostly; "wild" asks for what the rules refuse."""
    active = Organization.objects.active().order_by("pk")
    cells = list(active.filter(holds_members=True).values_list("code", flat=True))
    above = list(active.filter(kind="grassroots_committee").values_list("code", flat=True))
    cell, other = _two(cells, first, second)
    committee, sister = _two(above, first, second)
    new = f"n{Organization.objects.count()}"
    there = list(Member.objects.filter(cell__code=cell).order_by("pk"))
    match what:
        case "merge":
            return [("merge", cell, other)], {}
        case "move":
            return [("move", cell, sister)], {}
        case "split":
            return [("split", new, cell, f"Chi bộ {new}")], dict.fromkeys(there[: second % 3], new)
        case "found":
            lines = [("founding", new, "P", f"Đảng bộ {new}", "grassroots_committee"), ("move", cell, new)]
            return lines, {}
        case "rename":
            return [("rename", cell, "", f"Chi bộ {new}")], {}
        case "end":
            return [("dissolution", cell)], dict.fromkeys(there, other)
        case "unite":
            return [("merge", committee, sister), ("rename", sister, "", f"Đảng bộ {new}")], {}
    return [("dissolution", committee), ("conversion", cell, "", "", "grassroots_committee")], {}


def _two(codes: list[str], first: int, second: int) -> tuple[str, str]:
    """Two of them, different where there are two."""
    at = first % len(codes)
    return codes[at], codes[(at + 1 + second % max(1, len(codes) - 1)) % len(codes)]


def _act(town: Town, what: str, first: int, second: int, back: int) -> bool:
    """Whether it was carried out; what it declared of rights is held against what it did."""
    lines, placed = _lines(town, what, first, second)
    try:
        with transaction.atomic():
            one = town.draft(*lines, placed=placed, day=TODAY - timedelta(days=back))
            declared = {change.holder: change.gained_ids for change in preview_of(one, by=town.office).sight}
            before = _sight()
            town.decide(one)
    except Refused:
        return False
    for name, seen in _sight().items():
        assert seen - before[name] <= declared.get(name, frozenset())
    return True


def _sight() -> dict[str, set[int]]:
    found = {}
    for user in User.objects.all():
        actor = actor_of(user, now=moment())
        seen = Member.objects.in_places(places(actor, Permission.MEMBER_LIST))
        found[str(user)] = set(seen.values_list("pk", flat=True))
    return found


def _days() -> list[date]:
    days = {TODAY}
    for spans in (Membership.objects.all(), OrganizationVersion.objects.all()):
        for start, end in spans.values_list("valid_from", "valid_until"):
            days |= {start} | ({end} if end else set())
    return sorted(day for day in days if day <= TODAY)


def check_every_day(total: int) -> None:
    """One official cell for everybody, which exists that day and holds members; every level sums to all of them."""
    for day in _days():
        rows = {row.id: row for row in tree_on(day)}
        homes = Membership.objects.on(day).filter(kind=MembershipKind.OFFICIAL)
        cells = list(homes.values_list("cell", flat=True))
        assert (len(cells), homes.values("member").distinct().count()) == (total, total)
        assert all(rows[cell].holds_members for cell in cells)
        below: Counter[int] = Counter()
        for cell in cells:
            path = rows[cell].path
            below.update(int(path[at : at + PATH_WIDTH]) for at in range(0, len(path), PATH_WIDTH))
        assert sum(below[row.id] for row in rows.values() if row.parent_id is None) == total


def check_present() -> None:
    """What members copied of the tree is what the tree says."""
    for member in Member.objects.select_related("cell"):
        assert member.cell is not None
        steps = [
            int(member.cell.path[at : at + PATH_WIDTH]) for at in range(0, len(member.cell.path), PATH_WIDTH)
        ]
        copied = [getattr(member, name) for name in ANCESTORS]
        assert copied == steps + [None] * (len(ANCESTORS) - len(steps))
        held = Membership.objects.on(TODAY).get(member=member, kind=MembershipKind.OFFICIAL)
        assert held.cell_id == member.cell_id


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_keeps_everybody_in_one_cell_and_can_be_taken_back(
    acts: list[tuple[str, int, int, int]],
) -> None:
    with transaction.atomic():
        town = Town(size=3)
        dumps = []
        for what, first, second, back in acts:
            before = whole_database()
            if _act(town, what, first, second, back):
                dumps.append(before)
                check_every_day(9)
                check_present()
        done = (
            Reorganization.objects.filter(state="done").select_related("committee", "keeper").order_by("-pk")
        )
        for one, before in zip(done, reversed(dumps), strict=True):
            actions.undo(one, seen=one.version, by=town.office)
            assert whole_database() == before
        assert Organization.objects.active().count() == 6
        # The next example starts from nothing.
        transaction.set_rollback(True)
