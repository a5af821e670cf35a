"""One object by its number, where the actor may see it; otherwise None, as if it did not exist."""

from django.db.models import Q

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.models import Member
from phancong.members.queries import members_for
from phancong.organizations.models import Organization, OrganizationQuerySet, in_places
from phancong.organizations.queries import organizations_for
from phancong.yearbook.enums import Subject
from phancong.yearbook.models import (
    Correction,
    Pledge,
    PledgeNote,
    Remark,
    ResidenceContact,
    StudySession,
)

_HOME = "contact__residence_cell"


def cells_for(actor: Actor) -> OrganizationQuerySet:
    """Cells whose year the actor may see."""
    return organizations_for(actor, right=Permission.YEARBOOK_SEE).cells()


def cell_for(actor: Actor, cell_id: int) -> Organization | None:
    return cells_for(actor).filter(pk=cell_id).select_related("parent").first()


def organizer_for(actor: Actor, organization_id: int) -> Organization | None:
    """An organisation, cell or committee, that the actor may hold a study session for."""
    return organizations_for(actor, right=Permission.YEARBOOK_RECORD).filter(pk=organization_id).first()


def member_in(actor: Actor, cell: Organization, member_id: int) -> Member | None:
    """A member on the roll of the cell."""
    found = members_for(actor, Permission.YEARBOOK_SEE).on_roll().filter(cell=cell, pk=member_id)
    return found.select_related("cell").first()


def own_member(actor: Actor) -> Member | None:
    """The member that the signed-in person is; None for an account that belongs to nobody on the roll."""
    if actor.member_id is None:
        return None
    return Member.objects.on_roll().filter(pk=actor.member_id).select_related("cell").first()


def contact_at_home_for(actor: Actor, contact_id: int) -> ResidenceContact | None:
    """A contact as the side of residence sees it: without the member's file."""
    here = in_places(places(actor, Permission.YEARBOOK_SEE), field="residence_cell__path")
    found = ResidenceContact.objects.filter(_joined(here, "residence_cell"), pk=contact_id)
    return found.select_related("residence_cell", "work_cell", "area").first()


def contact_at_work_for(actor: Actor, contact_id: int) -> ResidenceContact | None:
    here = members_for(actor, Permission.YEARBOOK_SEE).filter(cell__isnull=False)
    found = ResidenceContact.objects.filter(member__in=here, pk=contact_id)
    return found.select_related("member__cell", "residence_cell", "area").first()


def remark_for(actor: Actor, remark_id: int) -> Remark | None:
    """A remark for the cell that asked, and for the cell of residence that is asked."""
    held = places(actor, Permission.YEARBOOK_SEE)
    asked = _joined(in_places(held, field="cell__path"), "cell")
    home = _joined(in_places(held, field=f"{_HOME}__path"), _HOME)
    found = Remark.objects.filter(asked | home, pk=remark_id)
    return found.select_related("cell__parent", "contact__residence_cell", "contact__work_cell").first()


def about(held: Remark) -> str:
    """The name from the contact: the side of residence reads nothing of the member's file."""
    if held.contact is not None:
        return held.contact.member_name
    if held.member_id is None:
        return held.cell.name
    return Member.objects.values_list("full_name", flat=True).get(pk=held.member_id)


def pledge_for(actor: Actor, pledge_id: int) -> Pledge | None:
    here = members_for(actor, Permission.YEARBOOK_SEE).on_roll()
    return Pledge.objects.filter(member__in=here, pk=pledge_id).select_related("member__cell__parent").first()


def own_pledge(member: Member, year: int) -> Pledge | None:
    return Pledge.objects.filter(member=member, year=year).first()


def own_note(member: Member, note_id: int) -> PledgeNote | None:
    return PledgeNote.objects.filter(member=member, pk=note_id).first()


def session_for(actor: Actor, session_id: int) -> StudySession | None:
    """A session that the actor's cells are expected at, or that an organisation in their places holds."""
    held = places(actor, Permission.YEARBOOK_SEE)
    here = _joined(in_places(held, field="organizer__path"), "organizer")
    cells = StudySession.objects.filter(attendances__cell__in=cells_for(actor)).values("pk")
    found = StudySession.objects.filter(here | Q(pk__in=cells), pk=session_id)
    return found.select_related("organizer").first()


def corrections_of(kind: Subject, row_id: int | None) -> list[Correction]:
    """What a row said before, newest first; asked only behind a door to the row itself."""
    return list(Correction.objects.filter(kind=kind, row_id=row_id).order_by("-id")[:50]) if row_id else []


def _joined(inside: Q, relation: str) -> Q:
    """A place named by relation; dissolved organisations have no path and lie nowhere."""
    return inside & Q(**{f"{relation}__path__gt": ""})
