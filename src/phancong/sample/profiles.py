"""A person of the sample as the roll knows them on a day: job, knowledge, limits, wishes. Pure, by seed and number."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from phancong.members.enums import CompetenceKind, LimitKind, Status
from phancong.members.records import (
    CompetenceRecord,
    ExperienceRecord,
    MassOrganizationSpan,
    WishRecord,
    WorkLimitRecord,
)
from phancong.sample import careers
from phancong.sample.careers import Job
from phancong.sample.chance import Chance
from phancong.sample.lives import Life, years_after
from phancong.sample.newcomers import hamlets_by_code
from phancong.sample.places import FOUNDING, Place

RETIRED_IN_HAMLETS_AT = 63
YOUTH_UNTIL, ELDERLY_FROM = 31, 60
AGENCY, RESIDENTIAL, SECONDED, EXEMPT = "agency", "residential", "seconded", "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    category: str
    education: str
    professional_field: str
    professional_level: str
    political_theory: str
    occupation: str
    workplace: str
    household_group: str
    competences: tuple[CompetenceRecord, ...]
    experiences: tuple[ExperienceRecord, ...]
    mass_organizations: tuple[MassOrganizationSpan, ...]
    work_limits: tuple[WorkLimitRecord, ...]
    wishes: tuple[WishRecord, ...]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a profile is drawn from: the person, the last cell up to the day, and the day itself."""

    life: Life
    place: Place
    day: date
    category: str
    in_hamlet: bool
    works: bool


def profile_of(life: Life, place: Place, *, works_at: str, day: date, seed: int) -> Profile:
    """`works_at` is the name of the place of work, also of somebody seconded from it."""
    around = _circumstance(life, place, day)
    chance = Chance(seed, "profile", life.number)
    job = chance.weighted([(job, job.weight) for job in careers.JOBS[life.line]])
    level = chance.weighted(careers.LEVEL_IN_HAMLETS if life.line == "residential" else careers.LEVEL_AT_WORK)
    field = "" if level == "none" else job.field
    fields_of_work = careers.FIELD_OF_WORK[job.field]
    return Profile(
        category=around.category,
        education=_education(chance, life, level),
        professional_field=field,
        professional_level=level,
        political_theory=_theory(chance, life),
        occupation=job.title if around.works else job.retired,
        workplace=works_at if around.works and life.line != "residential" else "",
        household_group=_household_group(Chance(seed, "group", life.number), around),
        competences=_competences(Chance(seed, "skills", life.number), around, job, level),
        experiences=_experiences(Chance(seed, "past", life.number), around, fields_of_work),
        mass_organizations=_mass_organizations(Chance(seed, "mass", life.number), around, job),
        work_limits=_limits(Chance(seed, "limits", life.number), around),
        wishes=_wishes(Chance(seed, "wishes", life.number), around),
    )


def _circumstance(life: Life, place: Place, day: date) -> Circumstance:
    stay = life.stay_on(day) or life.stays[-1]
    in_hamlet = bool(place.area)
    if life.status_on(day) is Status.EXEMPT:
        category = EXEMPT
    elif stay.seconded:
        category = SECONDED
    else:
        category = RESIDENTIAL if in_hamlet else AGENCY
    works = category in {AGENCY, SECONDED} or (
        life.line == "residential" and life.age_on(day) < RETIRED_IN_HAMLETS_AT
    )
    return Circumstance(life, place, day, category, in_hamlet, works)


def _education(chance: Chance, life: Life, level: str) -> str:
    low = chance.weighted(careers.EDUCATION_IN_HAMLETS)
    high = chance.weighted(careers.EDUCATION_AT_WORK)
    return high if life.line != "residential" or level in {"college", "university", "intermediate"} else low


def _theory(chance: Chance, life: Life) -> str:
    return chance.weighted(
        careers.THEORY_IN_HAMLETS if life.line == "residential" else careers.THEORY_AT_WORK
    )


def _household_group(chance: Chance, around: Circumstance) -> str:
    """Some members of a hamlet are in charge of a group of households there."""
    number = chance.between(1, 6)
    if around.category not in {RESIDENTIAL, SECONDED} or not chance.happens(0.13):
        return ""
    return f"Nhóm hộ {number}, {hamlets_by_code()[around.place.area].name}"


