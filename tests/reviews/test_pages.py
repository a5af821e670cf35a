"""What each person finds on the pages of a review: no draft grade of oneself, nothing of other places."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phancong.members.models import Member
from phancong.personal_data.watching import looks_at
from phancong.reviews import actions
from phancong.reviews.models import CellReview, Rating
from tests.factories import TODAY, make_appointment, make_cell, make_member, make_post, make_user
from tests.reviews.halls import Hall, decided, make_hall, meet, proposed

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
DRAFT = "Hoàn thành xuất sắc nhiệm vụ"


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def client_of(person: Member) -> Client:
    client = Client()
    client.force_login(person.user if hasattr(person, "user") else make_user(person))
    return client


def office_client(hall: Hall) -> Client:
    user = make_user()
    make_appointment(user, hall.committee, "office", since=TODAY - timedelta(days=9))
    client = Client()
    client.force_login(user)
    return client


def propose_best(hall: Hall) -> None:
    meet(hall)
    for person in hall.people:
        rating = hall.rating(person)
        by = hall.deputy if person == hall.people[0] else hall.secretary
        actions.record_tally(
            rating, votes={"excellent": 3}, handed_out=3, invalid=0, seen=rating.version, by=by
        )
        rating = hall.rating(person)
        actions.propose_grade(rating, grade="excellent", reason="Nhất trí", seen=rating.version, by=by)


def test_the_draft_grade_and_the_votes_are_hidden_from_their_subject_until_the_decision(hall: Hall) -> None:
    propose_best(hall)
    person = hall.people[2]
    address = reverse("reviews:own", args=[hall.rating(person).pk])
    before = client_of(person).get(address).content.decode()
    assert "Nhất trí" not in before
    assert "3/3" not in before
    assert "có quyết định" in before
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.decide([hall.review], decision="45-QĐ/ĐU", by=hall.above)
    after = client_of(person).get(address).content.decode()
    assert DRAFT in after
    assert "3/3" in after


def test_a_secretary_reads_the_votes_of_others_and_not_their_own(hall: Hall) -> None:
    propose_best(hall)
    client = client_of(hall.people[0])
    own, other = hall.rating(hall.people[0]), hall.rating(hall.people[2])
    assert client.get(other.get_absolute_url()).status_code == 200
    assert client.get(own.get_absolute_url()).status_code == 404
    lines = {line.rating.pk: line for line in client.get(hall.review.get_absolute_url()).context["lines"]}
    assert (lines[own.pk].grade, lines[own.pk].votes, lines[own.pk].is_self) == ("", "", True)
    assert (lines[other.pk].grade, lines[other.pk].votes) == ("Xuất sắc", "Xuất sắc 3/3")


@pytest.mark.parametrize(("is_sent", "told"), [(False, 0), (True, 2)])
def test_a_member_is_told_who_read_the_own_self_review(hall: Hall, is_sent: bool, told: int) -> None:
    person = hall.people[2]
    rating = hall.rating(person)
    written = actions.Written(strengths="Xong việc", grade="good", points={"common": 25, "results": 60})
    actions.save_self_review(rating, written=written, send=is_sent, seen=0, by=hall.member(person))
    secretary, own = client_of(hall.people[0]), client_of(person)
    for page in ("rating", "self_review_paper"):
        assert secretary.get(reverse(f"reviews:{page}", args=[rating.pk])).status_code == 200
    for page in ("own", "own_paper"):
        assert own.get(reverse(f"reviews:{page}", args=[rating.pk])).status_code == 200
    looks = [look for look in looks_at(person, today=TODAY).rows if "tự kiểm điểm" in look.part]
    assert [look.office for look in looks] == ["Bí thư"] * told


@pytest.mark.parametrize(
    ("act", "who"), [(actions.say_word, {"secretary", "office"}), (actions.appeal, {"office"})]
)
def test_a_question_is_shown_to_whoever_answers_it_on_both_pages(
    hall: Hall, act: Callable[..., object], who: set[str]
) -> None:
    """The cell answers a word, the office may do so for it; the body above answers an appeal."""
    (proposed if act is actions.say_word else decided)(hall)
    person = hall.people[2]
    act(hall.rating(person), text="Xin xem lại", by=hall.member(person))
    clients = {"secretary": client_of(hall.people[0]), "office": office_client(hall)}
    for page in (hall.rating(person).get_absolute_url(), hall.review.get_absolute_url()):
        shown = {name for name, client in clients.items() if client.get(page).context["questions"]}
        assert shown == who
        links = re.findall(r'href="(/[^"]*/tra-loi/\d+/)"', clients["office"].get(page).content.decode())
        assert [clients[name].get(link).status_code for link in links for name in sorted(who)] == [200] * len(
            who
        )


def test_out_of_scope_and_not_there_answer_alike(hall: Hall) -> None:
    sister = make_hall()
    make_user(sister.people[0])
    client = client_of(sister.people[0])
    for name, pk in (
        ("reviews:round", hall.round.pk),
        ("reviews:cell", hall.review.pk),
        ("reviews:rating", hall.rating(hall.people[2]).pk),
    ):
        foreign, missing = client.get(reverse(name, args=[pk])), client.get(reverse(name, args=[999_999]))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert TOKEN.sub(b"", foreign.content) == TOKEN.sub(b"", missing.content)


def test_a_round_shows_each_reader_the_cells_they_see_and_says_that_there_are_more(hall: Hall) -> None:
    other = make_cell(parent=hall.committee)
    make_post(make_member(other), other)
    actions.refresh_roll(hall.round, by=hall.office)
    page = client_of(hall.people[0]).get(hall.round.get_absolute_url()).context["page"]
    assert ([line.review.cell_id for line in page.cells], page.hidden_cells) == ([hall.cell.pk], 1)
    assert page.totals.roll == 3
    whole = office_client(hall).get(hall.round.get_absolute_url()).context["page"]
    assert ({line.review.cell_id for line in whole.cells}, whole.hidden_cells) == (
        {hall.cell.pk, other.pk},
        0,
    )
    assert whole.totals.roll == 4


def test_the_missing_are_named_and_only_those_one_sees(hall: Hall) -> None:
    answer = client_of(hall.people[0]).get(reverse("reviews:missing", args=[hall.round.pk]))
    assert {row.member_id for row in answer.context["page"].rows} == {one.pk for one in hall.people}
    decided(hall)
    answer = client_of(hall.people[0]).get(reverse("reviews:missing", args=[hall.round.pk]))
    assert answer.context["page"].rows == []


def test_everybody_with_the_same_grade_is_pointed_out_to_whoever_decides() -> None:
    hall = make_hall(people=4)
    proposed(hall)
    page = office_client(hall).get(hall.round.get_absolute_url()).context["page"]
    assert [(one.cell, one.grade, one.count) for one in page.alike] == [(hall.cell.name, "Tốt", 4)]


def test_a_page_keeps_what_was_typed_when_it_is_refused(hall: Hall) -> None:
    meet(hall)
    rating = hall.rating(hall.people[2])
    answer = client_of(hall.people[0]).post(
        rating.get_absolute_url(),
        {"viec": "phieu", "version": rating.version, "handed_out": "9", "muc-good": "9"},
    )
    assert "Đếm lại" in answer.content.decode()
    assert 'value="9"' in answer.content.decode()


def test_a_self_review_is_written_on_the_page_and_the_draft_is_kept(hall: Hall) -> None:
    person = hall.people[2]
    client, address = client_of(person), reverse("reviews:own_self_review", args=[hall.rating(person).pk])
    kept = client.post(address, {"viec": "luu", "version": "0", "strengths": "Đang viết dở"})
    assert kept.status_code == 302
    assert "Đang viết dở" in client.get(address).content.decode()
    sent = client.post(
        address,
        {"viec": "gui", "version": "1", "strengths": "Xong việc", "grade": "good", "diem-common": "28",
         "diem-results": "60"},
    )  # fmt: skip
    assert sent.status_code == 302
    paper = hall.rating(person).self_review
    assert (paper.points, paper.grade, paper.sent_on) == ({"common": 28, "results": 60}, "good", TODAY)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def pages_of(hall: Hall) -> list[int]:
    propose_best(hall)
    client, office = client_of(hall.people[0]), office_client(hall)
    for one in (client, office):
        one.get("/kiem-diem/")
    return [
        queries_of(client, hall.review.get_absolute_url()),
        queries_of(office, hall.round.get_absolute_url()),
        queries_of(client, hall.rating(hall.people[2]).get_absolute_url()),
    ]


def test_the_pages_take_as_many_queries_for_three_members_as_for_sixty() -> None:
    assert pages_of(make_hall(people=3)) == pages_of(make_hall(people=60))


def queries_of_a_decision(people: int) -> int:
    hall = make_hall(people=people)
    proposed(hall)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    review, by = hall.review, hall.above
    with CaptureQueriesContext(connection) as seen:
        actions.decide([review], decision="1-QĐ", by=by)
    return len(seen)


def test_a_decision_takes_as_many_queries_for_three_members_as_for_sixty() -> None:
    assert queries_of_a_decision(3) == queries_of_a_decision(60)


def test_the_office_decides_on_the_page_only_the_parts_it_ticks() -> None:
    hall = make_hall()
    proposed(hall)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.above)
    client, address = office_client(hall), reverse("reviews:decide", args=[hall.round.pk])
    empty = client.post(address, {"decision": "45-QĐ/ĐU"})
    assert "ít nhất một chi bộ" in empty.content.decode()
    client.post(address, {"decision": "45-QĐ/ĐU", "chi-bo": [str(hall.review.pk)]})
    assert CellReview.objects.get().stage == "decided"
    assert set(Rating.objects.values_list("decided_grade", flat=True)) == {"good"}


def test_the_rules_are_shown_with_their_sources_and_set_by_the_office_alone(hall: Hall) -> None:
    address = reverse("reviews:rules", args=[hall.committee.pk])
    office = office_client(hall)
    assert "Chưa đối chiếu" in office.get(address).content.decode()
    setting = reverse("reviews:correct", args=[hall.committee.pk, "cap.excellent.percent"])
    told = {"value": "15", "decision_number": "9-HD/ĐU", "decided_on": "01/11/2026"}
    assert client_of(hall.people[0]).post(setting, told).status_code == 404
    assert office.post(setting, told).status_code == 302
    assert "9-HD/ĐU" in office.get(address).content.decode()
    base = reverse("reviews:correct", args=[hall.committee.pk, "cap.excellent.base"])
    ticked = office.post(base, told | {"value": ["excellent", "good"]})
    assert ticked.status_code == 302
    assert "Xuất sắc và Tốt" in office.get(address).content.decode()
    assert office.post(base, told | {"value": []}).status_code == 200
    confirmed = reverse("reviews:correct", args=[hall.committee.pk, "part.common.most"])
    assert office.get(confirmed).status_code == 404
