"""Writing timelines: versions of an organisation and of all below it, and the present that follows from them.

Only actions of this room call it, inside their transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from phancong import rules
from phancong.common.refusal import Refused
from phancong.organizations.models import (
    MAX_DEPTH,
    PATH_WIDTH,
    Organization,
    OrganizationVersion,
    path_step,
)
from phancong.organizations.naming import name_key
from phancong.organizations.timeline import Facts, OrphanError, Placed, Segment, joined, placed

Timelines = dict[int, list[Placed]]


def lock_the_tree() -> None:
    """Decisions on the tree are taken one at a time, so that two moves at once cannot close a circle."""
    list(Organization.objects.select_for_update().filter(parent=None).order_by("pk").values_list("pk"))


def own_timeline(organization_id: int) -> list[Segment]:
    return own_facts(_stored([organization_id])[organization_id])


def own_facts(parts: Sequence[Placed]) -> list[Segment]:
    return joined([Segment(part.valid_from, part.valid_until, part.facts) for part in parts])


def write_timelines(changed: Mapping[int, Sequence[Segment]], *, today: date) -> tuple[str, ...]:
    """Store new timelines, lay everything below them again and bring the present up to date.

    Answers with the paths, as of now, of the topmost subtrees whose place in the tree is another than before.
    """
    wanted = {pk: list(segments) for pk, segments in changed.items()}
    touched: set[int] = set()
    while wanted:
        old = _stored(wanted)
        new = _laid(wanted)
        different = [pk for pk in wanted if new[pk] != old[pk]]
        _store(different, new)
        touched.update(different)
        wanted = {pk: own_facts(parts) for pk, parts in _below(different).items()}
    return refresh_present(touched, today=today)


def _stored(organization_ids: Iterable[int]) -> Timelines:
    found: Timelines = {pk: [] for pk in organization_ids}
    rows = OrganizationVersion.objects.filter(organization__in=list(found)).order_by("valid_from")
    for row in rows:
        facts = Facts(row.name, row.kind, row.parent_id)
        found[row.organization_id].append(Placed(row.valid_from, row.valid_until, facts, row.path))
    return found


def _below(organization_ids: Sequence[int]) -> Timelines:
    """Timelines of all that ever stood directly under one of these."""
    children = OrganizationVersion.objects.filter(parent__in=organization_ids).values_list("organization")
    return _stored({pk for (pk,) in children.distinct()})


def _laid(wanted: Mapping[int, Sequence[Segment]]) -> Timelines:
    parents = _stored(
        {s.facts.parent_id for segments in wanted.values() for s in segments if s.facts.parent_id is not None}
    )
    found: Timelines = {}
    for pk, segments in wanted.items():
        try:
            found[pk] = placed(segments, step=path_step(pk), parents=parents)
        except OrphanError as orphaned:
            raise Refused(_orphaned_sentence(pk, orphaned)) from orphaned
        for part in found[pk]:
            _check_path(part.path)
    return found


def _orphaned_sentence(organization_id: int, orphaned: OrphanError) -> str:
    names = dict(
        Organization.objects.filter(pk__in=[organization_id, orphaned.parent_id]).values_list("pk", "name")
    )
    return (
        f"{names[organization_id]} trực thuộc {names[orphaned.parent_id]}, nhưng ngày {orphaned.day:%d/%m/%Y} "
        f"{names[orphaned.parent_id]} chưa có hoặc không còn. Chuyển tổ chức trực thuộc trước, hoặc sửa ngày."
    )


def _check_path(path: str) -> None:
    steps = [path[start : start + PATH_WIDTH] for start in range(0, len(path), PATH_WIDTH)]
    if len(set(steps)) != len(steps):
        raise Refused(
            "Một tổ chức không thể trực thuộc chính nó hay tổ chức cấp dưới của nó. Chọn cấp trên khác."
        )
    if len(steps) > MAX_DEPTH:
        raise Refused(f"Cây tổ chức có nhiều nhất {MAX_DEPTH} cấp. Chọn cấp trên cao hơn.")


def _store(organization_ids: Sequence[int], timelines: Timelines) -> None:
    OrganizationVersion.objects.filter(organization__in=organization_ids).delete()
    OrganizationVersion.objects.bulk_create(
        _version(pk, part) for pk in organization_ids for part in timelines[pk]
    )


def _version(organization_id: int, part: Placed) -> OrganizationVersion:
    kind = next((k for k in rules.on(part.valid_from).organization_kinds if k.code == part.facts.kind), None)
    return OrganizationVersion(
        organization_id=organization_id,
        name=part.facts.name,
        kind=part.facts.kind,
        parent_id=part.facts.parent_id,
        path=part.path,
        is_grassroots=kind.is_grassroots if kind else False,
        holds_members=kind.holds_members if kind else False,
        valid_from=part.valid_from,
        valid_until=part.valid_until,
    )


PRESENT = (
    "name",
    "kind",
    "parent",
    "path",
    "depth",
    "sort_key",
    "is_grassroots",
    "holds_members",
    "founded_on",
    "dissolved_on",
)


def refresh_present(organization_ids: Iterable[int], *, today: date) -> tuple[str, ...]:
    """Make the rows of the present say what their versions say for `today`; the answer is that of write_timelines."""
    versions: dict[int, list[OrganizationVersion]] = defaultdict(list)
    for version in OrganizationVersion.objects.filter(organization__in=list(organization_ids)).order_by(
        "valid_from"
    ):
        versions[version.organization_id].append(version)
    organizations = Organization.objects.in_bulk(list(versions))
    moved = []
    for pk, organization in organizations.items():
        path_before = organization.path
        _show(organization, versions[pk], today=today)
        if organization.path != path_before:
            moved.append(organization.path)
    Organization.objects.bulk_update(organizations.values(), PRESENT, batch_size=200)
    return topmost(moved)


def _show(organization: Organization, versions: Sequence[OrganizationVersion], *, today: date) -> None:
    current = next((version for version in versions if version.holds_on(today)), None)
    shown = current or (versions[-1] if versions[0].valid_from <= today else versions[0])
    organization.name, organization.kind = shown.name, shown.kind
    organization.parent_id = shown.parent_id
    organization.is_grassroots, organization.holds_members = shown.is_grassroots, shown.holds_members
    organization.sort_key = name_key(shown.name)
    organization.path = current.path if current else ""
    organization.depth = len(organization.path) // PATH_WIDTH
    organization.founded_on = versions[0].valid_from
    end = versions[-1].valid_until
    organization.dissolved_on = end if end is not None and end <= today else None


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that do not lie under another of them; organisations that have no place now are left out."""
    kept: list[str] = []
    for path in sorted({path for path in paths if path}):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
