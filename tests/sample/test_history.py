"""The sample as plain values: the article's totals, and people who could be real."""

import hashlib
from collections import Counter
from datetime import date

import pytest

from phancong import rules
from phancong.members.enums import COUNTED_OFFICIAL, ENDED, Status
from phancong.members.records import MemberRecord
from phancong.sample.decisions import cells, censuses, places
from phancong.sample.history import Sample, digest, known_hamlets, make_sample, records
from phancong.sample.lives import Life, years_after
from phancong.sample.people import demo_people
from phancong.sample.places import FOUNDING, SMALL_CELL
from phancong.sample.posts import Held
from phancong.sample.review_2012 import Grade, review_of_2012
from phancong.sample.targets import is_alive
from tests.sample.conftest import TODAY

SAMPLED_DAYS = [
    FOUNDING,
    date(2007, 12, 31),
    date(2008, 5, 19),
    date(2009, 2, 3),
    date(2010, 9, 2),
    date(2011, 9, 1),
    date(2013, 12, 31),
    date(2019, 4, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 8, 21),
    date(2026, 5, 15),
    TODAY,
]


def roll(sample: Sample, day: date) -> list[Life]:
    return [life for life in sample.lives if life.stay_on(day)]


@pytest.fixture(scope="session")
def people(sample: Sample) -> list[MemberRecord]:
    return all_records(sample)


def all_records(sample: Sample) -> list[MemberRecord]:
    ids = {place.code: number for number, place in enumerate(places(), start=1)}
    areas = {hamlet.code: number for number, hamlet in enumerate(known_hamlets(), start=1)}
    return list(records(sample, cell_ids=ids, area_ids=areas))


@pytest.mark.parametrize(
    ("day", "members"),
    [(FOUNDING, 802), (date(2013, 12, 31), 1378), (date(2025, 8, 21), 1307)],
)
def test_the_roll_has_exactly_the_total_of_the_day(sample: Sample, day: date, members: int) -> None:
    assert len(roll(sample, day)) == members


def test_today_the_ward_has_about_as_many_members_as_at_its_congress(sample: Sample) -> None:
    assert 1307 <= len(roll(sample, TODAY)) <= 1320


def test_the_census_of_2013_makes_the_members_3_9_percent(sample: Sample) -> None:
    population = sum(census.population for census in censuses() if census.on == date(2013, 12, 31))
    assert round(100 * len(roll(sample, date(2013, 12, 31))) / population, 2) == 3.9


def test_the_review_of_2012_has_the_grades_of_the_article(sample: Sample) -> None:
    grades = Counter(review_of_2012(sample).values())
    assert grades == {
        Grade.EXCELLENT: 155,
        Grade.GOOD: 1160 - 155,
        Grade.COMPLETED: 126,
        Grade.VIOLATED: 5,
        None: 52,
    }
    assert grades.total() == 1343


def test_the_review_of_2012_leaves_out_the_exempt_and_the_suspended(sample: Sample) -> None:
    day, rated = date(2012, 12, 31), review_of_2012(sample)
    left_out = {life.status_on(day) for life in roll(sample, day) if life.number not in rated}
    assert left_out == {Status.EXEMPT, Status.SUSPENDED}


@pytest.mark.parametrize("day", SAMPLED_DAYS)
def test_everybody_on_the_roll_is_in_one_cell_that_exists(sample: Sample, day: date) -> None:
    existing = {place.code for place in cells() if is_alive(place, day)}
    stays = [[stay for stay in life.stays if stay.holds_on(day)] for life in roll(sample, day)]
    assert {len(of_one) for of_one in stays} == {1}
    assert {stay.cell for of_one in stays for stay in of_one} == existing


@pytest.mark.parametrize("day", SAMPLED_DAYS)
def test_nobody_is_on_the_roll_after_the_end_of_membership(sample: Sample, day: date) -> None:
    assert [life.number for life in roll(sample, day) if life.status_on(day) in {*ENDED, None}] == []


