"""Everything that is held about one member, in words: the same for the page, the PDF and the JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.personal_data.embargo import not_told_yet
from phancong.personal_data.holdings import Holding, holding_of, holdings
from phancong.personal_data.words import in_words, text_of


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One fact. `field` is its name in the row; empty for what only makes the others clear."""

    field: str
    label: str
    value: str
    is_sensitive: bool = False
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row. `address` names it among all rows, as `members.Wish:12`."""

    address: str
    lines: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True)
class HeldGroup:
    label: str
    name: str
    why: str
    until: str
    kept_back: tuple[str, ...]
    rows: tuple[HeldRow, ...]
    has_more: bool
    is_evidence: bool


def held_about(member: Member, *, today: date, most: int | None = None) -> list[HeldGroup]:
    """What all rooms hold about `member`, at most `most` rows of a kind, newest first. One query for each kind,
    and one for looks that are told later."""
    user = User.objects.filter(member=member).first()
    return [_group(holding, member, user, today=today, most=most) for holding in holdings()]


def _group(
    holding: Holding, member: Member, user: User | None, *, today: date, most: int | None
) -> HeldGroup:
    found = rows_about(holding, member, user).filter(**holding.held.told_when)
    if holding.model is AuditEntry:
        found = found.exclude(not_told_yet(member, today=today))
    rows = list(found[: most + 1 if most else None])
    shown, held = rows[:most] if most else rows, holding.held
    places = _places_in(holding, shown)
    return HeldGroup(
        label=holding.label,
        name=held.name,
        why=held.why,
        until=held.until,
        kept_back=tuple(held.kept_back.values()),
        rows=tuple(_row(holding, row, member, user, today, places) for row in shown),
        has_more=len(rows) > len(shown),
        is_evidence=held.is_evidence,
    )


def rows_about(holding: Holding, member: Member, user: User | None) -> QuerySet[Any]:
    """The rows of one kind that tell of `member`, with what their lines need."""
    held, wanted = holding.held, Q(pk__in=[])
    for path in held.member:
        wanted |= Q(**{path: member.pk})
    if user is not None:
        for path in held.account:
            wanted |= Q(**{path: user.pk})
    if held.subject:
        names = [f"member:{member.pk}", *([f"user:{user.pk}"] if user else [])]
        wanted |= Q(**{f"{held.subject}__in": names})
    related = {field.name for field in holding.fields if isinstance(field, ForeignKey)}
    related |= {path.rpartition(LOOKUP_SEP)[0] for path in held.shown if LOOKUP_SEP in path}
    rows = holding.model._default_manager.filter(wanted).order_by("-pk")
    return rows.select_related(*sorted(related)) if related else rows


def _places_in(holding: Holding, rows: list[Any]) -> dict[str, str]:
    """Names of the organisations that rows with a path name, one query; none for rows without paths."""
    columns = [name for name, kind in holding.held.words.items() if kind == "places"]
    if not columns:
        return {}
    paths = {getattr(row, column) for row in rows for column in columns}
    return dict(Organization.objects.active().filter(path__in=paths).values_list("path", "name"))


def _row(
    holding: Holding,
    row: Any,
    member: Member,
    user: User | None,
    today: date,
    places: dict[str, str],
) -> HeldRow:
    held, own = holding.held, frozenset(one for one in (member, user) if one is not None)
    is_actor = user is not None and any(getattr(row, path) == user.pk for path in held.account)
    lines = [
        HeldLine("", _label(label), text_of(value))
        for path, label in held.shown.items()
        if (value := _reached(row, path)) not in (None, "")
    ]
    for field in holding.fields:
        if field.name in held.kept_back or (field.name in held.only_actor and not is_actor):
            continue
        kind = held.words.get(field.name, "")
        value = in_words(row, field, kind="" if kind == "places" else kind, today=today, own=own)
        value = places.get(value, value) if kind == "places" else value
        label = _label(held.labels.get(field.name) or str(field.verbose_name))
        lines.append(
            HeldLine(field.name, label, value, field.name in holding.sensitive, field.name in held.repeated)
        )
    return HeldRow(f"{holding.label}:{row.pk}", tuple(lines))


def _reached(row: Any, path: str) -> Any:
    for step in path.split(LOOKUP_SEP):
        row = getattr(row, step, None)
    return row


def _label(text: str) -> str:
    return text[:1].upper() + text[1:]


def line_about(member: Member, address: str, field: str, *, today: date) -> tuple[Holding, HeldLine] | None:
    """One line of what is held about `member`; none where the row or the field is not theirs."""
    holding, (_, _, number) = holding_of(address), address.partition(":")
    if (
        holding is None
        or holding.held.is_evidence
        or not (number.isascii() and number.isdigit() and len(number) < 19)
    ):
        return None
    user = User.objects.filter(member=member).first()
    row = rows_about(holding, member, user).filter(pk=int(number)).first()
    if row is None:
        return None
    lines = _row(holding, row, member, user, today, {}).lines
    found = next((line for line in lines if line.field == field and field and not line.is_repeated), None)
    return (holding, found) if found else None
