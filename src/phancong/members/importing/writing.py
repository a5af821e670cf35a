"""Writing judged rows: new members in bulk, changed ones field by field, each with what it takes to undo it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from phancong import rules
from phancong.access.actor import Actor
from phancong.members.actions import enter_members, move_cell, set_status
from phancong.members.enums import CompetenceKind
from phancong.members.importing.defaults import record_of
from phancong.members.importing.matching import Judged, Outcome
from phancong.members.importing.snapshots import digest_of, snapshots_of
from phancong.members.importing.state import COLUMN_OF
from phancong.members.importing.values import Limit
from phancong.members.models import (
    Competence,
    MassOrganizationMembership,
    Member,
    Post,
    RosterImport,
    RosterImportChange,
    Wish,
    WorkLimit,
)
from phancong.members.rows import set_name
from phancong.organizations.models import Organization


class Writer:
    """Writes batches of one import inside the caller's transaction."""

    def __init__(self, roster_import: RosterImport, *, by: Actor) -> None:
        self._import, self._by = roster_import, by
        self._cells: dict[int, Organization] = {}

    def write(self, batch: Sequence[Judged]) -> None:
        new = [judged for judged in batch if judged.outcome is Outcome.NEW]
        changed = {judged.member_id: judged for judged in batch if judged.outcome is Outcome.CHANGED}
        law = rules.on(self._by.today)
        records = [record_of(judged.row.values, law=law, today=self._by.today) for judged in new]
        members = enter_members(records, cells=self._cells, by=self._by)
        ids = [pk for pk in changed if pk is not None]
        before = snapshots_of(ids)
        for member in Member.objects.filter(pk__in=ids).select_related("cell"):
            self._change(member, changed[member.pk])
        numbers = {member.pk: judged.row.number for member, judged in zip(members, new, strict=True)}
        numbers |= {pk: changed[pk].row.number for pk in ids}
        after = snapshots_of(numbers)
        RosterImportChange.objects.bulk_create(
            RosterImportChange(
                roster_import=self._import,
                member_id=pk,
                row_number=number,
                before=before.get(pk),
                after={"digest": digest_of(after[pk])},
            )
            for pk, number in numbers.items()
        )

    def _change(self, member: Member, judged: Judged) -> None:
        today = self._by.today
        changes = {name: new for name, (_, new) in judged.changes.items()}
        for name, value in changes.items():
            if name == "name":
                set_name(member, value)
            elif name in COLUMN_OF:
                setattr(member, COLUMN_OF[name], value)
        member.save()
        if "cell" in changes:
            move_cell(member, to=self._cell(changes["cell"].pk), on=today)
        if "status" in changes:
            set_status(member, status=changes["status"], on=_status_day(judged, today=today))
        add_several(member, changes, today=today)

    def _cell(self, pk: int) -> Organization:
        if pk not in self._cells:
            self._cells[pk] = Organization.objects.get(pk=pk)
        return self._cells[pk]


def _status_day(judged: Judged, *, today: date) -> date:
    """Probation ends on the official date; for any other status only today is known."""
    official = judged.row.values.official
    said = judged.row.values.status
    return official if said is None and official is not None else today


def add_several(member: Member, changes: dict[str, Any], *, today: date) -> None:
    """Add what the roster adds to lists. Nothing is taken away."""
    for organization_id, position in changes.get("posts", ()):
        Post.objects.create(
            member=member, organization_id=organization_id, position=position, valid_from=today
        )
    for code in changes.get("mass", ()):
        MassOrganizationMembership.objects.create(member=member, organization_code=code, valid_from=today)
    for name, kind in (("languages", CompetenceKind.LANGUAGE), ("skills", CompetenceKind.SKILL)):
        for code, level in changes.get(name, ()):
            Competence.objects.update_or_create(
                member=member, kind=kind, code=code, defaults={"level": level}
            )
    for limit in changes.get("limits", ()):
        _set_limit(member, limit, today=today)
    for code in changes.get("wishes", ()):
        Wish.objects.get_or_create(member=member, year=today.year, field=code)


def _set_limit(member: Member, limit: Limit, *, today: date) -> None:
    """A limit of the kind that lasts takes the new end and hours and keeps its reason; else a new one begins today."""
    lasting = member.work_limits.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=today), kind=limit.kind
    )
    current = lasting.order_by("valid_from").first()
    if current is None:
        current = WorkLimit(member=member, kind=limit.kind, valid_from=today)
    lasting.exclude(pk=current.pk).delete()
    current.valid_until, current.monthly_hours = limit.until, limit.hours
    current.save()
