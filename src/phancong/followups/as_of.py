"""Where work stood on a day gone by, told by the database: what `standing.fold` says of the lines until then."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from phancong.followups.enums import NEWS, EntryKind, State
from phancong.followups.models import Entry, Progress


def standing_on(works: QuerySet[Progress], day: date, *, today: date) -> QuerySet[Any]:
    """Work that was given by `day`, with `state_then`, `due_then`, `news_then`. Today's is kept, not counted again."""
    found = works.filter(begun_on__lte=day)
    if day >= today:
        return found.annotate(state_then=F("state"), due_then=F("due_on"), news_then=F("news_on"))
    said = found.annotate(last_said=_last(day, "kind", EntryKind.DONE, EntryKind.RETURN))
    return said.annotate(
        state_then=Case(
            When(Exists(_said(day, EntryKind.END)), then=Value(State.ENDED.value)),
            When(Exists(_said(day, EntryKind.ACCEPT)), then=Value(State.DONE.value)),
            When(last_said=EntryKind.DONE, then=Value(State.AWAITING.value)),
            default=Value(State.RUNNING.value),
            output_field=CharField(),
        ),
        due_then=Coalesce(_last(day, "new_due", EntryKind.EXTEND), F("first_due_on")),
        news_then=Coalesce(_last(day, "on", *NEWS), F("begun_on")),
    )


def _said(day: date, *kinds: str) -> QuerySet[Entry]:
    return Entry.objects.filter(assignment=OuterRef("pk"), kind__in=kinds, on__lte=day)


def _last(day: date, column: str, *kinds: str) -> Subquery:
    """`column` of the last line of these kinds."""
    field = CharField() if column == "kind" else DateField()
    return Subquery(_said(day, *kinds).order_by("-id").values(column)[:1], output_field=field)
