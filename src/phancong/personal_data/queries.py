"""Named reads of requests about data. Those that end in `_for` return only what the actor may see."""

from django.db.models import OuterRef, QuerySet, Subquery

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.models import in_places
from phancong.personal_data.models import DataRequest, RequestState


def own_member(actor: Actor) -> Member | None:
    """The actor as a member; none for accounts that belong to nobody on the roll."""
    if actor.member_id is None:
        return None
    return Member.objects.select_related("cell__parent", "residence").filter(pk=actor.member_id).first()


def own_requests_for(actor: Actor) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(member=actor.member_id or 0).order_by("-asked_at", "-id")


def requests_for(actor: Actor) -> QuerySet[DataRequest]:
    """Requests that the actor answers: of members whose last cell lies in their places, but never their own."""
    stays = Membership.objects.filter(member=OuterRef("member"), kind=MembershipKind.OFFICIAL)
    last = stays.order_by("-valid_from").values("cell__path")[:1]
    return (
        DataRequest.objects.alias(last_place=Subquery(last))
        .filter(in_places(places(actor, Permission.DATA_REQUEST_ANSWER), field="last_place"))
        .exclude(member=actor.member_id or 0)
        .select_related("member__cell")
        .order_by("due_on", "id")
    )


def open_requests_for(actor: Actor) -> QuerySet[DataRequest]:
    return requests_for(actor).filter(state=RequestState.OPEN)


def request_for(actor: Actor, request_id: int) -> DataRequest | None:
    return requests_for(actor).filter(pk=request_id).first()


def own_request_for(actor: Actor, request_id: int) -> DataRequest | None:
    return own_requests_for(actor).filter(pk=request_id).first()
