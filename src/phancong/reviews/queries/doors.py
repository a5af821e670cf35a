"""One object by its number, where the actor may see it; otherwise None, as if it did not exist."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.organizations.models import Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.reviews.enums import LineKind
from phancong.reviews.models import CellReview, Line, Rating, Round


def inside(actor: Actor, field: str, right: Permission = Permission.REVIEW_SEE) -> Q:
    """Rows whose cell, reached by `field`, lies where the actor has `right`; one that ended lies where it is kept."""
    held = places(actor, right)
    here = in_places(held, field=f"{field}__path") & Q(**{f"{field}__path__gt": ""})
    kept = in_places(held, field=f"{field}__kept_by__path") & Q(**{f"{field}__path": ""})
    return here | kept


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """Rounds of committees that the actor sees, and those with a part in a cell that they see."""
    part = CellReview.objects.filter(inside(actor, "cell"), round=OuterRef("pk"))
    found = Round.objects.filter(Exists(part) | inside(actor, "committee"))
    return found.select_related("committee").order_by("-year", "-id")


def round_for(actor: Actor, round_id: int) -> Round | None:
    return rounds_for(actor).filter(pk=round_id).first()


def led_round_for(actor: Actor, round_id: int) -> Round | None:
    """A round of a committee where the actor opens and closes rounds."""
    found = Round.objects.filter(inside(actor, "committee", Permission.REVIEW_LEAD), pk=round_id)
    return found.select_related("committee").first()


def committee_for(actor: Actor, organization_id: int) -> Organization | None:
    """An organisation in which the actor may open a round."""
    return organizations_for(actor, right=Permission.REVIEW_LEAD).filter(pk=organization_id).first()


def reviews_for(actor: Actor, right: Permission = Permission.REVIEW_SEE) -> QuerySet[CellReview]:
    found = CellReview.objects.filter(inside(actor, "cell", right))
    return found.select_related("round__committee", "cell__parent", "grassroots")


def review_for(actor: Actor, review_id: int) -> CellReview | None:
    return reviews_for(actor).filter(pk=review_id).first()


def rating_for(actor: Actor, rating_id: int) -> Rating | None:
    """A row of somebody else in a part the actor sees; their own they find under "Kiểm điểm của tôi"."""
    found = Rating.objects.filter(inside(actor, "review__cell"), pk=rating_id)
    if actor.member_id is not None:
        found = found.exclude(member=actor.member_id)
    return _joined(found).first()


def own_ratings_for(actor: Actor) -> QuerySet[Rating]:
    """The member's own rows, the latest year first."""
    found = Rating.objects.filter(member=actor.member_id or 0, is_on_roll=True)
    return _joined(found).order_by("-review__round__year", "-id")


def own_rating_for(actor: Actor, rating_id: int) -> Rating | None:
    return own_ratings_for(actor).filter(pk=rating_id).first()


def question_for(actor: Actor, line_id: int) -> Line | None:
    """A word or an appeal of somebody else, in a part the actor sees."""
    found = Line.objects.filter(
        inside(actor, "review__cell"), pk=line_id, kind__in=(LineKind.WORD, LineKind.APPEAL)
    )
    if actor.member_id is not None:
        found = found.exclude(rating__member=actor.member_id)
    return found.select_related(
        "rating__review__round__committee", "rating__review__cell", "rating__member", "answer"
    ).first()


def _joined(found: QuerySet[Rating]) -> QuerySet[Rating]:
    return found.select_related(
        "review__round__committee",
        "review__cell__parent",
        "review__grassroots",
        "member",
        "self_review",
        "tally",
    )
