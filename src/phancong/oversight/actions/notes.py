"""Writing notes and the words under them."""

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.organizations.models import Organization
from phancong.oversight import policies
from phancong.oversight.enums import NoteKind, ReplyKind
from phancong.oversight.models import Note, Reply
from phancong.oversight.queries import charged_paths


@transaction.atomic
def write_note(organization: Organization, *, kind: NoteKind, text: str, by: Actor) -> Note:
    """Say it to the organisation; whoever leads it finds it on the first page."""
    path = policies.check_may_write(organization, by=by, charged=charged_paths(by))
    note = Note.objects.create(
        organization=organization,
        origin=Organization.objects.active().get(path=path),
        kind=kind,
        text=text,
        written_on=by.today,
        recorded_at=by.now,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )
    _record("send_note", note, by=by, detail={"kind": kind.value})
    return note


@transaction.atomic
def answer_note(note: Note, *, text: str, by: Actor) -> Reply:
    made = _reply(note, ReplyKind.ANSWER, text, by=by)
    _record("answer_note", note, by=by)
    return made


@transaction.atomic
def withdraw_note(note: Note, *, reason: str, by: Actor) -> Reply:
    """The note stays readable, with the reason."""
    made = _reply(note, ReplyKind.WITHDRAWAL, reason, by=by)
    _record("withdraw_note", note, by=by)
    return made


def _reply(note: Note, kind: ReplyKind, text: str, *, by: Actor) -> Reply:
    # The organisation's row is what two writers of one note can wait for: the note itself is never changed.
    Organization.objects.select_for_update(no_key=True).get(pk=note.organization_id)
    policies.check_may_reply(note, kind, list(note.replies.all()), by=by)
    return Reply.objects.create(
        note=note,
        kind=kind,
        text=text,
        recorded_at=by.now,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )


def _record(action: str, note: Note, *, by: Actor, detail: dict[str, str] | None = None) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"note:{note.pk}",
        place=note.organization.path,
        detail=detail or {},
        right=Permission.NOTE_WRITE,
    )
