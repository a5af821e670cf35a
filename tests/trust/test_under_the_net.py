"""The second net before the whole product, on PostgreSQL: it hides nothing of one's own and shows nothing more."""

import io
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.trust.addresses import names_of, patterns, values
from tests.trust.measures import measured
from tests.trust.net import as_the_product
from tests.trust.reading import body_of, text_of
from tests.trust.test_matrix import READS, TABLE, expected, needed
from tests.trust.world import PERSONAS, World

CELLS = ("C1", "C2")
# Codes, questions and seals that are new each time stand in the answer.
BY_CHANCE = {
    "accounts:key_question", "accounts:new_key_question", "accounts:app", "account_pages:card",
    "account_pages:cell_cards", "account_pages:one_time_codes", "audit:anchors",
    "followups:calendar",
}  # fmt: skip
MOMENT = re.compile(
    r"\d{8}T\d{6}Z?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|audit\.AuditEntry:\d+"
    r"|\d{4}-\d\d-\d\dT[\d:.+]+Z?|\d\d:\d\d(:\d\d)?"
)
Request = tuple[str, str, str]
"""Name of the address, method, address."""


@pytest.fixture
def world(world: World) -> World:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has row-level security")
    return world


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_person_finds_the_same_pages_lists_figures_and_files(world: World, persona: str) -> None:
    client, wrong, sent = world.client(persona), [], needed(world)
    requests, of_table = _requests(world), _of_first_cell(world)
    with as_the_product():
        hung = {request: _answer(client, request, sent) for request in requests}
    for request, (status, words) in hung.items():
        name, method, address = request
        if status not in {404, 405}:
            if _answer(client, request, sent) != (status, words):
                wrong.append(f"{method} {name}: khác khi có lưới")
        elif address in of_table and status not in expected(name, persona, method):
            wrong.append(f"{method} {name}: {status}")
    measured(7, "trang, danh sách, số đếm, tệp khác đi khi có lưới", n=len(requests), wrong=len(wrong))
    assert wrong == []


def _requests(world: World) -> list[Request]:
    """Every address as it is read and as it is sent, with the things of two cells."""
    found = {
        (name, method, reverse(name, kwargs=values(world, pattern, cell)))
        for name, pattern in patterns()
        for method in {"GET", "POST"} & set(TABLE[name][0])
        # What is sent changes with the cell as what is read does.
        for cell in (CELLS if method == "GET" and names_of(pattern) else CELLS[:1])
    }
    return sorted(found)


def _of_first_cell(world: World) -> set[str]:
    """The table is about things of the first cell."""
    return {reverse(name, kwargs=values(world, pattern, CELLS[0])) for name, pattern in patterns()}


def _answer(client: Client, request: Request, sent: dict[str, dict[str, int]]) -> tuple[int, str]:
    """Status and words; what it wrote is taken back, so the next one finds what this one found."""
    name, method, address = request
    signed_in = SimpleCookie(client.cookies)
    with transaction.atomic():
        body = urlencode(sent.get(name, {}))
        target = f"{address}?{body}" if method in READS else address
        answer = client.generic(method, target, body, "application/x-www-form-urlencoded")
        found = answer.status_code, "" if name in BY_CHANCE else _words(answer)
        transaction.set_rollback(True)
    client.cookies = signed_in
    return found


def _words(answer: Any) -> str:
    """What a reader finds, without the moment at which a file was made."""
    body = body_of(answer)
    if body.startswith(b"%PDF"):
        told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
        return MOMENT.sub("", " ".join(told.split()))
    return MOMENT.sub("", text_of(answer, body))
