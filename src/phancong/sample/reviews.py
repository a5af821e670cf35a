"""Reviews that lie in the past: that of 2012 with the article's gaps, and that of the year before the present."""

from collections.abc import Mapping
from datetime import date

from phancong.access.actor import Actor
from phancong.organizations.models import Organization
from phancong.reviews.actions.rounds import fill
from phancong.reviews.caps import allowed
from phancong.reviews.enums import Stage
from phancong.reviews.models import CellReview, Rating, Round
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import Scheme
from phancong.sample.chance import Chance
from phancong.sample.history import Sample
from phancong.sample.loading import Loader
from phancong.sample.people import root_code
from phancong.sample.places import TOWN
from phancong.sample.review_2012 import review_of_2012
from phancong.sample.targets import END_OF_2012

# Shares of those who are rated, best first; the rest has the lowest grade. The cap is kept below.
SHARES = (0.2, 0.66, 0.13)


def write_reviews(sample: Sample, loader: Loader, ids: Mapping[int, int], *, by: Actor) -> int:
    """How many rounds were written."""
    rounds = 0
    if sample.until >= END_OF_2012:
        grades = review_of_2012(sample)
        _write(
            _open(loader.organizations[TOWN], END_OF_2012, "Hướng dẫn kiểm điểm năm 2012 của Thị ủy", by=by),
            {ids[number]: grade.value for number, grade in grades.items() if grade},
        )
        rounds += 1
    last = date(sample.until.year - 1, 12, 31)
    if last > END_OF_2012:
        code = root_code(last)
        round_ = _open(loader.organizations[code], last, f"Kế hoạch kiểm điểm năm {last.year}", by=by)
        _write(round_, _made_up(round_, Chance(sample.seed, "review", last.year)))
        rounds += 1
    return rounds


def _open(committee: Organization, day: date, basis: str, *, by: Actor) -> Round:
    """As an office records it later: with the rules and the roll of the last day of the year."""
    round_ = Round.objects.create(
        committee=committee, year=day.year, rules_on=day, counted_on=day, opened_on=by.today, basis=basis
    )
    fill(round_)
    return round_


def _write(round_: Round, grades: Mapping[int, str]) -> None:
    """Everything decided on the last day of the year; whoever has no grade in `grades` has none here."""
    ratings = list(Rating.objects.filter(review__round=round_, not_rated=""))
    for one in ratings:
        grade = grades.get(one.member_id, "")
        one.cell_grade = one.appraised_grade = one.decided_grade = grade
    Rating.objects.bulk_update(ratings, ["cell_grade", "appraised_grade", "decided_grade"], batch_size=500)
    day = round_.counted_on
    CellReview.objects.filter(round=round_).update(
        stage=Stage.DECIDED,
        held_on=day,
        proposed_on=day,
        appraised_on=day,
        decided_on=day,
        decision=f"{day.year % 100:02d}-QĐ/ĐU",
    )


def _made_up(round_: Round, chance: Chance) -> dict[int, str]:
    """Grades by chance, no more of the best than the cap of each grassroots organisation allows."""
    scheme = scheme_of(round_)
    rows = Rating.objects.filter(review__round=round_, not_rated="").order_by("id")
    found: dict[int, str] = {}
    bases: dict[int, int] = {}
    for member_id, grassroots in rows.values_list("member_id", "review__grassroots_id"):
        found[member_id] = _draw(scheme, chance)
        bases[member_id] = grassroots
    return _within_caps(scheme, found, bases)


def _draw(scheme: Scheme, chance: Chance) -> str:
    point = chance.share()
    for level, share in zip(scheme.best_first, SHARES, strict=False):
        point -= share
        if point < 0:
            return level.code
    return scheme.best_first[-1].code


def _within_caps(scheme: Scheme, grades: dict[int, str], bases: Mapping[int, int]) -> dict[int, str]:
    """Too many of the best in one organisation: the later ones have the next grade."""
    for cap in scheme.caps:
        lower = next(level.code for level in scheme.best_first if level.code != cap.level)
        for base in sorted(set(bases.values())):
            here = [member for member in grades if bases[member] == base]
            counted = sum(grades[member] in cap.base for member in here)
            best = [member for member in here if grades[member] == cap.level]
            for member in best[allowed(cap, counted) :]:
                grades[member] = lower
    return grades
