"""Residential areas: who covers them on which day, and how many people live there."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories import FOUNDED, TODAY, make_area, make_cell, make_committee, make_office

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.organizations.actions import (
    add_area,
    close_area,
    count_population,
    cover_area,
    uncover_area,
)
from phancong.organizations.models import Area, Organization
from phancong.organizations.queries import coverage_on, population_on

pytestmark = pytest.mark.django_db

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def area(cell: Organization) -> Area:
    assert cell.parent is not None
    return make_area(committee=cell.parent, name="Thôn 1")


def covering(day: date) -> list[int | None]:
    return [row.cell_id for row in coverage_on(day).areas]


def test_coverage_is_known_for_each_day(area: Area, cell: Organization, sister_cell: Organization) -> None:
    by = make_office()
    cover_area(by=by, area=area, cell=cell, valid_from=SPRING)
    cover_area(by=by, area=area, cell=sister_cell, valid_from=SUMMER)
    uncover_area(by=by, area=area, day=AUTUMN)
    assert [covering(day) for day in (FOUNDED, SPRING, SUMMER, AUTUMN)] == [
        [None],
        [cell.pk],
        [sister_cell.pk],
        [None],
    ]


def test_a_coverage_recorded_late_ends_where_the_next_begins(
    area: Area, cell: Organization, sister_cell: Organization
) -> None:
    cover_area(by=make_office(), area=area, cell=sister_cell, valid_from=SUMMER)
    cover_area(by=make_office(), area=area, cell=cell, valid_from=SPRING)
    assert [covering(day) for day in (SPRING, SUMMER)] == [[cell.pk], [sister_cell.pk]]


def test_covered_and_uncovered_areas_add_up(area: Area, cell: Organization) -> None:
    bare = make_area(committee=area.committee, name="Thôn 2")
    cover_area(by=make_office(), area=area, cell=cell, valid_from=FOUNDED)
    coverage = coverage_on(TODAY)
    assert (coverage.covered, [row.id for row in coverage.uncovered]) == (1, [bare.pk])


def test_areas_are_listed_with_2_before_10(area: Area) -> None:
    for name in ("Thôn 10", "Thôn 2", "Buôn Hoang"):
        make_area(committee=area.committee, name=name)
    names = [row.name for row in coverage_on(TODAY).areas]
    assert names == ["Buôn Hoang", "Thôn 1", "Thôn 2", "Thôn 10"]


def test_areas_of_another_committee_are_not_counted(area: Area) -> None:
    make_area(committee=make_committee())
    assert [row.id for row in coverage_on(TODAY, area.committee.path).areas] == [area.pk]


def test_population_is_that_of_the_latest_census_up_to_the_day(area: Area) -> None:
    for day, people in ((SPRING, 900), (AUTUMN, 950)):
        count_population(by=make_office(), area=area, counted_on=day, population=people)
    other = make_area(committee=area.committee)
    count_population(by=make_office(), area=other, counted_on=SUMMER, population=40)
    assert [population_on(day) for day in (FOUNDED, SPRING, SUMMER, TODAY)] == [0, 900, 940, 990]


def test_a_second_count_of_a_day_replaces_the_first(area: Area) -> None:
    for people in (900, 901):
        count_population(by=make_office(), area=area, counted_on=SPRING, population=people)
    assert population_on(TODAY) == 901


def test_a_closed_area_belongs_to_the_past(area: Area, cell: Organization) -> None:
    cover_area(by=make_office(), area=area, cell=cell, valid_from=SPRING)
    close_area(by=make_office(), area=area, day=SUMMER)
    assert [covering(day) for day in (SPRING, SUMMER)] == [[cell.pk], []]


def test_only_a_cell_of_a_residential_area_covers_one(area: Area) -> None:
    with pytest.raises(Refused, match="không phải chi bộ thôn"):
        cover_area(by=make_office(), area=area, cell=make_cell(kind="work_cell"), valid_from=SPRING)


def test_a_cell_covers_from_its_founding_at_the_earliest(area: Area) -> None:
    with pytest.raises(Refused, match="không hoạt động ngày 01/03/2026"):
        cover_area(by=make_office(), area=area, cell=make_cell(founded_on=SUMMER), valid_from=SPRING)


@pytest.mark.parametrize(("day", "people"), [(date(2027, 1, 1), 10), (date(2020, 1, 1), 10), (SPRING, -1)])
def test_an_impossible_census_is_refused(area: Area, day: date, people: int) -> None:
    with pytest.raises(Refused, match="Dân số phải"):
        count_population(by=make_office(), area=area, counted_on=day, population=people)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "quan"}, "Không có loại địa bàn"),
        ({"languages": ["elvish"]}, "Không có tiếng nói"),
        ({"name": " "}, "trống"),
        ({"code": "DB"}, "mã đã dùng"),
    ],
)
def test_an_area_that_cannot_be_is_refused(
    cell: Organization, changes: dict[str, object], sentence: str
) -> None:
    fields = {"code": "DB", "name": "Thôn 1", "kind": "thon", "committee": cell.parent, "valid_from": FOUNDED}
    add_area(by=make_office(), **fields)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=sentence):
        add_area(by=make_office(), **{**fields, "code": "DB2", **changes})  # type: ignore[arg-type]


def test_those_without_the_right_change_no_area(
    area: Area,
    cell: Organization,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_secretary: Actor,
) -> None:
    for by in (secretary, colleague, stranger, sister_secretary):
        with pytest.raises(Refused, match="chưa được giao"):
            cover_area(by=by, area=area, cell=cell, valid_from=SPRING)
        with pytest.raises(Refused, match="chưa được giao"):
            count_population(by=by, area=area, counted_on=SPRING, population=1)
    assert (covering(TODAY), population_on(TODAY)) == ([None], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_coverage_takes_one_query(
    cell: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert cell.parent is not None
    for _ in range(count):
        cover_area(by=make_office(), area=make_area(committee=cell.parent), cell=cell, valid_from=FOUNDED)
    with django_assert_num_queries(1):
        assert len(coverage_on(TODAY).areas) == count


def test_what_was_not_covered_cannot_be_uncovered(area: Area) -> None:
    with pytest.raises(Refused, match="không có chi bộ nào"):
        uncover_area(by=make_office(), area=area, day=SPRING)


def test_an_area_ends_once_and_is_covered_while_it_exists(area: Area, cell: Organization) -> None:
    close_area(by=make_office(), area=area, day=SUMMER)
    with pytest.raises(Refused, match="đã kết thúc"):
        close_area(by=make_office(), area=area, day=AUTUMN)
    with pytest.raises(Refused, match="không còn ngày 01/09/2026"):
        cover_area(by=make_office(), area=area, cell=cell, valid_from=AUTUMN)
