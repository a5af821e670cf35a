"""Figures of a day: by branch, by tree, what stands behind them, who sees them."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from phancong.access.actor import Actor, Grant
from phancong.figures.base import base_for
from phancong.figures.behind import page_behind
from phancong.figures.counting import table_of
from phancong.figures.enums import Tree
from phancong.figures.sections import SHEETS, sheet_called
from phancong.figures.telling import told
from phancong.members.enums import MembershipKind, Status
from phancong.members.models import Member, Membership, StatusPeriod
from phancong.organizations import actions as tree
from phancong.organizations.models import Organization
from tests.factories import (
    FOUNDED,
    TODAY,
    make_actor,
    make_appointment,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_organization,
    make_post,
    make_user,
    parent_of,
)

pytestmark = pytest.mark.django_db


def totals(
    actor: Actor, root: Organization | None, day: date = TODAY, by: Tree = Tree.THEN
) -> dict[str, int | None]:
    base = base_for(actor, root_id=root.pk if root else None, day=day, tree=by)
    assert base is not None
    return table_of(base, SHEETS[0]).total


def branches(
    actor: Actor, root: Organization, day: date = TODAY, by: Tree = Tree.THEN
) -> dict[str, int | None]:
    base = base_for(actor, root_id=root.pk, day=day, tree=by)
    assert base is not None
    return {
        line.branch.name: line.figures["trang-thai.dang-vien"] for line in table_of(base, SHEETS[0]).lines
    }


def test_a_committee_counts_its_cells_and_its_members_by_status() -> None:
    committee = make_committee()
    one, other = make_cell(parent=committee, name="Chi bộ 1"), make_cell(parent=committee, name="Chi bộ 2")
    make_member(one)
    make_member(one, status=Status.PROBATIONARY, official_on=None)
    make_member(other, status=Status.EXEMPT)
    make_member()
    found = totals(make_office(), committee)
    assert {name: count for name, count in found.items() if count} == {
        "to-chuc.tccsd": 1,
        "to-chuc.chi-bo-truc-thuoc": 2,
        "to-chuc.chi-bo": 2,
        "trang-thai.dang-vien": 3,
        "trang-thai.chinh-thuc": 1,
        "trang-thai.du-bi": 1,
        "trang-thai.mien": 1,
    }
    assert branches(make_office(), committee) == {
        "Chi bộ 1": 2,
        "Chi bộ 2": 1,
        f"{committee.name}, tính riêng": 0,
    }


def test_a_merged_cell_counts_for_itself_then_and_with_its_successor_now() -> None:
    committee = make_committee()
    gone, heir = make_cell(parent=committee, name="Chi bộ cũ"), make_cell(parent=committee, name="Chi bộ mới")
    make_member(gone)
    make_member(heir)
    day = FOUNDED + timedelta(days=100)
    tree.merge_organizations(
        sources=[gone], into=heir, by=make_office(), effective_on=day, decision_number="1-QĐ", decided_on=day
    )
    Membership.objects.filter(cell=gone).update(valid_until=day)
    moved = Member.objects.get(cell=gone)
    Membership.objects.create(member=moved, cell=heir, kind=MembershipKind.OFFICIAL, valid_from=day)
    before = day - timedelta(days=1)
    own = f"{committee.name}, tính riêng"
    assert branches(make_office(), committee, before) == {"Chi bộ cũ": 1, "Chi bộ mới": 1, own: 0}
    assert branches(make_office(), committee, before, Tree.NOW) == {"Chi bộ mới": 2, own: 0}
    assert branches(make_office(), committee, day) == {"Chi bộ mới": 2, own: 0}


def test_every_sheet_closes_and_every_figure_is_the_number_of_rows_behind_it() -> None:
    committee = make_committee()
    for number in range(3):
        cell = make_cell(parent=committee)
        for status in (Status.OFFICIAL, Status.EXEMPT, Status.SUSPENDED)[: number + 1]:
            make_member(cell, status=status, birth_date=date(1950 + 20 * number, 1, 1))
    base = base_for(make_office(), root_id=committee.pk, day=TODAY, tree=Tree.THEN)
    assert base is not None
    for sheet in SHEETS:
        table = table_of(base, sheet)
        assert table.faults == [], sheet.code
        for section, column in table.columns:
            key = f"{section.code}.{column.code}"
            assert page_behind(base, section, column, branch=None, after=None).total == table.total[key]
            for line in table.lines:
                page = page_behind(base, section, column, branch=line.branch.key, after=None)
                assert page.total == line.figures[key], (sheet.code, key, line.branch.name)


def test_a_total_that_does_not_close_names_what_is_missing() -> None:
    cell = make_cell()
    member = make_member(cell)
    StatusPeriod.objects.filter(member=member).update(valid_until=FOUNDED + timedelta(days=5))
    base = base_for(make_office(), root_id=parent_of(cell).pk, day=TODAY, tree=Tree.THEN)
    assert base is not None
    [fault] = table_of(base, SHEETS[0]).faults
    assert "1 đồng chí ≠ 0 đồng chí" in fault.words
    assert "không có trạng thái" in fault.words


spans = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 200), st.integers(1, 200)), min_size=1, max_size=8
)
days_of_decisions = st.one_of(st.none(), st.integers(20, 150))
# Of the cells of a history the first is merged into the second, the third is divided into the last two.
MERGED, HEIR, DIVIDED, PARTS = 0, 1, 2, (4, 5)


def _history(committee: Organization, merge_on: date | None, divide_on: date | None) -> list[Organization]:
    """The cells by number; the last two are there only when the third was divided."""
    cells = [make_cell(parent=committee, name=f"Chi bộ {number}") for number in range(4)]
    if divide_on:
        parts = [tree.Part(code=f"CB-{committee.pk}-{number}", name=f"Chi bộ {number}") for number in PARTS]
        tree.split_organization(
            source=cells[DIVIDED], parts=parts, source_stays=False, by=make_office(),
            effective_on=divide_on, decision_number="2", decided_on=FOUNDED,
        )  # fmt: skip
        cells += [Organization.objects.get(code=part.code) for part in parts]
    if merge_on:
        tree.merge_organizations(
            sources=[cells[MERGED]], into=cells[HEIR], by=make_office(), effective_on=merge_on,
            decision_number="1", decided_on=FOUNDED,
        )  # fmt: skip
    return cells


def _lived(
    spans: list[tuple[int, int, int]], merge_on: date | None, divide_on: date | None
) -> list[tuple[int, date, date]]:
    """Each span cut to the days on which its cell stood: nobody belongs to a cell that is gone or not yet there."""
    ends, begins = {MERGED: merge_on, DIVIDED: divide_on}, dict.fromkeys(PARTS, divide_on or date.max)
    found = []
    for cell, start, length in spans:
        since = FOUNDED + timedelta(days=start)
        until = min(since + timedelta(days=length), ends.get(cell) or date.max)
        since = max(since, begins.get(cell, since))
        if since < until:
            found.append((cell, since, until))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(spans=spans, merged=days_of_decisions, divided=days_of_decisions, day=st.integers(0, 260))
def test_on_random_histories_figures_equal_a_slow_count_over_all_rows(
    spans: list[tuple[int, int, int]], merged: int | None, divided: int | None, day: int
) -> None:
    merge_on = FOUNDED + timedelta(days=merged) if merged else None
    divide_on = FOUNDED + timedelta(days=divided) if divided else None
    committee = make_committee()
    cells = _history(committee, merge_on, divide_on)
    lived = _lived(spans, merge_on, divide_on)
    for cell, since, until in lived:
        member = make_member()
        Membership.objects.filter(member=member).update(cell=cells[cell], valid_from=since, valid_until=until)
        StatusPeriod.objects.filter(member=member).update(valid_from=FOUNDED)
    asked = FOUNDED + timedelta(days=day)
    there = [cell for cell, since, until in lived if since <= asked < until]
    home = {MERGED: f"Chi bộ {HEIR}"} if merge_on else {}
    # What was divided has nothing of today nearer than the committee above its parts.
    home |= {DIVIDED: f"{committee.name}, tính riêng"} if divide_on else {}
    slow = {
        Tree.THEN: Counter(f"Chi bộ {cell}" for cell in there),
        Tree.NOW: Counter(home.get(cell, f"Chi bộ {cell}") for cell in there),
    }
    for by, counted in slow.items():
        found = branches(make_office(), committee, asked, by)
        assert {name: count for name, count in found.items() if count} == dict(counted)


def test_each_sees_the_figures_of_their_own_place(
    cell: Organization, sister_cell: Organization, secretary: Actor, colleague: Actor, stranger: Actor,
    sister_secretary: Actor,
) -> None:  # fmt: skip
    make_member(cell)
    make_member(sister_cell)
    for by, seen, hidden in ((secretary, cell, sister_cell), (sister_secretary, sister_cell, cell)):
        assert totals(by, seen)["trang-thai.dang-vien"] == 1
        assert base_for(by, root_id=hidden.pk, day=TODAY, tree=Tree.THEN) is None
        assert base_for(by, root_id=parent_of(cell).pk, day=TODAY, tree=Tree.THEN) is None
    for by in (colleague, stranger):
        assert base_for(by, root_id=cell.pk, day=TODAY, tree=Tree.THEN) is None
        assert base_for(by, root_id=None, day=TODAY, tree=Tree.THEN) is None


def test_what_an_inspector_is_spared_is_left_out_on_every_day(
    cell: Organization, sister_cell: Organization
) -> None:
    make_member(cell)
    make_member(sister_cell)
    committee = parent_of(cell)
    inspector = replace(
        make_actor("inspector", committee.path),
        grants=(Grant("inspector", committee.path, date(1930, 2, 3), without=cell.path),),
    )
    found = branches(inspector, committee)
    assert found.get(sister_cell.name) == 1
    assert not found.get(cell.name)


def test_small_numbers_are_kept_back_from_whoever_may_not_list_them() -> None:
    committee = make_committee()
    for number in (1, 9):
        cell = make_cell(parent=committee)
        for _ in range(number):
            make_member(cell)
    base = base_for(make_office(), root_id=committee.pk, day=TODAY, tree=Tree.THEN)
    assert base is not None
    table = told(table_of(replace(base, sees_files=False), SHEETS[0]))
    counts = [line.figures["trang-thai.dang-vien"] for line in table.lines]
    assert 1 not in counts
    assert table.is_full is False


def queries(actor: Actor, root: Organization, code: str) -> int:
    sheet = sheet_called(code)
    assert sheet is not None
    with CaptureQueriesContext(connection) as seen:
        base = base_for(actor, root_id=root.pk, day=TODAY, tree=Tree.THEN)
        assert base is not None
        table_of(base, sheet)
    return len(seen)


@pytest.mark.parametrize("code", [sheet.code for sheet in SHEETS])
def test_a_sheet_takes_as_many_queries_for_one_branch_as_for_three(code: str) -> None:
    small, large = make_committee(), make_committee()
    for committee, count in ((small, 1), (large, 3)):
        for _ in range(count):
            make_member(make_cell(parent=committee))
    assert queries(make_office(), small, code) == queries(make_office(), large, code)


def client_of(committee: Organization, role: str = "office") -> Client:
    user = make_user()
    make_appointment(user, committee, role, since=TODAY - timedelta(days=9))
    client = Client()
    client.force_login(user)
    return client


def test_every_page_opens_and_leads_to_the_rows_behind_a_figure() -> None:
    committee = make_committee()
    member = make_member(make_cell(parent=committee))
    client = client_of(committee)
    for sheet in SHEETS:
        page = client.get(reverse("figures:sheet", args=[sheet.code]))
        assert page.status_code == 200
        addresses = [link for _, _, link in page.context["total"] if link]
        assert all(client.get(link).status_code == 200 for link in addresses)
    listed = client.get(f"{reverse('figures:behind', args=['tong-hop'])}?cot=trang-thai.chinh-thuc")
    assert member.full_name in listed.content.decode()


def test_a_day_that_cannot_be_says_why_and_an_unknown_sheet_is_not_there() -> None:
    client = client_of(make_committee())
    assert "trước đó" in client.get("/so-lieu/?ngay=31/12/2099").content.decode()
    assert client.get("/so-lieu/khong-co/").status_code == 404


def test_the_workbook_has_the_shape_offices_hand_in() -> None:
    committee = make_committee(name="Đảng bộ xã Thử")
    cell = make_cell(parent=committee, name="=Chi bộ")
    make_member(cell)
    answer = client_of(committee).get(
        f"{reverse('figures:workbook', args=['tong-hop'])}?to-chuc={committee.pk}"
    )
    book = load_workbook(io.BytesIO(b"".join(answer)))
    rows = [list(row) for row in book[book.sheetnames[0]].iter_rows(values_only=True)]
    texts = [str(row[0]) for row in rows]
    assert "ĐẢNG BỘ XÃ THỬ" in texts
    assert any(text.startswith("Số liệu đến") for text in texts)
    head = next(row for row in rows if row[1] == "Đơn vị")
    total = next(row for row in rows if row[1] == "Cộng")
    assert dict(zip(head, total, strict=True))["Đảng viên"] == 1
    assert any(row[1] == "=Chi bộ" for row in rows)
    assert any(row[1] == "(2)" for row in rows)


def test_years_beside_each_other_begin_with_the_first_day_of_the_records() -> None:
    ward = make_organization("ward")
    committee = make_committee(parent=ward)
    cell = make_cell(parent=committee)
    make_post(make_member(cell), cell)
    rows = client_of(ward).get(reverse("figures:years")).context["rows"]
    assert [(row.day, row.members, row.cells) for row in rows] == [
        (FOUNDED, 1, 1),
        (TODAY.replace(year=TODAY.year), 1, 1),
    ]
