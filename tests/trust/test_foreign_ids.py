"""Ids of others: what is not yours answers exactly as what does not exist."""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from tests.trust.addresses import names_of, patterns, values
from tests.trust.measures import measured
from tests.trust.reading import text_of
from tests.trust.test_matrix import TABLE
from tests.trust.world import CELLS, PERSONAS, World

pytestmark = pytest.mark.sqlite_is_enough

UNKNOWN = 7_777_777
ASKS_FOR_WHAT_NEVER_IS = "bí_thư_cùng"
NEVER = (0, 9_007_199_254_740_993, 999_999_999_999_999_999)
# The cells whose things each person may meet at all; everything elsewhere must not exist for them.
REACH = {
    "đảng_viên_A": {"C1"},
    "đảng_viên_B": {"C1"},
    "bí_thư_cùng": {"C1"},
    "bí_thư_khác": {"C2"},
    "đảng_ủy_cơ_sở": {"C1", "C2"},
    "văn_phòng": {"C1", "C2", "C3"},
    "kiểm_tra_có_quyết_định": {"C1", "C2", "C3"},
    "kiểm_tra_hết_hạn": set[str](),
    "quản_trị_kỹ_thuật": set[str](),
}
# Whoever looks after accounts meets them, and nothing else, in the places they look after.
LOOKED_AFTER = {"C1", "C2", "C3"}
NEXT, NARROWED = "?sau={member_id}", "?chi_bo={cell_id}&noi={organization_id}&lan={import_id}"


def test_every_person_behind_the_door_has_a_reach() -> None:
    assert set(REACH) == set(PERSONAS) - {"khách"}


@pytest.mark.parametrize("persona", sorted(REACH))
def test_what_is_not_ones_own_answers_as_what_does_not_exist(world: World, persona: str) -> None:
    client, wrong, tried = world.client(persona), [], 0
    for name, pattern in _with_ids():
        foreign = [cell for cell in CELLS if cell not in reach(persona, name)]
        unknown = _answers(client, name, pattern, world, dict.fromkeys(_ids(pattern), UNKNOWN))
        asked = [(cell, _of(world, pattern, cell)) for cell in foreign]
        if persona == ASKS_FOR_WHAT_NEVER_IS:
            asked += [(str(number), dict.fromkeys(_ids(pattern), number)) for number in NEVER]
        for what, ids in asked:
            tried += len(unknown)
            if _answers(client, name, pattern, world, ids) != unknown:
                wrong.append(f"{name} {what}")
    measured(2, "mã số của nơi khác, GET và POST", n=tried, wrong=len(wrong))
    assert wrong == []


@pytest.mark.parametrize("persona", sorted(REACH))
def test_no_list_names_a_person_from_beyond_ones_reach(world: World, persona: str) -> None:
    client = world.client(persona)
    lists = [name for name, pattern in patterns() if not names_of(pattern)]
    wrong, tried = [], 0
    for name in lists:
        for query in _queries(world, reach(persona, name)):
            page = text_of(client.get(reverse(name) + query))
            tried += 1
            wrong += [
                f"{name}{query}: {person}" for person in _beyond(world, persona, name) if person in page
            ]
    for cell in CELLS:
        for person in world.members[cell]:
            tried += 1
            page = text_of(client.get("/dang-vien/", {"tim": person.full_name}))
            hits = page.count(f">{person.full_name}<")
            if hits and cell not in REACH[persona]:
                wrong.append(f"tìm {person.full_name}")
    measured(2, "tên người ở nơi khác trong danh sách, tìm kiếm, trang sau", n=tried, wrong=len(wrong))
    assert wrong == []


def test_not_yours_takes_no_longer_than_not_there(world: World) -> None:
    """Within five milliseconds, of processor time and the quickest of fifteen: other work on the machine only adds."""
    client, gaps = world.client("bí_thư_cùng"), []
    addresses = [
        (f"/dang-vien/{world.things['member_id']['C2']}/", f"/dang-vien/{UNKNOWN}/"),
        (f"/phan-cong/{world.things['cell_id']['C2']}/{world.year}/", f"/phan-cong/{UNKNOWN}/{world.year}/"),
        (f"/to-chuc/{world.things['organization_id']['C2']}/", f"/to-chuc/{UNKNOWN}/"),
        (f"/phan-cong/viec/{world.things['duty_id']['C2']}/", f"/phan-cong/viec/{UNKNOWN}/"),
    ]
    for pair in addresses:
        rounds = [[_seconds(client, address) for address in pair] for _ in range(15)]
        theirs, unknown = (min(column) for column in zip(*rounds, strict=True))
        gaps.append(abs(theirs - unknown))
    measured(
        2, "cặp địa chỉ có chênh thời gian trên 5 ms", n=len(gaps), wrong=sum(gap > 0.005 for gap in gaps),
        note=f"lớn nhất {max(gaps) * 1000:.1f} ms",
    )  # fmt: skip
    assert max(gaps) <= 0.005


def _queries(world: World, near: set[str]) -> Iterator[str]:
    """The page as it opens, the pages that follow anybody, and the page narrowed to each foreign id in each way."""
    yield ""
    for cell in CELLS:
        ids = {name: of_cells[cell] for name, of_cells in world.things.items()}
        yield NEXT.format(**ids)
        if cell not in near:
            yield NARROWED.format(**ids)


def reach(persona: str, name: str) -> set[str]:
    """The cells whose things this person may meet on this page."""
    if persona == "quản_trị_kỹ_thuật" and name.startswith("account_pages:"):
        return LOOKED_AFTER
    return REACH[persona]


def _beyond(world: World, persona: str, name: str) -> set[str]:
    """Names of the people who must not stand on this page."""
    own = world.users[persona].member
    cells = [cell for cell in CELLS if cell not in reach(persona, name)]
    found = {member.full_name for cell in cells for member in world.members[cell]}
    return found - ({own.full_name} if own else set())


def _seconds(client: Client, address: str) -> float:
    began = time.process_time()
    client.get(address)
    return time.process_time() - began


def _with_ids() -> list[tuple[str, URLPattern]]:
    return [(name, pattern) for name, pattern in patterns() if _ids(pattern)]


def _ids(pattern: URLPattern) -> list[str]:
    return [name for name in names_of(pattern) if name.endswith("_id")]


def _of(world: World, pattern: URLPattern, cell: str) -> dict[str, int]:
    return {name: world.things[name][cell] for name in _ids(pattern)}


def _answers(
    client: Client, name: str, pattern: URLPattern, world: World, ids: dict[str, int]
) -> list[tuple[int, str]]:
    """Status and body in each way the address is entered, without the words that differ by themselves.

    The other ways are refused before any id is looked at: that is measured with the table."""
    address = reverse(name, kwargs={**values(world, pattern, "C1"), **ids})
    found = []
    for method in sorted({"GET", "POST"} & set(TABLE[name][0])):
        with transaction.atomic():
            answer = client.generic(method, address)
            found.append((answer.status_code, text_of(answer).replace(address, "")))
            transaction.set_rollback(True)
    return found
