"""Which committee member might be in charge of which organisation: an adapter of the planner."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.common.spans import on_day
from phancong.members.models import Experience, Member, Post
from phancong.organizations.models import PATH_WIDTH, AreaCoverage, Organization
from phancong.planning.models import Duty
from phancong.planning.packs import planning_rules
from planner.in_charge import CommitteeMember, InChargeProblem, plan_in_charge
from planner.in_charge import Organization as Charge

Pair = tuple[int, int]
# The fields that most of the work of an organisation lies in.
MAIN_FIELDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InCharge:
    """Who is in charge of what, as (member, organisation) pairs, with the members each answers for.

    `near`: pairs where the member takes part or lives there; `versed`: pairs with the field of the member, shared.
    """

    pairs: frozenset[Pair]
    weights: dict[int, int]
    open_organizations: tuple[int, ...]
    is_proved: bool
    near: frozenset[Pair]
    versed: Mapping[Pair, str]


def propose_in_charge(
    committee: Organization,
    *,
    today: date,
    locks: frozenset[Pair] = frozenset(),
    previous: frozenset[Pair] = frozenset(),
) -> InCharge:
    """Organisations right under `committee` shared out evenly by members, who count for the work they take.

    `locks` are kept; `previous` are kept where balance allows. Among equal ones near and versed people come first.
    """
    law = planning_rules(today)
    holders = holders_of(committee, today=today)
    below = list(committee.children.filter(dissolved_on__isnull=True).order_by("path"))
    weights = members_below(committee)
    near = _near(holders, below, today=today)
    versed = _versed(holders, below, committee, today=today)
    plan = plan_in_charge(
        InChargeProblem(
            members=tuple(CommitteeMember(id=str(one.pk), most=len(below)) for one in holders),
            organizations=tuple(Charge(id=str(one.pk), weight=max(1, weights[one.path])) for one in below),
            costs={
                (str(one.pk), str(other.pk)): law.cost_in_charge_elsewhere * ((one.pk, other.pk) not in near)
                + law.cost_in_charge_other_field * ((one.pk, other.pk) not in versed)
                for one in holders
                for other in below
            },
            locks=_told(locks),
            previous=_told(previous),
            tolerance=law.in_charge_tolerance,
        )
    )
    return InCharge(
        pairs=frozenset((int(member), int(organization)) for member, organization in plan.pairs),
        weights={int(member): weight for member, weight in plan.weights},
        open_organizations=tuple(int(one) for one in plan.open_organizations),
        is_proved=plan.proved,
        near=near,
        versed=versed,
    )


def holders_of(committee: Organization, *, today: date) -> list[Member]:
    """Members of the committee: whoever holds one of its posts on the day."""
    codes = [one.code for one in rules.on(today).positions if one.role]
    posts = Post.objects.filter(on_day(today), organization=committee, position__in=codes)
    found = Member.objects.filter(pk__in=posts.values("member")).select_related("cell", "residence")
    return list(found.order_by("sort_key", "pk"))


def members_below(committee: Organization) -> Counter[str]:
    """Members on the roll by the path of the organisation right under the committee."""
    width = len(committee.path) + PATH_WIDTH
    paths = Member.objects.on_roll().in_places((committee.path,)).values_list("cell__path", flat=True)
    return Counter(path[:width] for path in paths if path)


def _told(pairs: Collection[Pair]) -> frozenset[tuple[str, str]]:
    return frozenset((str(member), str(organization)) for member, organization in pairs)


def _near(holders: Sequence[Member], below: Sequence[Organization], *, today: date) -> frozenset[Pair]:
    """Where a member takes part, or lives: the area of residence is covered by a cell there."""
    homes = {one.residence_id for one in holders if one.residence_id}
    covering = AreaCoverage.objects.on(today).filter(area__in=homes).values_list("area", "cell__path")
    path_of_area = dict(covering)
    return frozenset(
        (one.pk, other.pk)
        for one in holders
        for other in below
        for path in (one.cell.path if one.cell else "", path_of_area.get(one.residence_id, ""))
        if path.startswith(other.path)
    )


def _versed(
    holders: Sequence[Member], below: Sequence[Organization], committee: Organization, *, today: date
) -> dict[Pair, str]:
    """The first of the main fields of an organisation's work of this year that the member has worked in."""
    worked: defaultdict[int, set[str]] = defaultdict(set)
    for member, field in Experience.objects.filter(member__in=holders).values_list("member", "field"):
        worked[member].add(field)
    width = len(committee.path) + PATH_WIDTH
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    duties = Duty.objects.filter(plan__year=today.year, plan__cell__path__startswith=committee.path)
    for path, field in duties.values_list("plan__cell__path", "field"):
        fields[path[:width]][field] += 1
    found: dict[Pair, str] = {}
    for other in below:
        for field, _ in fields[other.path].most_common(MAIN_FIELDS)[::-1]:
            found |= {(one.pk, other.pk): field for one in holders if field in worked[one.pk]}
    return found
