"""The list of grades as a workbook, opened again: what it says, who may take it away."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from phancong.audit.models import AuditEntry
from phancong.reviews import actions
from phancong.reviews.exporting import PEOPLE, TOTALS
from phancong.reviews.models import Rating
from tests.factories import TODAY, make_cell, make_committee, make_member, make_post
from tests.reviews.halls import BASIS, Hall, decided, grade_all, make_hall, meet, office_of, proposed
from tests.reviews.test_documents import words_of
from tests.reviews.test_pages import client_of, office_client

pytestmark = pytest.mark.django_db
TITLE_LINES = 3


def workbook_of(client: Client, hall: Hall) -> Workbook:
    answer = client.get(reverse("reviews:round_workbook", args=[hall.round.pk]))
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def rows_of(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(min_row=TITLE_LINES + 2, values_only=True))


def decide(hall: Hall, decision: str) -> None:
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.decide([hall.review], decision=decision, by=hall.above)


def test_the_workbook_has_everybody_with_the_grade_and_the_decision() -> None:
    hall = make_hall()
    decided(hall)
    book = workbook_of(office_client(hall), hall)
    assert book.sheetnames == [PEOPLE, TOTALS]
    in_order = Rating.objects.filter(review=hall.review).order_by("sort_key", "pk")
    assert rows_of(book, PEOPLE) == [
        (number, one.member_name, hall.cell.name, "Hoàn thành tốt nhiệm vụ", "45-QĐ/ĐU")
        for number, one in enumerate(in_order, start=1)
    ]


def test_the_table_of_the_workbook_is_the_table_of_the_page() -> None:
    hall = make_hall()
    decided(hall)
    client = office_client(hall)
    totals = client.get(hall.round.get_absolute_url()).context["page"].totals
    assert rows_of(workbook_of(client, hall), TOTALS) == [
        *((row.name, row.own, row.own_share) for row in totals.rows),
        ("Thuộc diện xếp loại", totals.to_rate, None),
    ]


def test_best_grades_come_first() -> None:
    hall = make_hall()
    meet(hall)
    grade_all(hall)
    last = Rating.objects.filter(review=hall.review).order_by("-sort_key", "-pk")[0]
    actions.propose_grade(last, grade="excellent", reason="", seen=last.version, by=hall.deputy)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    decide(hall, "45-QĐ/ĐU")
    rows = rows_of(workbook_of(office_client(hall), hall), PEOPLE)
    assert (rows[0][1], rows[0][3]) == (last.member_name, "Hoàn thành xuất sắc nhiệm vụ")


def test_nothing_that_is_not_decided_is_in_the_workbook() -> None:
    hall = make_hall()
    proposed(hall)
    assert rows_of(workbook_of(office_client(hall), hall), PEOPLE) == []


def test_a_decision_that_looks_like_a_formula_stays_text() -> None:
    hall = make_hall()
    proposed(hall)
    decide(hall, "=1+1")
    sheet = workbook_of(office_client(hall), hall)[PEOPLE]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * len(hall.people)


def test_a_reader_of_one_cell_gets_the_people_of_that_cell_alone() -> None:
    one, other = two_cells()
    decided(one)
    decided(other)
    both = rows_of(workbook_of(office_client(one), one), PEOPLE)
    own = rows_of(workbook_of(client_of(one.people[0]), one), PEOPLE)
    assert {row[2] for row in both} == {one.cell.name, other.cell.name}
    assert {row[1] for row in own} == {person.full_name for person in one.people}


def test_a_list_of_a_part_says_how_many_cells_it_leaves_out() -> None:
    one, other = two_cells()
    decided(one)
    decided(other)
    told = "Chỉ gồm các chi bộ người lập danh sách được xem; đợt này còn 1 chi bộ khác."
    titles = [
        str(workbook_of(client, one)[PEOPLE].cell(TITLE_LINES, 1).value)
        for client in (client_of(one.people[0]), office_client(one))
    ]
    assert [told in title for title in titles] == [True, False]
    words = words_of(client_of(one.people[0]), "reviews:round_paper", one.round.pk)
    assert told in words


def two_cells() -> tuple[Hall, Hall]:
    """Two cells of one committee in the same round."""
    committee = make_committee()
    cells = [make_cell(parent=committee) for _ in range(2)]
    people = [[make_member(cell) for _ in range(3)] for cell in cells]
    for cell, members in zip(cells, people, strict=True):
        make_post(members[0], cell)
    opened = actions.open_round(
        committee,
        year=TODAY.year,
        rules_on=TODAY,
        counted_on=TODAY,
        basis=BASIS,
        by=office_of(committee),
    )
    first, second = (
        Hall(committee, cell, members, opened) for cell, members in zip(cells, people, strict=True)
    )
    return first, second


def test_a_stranger_finds_no_workbook() -> None:
    hall, sister = make_hall(), make_hall()
    address = reverse("reviews:round_workbook", args=[hall.round.pk])
    strangers = (client_of(sister.people[0]), office_client(sister), client_of(hall.people[1]))
    assert [client.get(address).status_code for client in strangers] == [404, 404, 404]


def test_taking_the_workbook_leaves_a_line_with_its_form() -> None:
    hall = make_hall()
    client = office_client(hall)
    workbook_of(client, hall)
    [entry] = AuditEntry.objects.filter(action="export_review")
    assert (entry.subject, entry.detail) == (f"organization:{hall.committee.pk}", {"form": "XLSX"})
