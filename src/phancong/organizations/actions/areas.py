"""Residential areas: where they lie, how many people live there, which cell covers them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from phancong import rules
from phancong.access.actor import Actor
from phancong.audit.log import record
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.models import Area, AreaCensus, AreaCoverage, Organization, OrganizationVersion
from phancong.organizations.naming import name_key
from phancong.organizations.policies import check_right, kind_on


@transaction.atomic
def add_area(
    *,
    by: Actor,
    code: str,
    name: str,
    kind: str,
    committee: Organization,
    valid_from: date,
    languages: Sequence[str] = (),
) -> Area:
    """A thôn, buôn or tổ dân phố on the territory of `committee`."""
    check_right(by, committee.path)
    known = rules.on(valid_from)
    if kind not in {one.code for one in known.area_kinds}:
        raise Refused(f"Không có loại địa bàn “{kind}”. Chọn loại có trong danh sách.")
    strange = sorted(set(languages) - {one.code for one in known.languages})
    if strange:
        raise Refused(
            f"Không có tiếng nói “{strange[0]}” trong danh sách. Chọn tiếng nói có trong danh sách."
        )
    code, name = clean(code), clean(name)
    if not name or not code or Area.objects.filter(code=code).exists():
        raise Refused(f"Tên hoặc mã địa bàn “{code}” trống, hoặc mã đã dùng. Ghi tên và chọn mã khác.")
    area = Area.objects.create(
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        valid_from=valid_from,
        languages=list(languages),
        sort_key=name_key(name),
    )
    _note(by, "area_add", area)
    return area


@transaction.atomic
def close_area(*, by: Actor, area: Area, day: date) -> None:
    """The area exists no more from `day`, for example after merging with another."""
    area = _locked(area)
    check_right(by, area.committee.path)
    if day <= area.valid_from or area.valid_until is not None:
        raise Refused(f"{area.name} có từ ngày {area.valid_from:%d/%m/%Y} hoặc đã kết thúc. Xem lại ngày.")
    _end(AreaCoverage.objects.filter(area=area), day)
    area.valid_until = day
    area.save()
    _note(by, "area_close", area)


@transaction.atomic
def count_population(*, by: Actor, area: Area, counted_on: date, population: int) -> AreaCensus:
    """A later count of the same day replaces the earlier one."""
    check_right(by, area.committee.path)
    if population < 0 or counted_on > by.today or not area.holds_on(counted_on):
        raise Refused(
            "Dân số phải từ 0 trở lên; ngày đếm không sau hôm nay và nằm trong thời gian có địa bàn."
        )
    census, _ = AreaCensus.objects.update_or_create(
        area=area, counted_on=counted_on, defaults={"population": population}
    )
    _note(by, "area_count", area)
    return census


@transaction.atomic
def cover_area(*, by: Actor, area: Area, cell: Organization, valid_from: date) -> AreaCoverage:
    """`cell` covers the area from `valid_from`; the cell that covered it until then does so no longer."""
    area = _locked(area)
    check_right(by, area.committee.path)
    check_right(by, cell.path)
    if not area.holds_on(valid_from):
        raise Refused(f"{area.name} chưa có hoặc không còn ngày {valid_from:%d/%m/%Y}. Xem lại ngày.")
    _check_may_cover(cell, valid_from)
    coverage = cover_from(area, cell, valid_from)
    _note(by, "area_cover", area, cell=cell.pk)
    return coverage


@transaction.atomic
def uncover_area(*, by: Actor, area: Area, day: date) -> None:
    """No cell covers the area from `day`."""
    area = _locked(area)
    check_right(by, area.committee.path)
    if not AreaCoverage.objects.filter(area=area).on(day).exists():
        raise Refused(f"Ngày {day:%d/%m/%Y} không có chi bộ nào phụ trách {area.name}.")
    _end(AreaCoverage.objects.filter(area=area), day)
    _note(by, "area_uncover", area)


def end_coverages(cells: Iterable[Organization], day: date) -> None:
    """Cells that end cover nothing from `day`."""
    _end(AreaCoverage.objects.filter(cell__in=list(cells)), day)


def hand_over_areas(sources: Iterable[Organization], into: Organization, day: date) -> None:
    """What the sources covered, and the territory they had, passes to `into`."""
    sources = list(sources)
    areas = Area.objects.filter(coverages__in=AreaCoverage.objects.filter(cell__in=sources).on(day))
    for area in areas.order_by("pk"):
        _check_may_cover(into, day)
        cover_from(area, into, day)
    end_coverages(sources, day)
    Area.objects.filter(committee__in=sources).update(committee=into)


def _check_may_cover(cell: Organization, day: date) -> None:
    version = OrganizationVersion.objects.filter(organization=cell).on(day).first()
    if version is None:
        raise Refused(f"{cell.name} không hoạt động ngày {day:%d/%m/%Y}. Chọn chi bộ khác hoặc sửa ngày.")
    if not kind_on(version.valid_from, version.kind).covers_areas:
        raise Refused(f"{cell.name} không phải chi bộ thôn, tổ dân phố. Chọn chi bộ phụ trách địa bàn.")


def cover_from(area: Area, cell: Organization, day: date) -> AreaCoverage:
    later = AreaCoverage.objects.filter(area=area, valid_from__gt=day).order_by("valid_from").first()
    _end(AreaCoverage.objects.filter(area=area, valid_from__lte=day), day)
    return AreaCoverage.objects.create(
        area=area, cell=cell, valid_from=day, valid_until=later.valid_from if later else area.valid_until
    )


def _end(coverages: QuerySet[AreaCoverage], day: date) -> None:
    """Nothing of these spans is left from `day` on."""
    coverages.filter(valid_from__gte=day).delete()
    coverages.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day)).update(valid_until=day)


def _locked(area: Area) -> Area:
    locked: Area = Area.objects.select_for_update().get(pk=area.pk)
    return locked


def _note(by: Actor, action: str, area: Area, **detail: int) -> None:
    record(by=by, action=action, subject=f"area:{area.pk}", place=area.committee.path, detail=detail)
