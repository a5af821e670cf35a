"""Named reads of requests about data. Those that end in `_for` return only what the actor may see."""

from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, Place, places
from phancong.access.permissions import Permission
from phancong.members.models import Member
from phancong.members.queries import members_for
from phancong.personal_data.models import DataRequest, RequestState


def own_member(actor: Actor) -> Member | None:
    """The actor as a member; none for accounts that belong to nobody on the roll."""
    if actor.member_id is None:
        return None
    return Member.objects.select_related("cell__parent", "residence").filter(pk=actor.member_id).first()


def own_requests_for(actor: Actor) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(member=actor.member_id or 0).order_by("-asked_at", "-id")


def requests_for(actor: Actor) -> QuerySet[DataRequest]:
    """Requests that the actor answers: of members in their places, but never their own."""
    right = Permission.DATA_REQUEST_ANSWER
    found = Q(member__in=members_for(actor, right))
    if Place("") in places(actor, right):
        found |= Q(member__cell__isnull=True)
    requests = DataRequest.objects.filter(found).exclude(member=actor.member_id or 0)
    return requests.select_related("member__cell").order_by("due_on", "id")


def open_requests_for(actor: Actor) -> QuerySet[DataRequest]:
    return requests_for(actor).filter(state=RequestState.OPEN)


def request_for(actor: Actor, request_id: int) -> DataRequest | None:
    return requests_for(actor).filter(pk=request_id).first()


def own_request_for(actor: Actor, request_id: int) -> DataRequest | None:
    return own_requests_for(actor).filter(pk=request_id).first()
