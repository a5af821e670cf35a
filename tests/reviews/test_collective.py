"""The committee of a cell reviews itself as a body: a paper drafted from the year, by the form of the rule."""

from datetime import date

import pytest
from django.urls import reverse

from phancong.reviews.collective import body_of, result_rows
from phancong.reviews.evidence import Evidence
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import scheme_on
from tests.factories import make_post
from tests.reviews.halls import Hall, make_hall
from tests.reviews.test_documents import words_of
from tests.reviews.test_pages import client_of, office_client

pytestmark = pytest.mark.django_db
LINK = "Kiểm điểm tập thể chi ủy"


def with_committee() -> Hall:
    hall = make_hall()
    make_post(hall.people[1], hall.cell, "deputy_secretary")
    make_post(hall.people[2], hall.cell, "cell_committee_member")
    return hall


def test_the_paper_names_the_form_and_the_committee_by_rank() -> None:
    hall = with_committee()
    words = words_of(client_of(hall.people[0]), "reviews:cell_paper", hall.review.pk, "tap-the")
    secretary, deputy, member = (one.full_name for one in hall.people)
    assert "(Mẫu 01-HD KĐ.ĐG)" in words
    assert f"có 3 đồng chí: {secretary}, bí thư; {deputy}, phó bí thư; {member}, " in words
    assert "T/M CHI ỦY" in words


def test_the_years_work_of_all_members_is_added_up() -> None:
    found = [
        Evidence(duties=3, done=2, on_time=1, late=1, meetings=12, attended=11, absent=1, pledged=1),
        Evidence(duties=2, done=2, on_time=2, exceeded=1, meetings=10, attended=10),
        Evidence(),
    ]
    rows = dict(result_rows(found))
    assert rows["Đảng viên trong danh sách"] == "3 đồng chí, 2 đồng chí được giao việc"
    assert rows["Việc đã giao"] == "4/5 việc xong; đúng hạn 3, chậm hạn 1, vượt mức 1, gia hạn 0"
    assert rows["Sinh hoạt chi bộ"] == "12 kỳ; 21 lượt dự, 0 lượt vắng có lý do, 1 lượt không lý do"
    assert rows["Cam kết đầu năm"] == "1/3 đồng chí"


def test_a_cell_without_a_committee_has_no_such_paper() -> None:
    hall = make_hall()
    client = client_of(hall.people[0])
    assert client.get(reverse("reviews:cell_paper", args=[hall.review.pk, "tap-the"])).status_code == 404
    assert LINK not in client.get(hall.review.get_absolute_url()).content.decode()


def test_the_page_of_the_cell_leads_to_the_paper() -> None:
    hall = with_committee()
    assert LINK in client_of(hall.people[0]).get(hall.review.get_absolute_url()).content.decode()


def test_whoever_neither_writes_nor_judges_does_not_get_the_paper() -> None:
    hall, sister = with_committee(), make_hall()
    address = reverse("reviews:cell_paper", args=[hall.review.pk, "tap-the"])
    clients = (client_of(hall.people[2]), client_of(sister.people[0]), office_client(sister))
    assert [client.get(address).status_code for client in clients] == [404, 404, 404]
    assert office_client(hall).get(address).status_code == 200


def test_a_rule_whose_form_is_not_known_has_no_paper() -> None:
    hall = with_committee()
    assert body_of(hall.review, scheme_on(date(2012, 12, 31))) is None
    assert body_of(hall.review, scheme_of(hall.round)) is not None