@pytest.mark.parametrize("day", SAMPLED_DAYS)
def test_only_the_cell_made_small_on_purpose_has_fewer_than_three_official_members(
    sample: Sample, day: date
) -> None:
    official = Counter(
        stay.cell
        for life in roll(sample, day)
        if life.is_counted_official_on(day) and (stay := life.stay_on(day))
    )
    least = rules.on(day).least("cell_official_members")
    below = {place.code for place in cells() if is_alive(place, day) and official[place.code] < least}
    assert below == ({SMALL_CELL} if day >= date(2026, 5, 1) else set())


def test_a_hamlet_covered_late_begins_with_seconded_members(sample: Sample) -> None:
    late = [place for place in cells() if place.area and place.opened > FOUNDING]
    seconded = Counter(
        stay.cell
        for life in sample.lives
        for stay in life.stays
        if stay.seconded and stay.start < date(2011, 1, 1)
    )
    assert len(late) == 7
    assert {place.code: seconded[place.code] for place in late} == {place.code: 3 for place in late}


def test_ages_on_the_roll_are_those_of_members(sample: Sample) -> None:
    ages = [life.age_on(TODAY) for life in roll(sample, TODAY)]
    assert min(ages) >= 18
    assert max(ages) <= 95
    assert sum(age >= 60 for age in ages) > 150


def test_everybody_was_an_adult_when_admitted(sample: Sample) -> None:
    assert [life.number for life in sample.lives if life.age_on(life.admitted) < 18] == []


def test_members_become_official_a_year_after_admission(people: list[MemberRecord]) -> None:
    official = [one for one in people if one.official_on]
    assert len(official) > 2500
    assert [one.full_name for one in official if one.official_on != years_after(one.admitted_on, 1)] == []


def test_shares_of_the_exempt_and_of_probationers_are_plausible(sample: Sample) -> None:
    statuses = Counter(life.status_on(TODAY) for life in roll(sample, TODAY))
    assert 0.08 <= statuses[Status.EXEMPT] / statuses.total() <= 0.12
    assert 0.03 <= statuses[Status.PROBATIONARY] / statuses.total() <= 0.055
    assert 1 <= statuses[Status.SUSPENDED] <= 2


def test_card_numbers_have_eight_digits_and_one_owner(people: list[MemberRecord]) -> None:
    cards = [one.card_number for one in people if one.card_number]
    assert len(set(cards)) == len(cards)
    assert {len(card) for card in cards} == {8}


def test_all_codes_are_known_to_the_rules(people: list[MemberRecord]) -> None:
    known = rules.on(TODAY)
    codes = {
        "category": [one.code for one in known.categories],
        "education": [one.code for one in known.educations],
        "professional_field": [one.code for one in known.professional_fields],
        "professional_level": [one.code for one in known.professional_levels],
        "political_theory": [one.code for one in known.political_theories],
    }
    used = {name: {getattr(one, name) for one in people} - {""} for name in codes}
    assert {name: found - set(codes[name]) for name, found in used.items()} == {name: set() for name in codes}


def test_all_codes_of_skills_fields_posts_and_mass_organizations_are_known(
    people: list[MemberRecord],
) -> None:
    known = rules.on(TODAY)
    assert {c.code for one in people for c in one.competences} <= {
        choice.code for choice in (*known.skills, *known.languages)
    }
    fields = {e.field for one in people for e in one.experiences}
    assert fields | {w.field for one in people for w in one.wishes} <= {
        choice.code for choice in known.fields
    }
    assert {m.organization_code for one in people for m in one.mass_organizations} <= {
        choice.code for choice in known.mass_organizations
    }
    assert {post.position for one in people for post in one.posts} == {
        position.code for position in known.positions
    }


def test_the_plan_meets_limits_of_every_kind_and_certificates_that_lapsed(people: list[MemberRecord]) -> None:
    limited = [one for one in people if one.work_limits]
    assert {limit.kind for one in limited for limit in one.work_limits} == {
        "light_work",
        "no_night",
        "monthly_hours",
        "away",
    }
    assert all(limit.reason for one in limited for limit in one.work_limits)
    lapsing = [c.valid_until for one in people for c in one.competences if c.valid_until]
    assert {True, False} == {until <= TODAY for until in lapsing}


