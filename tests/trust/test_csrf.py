"""Item 16: nothing can be sent from somebody else's page."""

import pytest
from django.test import Client

from tests.trust.measures import measured
from tests.trust.visits import all_places
from tests.trust.world import World

pytestmark = pytest.mark.sqlite_is_enough

SENDERS = ("khách", "văn_phòng")
REFUSED = frozenset({403, 405})
FOREIGN: tuple[dict[str, str], ...] = (
    {},
    {"HTTP_ORIGIN": "https://ke-xau.example"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_REFERER": "https://ke-xau.example/trang"},
)


def test_no_address_accepts_a_form_without_the_token_of_its_page(world: World) -> None:
    tried = accepted = 0
    for persona in SENDERS:
        client = world.client(persona, enforce_csrf_checks=True)
        for place in all_places(world):
            for headers in FOREIGN:
                answer = client.post(place.url, {"version": 1}, secure=bool(headers), **headers)  # type: ignore[arg-type]
                tried += 1
                accepted += answer.status_code not in REFUSED
    measured(16, "Gửi biểu mẫu không có mã của trang, từ trang lạ", n=tried, wrong=accepted)
    assert accepted == 0


def test_a_token_of_ones_own_does_not_help_a_foreign_page(world: World) -> None:
    tried = accepted = 0
    client = world.client("bí_thư_cùng", enforce_csrf_checks=True)
    token = client.get("/", secure=True).context["csrf_token"]
    for place in all_places(world):
        answer = client.post(
            place.url, {"csrfmiddlewaretoken": str(token)}, secure=True, HTTP_ORIGIN="https://ke-xau.example"
        )
        tried += 1
        accepted += answer.status_code not in REFUSED
    measured(16, "Gửi biểu mẫu có mã đúng nhưng từ trang lạ", n=tried, wrong=accepted)
    assert accepted == 0


def test_a_form_of_ones_own_page_is_taken(world: World) -> None:
    """Otherwise the refusals above would prove nothing."""
    client: Client = world.client("bí_thư_cùng", enforce_csrf_checks=True)
    token = client.get("/", secure=True).context["csrf_token"]
    answer = client.post(
        "/thoat/", {"csrfmiddlewaretoken": str(token)}, secure=True, HTTP_ORIGIN="https://testserver"
    )
    assert answer.status_code == 302
