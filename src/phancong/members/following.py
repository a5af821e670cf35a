"""What members copied of the tree follows the tree."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import BigIntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, NullIf, Substr

from phancong.access.actor import Actor
from phancong.members.models import ANCESTORS, Member
from phancong.organizations.actions import bring_up_to_date
from phancong.organizations.models import PATH_WIDTH, Organization, in_places


def follow_reorganization(moved: Sequence[str]) -> int:
    """Set the ancestors of all members under the subtrees `moved` anew, in the transaction of the move.

    One statement, whatever the number of members; gives how many there were.
    """
    cells = Organization.objects.filter(in_places(tuple(moved), field="path"))
    path = Subquery(Organization.objects.filter(pk=OuterRef("cell")).values("path")[:1])
    steps = {
        name: Cast(NullIf(Substr(path, 1 + depth * PATH_WIDTH, PATH_WIDTH), Value("")), BigIntegerField())
        for depth, name in enumerate(ANCESTORS)
    }
    return Member.objects.filter(cell__in=cells).update(**steps)


@transaction.atomic
def bring_tree_up_to_date(*, by: Actor) -> int:
    """Let decisions whose day has come take effect, for the tree and for its members; done once a day."""
    return follow_reorganization(bring_up_to_date(by=by))
