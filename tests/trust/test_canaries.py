"""A word of its own in every sensitive field of everybody: whoever reads it anywhere must be entitled to it."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.trust.addresses import patterns, values
from tests.trust.measures import measured
from tests.trust.reading import text_of
from tests.trust.world import CELLS, PERSONAS, World

pytestmark = pytest.mark.sqlite_is_enough

WORD = re.compile(r"kn([a-z]+)x(\d+)y")
LINK = re.compile(r'(?:href|action)="([^"#]+)')
MOST_QUERIES = 4
YEAR = re.compile(r"(?<=[/=])(?:19|20)\d\d(?=[/&]|$)")
W, E, A = "work", "exclusion", "asked"
# Why somebody did not come to a meeting: for whoever writes its minutes.
N = "absence"
# What members said of the draft: for whoever plans.
V = "opinion"
Y = {"remark", "pledge"}
# Of the review: the cell's remark and what members say, for whoever writes or judges it; their own paper for fewer.
J = {"review", "word"}
S = "selfreview"
# Why somebody is transferred, in words of their own: for whoever keeps the papers of either side.
T = "transfer"
# What each person may read without saying what for, by the cell of whom it is said. Of themselves: everything.
MAY_READ: dict[str, dict[str, set[str]]] = {
    "khách": {},
    "đảng_viên_A": {},
    "đảng_viên_B": {},
    "bí_thư_cùng": {"C1": {W, E, N, V, S, T, *Y, *J}},
    "bí_thư_khác": {"C2": {W, E, N, V, S, T, *Y, *J}},
    "đảng_ủy_cơ_sở": {"C1": {W}, "C2": {W}},
    "văn_phòng": {cell: {W, E, A, N, V, T, *J} for cell in ("C1", "C2", "C3")},
    "kiểm_tra_có_quyết_định": {cell: {W, S, *Y, *J} for cell in ("C1", "C3")},
    "kiểm_tra_hết_hạn": {},
    "quản_trị_kỹ_thuật": {},
}
# Opened with a purpose, by sending it: which restricted part of whose file.
MAY_OPEN: dict[str, dict[str, set[str]]] = {
    "bí_thư_cùng": {"C1": {"discipline"}},
    "bí_thư_khác": {"C2": {"discipline"}},
    "văn_phòng": {cell: {"discipline"} for cell in ("C1", "C2", "C3")},
    "kiểm_tra_có_quyết_định": {cell: {"discipline"} for cell in ("C1", "C3")},
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_and_files_tell_what_their_reader_may_know_and_nothing_else(world: World, persona: str) -> None:
    """That the words one may know are met shows that the crawl looks where they stand."""
    leaks, met, read = set[str](), set[tuple[str, str]](), 0
    for address, text in _crawl(world, persona):
        read += 1
        met |= set(WORD.findall(text))
        leaks |= {f"{address}: {word}" for word in _unallowed(world, persona, text, MAY_READ[persona])}
    measured(3, "trang, tệp đã đọc tìm canary", n=read, wrong=len(leaks))
    assert leaks == set()
    assert _known(world, persona) <= met


@pytest.mark.parametrize("persona", [persona for persona in PERSONAS if persona != "khách"])
def test_a_restricted_part_opens_for_a_purpose_to_the_entitled_alone(world: World, persona: str) -> None:
    client, wrong = world.client(persona), set[str]()
    opened: dict[str, set[str]] = {}
    for cell in CELLS:
        for member in world.members[cell]:
            for group in ("ly-do-rieng", "ky-luat"):
                answer = client.post(
                    f"/dang-vien/{member.pk}/rieng/{group}/", {"muc_dich": "Kiểm tra theo quyết định"}
                )
                text = text_of(answer)
                allowed = MAY_OPEN.get(persona, {})
                wrong |= _unallowed(world, persona, text, allowed, is_own_open=False)
                for found, _ in WORD.findall(text):
                    opened.setdefault(cell, set()).add(found)
    measured(3, "phần riêng mở bằng mục đích", n=2 * 4 * len(CELLS), wrong=len(wrong))
    assert wrong == set()
    assert opened == MAY_OPEN.get(persona, {})


def _known(world: World, persona: str) -> set[tuple[str, str]]:
    """A word of each part that this person may read, of somebody in each cell."""
    bearer = {E: 2}
    return {
        (group, str(world.members[cell][bearer.get(group, 1)].pk))
        for cell, groups in MAY_READ[persona].items()
        for group in groups
    }


def _crawl(world: World, persona: str) -> list[tuple[str, str]]:
    """Every page and file that can be reached by links, and every address filled in for every cell."""
    client = world.client(persona)
    queue = deque(["/"])
    for name, pattern in patterns():
        for cell in CELLS:
            queue.append(reverse(name, kwargs=values(world, pattern, cell)))
    seen: dict[str, str] = {}
    asked: Counter[str] = Counter()
    while queue:
        address = queue.popleft()
        asked[urlsplit(address).path] += address not in seen
        # The same list filtered in every way is the same list; what stands in a year stands beside this year.
        if address in seen or asked[urlsplit(address).path] > MOST_QUERIES or _is_far(address, world.year):
            continue
        seen[address] = _read(client, address)
        for link in LINK.findall(seen[address]):
            target = urlsplit(urljoin(address, link.replace("&amp;", "&")))
            if not target.netloc and not target.path.startswith("/static/"):
                queue.append(target.path + (f"?{target.query}" if target.query else ""))
    return list(seen.items())


def _is_far(address: str, year: int) -> bool:
    return any(abs(int(found) - year) > 1 for found in YEAR.findall(address))


def _read(client: Client, address: str) -> str:
    return text_of(client.get(address))


def _unallowed(
    world: World, persona: str, text: str, allowed: dict[str, set[str]], *, is_own_open: bool = True
) -> set[str]:
    own = world.users[persona].member_id if persona in world.users else None
    cell_of = {member.pk: cell for cell in CELLS for member in world.members[cell]}
    return {
        f"{group} {pk}"
        for group, pk in WORD.findall(text)
        if group not in allowed.get(cell_of[int(pk)], set()) and not (is_own_open and int(pk) == own)
    }
