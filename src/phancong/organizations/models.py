"""Organisations over time, and the residential areas they cover.

`Organization` carries the present; `OrganizationVersion` every state with its days. `path` strings join fixed-width ids
from the root down, so a subtree is a range of one index.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from phancong.access.actor import Place
from phancong.common.spans import NoOverlap, Span, SpanQuerySet, span_order
from phancong.organizations.enums import EventKind, PartyRole

PATH_WIDTH = 8
MAX_DEPTH = 6


def path_step(organization_id: int) -> str:
    return f"{organization_id:0{PATH_WIDTH}d}"


def path_field() -> Any:
    """Ids from the root down. Digits only, so every collation orders them alike and a subtree is a range."""
    return models.CharField("đường dẫn", max_length=PATH_WIDTH * MAX_DEPTH, blank=True)


def in_places(places: Iterable[Place | str], *, field: str) -> Q:
    """Rows whose path lies in one of the places (a path stands for its whole subtree); none when there are none."""
    found = Q(pk__in=[])
    for place in places:
        path, without = (place, "") if isinstance(place, str) else (place.path, place.without)
        inside = Q(**{f"{field}__lt": _end_of(path)}) if path else Q()
        if without:  # two ranges, not a negation: that would reach over all rows of a joined table
            inside &= Q(**{f"{field}__gte": path, f"{field}__lt": without}) | Q(
                **{f"{field}__gte": _end_of(without)}
            )
        else:
            inside &= Q(**{f"{field}__gte": path})
        found |= inside
    return found


def _end_of(path: str) -> str:
    """The first path behind the subtree of `path`."""
    return path[:-PATH_WIDTH] + path_step(int(path[-PATH_WIDTH:]) + 1)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def in_subtree(self, path: str) -> Self:
        return self.filter(in_places((path,), field="path"))

    def active(self) -> Self:
        """Those that exist now: neither dissolved nor founded for a later day."""
        return self.filter(path__gt="")

    def cells(self) -> Self:
        return self.filter(holds_members=True)


class Organization(models.Model):
    """An organisation as it is now. `kind` is a code of the rule pack `organizations`.

    `kept_by` holds the plans, minutes and reviews of one that ended: where it went, or else what it stood under.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trực thuộc", null=True, blank=True, related_name="children"
    )
    path = path_field()
    depth = models.PositiveSmallIntegerField("cấp", default=0)
    sort_key = models.CharField(max_length=400)
    is_grassroots = models.BooleanField("là tổ chức cơ sở đảng", default=False)
    holds_members = models.BooleanField("có đảng viên sinh hoạt", default=False)
    founded_on = models.DateField("ngày thành lập")
    dissolved_on = models.DateField("ngày giải thể", null=True, blank=True)
    kept_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="nơi giữ sổ sách",
        null=True,
        blank=True,
        related_name="keeps",
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=models.F("founded_on")),
                name="organization_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=False, path="") | Q(dissolved_on__isnull=True),
                name="organization_dissolved_has_no_place",
            ),
        )
        indexes = (
            models.Index(fields=["path"], name="organization_path"),
            models.Index(fields=["parent", "sort_key", "id"], name="organization_children"),
        )

    def __str__(self) -> str:
        return self.name


class VersionQuerySet(SpanQuerySet):
    def in_subtree(self, path: str) -> Self:
        return self.filter(in_places((path,), field="path"))


class OrganizationVersion(Span):
    """Name, kind and place of an organisation over a span of days."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="versions")
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=40)
    parent = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="past_children"
    )
    path = path_field()
    is_grassroots = models.BooleanField(default=False)
    holds_members = models.BooleanField(default=False)

    objects = VersionQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of Span

    class Meta:
        constraints = (
            span_order("organization_version_days"),
            NoOverlap(fields=["organization"], name="organization_version_no_overlap"),
        )
        indexes = (
            models.Index(fields=["path", "valid_from"], name="organization_version_path"),
            models.Index(fields=["parent", "valid_from"], name="organization_version_parent"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"


class OrganizationEvent(models.Model):
    """A decision that changes the tree: what, by which decision, from which day."""

    kind = models.CharField("việc", max_length=12, choices=EventKind.choices)
    decision_number = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    effective_on = models.DateField("có hiệu lực từ")
    note = models.CharField("ghi chú", max_length=400, blank=True)

    class Meta:
        indexes = (models.Index(fields=["effective_on", "id"], name="organization_event_day"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decision_number}"


class EventParty(models.Model):
    """An organisation that an event started from or led to."""

    event = models.ForeignKey(OrganizationEvent, models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="events")
    role = models.CharField(max_length=6, choices=PartyRole.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event", "organization", "role"], name="event_party_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.organization_id} {self.role}"


class Area(Span):
    """A residential area: thôn, buôn, tổ dân phố. `committee` is the committee on whose territory it lies."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=30)
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="areas")
    languages = models.JSONField("tiếng nói thường dùng", default=list)
    sort_key = models.CharField(max_length=300)

    class Meta:
        indexes = (models.Index(fields=["committee", "sort_key", "id"], name="area_committee"),)

    def __str__(self) -> str:
        return self.name


class AreaCensus(models.Model):
    """How many people lived in an area on a day."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="censuses")
    counted_on = models.DateField("ngày")
    population = models.PositiveIntegerField("dân số")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "counted_on"], name="census_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.area_id} {self.counted_on:%d/%m/%Y} {self.population}"


class AreaCoverage(Span):
    """The cell that covers an area over a span of days. A joint cell (chi bộ ghép) covers several areas."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="coverages")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="coverages")

    class Meta:
        constraints = (
            span_order("area_coverage_days"),
            NoOverlap(fields=["area"], name="area_coverage_no_overlap"),
        )

    def __str__(self) -> str:
        return f"{self.area_id} → {self.cell_id}"
