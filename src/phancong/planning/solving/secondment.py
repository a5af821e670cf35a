"""Who might be seconded to hamlets whose cell is too small, or that have none: an adapter of the planner."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, QuerySet

from phancong import rules
from phancong.common.spans import on_day
from phancong.members.enums import COUNTED_OFFICIAL, CompetenceKind, LimitKind, Status
from phancong.members.models import Competence, Member, Post, WorkLimit
from phancong.organizations.models import Area, AreaCoverage, Organization, in_places
from phancong.planning.models import Assignment
from phancong.planning.packs import PlanningRules, planning_rules
from phancong.rules.model import Rules
from planner.checks import ProblemError
from planner.secondment import Candidate, Hamlet, SecondmentPlan, SecondmentProblem, Source, plan_secondments

Pair = tuple[int, int]
# Beyond so many pairs only the nearest are looked at; measured by `bench/secondments.py`.
MOST_PAIRS, NEAREST = 400_000, 200
# Stands behind every step of a path.
LAST = "~"
# What speaks for a pair or against it, in the order in which it is told.
NEAR, LANGUAGE, POST, LIMIT, BUSY = "near", "language", "post", "limit", "busy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A hamlet that lacks `missing` official members; `cell` is None while no cell covers it."""

    area: Area
    cell: int | None
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A cell that could send: its official members, how many it may send, how many it does."""

    cell: int
    official: int
    spare: int
    sends: int

    @property
    def keeps(self) -> int:
        return self.official - self.sends


@dataclass(frozen=True, slots=True, kw_only=True)
class Secondments:
    """Who goes where, as (member, area) pairs, and the areas that stay short.

    `terms`: for each pair, the codes of what speaks for it and against it. `free`: for each short area, how many
    possible people are left. `barred_faults`: sentences when what was asked for cannot be.
    """

    places: tuple[Place, ...]
    pairs: frozenset[Pair]
    short: tuple[int, ...]
    is_proved: bool
    terms: Mapping[Pair, tuple[str, ...]]
    senders: tuple[Sender, ...]
    candidates: int
    free: Mapping[int, int]
    faults: tuple[str, ...] = ()


def propose_secondments(
    root_path: str,
    *,
    today: date,
    locks: frozenset[Pair] = frozenset(),
    barred: Collection[int] = (),
    least: int | None = None,
) -> Secondments:
    """The cheapest set of people that gives every hamlet under `root_path` the members a cell needs.

    `locks`: pairs that are kept. `barred`: members who stay where they are. `least`: another minimum than the rule's,
    to see what it would take.
    """
    law, numbers = rules.on(today), planning_rules(today)
    least = least or law.least("cell_official_members")
    official = _official_by_cell(root_path)
    places = _places(root_path, official, least=least, today=today)
    members = [one for one in _sendable(root_path, law, places, today=today) if one.pk not in set(barred)]
    sources = Counter(member.cell_id for member in members)
    spare = {cell: max(0, min(count, official[cell or 0] - least)) for cell, count in sources.items()}
    near = _in_reach(members, places)
    terms = _terms(members, near, numbers, today=today)
    held = {pair for pair in locks if pair in terms}
    try:
        problem = SecondmentProblem(
            sources=tuple(Source(id=str(cell), spare=count) for cell, count in spare.items()),
            candidates=tuple(Candidate(id=str(one.pk), source=str(one.cell_id)) for one in members),
            hamlets=tuple(Hamlet(id=str(place.area.pk), missing=place.missing) for place in places),
            costs={(str(who), str(area)): _cost(found, numbers) for (who, area), found in terms.items()},
            locks=frozenset((str(who), str(area)) for who, area in held),
        )
    except ProblemError as error:
        return _told(places, None, terms, {}, official, spare, faults=error.faults)
    homes = {one.pk: one.cell_id or 0 for one in members}
    plan = plan_secondments(problem)
    is_whole = len(terms) == len(members) * len(places)
    return _told(places, plan if is_whole else replace(plan, proved=False), terms, homes, official, spare)


def lacking_under(root_path: str, *, today: date, least: int | None = None) -> tuple[list[Place], int]:
    """What `propose_secondments` would be asked, without its answer: who lacks people, how many could be sent."""
    law = rules.on(today)
    least = least or law.least("cell_official_members")
    places = _places(root_path, _official_by_cell(root_path), least=least, today=today)
    return places, _sendable(root_path, law, places, today=today).count()


def _official_by_cell(root_path: str) -> Mapping[int, int]:
    cells = Organization.objects.active().cells().in_subtree(root_path)
    counted = Member.objects.filter(status__in=COUNTED_OFFICIAL, cell__in=cells)
    return Counter(counted.values_list("cell", flat=True))


def _places(root_path: str, official: Mapping[int, int], *, least: int, today: date) -> list[Place]:
    areas = Area.objects.on(today).filter(in_places((root_path,), field="committee__path"))
    covered = dict(AreaCoverage.objects.on(today).filter(area__in=areas).values_list("area", "cell"))
    joint = Counter(covered.values())
    found = []
    for area in areas.select_related("committee").order_by("sort_key", "id"):
        cell = covered.get(area.pk)
        # A joint cell lacks people once, not once for each of its hamlets.
        missing = least - (official[cell] if cell else 0)
        if missing > 0 and (cell is None or joint[cell]):
            found.append(Place(area=area, cell=cell, missing=missing))
            if cell:
                joint[cell] = 0
    return found


def _sendable(root_path: str, law: Rules, places: Sequence[Place], *, today: date) -> QuerySet[Member]:
    """Official members of agencies who can take part elsewhere: neither away nor on light work, nor where it lacks."""
    agency = [one.code for one in law.categories if one.needs_substantive and not one.or_group_charge]
    limits = (LimitKind.LIGHT_WORK, LimitKind.AWAY)
    limited = WorkLimit.objects.filter(on_day(today), kind__in=limits)
    members = Member.objects.in_places((root_path,)).filter(status=Status.OFFICIAL, category__in=agency)
    members = members.exclude(cell__in=[place.cell for place in places if place.cell])
    members = members.exclude(pk__in=limited.values("member")).select_related("cell")
    return members.order_by("pk")


def _in_reach(members: Sequence[Member], places: Sequence[Place]) -> list[tuple[Place, Sequence[Member]]]:
    """Who is looked at for each hamlet: everybody, or in a province those who stand nearest to it in the tree."""
    if len(members) * len(places) <= MOST_PAIRS:
        return [(place, members) for place in places]
    ordered = sorted(members, key=lambda one: (_path(one), one.pk))
    paths = [_path(one) for one in ordered]
    return [(place, _nearest(ordered, paths, place.area.committee.path)) for place in places]


def _path(member: Member) -> str:
    return member.cell.path if member.cell else ""


def _nearest(ordered: Sequence[Member], paths: Sequence[str], home: str) -> Sequence[Member]:
    """All below the committee of the hamlet, and as many on either side of it as there is room for."""
    start, end = bisect_left(paths, home), bisect_left(paths, home + LAST)
    room = max(0, NEAREST - (end - start)) // 2
    return ordered[max(0, start - room) : end + room]


def _terms(
    members: Sequence[Member],
    near: Sequence[tuple[Place, Sequence[Member]]],
    numbers: PlanningRules,
    *,
    today: date,
) -> dict[Pair, tuple[str, ...]]:
    """For each possible pair: lives there, speaks as people there do; holds a post, has a limit, holds much work."""
    ids = [one.pk for one in members]
    spoken: defaultdict[int, set[str]] = defaultdict(set)
    known = Competence.objects.filter(kind=CompetenceKind.LANGUAGE, member__in=ids)
    for member, code in known.values_list("member", "code"):
        spoken[member].add(code)
    posted = set(Post.objects.filter(on_day(today), member__in=ids).values_list("member", flat=True))
    limited = set(WorkLimit.objects.filter(on_day(today), member__in=ids).values_list("member", flat=True))
    held = Assignment.objects.standing().filter(member__in=ids, duty__plan__year=today.year).order_by()
    counted = held.values("member").annotate(n=Count("pk")).filter(n__gte=numbers.busy_from)
    busy = set(counted.values_list("member", flat=True))
    own = {
        one.pk: ((POST,) if one.pk in posted else ())
        + ((LIMIT,) if one.pk in limited else ())
        + ((BUSY,) if one.pk in busy else ())
        for one in members
    }
    return {
        (one.pk, place.area.pk): _there(one, place.area, spoken[one.pk]) + own[one.pk]
        for place, people in near
        for one in people
    }


def _there(member: Member, area: Area, spoken: set[str]) -> tuple[str, ...]:
    near = (NEAR,) if member.residence_id == area.pk else ()
    return near + ((LANGUAGE,) if area.languages and not spoken.isdisjoint(area.languages) else ())


def _cost(terms: tuple[str, ...], numbers: PlanningRules) -> int:
    """What is missing costs as well as what stands against it. A hamlet of one language has no term for it."""
    return (
        numbers.cost_lives_elsewhere * (NEAR not in terms)
        + numbers.cost_speaks_no_language * (LANGUAGE not in terms)
        + numbers.cost_holds_post * (POST in terms)
        + numbers.cost_has_limit * (LIMIT in terms)
        + numbers.cost_busy * (BUSY in terms)
    )


def _told(
    places: Sequence[Place],
    plan: SecondmentPlan | None,
    terms: Mapping[Pair, tuple[str, ...]],
    homes: Mapping[int, int],
    official: Mapping[int, int],
    spare: Mapping[int | None, int],
    *,
    faults: Collection[str] = (),
) -> Secondments:
    pairs = frozenset((int(who), int(area)) for who, area in plan.pairs) if plan else frozenset()
    sent = Counter(homes[who] for who, _ in pairs)
    return Secondments(
        places=tuple(places),
        pairs=pairs,
        short=tuple(int(one.hamlet) for one in plan.short) if plan else (),
        is_proved=bool(plan and plan.proved),
        terms=terms,
        senders=tuple(
            Sender(cell=cell, official=official[cell], spare=count, sends=sent[cell])
            for cell, count in spare.items()
            if cell
        ),
        candidates=len({who for who, _ in terms}),
        free={int(one.hamlet): one.free for one in plan.short} if plan else {},
        faults=tuple(faults),
    )
