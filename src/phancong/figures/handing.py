"""Handing figures in: what is frozen, who has handed in, what moved since."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.figures.base import base_for
from phancong.figures.counting import key_of, table_of
from phancong.figures.enums import HandState, Tree
from phancong.figures.models import HandedIn
from phancong.figures.packs import ReportKind, report_rules
from phancong.figures.sections import sheet_called
from phancong.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not today what it was when it was handed in."""

    sheet: str
    words: str
    handed_in: int
    now: int


@dataclass(frozen=True, slots=True)
class HandLine:
    """An organisation right below, and its hand-in."""

    organization: Organization
    state: HandState
    handed: HandedIn | None


def content_of(organization: Organization, kind: ReportKind, year: int, *, by: Actor) -> dict[str, Any]:
    """The totals of every sheet of the report, with the words of the columns, as of its day."""
    base = base_for(by, root_id=organization.pk, day=kind.counted_on(year), tree=Tree.THEN)
    if base is None:
        raise Refused("Tổ chức này không có trong phạm vi của đồng chí. Gặp văn phòng Đảng ủy.")
    found: dict[str, Any] = {}
    for code in kind.sheets:
        sheet = sheet_called(code)
        if sheet is None:
            continue
        table = table_of(base, sheet)
        if table.faults:
            raise Refused(f"{sheet.title}: {table.faults[0].words}. Sửa cho khớp rồi nộp.")
        found[code] = [
            {
                "key": key_of(section, column),
                "words": column.words,
                "count": table.total[key_of(section, column)],
            }
            for section, column in table.columns
        ]
    return found


def hand_in(organization: Organization, *, kind: ReportKind, year: int, reason: str, by: Actor) -> HandedIn:
    """Freeze the figures of the organisation and hand them in; a second time only with the reason."""
    if not may(by, Permission.FIGURES_HAND_IN, organization.path):
        raise Refused("Đồng chí chưa được giao nộp số liệu của tổ chức này. Gặp bí thư hoặc văn phòng.")
    counted_on = kind.counted_on(year)
    if counted_on > by.today:
        raise Refused(f"Số liệu tính đến {counted_on:%d/%m/%Y}, ngày ấy chưa đến. Nộp từ ngày đó.")
    reason = clean(reason)[:240]
    content = content_of(organization, kind, year, by=by)
    with transaction.atomic():
        Organization.objects.select_for_update().get(pk=organization.pk)
        earlier = HandedIn.objects.filter(organization=organization, kind=kind.code, year=year).count()
        if earlier and not reason:
            raise Refused("Số liệu này đã nộp. Ghi lý do nộp lại; bản đã nộp vẫn được giữ.")
        made = HandedIn.objects.create(
            organization=organization,
            kind=kind.code,
            year=year,
            number=earlier + 1,
            counted_on=counted_on,
            due_on=kind.due_on(year),
            content=content,
            digest=digest_of(content),
            reason=reason if earlier else "",
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        log.record(
            by=by,
            action="hand_in_figures",
            subject=f"organization:{organization.pk}",
            place=organization.path,
            detail={"kind": kind.code, "year": year, "number": made.number},
        )
    return made


def digest_of(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def differences(handed: HandedIn, *, by: Actor) -> list[Difference]:
    """What the figures of that day say now, where it is not what was handed in."""
    kind = report_rules(handed.counted_on).report(handed.kind)
    now = content_of(handed.organization, kind, handed.year, by=by)
    return [
        Difference(_title(code), row["words"], row["count"], counts[row["key"]])
        for code, rows in handed.content.items()
        if (counts := {one["key"]: one["count"] for one in now.get(code, [])})
        for row in rows
        if counts.get(row["key"], row["count"]) != row["count"]
    ]


def _title(code: str) -> str:
    sheet = sheet_called(code)
    return sheet.title if sheet else code


def lines_below(organization: Organization, *, kind: ReportKind, year: int, today: date) -> list[HandLine]:
    """Every organisation right below with its latest hand-in, those late first. Two statements."""
    below = list(Organization.objects.active().filter(parent=organization).order_by("sort_key", "id"))
    handed = {
        row.organization_id: row
        for row in HandedIn.objects.filter(organization__in=below, kind=kind.code, year=year)
        .defer("content")
        .order_by("number")
    }
    first = {
        row.organization_id: row.recorded_at.date()
        for row in HandedIn.objects.filter(organization__in=below, kind=kind.code, year=year, number=1).only(
            "organization_id", "recorded_at"
        )
    }
    lines = [
        HandLine(one, state_of(first.get(one.pk), kind.due_on(year), today), handed.get(one.pk))
        for one in below
    ]
    order = (HandState.MISSING, HandState.WAITING, HandState.LATE, HandState.IN_TIME)
    return sorted(lines, key=lambda line: order.index(line.state))


def state_of(handed_on: date | None, due_on: date, today: date) -> HandState:
    if handed_on is None:
        return HandState.MISSING if today > due_on else HandState.WAITING
    return HandState.LATE if handed_on > due_on else HandState.IN_TIME
