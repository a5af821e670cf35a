"""Notes as their readers see them, and who is in charge of what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.models import Post
from phancong.organizations.models import Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.oversight.enums import ReplyKind
from phancong.oversight.models import Charge, Note, Reply
from phancong.planning.solving.in_charge import members_below

PAGE_ROWS = 50
SHOWN_BESIDE = 5


@dataclass(frozen=True, slots=True)
class NotePage:
    rows: list[Note]
    next_after: int | None


def notes_for(actor: Actor) -> QuerySet[Any]:
    """Notes to organisations of the actor's places, with what became of them."""
    said = Reply.objects.filter(note=OuterRef("pk"))
    return Note.objects.filter(
        in_places(places(actor, Permission.NOTE_SEE), field="organization__path")
    ).annotate(
        is_answered=Exists(said.filter(kind=ReplyKind.ANSWER)),
        is_withdrawn=Exists(said.filter(kind=ReplyKind.WITHDRAWAL)),
    )


def note_for(actor: Actor, note_id: int) -> Any:
    """With `is_answered` and `is_withdrawn`; None where the actor does not read it."""
    return notes_for(actor).filter(pk=note_id).select_related("organization", "origin").first()


def place_for(actor: Actor, organization_id: int) -> Organization | None:
    """An organisation whose notes the actor reads."""
    return organizations_for(actor, right=Permission.NOTE_SEE).filter(pk=organization_id).first()


def note_page(actor: Actor, *, place: Organization | None, waiting: bool, after: int | None) -> NotePage:
    """The newest first; of one organisation with all below it, or of everything; `waiting`: without an answer."""
    found = notes_for(actor).select_related("organization", "origin").order_by("-id")
    if place is not None:
        found = found.filter(in_places((place.path,), field="organization__path"))
    if waiting:
        found = found.filter(is_answered=False, is_withdrawn=False)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: PAGE_ROWS + 1])
    return NotePage(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None)


def last_notes(actor: Actor, organization: Organization) -> list[Note]:
    """The last few to exactly this organisation, for whoever is about to write another."""
    return list(
        notes_for(actor)
        .filter(organization=organization)
        .select_related("origin")
        .order_by("-id")[:SHOWN_BESIDE]
    )


def waiting_notes_for(actor: Actor) -> list[Note]:
    """Notes that wait for the actor's answer, as leader of the organisation they were written to."""
    led = [place.path for place in places(actor, Permission.NOTE_WRITE) if place.path]
    if not led:
        return []
    found = notes_for(actor).filter(organization__path__in=led, is_answered=False, is_withdrawn=False)
    if actor.user_id is not None:
        found = found.exclude(recorded_by=actor.user_id)
    return list(found.select_related("origin", "organization").order_by("-id")[:SHOWN_BESIDE])


def charged_paths(actor: Actor) -> tuple[str, ...]:
    """Paths of the organisations that the actor is in charge of today, by a post in the committee that still holds."""
    if actor.member_id is None:
        return ()
    held = Charge.objects.on(actor.today).filter(member=actor.member_id, organization__path__gt="")
    found = held.filter(_still_holds_a_post(actor.today)).values_list("organization__path", flat=True)
    return tuple(found)


def _still_holds_a_post(day: date) -> Exists:
    codes = [one.code for one in rules.on(day).positions if one.role]
    posts = Post.objects.on(day).filter(
        organization=OuterRef("committee"), member=OuterRef("member"), position__in=codes
    )
    return Exists(posts)


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """An organisation right below a committee. `charge` None: nobody; `members`: those on its roll."""

    organization: Organization
    charge: Charge | None
    members: int

    @property
    def has_left(self) -> bool:
        """Whether the person no longer belongs to the committee."""
        return self.charge is not None and not self.charge.holds_post  # type: ignore[attr-defined]


def charge_lines(committee: Organization, *, day: date) -> list[ChargeLine]:
    """Three queries, whatever the number of organisations."""
    held = Charge.objects.on(day).filter(committee=committee).select_related("member")
    charges = {one.organization_id: one for one in held.annotate(holds_post=_still_holds_a_post(day))}
    counted = members_below(committee)
    below = committee.children.filter(dissolved_on__isnull=True).order_by("sort_key", "id")
    return [ChargeLine(one, charges.get(one.pk), counted[one.path]) for one in below]


def earlier_charges(committee: Organization, *, day: date) -> list[Charge]:
    """The last that ended, the newest first."""
    found = Charge.objects.filter(committee=committee, valid_until__lte=day)
    return list(found.select_related("member", "organization").order_by("-valid_until", "-id")[:PAGE_ROWS])


def in_charge_of(organization: Organization, *, day: date) -> Charge | None:
    found: Charge | None = (
        Charge.objects.on(day).filter(organization=organization).select_related("member").first()
    )
    return found


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A member of the committee: posts with the day each began, and what they are in charge of."""

    name: str
    posts: tuple[tuple[str, date], ...]
    organizations: tuple[str, ...]


def register_of(committee: Organization, *, day: date) -> list[RegisterLine]:
    """The committee by the rank of its posts, then by name."""
    positions = {one.code: one for one in rules.on(day).positions if one.role}
    posts = Post.objects.on(day).filter(organization=committee, position__in=positions)
    held: dict[int, list[Post]] = {}
    for post in sorted(posts.select_related("member"), key=lambda one: positions[one.position].rank):
        held.setdefault(post.member_id, []).append(post)
    charges: dict[int, list[str]] = {}
    rows = Charge.objects.on(day).filter(committee=committee).order_by("organization__sort_key")
    for member, name in rows.values_list("member", "organization__name"):
        charges.setdefault(member, []).append(name)
    ranked = sorted(
        held.items(), key=lambda one: (positions[one[1][0].position].rank, one[1][0].member.sort_key, one[0])
    )
    return [
        RegisterLine(
            name=found[0].member.full_name,
            posts=tuple((positions[one.position].name, one.valid_from) for one in found),
            organizations=tuple(charges.get(member, ())),
        )
        for member, found in ranked
    ]
