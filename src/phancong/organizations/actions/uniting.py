"""Acts on several organisations: merging and splitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction
from django.db.models import Q

from phancong.common.refusal import Refused
from phancong.organizations.actions.areas import cover_from, end_coverages, hand_over_areas
from phancong.organizations.actions.decision import (
    Decision,
    Reorganization,
    check_decided,
    check_may_change,
    check_once,
    note_event,
)
from phancong.organizations.actions.founding import establish
from phancong.organizations.enums import EventKind
from phancong.organizations.keeping import hand_over_papers
from phancong.organizations.models import Area, AreaCoverage, Organization, OrganizationVersion
from phancong.organizations.placing import lock_the_tree, own_timeline, topmost, write_timelines
from phancong.organizations.policies import check_alive, check_place
from phancong.organizations.timeline import Segment, changed_from, ended_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A new organisation that a split makes, with what it takes along."""

    code: str
    name: str
    children: tuple[Organization, ...] = ()
    areas: tuple[Area, ...] = ()


@transaction.atomic
def merge_organizations(
    *, sources: Sequence[Organization], into: Organization, **decision: Unpack[Decision]
) -> Reorganization:
    """The sources end; all below them stands under `into`, which is founded first when it is new."""
    lock_the_tree()
    check_decided(decision)
    if not sources or into in sources or len(set(sources)) != len(sources):
        raise Refused("Chọn ít nhất một tổ chức sáp nhập, khác tổ chức nhận, mỗi tổ chức một lần.")
    for one in (*sources, into):
        _check_touched(one, decision)
    for source in sources:
        check_once(source, EventKind.MERGE, decision=decision)
    moves = _moves(sources, _children(sources, decision), into, decision)
    today = decision["by"].today
    moved = write_timelines(moves, today=today)
    hand_over_areas(sources, into, decision["effective_on"])
    write_timelines({source.pk: _ended(source, decision) for source in sources}, today=today)
    hand_over_papers(sources, into)
    event = note_event(EventKind.MERGE, decision=decision, sources=sources, results=[into])
    return Reorganization(event, moved)


@transaction.atomic
def split_organization(
    *, source: Organization, parts: Sequence[Part], source_stays: bool, **decision: Unpack[Decision]
) -> Reorganization:
    """New organisations of the same kind and place come out of `source`, which stays (tách) or ends (chia)."""
    lock_the_tree()
    check_decided(decision)
    _check_touched(source, decision)
    check_once(source, EventKind.SPLIT, decision=decision)
    _check_parts(source, parts, source_stays=source_stays, decision=decision)
    state = check_alive(source.name, own_timeline(source.pk), decision["effective_on"])
    above = state.facts.parent_id
    parent = None if above is None else Organization.objects.get(pk=above)
    results: list[Organization] = []
    moved: list[str] = []
    for part in parts:
        new = establish(
            code=part.code, name=part.name, kind=state.facts.kind, parent=parent, decision=decision
        )
        moved += write_timelines(_moves([source], part.children, new, decision), today=decision["by"].today)
        for area in part.areas:
            cover_from(area, new, decision["effective_on"])
        results.append(new)
    if not source_stays:
        end_coverages([source], decision["effective_on"])
        hand_over_papers([source], parent)
        write_timelines({source.pk: _ended(source, decision)}, today=decision["by"].today)
    event = note_event(EventKind.SPLIT, decision=decision, sources=[source], results=results)
    return Reorganization(event, topmost(moved))


def _check_touched(organization: Organization, decision: Decision) -> None:
    check_may_change(organization, decision=decision)
    check_alive(organization.name, own_timeline(organization.pk), decision["effective_on"])


def _check_parts(
    source: Organization, parts: Sequence[Part], *, source_stays: bool, decision: Decision
) -> None:
    """Each child and area goes to one place; when the source ends, nothing is left behind."""
    day = decision["effective_on"]
    if not parts or (len(parts) == 1 and not source_stays):
        raise Refused("Chia thì cần ít nhất hai tổ chức mới; tách thì cần ít nhất một.")
    below, covered = set(_children([source], decision)), _covered(source, decision)
    taken = [child for part in parts for child in part.children]
    areas = [area for part in parts for area in part.areas]
    if len(set(taken)) != len(taken) or not set(taken) <= below:
        raise Refused(f"Mỗi tổ chức trực thuộc {source.name} ngày {day:%d/%m/%Y} chỉ về một tổ chức mới.")
    if len(set(areas)) != len(areas) or not set(areas) <= covered:
        raise Refused(f"Mỗi địa bàn {source.name} phụ trách ngày {day:%d/%m/%Y} chỉ về một tổ chức mới.")
    left = sorted(one.name for one in (below - set(taken)) | (covered - set(areas)))
    if left and not source_stays:
        raise Refused(f"{source.name} kết thúc nhưng chưa chọn nơi nhận cho: {', '.join(left)}.")
    if not source_stays and Area.objects.filter(committee=source).exists():
        raise Refused(
            f"{source.name} còn quản lý địa bàn thôn, tổ dân phố. Dùng cách tách, giữ lại tổ chức này."
        )


def _children(sources: Sequence[Organization], decision: Decision) -> list[Organization]:
    """Everything that stands directly under a source on the effective day or later."""
    later = OrganizationVersion.objects.filter(parent__in=sources).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=decision["effective_on"])
    )
    return list(Organization.objects.filter(pk__in=later.values("organization")).order_by("pk"))


def _covered(source: Organization, decision: Decision) -> set[Area]:
    coverages = AreaCoverage.objects.filter(cell=source).on(decision["effective_on"])
    return set(Area.objects.filter(coverages__in=coverages))


def _moves(
    sources: Sequence[Organization], children: Sequence[Organization], into: Organization, decision: Decision
) -> dict[int, list[Segment]]:
    day = decision["effective_on"]
    above, leaving = own_timeline(into.pk), {source.pk for source in sources}
    found = {}
    for child in children:
        timeline = own_timeline(child.pk)
        here = next(one for one in timeline if one.facts.parent_id in leaving and one.lasts_after(day))
        start = max(day, here.valid_from)
        state = check_alive(into.name, above, start)
        check_place(start, kind=here.facts.kind, parent_kind=state.facts.kind)
        found[child.pk] = changed_from(timeline, start, parent_id=into.pk)
    return found


def _ended(source: Organization, decision: Decision) -> list[Segment]:
    timeline = ended_on(own_timeline(source.pk), decision["effective_on"])
    if not timeline:
        raise Refused(f"{source.name} thành lập cùng ngày hoặc sau ngày có hiệu lực. Chọn ngày sau đó.")
    return timeline
