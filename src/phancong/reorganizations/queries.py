"""Reorganisations as their readers see them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.models import Member
from phancong.organizations.models import Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.reorganizations.enums import State
from phancong.reorganizations.models import Reorganization

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Reorganization]
    next_after: int | None


def reorganizations_for(actor: Actor) -> QuerySet[Reorganization]:
    """Those kept where the actor may change the tree."""
    scope = in_places(places(actor, Permission.ORGANIZATION_CHANGE), field="keeper__path")
    return Reorganization.objects.filter(scope).exclude(state=State.DROPPED)


def reorganization_for(actor: Actor, reorganization_id: int) -> Reorganization | None:
    found = reorganizations_for(actor).filter(pk=reorganization_id)
    return found.select_related("committee", "keeper").first()


def page_for(actor: Actor, *, after: int | None) -> Page:
    """The newest first."""
    found = reorganizations_for(actor).order_by("-id")
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related("committee")[: PAGE_ROWS + 1])
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None)


def committees_for(actor: Actor) -> list[Organization]:
    """Where a reorganisation may be prepared: everything that holds others, the highest first."""
    found = organizations_for(actor, right=Permission.ORGANIZATION_CHANGE).filter(holds_members=False)
    return list(found.order_by("depth", "sort_key", "id"))


def choices_of(one: Reorganization) -> list[tuple[str, str]]:
    """Codes and names of all organisations that a line may name, those that come to be by it too."""
    new = [
        (step.code, step.name) for step in one.steps.order_by("number") if step.kind in ("founding", "split")
    ]
    known = Organization.objects.in_subtree(one.committee.path).order_by("path") if one.committee.path else ()
    return [*new, *((place.code, place.name) for place in known)]


def member_by_words(one: Reorganization, words: str) -> list[Member]:
    """Members under the committee whose name or card number fits; at most a handful."""
    members = Member.objects.on_roll().in_places((one.committee.path,)).matching(words)
    return list(members.select_related("cell").order_by("sort_key", "pk")[:10])
