"""Named writes on members: policy first, audit last, all in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from phancong import rules
from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit.log import record as audit
from phancong.common.refusal import Refused
from phancong.members import policies
from phancong.members.enums import COUNTED_OFFICIAL, ENDED, LimitKind, MembershipKind, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod, WorkLimit, WorkLimitReason
from phancong.members.records import MemberRecord
from phancong.members.rows import member_row, present_cell, set_name, write_rows
from phancong.organizations.models import Organization

BATCH = 500
# What `update_member` may set: facts about the person. Cell, status and posts have actions of their own.
EDITABLE = frozenset(
    {
        "full_name",
        "family_name",
        "middle_name",
        "given_name",
        "birth_date",
        "sex",
        "card_number",
        "admitted_on",
        "official_on",
        "category",
        "education",
        "professional_field",
        "professional_level",
        "political_theory",
        "occupation",
        "workplace",
        "residence_id",
        "household_group",
    }
)


def batches(records: Iterable[MemberRecord], size: int) -> Iterator[list[MemberRecord]]:
    remaining = iter(records)
    while batch := list(islice(remaining, size)):
        yield batch


@transaction.atomic
def register_members(
    records: Iterable[MemberRecord], *, by: Actor, progress: Callable[[int], None] | None = None
) -> list[int]:
    """Enter new members with their history. Returns their ids in the order of `records`. All or nothing."""
    cells: dict[int, Organization] = {}
    ids: list[int] = []
    entered: Counter[str] = Counter()
    for batch in batches(records, BATCH):
        members = enter_members(batch, cells=cells, by=by)
        ids += [member.pk for member in members]
        entered.update(member.cell.code for member in members if member.cell)
        if progress:
            progress(len(ids))
    audit(
        by=by,
        action="register_members",
        subject=f"{len(ids)} đảng viên",
        detail={"count": len(ids), "cells": len(entered)},
    )
    return ids


def enter_members(
    batch: Sequence[MemberRecord], *, cells: dict[int, Organization], by: Actor
) -> list[Member]:
    """The writing part for one batch, for callers that log by themselves; `cells` remembers those already loaded."""
    _load_cells(batch, into=cells, by=by)
    members = [_checked_row(record, cells=cells, by=by) for record in batch]
    _check_cards_free(batch)
    write_rows(list(zip(members, batch, strict=True)))
    return members


def _load_cells(batch: Sequence[MemberRecord], *, into: dict[int, Organization], by: Actor) -> None:
    wanted = {span.cell_id for record in batch for span in record.memberships} - into.keys()
    for cell in Organization.objects.filter(pk__in=wanted):
        policies.check_right(Permission.MEMBER_IMPORT, place=cell.path, by=by)
        into[cell.pk] = cell


def _checked_row(record: MemberRecord, *, cells: dict[int, Organization], by: Actor) -> Member:
    policies.check_dates(record, rules=rules.on(by.today), today=by.today)
    cell_id = present_cell(record, today=by.today)
    cell = cells[cell_id] if cell_id is not None else None
    if cell is not None:
        policies.check_may_enter(cell)
    member = member_row(record, cell=cell, today=by.today)
    if member.cell is None and member.status not in ENDED:
        raise Refused(f"{record.full_name}: chưa có chi bộ. Ghi chi bộ nơi đồng chí đang sinh hoạt.")
    return member


def _check_cards_free(batch: Sequence[MemberRecord]) -> None:
    cards = [record.card_number for record in batch if record.card_number]
    taken = Member.objects.filter(card_number__in=cards).values_list("card_number", flat=True).first()
    repeated = next((card for card, count in Counter(cards).items() if count > 1), None)
    if card := taken or repeated:
        raise Refused(f"Số thẻ {card} đã có trong danh sách. Xem lại số thẻ.")


def _locked(member_id: int) -> Member:
    return Member.objects.select_related("cell").select_for_update(of=("self",)).get(pk=member_id)


def _record(by: Actor, action: str, member: Member, *, place: str, **detail: Any) -> None:
    audit(by=by, action=action, subject=f"member:{member.pk}", place=place, detail=detail)


@transaction.atomic
def update_member(member_id: int, *, changes: Mapping[str, Any], by: Actor) -> Member:
    """Set facts about the person; the log names the fields, not the values."""
    member = _locked(member_id)
    policies.check_may_change(member, by=by)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not editable here: {sorted(unknown)}")
    if "full_name" in changes:
        set_name(member, changes["full_name"])
    for name in changes.keys() - {"full_name"}:
        setattr(member, name, changes[name])
    policies.check_dates(member, rules=rules.on(by.today), today=by.today)
    others = Member.objects.filter(card_number=member.card_number).exclude(pk=member.pk)
    if member.card_number and others.exists():
        raise Refused(f"Số thẻ {member.card_number} đã có trong danh sách. Xem lại số thẻ.")
    member.save()
    _record(by, "update_member", member, place=_place(member), fields=sorted(changes))
    return member


def _place(member: Member) -> str:
    return member.cell.path if member.cell else ""


def _close(spans: Any, day: date) -> None:
    """End open spans on `day`; one that would begin that day or later never came to be."""
    open_on = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    spans.filter(open_on, valid_from__gte=day).delete()
    spans.filter(open_on).update(valid_until=day)


@transaction.atomic
def transfer_member(
    member_id: int, *, to: Organization, on: date, by: Actor, decision_number: str = ""
) -> Member:
    """Move the official place of meeting to another cell from a day on. Posts in the old cell end."""
    member = _locked(member_id)
    policies.check_may_change(member, by=by)
    policies.check_may_transfer(member, to=to, day=on, today=by.today)
    policies.check_right(Permission.MEMBER_CHANGE, place=to.path, by=by)
    place = _place(member)
    move_cell(member, to=to, on=on, decision_number=decision_number)
    _record(by, "transfer_member", member, place=place, to=to.pk, on=on.isoformat())
    return member


def move_cell(member: Member, *, to: Organization, on: date, decision_number: str = "") -> None:
    """The writing part of a transfer, for callers that have checked and log by themselves."""
    _close(member.memberships.filter(kind=MembershipKind.OFFICIAL), on)
    _close(member.posts.filter(organization=member.cell), on)
    Membership.objects.create(
        member=member, cell=to, kind=MembershipKind.OFFICIAL, valid_from=on, decision_number=decision_number
    )
    member.cell = to
    member.save()


@transaction.atomic
def change_status(
    member_id: int, *, status: Status, on: date, by: Actor, decision_number: str = ""
) -> Member:
    """Give a member another status from a day on. A status that ends membership ends cell and posts as well."""
    member = _locked(member_id)
    policies.check_may_change(member, by=by)
    policies.check_may_change_status(member, status=status, day=on, today=by.today)
    place = _place(member)
    set_status(member, status=status, on=on, decision_number=decision_number)
    _record(by, "change_status", member, place=place, status=status.value, on=on.isoformat())
    return member


def set_status(member: Member, *, status: Status, on: date, decision_number: str = "") -> None:
    """The writing part of a change of status, for callers that have checked and log by themselves."""
    _close(member.status_periods.all(), on)
    StatusPeriod.objects.create(member=member, status=status, valid_from=on, decision_number=decision_number)
    member.status = status
    if status is Status.OFFICIAL and member.official_on is None:
        member.official_on = on
    if status in ENDED:
        for spans in (member.memberships, member.posts, member.mass_organizations):
            _close(spans, on)
        member.cell = None
    elif status not in COUNTED_OFFICIAL:
        _close(member.posts, on)
    member.save()


@transaction.atomic
def appoint(
    member_id: int,
    *,
    organization: Organization,
    position: str,
    on: date,
    by: Actor,
    until: date | None = None,
    decision_number: str = "",
) -> Post:
    """Give a member a post for a term."""
    member = _locked(member_id)
    policies.check_may_change(member, by=by)
    policies.check_right(Permission.MEMBER_CHANGE, place=organization.path, by=by)
    policies.check_may_appoint(member, organization=organization, until=until, day=on)
    if position not in {known.code for known in rules.on(on).positions}:
        raise Refused("Chức vụ này không có trong danh mục. Chọn một chức vụ trong danh sách.")
    held = member.posts.filter(organization=organization, position=position)
    if held.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).exists():
        raise Refused(f"Đồng chí {member.full_name} đang giữ chức vụ này. Kết thúc nhiệm kỳ cũ trước.")
    post = Post.objects.create(
        member=member,
        organization=organization,
        position=position,
        valid_from=on,
        valid_until=until,
        decision_number=decision_number,
    )
    _record(by, "appoint", member, place=organization.path, post=post.pk, position=position)
    return post


@transaction.atomic
def end_post(post_id: int, *, on: date, by: Actor) -> Post:
    """End a post on a day; the rights it carries end with it."""
    post: Post = Post.objects.select_related("member__cell", "organization").get(pk=post_id)
    policies.check_right(Permission.MEMBER_CHANGE, place=post.organization.path, by=by)
    if on <= post.valid_from:
        raise Refused("Ngày thôi giữ chức vụ phải sau ngày bắt đầu.")
    if post.valid_until is not None and post.valid_until <= on:
        raise Refused(f"Chức vụ này đã hết từ ngày {post.valid_until:%d/%m/%Y}.")
    post.valid_until = on
    post.save()
    _record(by, "end_post", post.member, place=post.organization.path, post=post.pk, on=on.isoformat())
    return post


@transaction.atomic
def set_work_limit(
    member_id: int,
    *,
    kind: LimitKind,
    valid_from: date,
    by: Actor,
    valid_until: date | None = None,
    monthly_hours: int | None = None,
    reason: str = "",
    health_grade: int | None = None,
) -> WorkLimit:
    """Note what a member cannot be asked to do. A limit of the same kind that runs on ends where this one begins."""
    member = _locked(member_id)
    policies.check_may_change(member, by=by)
    policies.check_may_limit(
        kind=kind, monthly_hours=monthly_hours, valid_from=valid_from, valid_until=valid_until
    )
    _close(member.work_limits.filter(kind=kind), valid_from)
    limit = WorkLimit.objects.create(
        member=member, kind=kind, valid_from=valid_from, valid_until=valid_until, monthly_hours=monthly_hours
    )
    if reason or health_grade is not None:
        WorkLimitReason.objects.create(limit=limit, text=reason, health_grade=health_grade)
    _record(by, "set_work_limit", member, place=_place(member), limit=limit.pk)
    return limit
