"""What the pages of a review show, read in a fixed number of statements however many members."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from phancong.access.actor import Actor
from phancong.reviews.caps import CapState
from phancong.reviews.ceiling import Ceiling, Measured, ceiling_of
from phancong.reviews.closing import Totals
from phancong.reviews.enums import LineKind, Mended, Stage
from phancong.reviews.evidence import Evidence, evidence_from, evidence_of
from phancong.reviews.models import CellReview, Line, Rating, Round, SelfReview
from phancong.reviews.queries.doors import inside
from phancong.reviews.queries.totals import (
    LATEST,
    Sameness,
    cap_states,
    same_grade_cells,
    stages_of,
    totals_of_round,
)
from phancong.reviews.schemes import Scheme

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One cell of a round: how far it is, and how many of its people have a grade."""

    review: CellReview
    people: int
    graded: int
    self_reviews: int

    @property
    def is_complete(self) -> bool:
        return self.graded == self.people


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    totals: Totals
    caps: list[tuple[str, CapState]]
    stages: list[tuple[str, int, str]]
    alike: list[Sameness]
    cells: list[CellLine]
    next_after: int | None
    hidden_cells: int


def round_page(actor: Actor, round_: Round, scheme: Scheme, *, after: int | None, stage: str) -> RoundPage:
    """The round as far as the actor sees its cells."""
    of_ratings, of_reviews = inside(actor, "review__cell"), inside(actor, "cell")
    caps = cap_states(round_, scheme, within=of_ratings)
    names = _names_of(caps)
    cells, next_after = _cell_lines(round_, of_reviews, after=after, stage=stage)
    counts = stages_of(round_, within=of_reviews)
    return RoundPage(
        totals=totals_of_round(round_, scheme, within=of_ratings),
        caps=[(names.get(int(state.key[0]), ""), state) for state in caps],
        stages=[(one.label, counts[one], one.value) for one in Stage],
        alike=same_grade_cells(round_, scheme, least=scheme.least("same_grade"), within=of_ratings),
        cells=cells,
        next_after=next_after,
        hidden_cells=hidden_cells(actor, round_, seen=sum(counts.values())),
    )


def hidden_cells(actor: Actor, round_: Round, *, seen: int | None = None) -> int:
    """How many cells of the round the actor does not see, so that nobody takes a part for the whole."""
    found = CellReview.objects.filter(round=round_)
    if seen is None:
        seen = found.filter(inside(actor, "cell")).count()
    return found.count() - seen


def _names_of(caps: Iterable[CapState]) -> dict[int, str]:
    """Names of the organisations the caps are counted over."""
    ids = [int(state.key[0]) for state in caps]
    if not ids:
        return {}
    rows = CellReview.objects.filter(Q(grassroots__in=ids) | Q(cell__in=ids))
    named: dict[int, str] = {}
    for grassroots, name, cell, cell_name in rows.values_list(
        "grassroots_id", "grassroots__name", "cell_id", "cell__name"
    ).distinct():
        named |= {grassroots: name, cell: cell_name}
    return named


def _cell_lines(
    round_: Round, scope: Q, *, after: int | None, stage: str
) -> tuple[list[CellLine], int | None]:
    found = CellReview.objects.filter(scope, round=round_)
    if stage in Stage.values:
        found = found.filter(stage=stage)
    last = CellReview.objects.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if after and last is not None:
        found = found.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    rows = list(found.select_related("cell__parent").order_by("sort_key", "id")[: PAGE + 1])
    shown = rows[:PAGE]
    counts = _counts_of(shown)
    lines = [
        CellLine(review=row, people=people, graded=graded, self_reviews=sent)
        for row in shown
        for people, graded, sent in [counts.get(row.pk, (0, 0, 0))]
    ]
    return lines, shown[-1].pk if len(rows) > PAGE else None


