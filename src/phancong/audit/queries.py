"""Reads of the log: lines of one's own unit and of one's own time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from phancong.access.actor import Actor, Place
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.audit.models import AuditEntry, ChainCheck
from phancong.audit.wording import action_words, detail_words, subject_words

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class LogFilter:
    person: str = ""
    action: str = ""
    kind: str = ""
    number: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """A line in words."""

    sequence: int
    at: datetime
    person: str
    role: str
    act: str
    subject: str
    purpose: str
    detail: str


@dataclass(frozen=True, slots=True)
class LogPage:
    rows: list[LogRow]
    next_before: int | None


def entries_for(actor: Actor) -> QuerySet[AuditEntry]:
    """Lines in the places of each grant with the right, from the day on which that grant began; newest first."""
    found = Q(pk__in=[])
    for grant in actor.grants:
        excluded = bool(grant.without) and grant.path.startswith(grant.without)
        if (
            grant.holds_on(actor.today)
            and Permission.AUDIT_SEE in ROLES[grant.role].permissions
            and not excluded
        ):
            found |= _in_place(grant.place) & Q(at__gte=_start_of(grant.valid_from))
    return AuditEntry.objects.filter(found).order_by("-sequence")


def narrowed(entries: QuerySet[AuditEntry], wanted: LogFilter) -> QuerySet[AuditEntry]:
    if wanted.person:
        entries = entries.filter(actor_name__icontains=wanted.person)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.kind:
        exact = Q(subject=f"{wanted.kind}:{wanted.number}")
        whole = Q(subject=wanted.kind) | Q(subject__startswith=f"{wanted.kind}:")
        entries = entries.filter(whole if wanted.number is None else exact)
    if wanted.since:
        entries = entries.filter(at__gte=_start_of(wanted.since))
    if wanted.until:
        entries = entries.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    return entries


def page_of(entries: QuerySet[AuditEntry], *, before: int | None) -> LogPage:
    """One page, of lines before the line `before`."""
    rest = entries.filter(sequence__lt=before) if before else entries
    rows = [row_of(entry) for entry in rest[: PAGE_ROWS + 1]]
    has_more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    return LogPage(rows, rows[-1].sequence if has_more else None)


def rows_of(entries: QuerySet[AuditEntry]) -> Iterator[LogRow]:
    return (row_of(entry) for entry in entries.iterator(chunk_size=2000))


def row_of(entry: AuditEntry) -> LogRow:
    role = ROLES[entry.role].name if entry.role in ROLES else ""
    purpose = entry.purpose or str(entry.detail.get("purpose", ""))
    return LogRow(
        entry.sequence,
        timezone.localtime(entry.at),
        entry.actor_name,
        role,
        action_words(entry.action),
        subject_words(entry.subject),
        purpose,
        detail_words(entry.detail),
    )


def last_check() -> ChainCheck | None:
    return ChainCheck.objects.order_by("-at", "-id").first()


def _in_place(place: Place) -> Q:
    """Paths are digits of one width, so a subtree is a range."""
    inside = Q(place__gte=place.path, place__lt=_end_of(place.path)) if place.path else Q()
    if place.without:
        inside &= Q(place__lt=place.without) | Q(place__gte=_end_of(place.without))
    return inside


def _end_of(path: str) -> str:
    return f"{int(path) + 1:0{len(path)}d}"


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