def _competences(chance: Chance, around: Circumstance, job: Job, level: str) -> tuple[CompetenceRecord, ...]:
    """Vietnamese for all, further languages by people and place, skills by the profession."""
    life = around.life
    native = 3 if life.people == "kinh" or chance.happens(0.6) else 2
    found = {("language", "kinh"): CompetenceRecord(CompetenceKind.LANGUAGE, "kinh", native)}
    if life.people != "kinh":
        found["language", life.people] = CompetenceRecord(CompetenceKind.LANGUAGE, life.people, 3)
    elif chance.happens(0.22 if "jrai" in hamlets_by_code()[life.area].languages else 0.07):
        found["language", "jrai"] = CompetenceRecord(CompetenceKind.LANGUAGE, "jrai", chance.between(1, 2))
    for code, probability in careers.SKILLS[job.field]:
        happens, extra, until = (
            chance.happens(probability),
            chance.between(0, 1),
            _lapses(chance, code, around),
        )
        if happens:
            grade = min(3, extra + (2 if level in {"university", "master", "college"} else 1))
            found["skill", code] = CompetenceRecord(CompetenceKind.SKILL, code, grade, until)
    return tuple(found.values())


def _lapses(chance: Chance, code: str, around: Circumstance) -> date | None:
    """Certificates were given on some day of the past years; a part of them has lapsed since."""
    age, certified = chance.between(60, 365 * 6), chance.happens(0.6)
    if code not in careers.CERTIFICATES or not certified:
        return None
    return around.day - timedelta(days=age) + timedelta(days=365 * careers.CERTIFICATES[code])


def _experiences(chance: Chance, around: Circumstance, field: str) -> tuple[ExperienceRecord, ...]:
    found = []
    for usual in (field, chance.pick(sorted(careers.PAST_DUTIES))):
        begun, lasted = around.life.joined.year + chance.between(0, 3), chance.between(1, 4)
        happens, description = chance.happens(0.36), chance.pick(careers.PAST_DUTIES[usual])
        if happens and begun + lasted < around.day.year:
            found.append(ExperienceRecord(usual, description, begun, begun + lasted))
    return tuple(found)


def _mass_organizations(chance: Chance, around: Circumstance, job: Job) -> tuple[MassOrganizationSpan, ...]:
    """One, sometimes two; a few members are in none, which the rules of their category do not allow."""
    life, age = around.life, around.life.age_on(around.day)
    suited = []
    if age < YOUTH_UNTIL:
        suited.append("youth")
    if around.works and life.line != "residential":
        suited.append("union")
    elif job.field in {"agriculture", ""}:
        suited.append("farmers")
    if life.sex == "female":
        suited.append("women")
    elif job.field == "military" or (age >= ELDERLY_FROM and chance.happens(0.5)):
        suited.append("veterans")
    if age >= ELDERLY_FROM:
        suited.append("elderly")
    suited += ["fatherland_front", "study", "red_cross"]
    none, second = chance.happens(0.05), chance.happens(0.35)
    count = 0 if none else 2 if second else 1
    since = max(years_after(around.day, -chance.between(1, 6)), life.joined, FOUNDING)
    return tuple(MassOrganizationSpan(code, since) for code in suited[:count])


def _limits(chance: Chance, around: Circumstance) -> tuple[WorkLimitRecord, ...]:
    """Limits of the year of the day. The old and exempt have light work; some others have a reason of their own."""
    life, age = around.life, around.life.age_on(around.day)
    draws = {
        kind: (chance.share(), chance.pick(careers.LIMIT_REASONS[kind])) for kind in careers.LIMIT_REASONS
    }
    start = max(date(around.day.year, 1, 1), life.joined)
    plain = WorkLimitRecord(LimitKind.LIGHT_WORK, start, date(around.day.year + 1, 1, 1))
    light = 1.0 if around.category == EXEMPT else 0.55 if age >= 72 else 0.2 if age >= 62 else 0.025
    young_mother = life.sex == "female" and 24 <= age <= 38
    chances = {
        "light_work": light,
        "no_night": 0.16 if young_mother else 0.03,
        "monthly_hours": 0.04,
        "away": 0.018 if around.works else 0.006,
    }
    found = []
    for kind, (share, reason) in draws.items():
        if share < chances[kind]:
            hours = (6, 8, 10)[int(share * 1000) % 3] if kind == "monthly_hours" else None
            grade = (3, 4, 5)[int(share * 997) % 3] if kind == "light_work" else None
            text = "Tuổi cao, sức yếu" if kind == "light_work" and around.category == EXEMPT else reason
            found.append(
                replace(plain, kind=LimitKind(kind), monthly_hours=hours, reason=text, health_grade=grade)
            )
    return tuple(found)


def _wishes(chance: Chance, around: Circumstance) -> tuple[WishRecord, ...]:
    wished = [chance.weighted(careers.WISHED_FIELDS) for _ in range(2)]
    count = 0 if chance.happens(0.6) else 2 if chance.happens(0.2) else 1
    if around.category == EXEMPT:
        return ()
    return tuple(WishRecord(around.day.year, field) for field in dict.fromkeys(wished[:count]))
