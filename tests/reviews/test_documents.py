"""Papers of the review, opened again: what they say, who may take them away."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from phancong.audit.models import AuditEntry
from phancong.members.models import Member
from phancong.reviews import actions
from tests.factories import make_user
from tests.reviews.halls import Hall, decided, make_hall
from tests.reviews.test_pages import client_of, office_client, propose_best

pytestmark = pytest.mark.django_db


def words_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def rows_of(client: Client, name: str, *arguments: object) -> list[tuple[str, ...]]:
    """The rows of the paper's table below its head, without their numbers."""
    document = Document(io.BytesIO(client.get(reverse(name, args=arguments)).content))
    return [tuple(cell.text for cell in row.cells[1:]) for row in document.tables[-2].rows[1:]]


def written(hall: Hall) -> Member:
    person = hall.people[2]
    actions.save_self_review(
        hall.rating(person),
        written=actions.Written(strengths="Đã vận động hai hộ", grade="good", points={"common": 28}),
        send=True,
        seen=0,
        by=hall.member(person),
    )
    return person


def test_a_member_takes_the_own_self_review_with_the_form_of_their_group() -> None:
    hall = make_hall()
    person = written(hall)
    words = words_of(client_of(person), "reviews:own_paper", hall.rating(person).pk)
    assert all(
        one in words
        for one in (
            person.full_name,
            "Đã vận động hai hộ",
            "Mẫu 2C-HD KĐ.ĐG",
            "28/30",
            "Tự nhận mức: Hoàn thành tốt",
        )
    )


def test_the_self_review_is_taken_by_the_cell_and_by_nobody_else() -> None:
    hall = make_hall()
    person = written(hall)
    rating = hall.rating(person)
    assert "Đã vận động" in words_of(client_of(hall.people[0]), "reviews:self_review_paper", rating.pk)
    sister = make_hall()
    for client in (client_of(hall.people[1]), client_of(sister.people[0]), office_client(hall)):
        assert client.get(reverse("reviews:self_review_paper", args=[rating.pk])).status_code == 404
    assert client_of(hall.people[1]).get(reverse("reviews:own_paper", args=[rating.pk])).status_code == 404


def test_the_ballot_lists_everybody_who_is_rated_and_every_grade() -> None:
    hall = make_hall()
    words = words_of(client_of(hall.people[0]), "reviews:cell_paper", hall.review.pk, "phieu")
    assert all(one.full_name in words for one in hall.people)
    assert all(one in words for one in ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"))


def test_the_record_of_the_meeting_has_the_count_but_not_the_readers_own_before_the_decision() -> None:
    hall = make_hall()
    make_user(hall.people[0])
    propose_best(hall)
    words = words_of(client_of(hall.people[0]), "reviews:cell_paper", hall.review.pk, "bien-ban")
    assert words.count("Xuất sắc 3; Tốt 0") == 2
    whole = words_of(office_client(hall), "reviews:cell_paper", hall.review.pk, "bien-ban")
    assert whole.count("Xuất sắc 3; Tốt 0") == 3


def test_the_count_of_ballots_has_a_row_for_each_member_but_the_readers_own_is_empty_before_the_decision() -> (
    None
):
    hall = make_hall()
    make_user(hall.people[0])
    propose_best(hall)
    counted = rows_of(office_client(hall), "reviews:cell_paper", hall.review.pk, "kiem-phieu")
    assert sorted(counted) == sorted((one.full_name, "3", "3", "0", "0", "0", "0") for one in hall.people)
    seen = rows_of(client_of(hall.people[0]), "reviews:cell_paper", hall.review.pk, "kiem-phieu")
    assert sorted(row[0] for row in seen if row[1:] == ("",) * 6) == [hall.people[0].full_name]
    assert set(counted) - set(seen) == {(hall.people[0].full_name, "3", "3", "0", "0", "0", "0")}


def test_the_count_of_ballots_says_how_many_votes_a_grade_needs() -> None:
    hall = make_hall()
    propose_best(hall)
    words = words_of(office_client(hall), "reviews:cell_paper", hall.review.pk, "kiem-phieu")
    assert "Số đồng chí có quyền bỏ phiếu: 3. Một mức được đề nghị khi có từ 2 phiếu trở lên." in words


def test_the_list_of_grades_says_what_was_decided_and_that_it_closes() -> None:
    hall = make_hall()
    decided(hall)
    words = words_of(office_client(hall), "reviews:round_paper", hall.round.pk)
    assert all(one.full_name in words for one in hall.people)
    assert "Hoàn thành tốt nhiệm vụ: 3 đồng chí" in words
    assert "Khớp: 3 đồng chí xếp loại + 0 không xếp loại = 3" in words


def test_taking_a_paper_leaves_a_line() -> None:
    hall = make_hall()
    before = AuditEntry.objects.filter(action="export_review").count()
    words_of(client_of(hall.people[0]), "reviews:cell_paper", hall.review.pk, "phieu")
    assert AuditEntry.objects.filter(action="export_review").count() == before + 1
