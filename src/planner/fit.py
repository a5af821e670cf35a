"""How well a member fits a duty: seven named terms that sum to 0-100 points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.problem import Duty, Member, Weights


class Term(StrEnum):
    """The terms of fit, named as the fields of `Weights`."""

    FIELD = "field"
    COMPETENCE = "competence"
    EXPERIENCE = "experience"
    AREA = "area"
    WISH = "wish"
    HEALTH = "health"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPoints:
    """`points` of `most` for one term."""

    term: Term
    points: int
    most: int


def field_points(member: Member, duty: Duty, most: int) -> int:
    """All points when the duty is in the member's professional field."""
    return most if duty.field is not None and duty.field == member.field else 0


def competence_points(member: Member, duty: Duty, most: int) -> int:
    """The share of the levels asked for (required and desired) that the member reaches, rounded down.

    A duty that asks for nothing gives all points to everybody.
    """
    asked = {**duty.required, **duty.desired} if duty.required else duty.desired
    if not asked:
        return most
    reached = sum(min(member.competences.get(code, 0), level) for code, level in asked.items())
    return most * reached // sum(asked.values())


def experience_points(member: Member, duty: Duty, most: int) -> int:
    """All points when the member has done duties of this field before."""
    return most if duty.field is not None and duty.field in member.experience else 0


def area_points(member: Member, duty: Duty, most: int) -> int:
    """All points when the duty is where the member lives, or is not tied to a place."""
    return most if duty.area is None or duty.area == member.area else 0


def wish_points(member: Member, duty: Duty, most: int) -> int:
    """All points when the member asked for duties of this field."""
    return most if duty.field is not None and duty.field in member.wishes else 0


def health_points(member: Member, duty: Duty, most: int) -> int:
    """All points with a margin above the health asked for (or full health), half at the limit."""
    return most if member.health == 2 or member.health > duty.health_min else most // 2


def education_points(member: Member, duty: Duty, most: int) -> int:
    """All points up to one step above the education asked for, half beyond: high education is not wasted."""
    return most if member.education <= duty.education_min + 1 else most // 2


TERMS: Mapping[Term, Callable[[Member, Duty, int], int]] = {
    Term.FIELD: field_points,
    Term.COMPETENCE: competence_points,
    Term.EXPERIENCE: experience_points,
    Term.AREA: area_points,
    Term.WISH: wish_points,
    Term.HEALTH: health_points,
    Term.EDUCATION: education_points,
}


def most_points(weights: Weights, term: Term) -> int:
    """The most points that `term` can give."""
    points: int = getattr(weights, term.value)
    return points


def fit_terms(member: Member, duty: Duty, weights: Weights) -> tuple[TermPoints, ...]:
    """The points of every term, in the order of the enum."""
    return tuple(
        TermPoints(term=term, points=points(member, duty, most), most=most)
        for term, points in TERMS.items()
        for most in (most_points(weights, term),)
    )


def fit_of(member: Member, duty: Duty, weights: Weights) -> int:
    """The fit of `member` for `duty`, 0-100 points: the sum of its terms."""
    return (
        field_points(member, duty, weights.field)
        + competence_points(member, duty, weights.competence)
        + experience_points(member, duty, weights.experience)
        + area_points(member, duty, weights.area)
        + wish_points(member, duty, weights.wish)
        + health_points(member, duty, weights.health)
        + education_points(member, duty, weights.education)
    )
