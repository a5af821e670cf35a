"""Which committee member might be in charge of which organisation: an adapter of the planner."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.common.spans import on_day
from phancong.members.models import Member, Post
from phancong.organizations.models import PATH_WIDTH, Organization
from planner.in_charge import CommitteeMember, InChargeProblem, plan_in_charge
from planner.in_charge import Organization as Charge

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class InCharge:
    """Who is in charge of what, as (member, organisation) pairs, with the members each answers for."""

    pairs: frozenset[Pair]
    weights: dict[int, int]
    open_organizations: tuple[int, ...]
    is_proved: bool


def propose_in_charge(
    committee: Organization, *, today: date, locks: frozenset[Pair] = frozenset()
) -> InCharge:
    """Organisations right under `committee` shared out evenly by members, who count for the work they take."""
    committees = [one.code for one in rules.on(today).positions if one.role]
    holders = Post.objects.filter(on_day(today), organization=committee, position__in=committees)
    below = list(committee.children.filter(dissolved_on__isnull=True).order_by("path"))
    weights = _members_below(committee)
    plan = plan_in_charge(
        InChargeProblem(
            members=tuple(
                CommitteeMember(id=str(pk), most=len(below))
                for pk in sorted(set(holders.values_list("member", flat=True)))
            ),
            organizations=tuple(Charge(id=str(one.pk), weight=max(1, weights[one.path])) for one in below),
            locks=frozenset((str(member), str(organization)) for member, organization in locks),
        )
    )
    return InCharge(
        pairs=frozenset((int(member), int(organization)) for member, organization in plan.pairs),
        weights={int(member): weight for member, weight in plan.weights},
        open_organizations=tuple(int(one) for one in plan.open_organizations),
        is_proved=plan.proved,
    )


def _members_below(committee: Organization) -> Counter[str]:
    """Members on the roll by the organisation right under the committee."""
    width = len(committee.path) + PATH_WIDTH
    paths = Member.objects.on_roll().in_places((committee.path,)).values_list("cell__path", flat=True)
    return Counter(path[:width] for path in paths if path)
