"""The rule of a round: the pack of its day, with what decisions of the bodies above set."""

from collections.abc import Iterable
from datetime import date

from phancong.organizations.models import Organization
from phancong.organizations.queries import path_on, steps_of
from phancong.reviews.models import Round, RuleCorrection
from phancong.reviews.schemes import Corrected, Scheme, scheme_on


def scheme_of(round_: Round) -> Scheme:
    """By the rules of `rules_on`, as they hold for the committee of the round. Two statements."""
    path = path_on(round_.committee_id, round_.rules_on) or ""
    return scheme_on(round_.rules_on, corrections_for(steps_of(path), round_.rules_on))


def corrections_for(places: Iterable[int], day: date) -> tuple[Corrected, ...]:
    """What holds under `places`, ids from the root down: of the nearest place, and there the latest."""
    order = list(places)
    rows = RuleCorrection.objects.filter(place__in=order, version_from=scheme_on(day).valid_from)
    found = {row.address: row for row in sorted(rows, key=lambda row: (order.index(row.place_id), row.pk))}
    return tuple(
        Corrected(row.address, _frozen(row.value), source_of(row)) for _, row in sorted(found.items())
    )


def corrections_at(place: Organization, day: date) -> tuple[Corrected, ...]:
    return corrections_for(steps_of(place.path), day)


def source_of(row: RuleCorrection) -> str:
    return f"{row.decision_number} ngày {row.decided_on:%d/%m/%Y}"


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