def test_wishes_are_for_the_year_of_the_day(people: list[MemberRecord]) -> None:
    assert {wish.year for one in people for wish in one.wishes} == {TODAY.year}


def current(sample: Sample, day: date) -> list[Held]:
    return [post for post in sample.posts if post.start <= day < post.until]


@pytest.mark.parametrize("day", [FOUNDING, date(2013, 12, 31), date(2025, 8, 21), TODAY])
def test_every_organization_has_one_secretary(sample: Sample, day: date) -> None:
    secretaries = Counter(p.organization for p in current(sample, day) if p.position == "secretary")
    existing = {
        place.code
        for place in places()
        if place.opened <= day and (place.closed is None or day < place.closed or place.code == "CS-TCN")
    }
    assert secretaries == dict.fromkeys(existing, 1)


@pytest.mark.parametrize("day", [date(2013, 12, 31), TODAY])
def test_posts_are_held_by_official_members_one_in_each_organization(sample: Sample, day: date) -> None:
    lives = {life.number: life for life in sample.lives}
    held = Counter((post.organization, post.number) for post in current(sample, day))
    assert set(held.values()) == {1}
    assert {lives[number].status_on(day) for _, number in held} == {Status.OFFICIAL}


def test_a_cell_has_a_committee_only_from_nine_official_members_on(sample: Sample) -> None:
    term = date(2025, 7, 1)
    official = Counter(
        stay.cell
        for life in sample.lives
        if life.status_on(term) in COUNTED_OFFICIAL and (stay := life.stay_on(term))
    )
    least = rules.on(term).least("cell_committee_official_members")
    with_committee = {p.organization for p in sample.posts if p.position == "cell_committee_member"
                      and p.start <= term < p.until}  # fmt: skip
    assert with_committee == {
        place.code for place in cells() if is_alive(place, term) and official[place.code] >= least
    }


def test_the_demonstration_has_one_of_each_kind_of_people(sample: Sample) -> None:
    people = demo_people(sample)
    assert [person.username for person in people if person.role] == [
        "van-phong",
        "giu-ho-so",
        "kiem-tra",
        "ky-thuat",
    ]
    assert {
        "bi-thu-dang-uy",
        "bi-thu-to-dan-pho-1",
        "bi-thu-to-dan-pho-2",
        "chi-uy-vien-to-dan-pho-1",
        "dang-vien",
        "dang-vien-du-bi",
        "dang-vien-duoc-mien",
    } <= {person.username for person in people}
    assert len({person.number for person in people}) == len(people)


def test_the_same_seed_gives_the_same_sample_on_every_machine(sample_of_2013: Sample) -> None:
    again = make_sample(seed=sample_of_2013.seed, until=sample_of_2013.until)
    assert digest(again) == digest(sample_of_2013)


def test_another_seed_gives_other_people_with_the_same_totals() -> None:
    other = make_sample(seed=1, until=date(2013, 12, 31))
    assert len(roll(other, date(2013, 12, 31))) == 1378
    assert other.lives[0].name != make_sample(seed=2, until=FOUNDING).lives[0].name


def test_what_was_known_in_2013_is_part_of_what_is_known_today(
    sample: Sample, sample_of_2013: Sample
) -> None:
    def entered(of: Sample) -> list[tuple[int, str, date, str]]:
        return [
            (life.number, life.name.full, life.birth, life.stays[0].cell)
            for life in of.lives
            if life.joined <= date(2013, 12, 31)
        ]

    assert entered(sample) == entered(sample_of_2013)


def test_nothing_after_the_day_is_known(sample_of_2013: Sample) -> None:
    known = all_records(sample_of_2013)
    days = [span.valid_from for one in known for span in one.memberships]
    days += [span.valid_from for one in known for span in one.statuses]
    days += [span.valid_from for one in known for span in one.posts]
    assert max(days) <= sample_of_2013.until


def test_the_people_of_2013_are_those_of_every_other_machine(sample_of_2013: Sample) -> None:
    told = [(life.name.full, life.birth.isoformat(), life.stays[-1].cell) for life in sample_of_2013.lives]
    assert hashlib.sha256(repr(told).encode()).hexdigest()[:16] == "394ee5edb9a8436b"
