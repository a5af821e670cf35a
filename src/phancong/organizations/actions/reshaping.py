"""Changing one organisation: its name, its place, its kind, its end."""

from collections.abc import Sequence
from typing import Unpack

from django.db import transaction
from django.db.models import F, Q

from phancong.access.actor import Actor
from phancong.audit.log import record
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.actions.areas import end_coverages
from phancong.organizations.actions.decision import (
    Decision,
    Reorganization,
    check_decided,
    check_may_change,
    check_once,
    note_event,
)
from phancong.organizations.enums import EventKind
from phancong.organizations.keeping import hand_over_papers
from phancong.organizations.models import Organization, OrganizationVersion
from phancong.organizations.placing import lock_the_tree, own_timeline, refresh_present, write_timelines
from phancong.organizations.policies import (
    check_alive,
    check_name,
    check_no_children,
    check_place,
    check_right,
)
from phancong.organizations.timeline import Segment, changed_from, ended_on


@transaction.atomic
def rename_organization(
    *, organization: Organization, name: str, **decision: Unpack[Decision]
) -> Reorganization:
    name = clean(name)
    check_name(name)
    timeline = _opened(organization, EventKind.RENAME, decision)
    changed = changed_from(timeline, decision["effective_on"], name=name)
    return _done(EventKind.RENAME, organization, timeline, changed, decision)


@transaction.atomic
def move_organization(
    *, organization: Organization, parent: Organization, **decision: Unpack[Decision]
) -> Reorganization:
    """It stands under `parent` from the effective day, with everything below it."""
    timeline = _opened(organization, EventKind.MOVE, decision)
    check_may_change(parent, decision=decision)
    changed = changed_from(timeline, decision["effective_on"], parent_id=parent.pk)
    check_places(organization, changed, decision=decision)
    return _done(EventKind.MOVE, organization, timeline, changed, decision)


@transaction.atomic
def convert_organization(
    *, organization: Organization, kind: str, parent: Organization | None = None, **decision: Unpack[Decision]
) -> Reorganization:
    """It becomes another kind, for example a cell that grew into a committee.

    A kind that may not stand where the old one stood comes with its new place in the same decision.
    """
    timeline = _opened(organization, EventKind.CONVERSION, decision)
    if parent is not None:
        check_may_change(parent, decision=decision)
    parent_id = None if parent is None else parent.pk
    changed = changed_from(timeline, decision["effective_on"], kind=kind, parent_id=parent_id)
    check_places(organization, changed, decision=decision)
    return _done(EventKind.CONVERSION, organization, timeline, changed, decision)


@transaction.atomic
def dissolve_organization(*, organization: Organization, **decision: Unpack[Decision]) -> Reorganization:
    """The effective day is the first day without it. Whether members are left is asked by the rooms above."""
    day = decision["effective_on"]
    timeline = _opened(organization, EventKind.DISSOLUTION, decision)
    children = OrganizationVersion.objects.filter(parent=organization).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    )
    check_no_children(organization.name, list(children.values_list("name", flat=True).order_by("name")), day)
    if not ended_on(timeline, day):
        raise Refused(f"{organization.name} thành lập ngày {day:%d/%m/%Y}; ngày giải thể phải sau ngày đó.")
    end_coverages([organization], day)
    hand_over_papers([organization], _last_parent(timeline))
    return _done(EventKind.DISSOLUTION, organization, timeline, ended_on(timeline, day), decision)


def _last_parent(timeline: Sequence[Segment]) -> Organization | None:
    return Organization.objects.filter(pk=timeline[-1].facts.parent_id or 0).first()


@transaction.atomic
def bring_up_to_date(*, by: Actor) -> tuple[str, ...]:
    """Let decisions whose day has come take effect in the present; the answer names the subtrees that moved."""
    lock_the_tree()
    check_right(by, "")
    versions = OrganizationVersion.objects.on(by.today)
    other = versions.exclude(
        organization__path=F("path"), organization__name=F("name"), organization__kind=F("kind")
    ).values_list("organization", flat=True)
    ended = (
        Organization.objects.active()
        .exclude(pk__in=versions.values("organization"))
        .values_list("pk", flat=True)
    )
    late = sorted({*other, *ended})
    moved = refresh_present(late, today=by.today)
    if late:
        record(by=by, action="organization_refresh", subject="organization", detail={"count": len(late)})
    return moved


def check_places(organization: Organization, timeline: Sequence[Segment], *, decision: Decision) -> None:
    """From the effective day on, the rules let it stand where it stands and hold what it holds."""
    day = decision["effective_on"]
    for segment in timeline:
        if not segment.lasts_after(day):
            continue
        start = max(segment.valid_from, day)
        if segment.facts.parent_id is None:
            check_place(start, kind=segment.facts.kind, parent_kind=None)
            continue
        parent = Organization.objects.get(pk=segment.facts.parent_id)
        above = check_alive(parent.name, own_timeline(parent.pk), start)
        check_place(start, kind=segment.facts.kind, parent_kind=above.facts.kind)
    _check_children(organization, timeline, decision)


def _check_children(organization: Organization, timeline: Sequence[Segment], decision: Decision) -> None:
    day = decision["effective_on"]
    children = OrganizationVersion.objects.filter(parent=organization)
    for child in children.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day)):
        start = max(child.valid_from, day)
        above = check_alive(organization.name, timeline, start)
        check_place(start, kind=child.kind, parent_kind=above.facts.kind)


def _opened(organization: Organization, kind: EventKind, decision: Decision) -> list[Segment]:
    """The timeline of an organisation that this decision may change."""
    lock_the_tree()
    check_decided(decision)
    check_may_change(organization, decision=decision)
    check_once(organization, kind, decision=decision)
    timeline = own_timeline(organization.pk)
    check_alive(organization.name, timeline, decision["effective_on"])
    return timeline


def _done(
    kind: EventKind,
    organization: Organization,
    before: Sequence[Segment],
    after: Sequence[Segment],
    decision: Decision,
) -> Reorganization:
    if list(before) == list(after):
        raise Refused(f"{organization.name} đã như vậy từ ngày đó; không có gì thay đổi.")
    moved = write_timelines({organization.pk: after}, today=decision["by"].today)
    organization.refresh_from_db()
    event = note_event(kind, decision=decision, sources=[organization])
    return Reorganization(event, moved)