def _counts_of(reviews: Iterable[CellReview]) -> dict[int, tuple[int, int, int]]:
    to_rate = Rating.objects.filter(review__in=[one.pk for one in reviews], is_on_roll=True, not_rated="")
    sent = Exists(SelfReview.objects.filter(rating=OuterRef("pk"), sent_on__isnull=False))
    rows = (
        to_rate.order_by()
        .annotate(latest=LATEST, sent=sent)
        .values("review_id")
        .annotate(
            people=Count("pk"),
            graded=Count("pk", filter=~Q(latest="")),
            written=Count("pk", filter=Q(sent=True)),
        )
    )
    return {row["review_id"]: (row["people"], row["graded"], row["written"]) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One member of a cell's part. What is drafted about the reader is not shown to the reader."""

    rating: Rating
    evidence: Evidence
    ceiling: Ceiling
    is_self: bool
    has_sent: bool
    grade: str
    is_above_ceiling: bool
    votes: str


def member_lines(review: CellReview, scheme: Scheme, actor: Actor) -> list[MemberLine]:
    """Everybody on the roll of the part, by given name."""
    ratings = list(
        Rating.objects.filter(review=review, is_on_roll=True)
        .select_related("self_review", "tally", "member")
        .order_by("sort_key", "id")
    )
    found = evidence_for(review, ratings, actor)
    return [_member_line(one, scheme, found[one.member_id], actor) for one in ratings]


def evidence_for(review: CellReview, ratings: Iterable[Rating], actor: Actor) -> dict[int, Evidence]:
    """What the cell had before it when it proposed; until then what is recorded by now."""
    ratings = list(ratings)
    kept = {one.member_id: evidence_from(one.evidence) for one in ratings if one.evidence}
    if review.stage != Stage.IN_CELL and len(kept) == len(ratings):
        return kept
    day = min(actor.today, review.round.counted_on)
    return evidence_of([one.member_id for one in ratings], year=review.round.year, day=day)


def _member_line(rating: Rating, scheme: Scheme, evidence: Evidence, actor: Actor) -> MemberLine:
    is_self = actor.member_id is not None and rating.member_id == actor.member_id
    paper = getattr(rating, "self_review", None)
    tally = getattr(rating, "tally", None)
    ceiling = ceiling_of(scheme, measured_of(evidence, paper, rating), group=rating.group)
    shown = rating.grade if is_self else rating.latest_grade
    return MemberLine(
        rating=rating,
        evidence=evidence,
        ceiling=ceiling,
        is_self=is_self,
        has_sent=bool(paper and paper.sent_on),
        grade=scheme.short_name(shown),
        is_above_ceiling=bool(shown and scheme.conditions) and rank_of(scheme, shown) > ceiling.level.rank,
        votes="" if is_self or tally is None else _leading(scheme, tally.votes, tally.eligible),
    )


def rank_of(scheme: Scheme, code: str) -> int:
    return next((level.rank for level in scheme.levels if level.code == code), 0)


_FIXED: dict[str, bool] = {Mended.NONE: True, Mended.ALL: True, Mended.NOT_YET: False}


def measured_of(evidence: Evidence, paper: SelfReview | None, rating: Rating) -> Measured:
    """Points are those the member gave; where there was no shortcoming to mend, all are mended."""
    points = sum(paper.points.values()) if paper and paper.sent_on and paper.points else None
    return Measured(
        duties=evidence.duties,
        done=evidence.done,
        on_time=evidence.on_time,
        late=evidence.late,
        exceeded=evidence.exceeded,
        points=points,
        fixed=_FIXED.get(rating.mended),
    )


def _leading(scheme: Scheme, votes: dict[str, int], eligible: int) -> str:
    """The grade with the most votes; all of them where several have as many: people settle ties."""
    most = max(votes.values(), default=0)
    names = [level.short_name for level in scheme.best_first if votes.get(level.code) == most]
    return f"{' và '.join(names)} {most}/{eligible}" if most else ""


@dataclass(frozen=True, slots=True)
class MissingPage:
    rows: list[Rating]
    next_after: int | None


def missing_page(actor: Actor, round_: Round, *, after: int | None) -> MissingPage:
    """Those on the roll without a decided grade and without a reason, named; by cell, then by given name."""
    found = Rating.objects.filter(
        inside(actor, "review__cell"),
        review__round=round_,
        is_on_roll=True,
        not_rated="",
        decided_grade="",
    )
    last = Rating.objects.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if after and last is not None:
        found = found.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    rows = list(found.select_related("review__cell").order_by("sort_key", "id")[: PAGE + 1])
    return MissingPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def lines_of(rating: Rating) -> list[Line]:
    """The register of one member, the oldest line first."""
    return list(Line.objects.filter(rating=rating).select_related("answer").order_by("id"))


def prompts_of(review: CellReview, rating: Rating | None = None) -> list[Line]:
    """What the level above asked the cell, or this member, to speak to."""
    return list(Line.objects.filter(review=review, rating=rating, kind=LineKind.PROMPT).order_by("id"))


def steps_of_part(review: CellReview) -> list[Line]:
    """How the part moved from level to level."""
    return list(Line.objects.filter(review=review, rating__isnull=True).order_by("id"))


def open_questions(review: CellReview, kinds: Collection[str], rating: Rating | None = None) -> list[Line]:
    """Words and appeals of `kinds` that wait for an answer; of one member only where `rating` is given."""
    found = Line.objects.filter(review=review, kind__in=kinds, answer__isnull=True)
    if rating is not None:
        found = found.filter(rating=rating)
    return list(found.select_related("rating").order_by("id"))


def decided_ratings(actor: Actor, round_: Round) -> list[Rating]:
    """Everybody whose grade was decided, in the cells the actor sees. One statement."""
    found = Rating.objects.filter(inside(actor, "review__cell"), review__round=round_, is_on_roll=True)
    return list(
        found.exclude(decided_grade="").select_related("review__cell").defer("committee_remark", "evidence")
    )
