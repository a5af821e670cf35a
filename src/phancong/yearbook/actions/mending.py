"""Writing over what was written leaves what stood there, with the reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from phancong.access.actor import Actor
from phancong.access.roles import ROLES
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.models import Organization
from phancong.yearbook.enums import Attendance, Subject
from phancong.yearbook.models import LINE_LENGTH, Correction

# Filling one of these is no mending.
_EMPTY = (None, "", False, Attendance.UNMARKED)


def mend(
    row: Any,
    changes: Mapping[str, Any],
    *,
    kind: Subject,
    member_id: int | None,
    cell: Organization,
    reason: str,
    by: Actor,
) -> list[Correction]:
    """Set `changes` on `row`, not saved yet; the corrections for what was written over, not saved yet either."""
    reason = clean(reason)
    corrections = []
    for name, value in changes.items():
        before = getattr(row, name)
        if before == value:
            continue
        if row.pk is not None and before not in _EMPTY:
            field = row._meta.get_field(name)
            told = _words(row, name)
            setattr(row, name, value)
            corrections.append(
                Correction(
                    kind=kind,
                    row_id=row.pk,
                    member_id=member_id,
                    cell=cell,
                    field=str(field.verbose_name),
                    before=told,
                    after=_words(row, name),
                    reason=reason,
                    by_role=role_words(by, cell, member_id=member_id),
                    recorded_at=by.now,
                )
            )
        setattr(row, name, value)
    if corrections:
        _check_reason(reason)
    return corrections


def keep(row: Any, corrections: list[Correction]) -> None:
    """Save a row with what it said before."""
    if row.pk is not None:
        row.version += 1
    row.save()
    Correction.objects.bulk_create(corrections)


def role_words(by: Actor, cell: Organization, *, member_id: int | None) -> str:
    """Who mended it, by office: nobody is named to somebody else."""
    if member_id is not None and by.member_id == member_id:
        return "chính đồng chí ấy"
    held = [grant for grant in by.grants if grant.holds_on(by.today) and grant.place.covers(cell.path)]
    nearest = max(held, key=lambda grant: len(grant.path), default=None)
    return ROLES[nearest.role].name if nearest else "nơi cư trú"


def _check_reason(reason: str) -> None:
    if not reason:
        raise Refused("Chỗ này đã ghi từ trước. Ghi lý do sửa; nội dung cũ được giữ lại để sau này còn xem.")
    if len(reason) > LINE_LENGTH:
        raise Refused(
            f"Lý do sửa dài {len(reason)} ký tự, nhiều nhất là {LINE_LENGTH}. Rút ngắn rồi gửi lại."
        )


def _words(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if isinstance(value, Model) else f"{value}"
