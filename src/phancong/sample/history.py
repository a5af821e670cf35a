"""The sample as it was known on a day: what had happened by then, as plain values ready to be stored."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from phancong.members.enums import MembershipKind, Status
from phancong.members.records import MemberRecord, MembershipSpan, PostSpan, StatusSpan
from phancong.sample.chance import Chance
from phancong.sample.decisions import Census, Decided, censuses, decisions, places
from phancong.sample.lives import Life, Stay
from phancong.sample.newcomers import hamlets_by_code
from phancong.sample.places import Hamlet, Place, hamlets
from phancong.sample.population import populate
from phancong.sample.posts import Held, posts
from phancong.sample.profiles import profile_of

DEFAULT_SEED = 2007
VISIT_DAYS = 240
# Card numbers are spread over a range by a multiplier that has no factor in common with its length.
CARDS_FROM, CARDS_RANGE, CARDS_STEP = 41_000_000, 1_000_003, 7_919
WITHOUT_CARD = 0.02


@dataclass(frozen=True, slots=True)
class Sample:
    """Lives with their posts up to a day. `places` are known by code."""

    seed: int
    until: date
    lives: tuple[Life, ...]
    posts: tuple[Held, ...]
    places: Mapping[str, Place]


def make_sample(*, seed: int, until: date) -> Sample:
    lives = tuple(life for life in populate(seed, until) if life.joined <= until)
    held = tuple(posts(lives, seed=seed, until=until))
    return Sample(seed, until, lives, held, {place.code: place for place in places()})


def known_decisions(sample: Sample) -> list[Decided]:
    return [decided for decided in decisions() if decided.on <= sample.until]


def known_hamlets() -> tuple[Hamlet, ...]:
    return hamlets()


def known_censuses(sample: Sample) -> list[Census]:
    return [census for census in censuses() if census.on <= sample.until]


def records(
    sample: Sample, *, cell_ids: Mapping[str, int], area_ids: Mapping[str, int]
) -> Iterator[MemberRecord]:
    """One record for each life, in the order of their numbers; ids of organisations and areas by code."""
    held: dict[int, list[Held]] = defaultdict(list)
    for post in sample.posts:
        held[post.number].append(post)
    for life in sample.lives:
        yield _record(sample, life, held[life.number], cell_ids, area_ids)


def _record(
    sample: Sample, life: Life, held: list[Held], cell_ids: Mapping[str, int], area_ids: Mapping[str, int]
) -> MemberRecord:
    day = sample.until
    here = life.stay_on(day)
    last = here or life.stays[-1]
    profile = profile_of(
        life, sample.places[last.cell], works_at=_workplace(sample, life), day=day, seed=sample.seed
    )
    hamlet = hamlets_by_code()[life.area]
    statuses = _statuses(life, day)
    official = any(span.status is Status.OFFICIAL for span in statuses)
    return MemberRecord(
        full_name=life.name.full,
        family_name=life.name.family,
        middle_name=life.name.middle,
        given_name=life.name.given,
        birth_date=life.birth,
        sex=life.sex,
        card_number=_card(sample, life) if official else None,
        admitted_on=life.admitted,
        official_on=life.official_on if official else None,
        residence_id=area_ids[life.area] if hamlet.closed is None or day < hamlet.closed else None,
        memberships=tuple(_memberships(life, day, cell_ids)),
        statuses=statuses,
        posts=tuple(_post(post, day, cell_ids) for post in held),
        category=profile.category,
        education=profile.education,
        professional_field=profile.professional_field,
        professional_level=profile.professional_level,
        political_theory=profile.political_theory,
        occupation=profile.occupation,
        workplace=profile.workplace,
        household_group=profile.household_group if here else "",
        competences=profile.competences,
        experiences=profile.experiences,
        mass_organizations=profile.mass_organizations if here else (),
        work_limits=profile.work_limits if here else (),
        wishes=profile.wishes if here else (),
    )


def name_on(place: Place, day: date) -> str:
    names = [change.name for change in place.changes if change.name and change.on <= day]
    return names[-1] if names else place.name


def _workplace(sample: Sample, life: Life) -> str:
    """The place where the person works or last worked, after the name of the cell there."""
    worked = [stay.cell for stay in life.stays if not sample.places[stay.cell].area]
    return name_on(sample.places[worked[-1]], sample.until).removeprefix("Chi bộ ") if worked else ""


def _card(sample: Sample, life: Life) -> str | None:
    if Chance(sample.seed, "card", life.number).happens(WITHOUT_CARD):
        return None
    return str(CARDS_FROM + life.number * CARDS_STEP % CARDS_RANGE)


def _known_end(end: date | None, day: date) -> date | None:
    return end if end is not None and end <= day else None


def _memberships(life: Life, day: date, cell_ids: Mapping[str, int]) -> Iterator[MembershipSpan]:
    for index, stay in enumerate(life.stays):
        if stay.start <= day:
            letter = f"{life.number:04d}-GT/{stay.start.year}" if index else ""
            yield _span(stay, MembershipKind.OFFICIAL, _known_end(stay.end, day), cell_ids, letter)
    for visit in life.visits:
        if visit.start <= day:
            end = _known_end(visit.end, day) or visit.start + timedelta(days=VISIT_DAYS)
            letter = f"{life.number:04d}-GTTT/{visit.start.year}"
            yield _span(visit, MembershipKind.TEMPORARY, end, cell_ids, letter)


def _span(
    stay: Stay, kind: MembershipKind, end: date | None, cell_ids: Mapping[str, int], letter: str
) -> MembershipSpan:
    return MembershipSpan(cell_ids[stay.cell], kind.value, stay.start, end, letter)


def _statuses(life: Life, day: date) -> tuple[StatusSpan, ...]:
    known = [turn for turn in life.turns if turn[0] <= day]
    ends: list[date | None] = [start for start, _ in known[1:]]
    return tuple(
        StatusSpan(status, start, end) for (start, status), end in zip(known, [*ends, None], strict=True)
    )


def _post(post: Held, day: date, cell_ids: Mapping[str, int]) -> PostSpan:
    """A term that is not over is known by the day for which it was given."""
    until = post.until if post.until <= day else post.term_end
    return PostSpan(cell_ids[post.organization], post.position, post.start, until)


def digest(sample: Sample) -> str:
    """A fingerprint of everything the sample says: the same seed and day give the same one on every machine."""
    ids = {code: index for index, code in enumerate(sample.places, start=1)}
    areas = {hamlet.code: index for index, hamlet in enumerate(known_hamlets(), start=1)}
    seal = hashlib.sha256()
    for part in (known_decisions(sample), known_hamlets(), known_censuses(sample)):
        seal.update(repr(part).encode())
    for record in records(sample, cell_ids=ids, area_ids=areas):
        seal.update(repr(record).encode())
    return seal.hexdigest()
