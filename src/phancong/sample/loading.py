"""Carrying the sample's plain values into the database, through the actions of the rooms they belong to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from phancong.access.actor import Actor
from phancong.members.actions import register_members
from phancong.members.records import MemberRecord
from phancong.organizations import actions as tree
from phancong.organizations.actions import Decision
from phancong.organizations.models import Area, Organization
from phancong.sample import decisions as made
from phancong.sample.history import Sample, known_censuses, known_decisions, known_hamlets, records
from phancong.sample.places import FOUNDING, Hamlet

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


@dataclass(slots=True)
class Loader:
    """Organisations and areas by code while the history is being carried out, step by step."""

    by: Actor
    organizations: dict[str, Organization]
    areas: dict[str, Area]

    def decide(self, decided: made.Decided) -> None:
        decision = Decision(
            by=self.by,
            effective_on=decided.on,
            decision_number=decided.number,
            decided_on=decided.decided_on,
        )
        match decided:
            case made.Founding():
                self._found(decided, decision)
            case made.Renaming():
                tree.rename_organization(organization=self._at(decided.code), name=decided.name, **decision)
            case made.Moving():
                parent = self._at(decided.parent)
                tree.move_organization(organization=self._at(decided.code), parent=parent, **decision)
            case made.Conversion():
                above = self._at(decided.parent) if decided.parent else None
                place = self._at(decided.code)
                tree.convert_organization(organization=place, kind=decided.kind, parent=above, **decision)
            case made.Merger():
                sources = [self._at(code) for code in decided.sources]
                tree.merge_organizations(sources=sources, into=self._at(decided.code), **decision)
            case made.Dissolution():
                tree.dissolve_organization(organization=self._at(decided.code), **decision)

    def _found(self, decided: made.Founding, decision: Decision) -> None:
        self.organizations[decided.code] = tree.found_organization(
            code=decided.code,
            name=decided.name,
            kind=decided.kind,
            parent=self._at(decided.parent) if decided.parent else None,
            **decision,
        )

    def _at(self, code: str) -> Organization:
        return self.organizations[code]

    def add_area(self, hamlet: Hamlet) -> None:
        self.areas[hamlet.code] = tree.add_area(
            by=self.by,
            code=hamlet.code,
            name=hamlet.name,
            kind=hamlet.kind,
            committee=self._at(hamlet.committee),
            valid_from=FOUNDING,
            languages=hamlet.languages,
        )

    def cover(self, hamlet: Hamlet) -> None:
        area, cell = self.areas[hamlet.code], self._at(hamlet.cell)
        tree.cover_area(by=self.by, area=area, cell=cell, valid_from=hamlet.covered)

    def close(self, hamlet: Hamlet, day: date) -> None:
        area = Area.objects.select_related("committee").get(pk=self.areas[hamlet.code].pk)
        tree.close_area(by=self.by, area=area, day=day)

    def count(self, census: made.Census) -> None:
        area = Area.objects.select_related("committee").get(pk=self.areas[census.area].pk)
        tree.count_population(by=self.by, area=area, counted_on=census.on, population=census.population)


def load_places(sample: Sample, *, by: Actor, progress: Progress) -> Loader:
    """Organisations and areas with all that was decided about them, day by day."""
    loader = Loader(by, {}, {})
    steps = sorted(_steps(sample, loader), key=lambda step: step[0])
    for index, (_, carry_out) in enumerate(steps, start=1):
        carry_out()
        progress("Tổ chức đảng, thôn, buôn, tổ dân phố", index, len(steps))
    for organization in Organization.objects.all():
        loader.organizations[organization.code] = organization
    return loader


def _steps(sample: Sample, loader: Loader) -> Iterator[tuple[date, Callable[[], object]]]:
    """What to carry out, by day. On one day: decisions, then areas and what covers them, censuses, ends of areas."""
    for decided in known_decisions(sample):
        yield decided.on, lambda decided=decided: loader.decide(decided)  # type: ignore[misc]
    for hamlet in known_hamlets():
        yield FOUNDING, lambda hamlet=hamlet: loader.add_area(hamlet)  # type: ignore[misc]
    for hamlet in known_hamlets():
        if hamlet.covered <= sample.until:
            yield hamlet.covered, lambda hamlet=hamlet: loader.cover(hamlet)  # type: ignore[misc]
    for census in known_censuses(sample):
        yield census.on, lambda census=census: loader.count(census)  # type: ignore[misc]
    for hamlet in known_hamlets():
        if hamlet.closed is not None and hamlet.closed <= sample.until:
            day = hamlet.closed
            yield day, lambda hamlet=hamlet, day=day: loader.close(hamlet, day)  # type: ignore[misc]


def records_of(sample: Sample, loader: Loader) -> list[MemberRecord]:
    cell_ids = {code: organization.pk for code, organization in loader.organizations.items()}
    area_ids = {code: area.pk for code, area in loader.areas.items()}
    return list(records(sample, cell_ids=cell_ids, area_ids=area_ids))


def load_members(
    sample: Sample, members: Sequence[MemberRecord], *, by: Actor, progress: Progress
) -> dict[int, int]:
    """All members with their history; answers with the id of each by number."""
    ids = register_members(members, by=by, progress=lambda done: progress("Đảng viên", done, len(members)))
    return {life.number: pk for life, pk in zip(sample.lives, ids, strict=True)}
