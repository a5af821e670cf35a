"""The report of the year, opened again: tables and pictures say what the figures say."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from phancong.figures.documents import CHAPTERS, OPEN_CHAPTERS
from phancong.organizations.models import Organization
from tests.factories import FOUNDED, make_cell, make_committee, make_member, make_organization, make_post
from tests.figures.test_figures import client_of
from tests.reviews.halls import decided, make_hall

pytestmark = pytest.mark.django_db


def report_of(client: Client, organization: Organization, day: str = "") -> Any:
    address = reverse("figures:report", args=[organization.pk])
    answer = client.get(f"{address}?ngay={day}" if day else address)
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.content))


def told(document: Any) -> list[str]:
    """What each picture says to somebody who does not see it."""
    return [shape._inline.docPr.get("descr") for shape in document.inline_shapes]


def committee_with_two_cells() -> Organization:
    committee = make_committee(parent=make_organization("ward"))
    for number in (1, 2):
        cell = make_cell(parent=committee)
        for _ in range(number):
            make_member(cell)
        make_post(make_member(cell), cell)
    return committee


def test_the_report_goes_through_its_chapters_in_order() -> None:
    committee = committee_with_two_cells()
    document = report_of(client_of(committee), committee)
    titles = [one.text.split(". ", 1)[1] for one in document.paragraphs if one.style.style_id == "subheading"]
    assert titles == [*(title for title, _ in CHAPTERS), *OPEN_CHAPTERS]


def test_pictures_are_numbered_and_none_is_drawn_of_nothing() -> None:
    committee = committee_with_two_cells()
    document = report_of(client_of(committee), committee)
    captions = [one.text.split(".")[0] for one in document.paragraphs if one.text.startswith("Hình ")]
    assert captions == [f"Hình {number}" for number in range(1, len(captions) + 1)]
    assert len(told(document)) == len(captions)
    assert all(": 0" not in words for words in told(document))


def test_the_first_picture_shows_the_figures_of_its_table() -> None:
    committee = committee_with_two_cells()
    document = report_of(client_of(committee), committee)
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[1].rows}
    assert (rows["Đảng viên"], rows["Chính thức"], rows["Dự bị"]) == ("5", "5", "0")
    assert "Đảng viên: 5. Chính thức: 5" in told(document)[0]


def test_the_years_are_drawn_where_there_is_more_than_one() -> None:
    committee = committee_with_two_cells()
    client = client_of(committee)
    [story] = [
        one for one in told(report_of(client, committee)) if one.startswith(f"Đảng viên. {FOUNDED.year}: 5")
    ]
    assert "Chi bộ trực thuộc" in story
    first = told(report_of(client, committee, f"{FOUNDED:%d/%m/%Y}"))
    assert not any(one.startswith("Đảng viên. ") for one in first)


def test_the_grades_that_were_decided_are_in_the_report() -> None:
    hall = make_hall()
    decided(hall)
    document = report_of(client_of(hall.committee), hall.committee)
    assert "Trong danh sách kiểm điểm: 3. Hoàn thành tốt nhiệm vụ: 3" in told(document)[-1]
