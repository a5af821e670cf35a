"""The page of the log: own unit, own time, in words; the state of the chain; the anchors."""

import ast
from datetime import date, timedelta
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from phancong.access.actor import Actor, Grant
from phancong.audit.append_only import add_triggers, remove_triggers
from phancong.audit.log import Act, record, record_many
from phancong.audit.models import AuditEntry, ChainCheck
from phancong.audit.queries import LogFilter, entries_for, narrowed, page_of
from phancong.audit.wording import ACTIONS
from phancong.followups.enums import EntryKind
from phancong.organizations.enums import EventKind
from phancong.organizations.models import Organization
from phancong.reviews.enums import LineKind
from tests.factories import (
    TODAY,
    make_actor,
    make_member,
    make_office,
    make_office_user,
    make_post,
    make_user,
    moment,
)

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src" / "phancong"


@pytest.fixture(autouse=True)
def anchors(tmp_path: Path, settings: LazySettings) -> Path:
    settings.ANCHORS_DIR = tmp_path
    return tmp_path


def note(place: str, *, day: date = TODAY, action: str = "add_duty", subject: str = "plan:1") -> int:
    by = make_actor("office", "", day)
    return record(by=by, action=action, subject=subject, place=place).sequence


def seen(actor: Actor) -> set[int]:
    noted = AuditEntry.objects.filter(action__in=("add_duty", "change_duty"))
    return set(entries_for(actor).filter(pk__in=noted.values("pk")).values_list("sequence", flat=True))


def test_each_sees_the_lines_of_their_own_place(
    cell: Organization, sister_cell: Organization, secretary: Actor, colleague: Actor, stranger: Actor,
    sister_secretary: Actor,
) -> None:  # fmt: skip
    own, other, everywhere = note(cell.path), note(sister_cell.path), note("")
    inspector = make_actor("inspector", cell.parent.path if cell.parent else "")
    assert {own, other, everywhere} >= {own}
    assert (seen(secretary), seen(sister_secretary)) == ({own}, {other})
    assert seen(inspector) == {own, other}
    assert (seen(colleague), seen(stranger), seen(make_office())) == (set(), set(), set())


def test_a_grant_opens_the_log_from_its_first_day_on(cell: Organization) -> None:
    since = date(2026, 11, 1)
    before, first, later = (note(cell.path, day=since + timedelta(days=days)) for days in (-1, 0, 5))
    actor = Actor(1, None, "Bí thư", moment(), (Grant("secretary", cell.path, since),))
    assert before not in seen(actor)
    assert seen(actor) == {first, later}


def test_an_inspector_does_not_read_the_log_of_the_own_cell(
    cell: Organization, sister_cell: Organization
) -> None:
    own, other = note(cell.path), note(sister_cell.path)
    assert cell.parent is not None
    grant = Grant("inspector", cell.parent.path, date(2026, 1, 1), date(2027, 1, 1), without=cell.path)
    assert seen(Actor(1, None, "Kiểm tra", moment(), (grant,))) == {other} != {own}


def test_each_question_narrows_the_log(cell: Organization, secretary: Actor) -> None:
    old = note(cell.path, day=date(2026, 10, 1))
    other = note(cell.path, action="change_duty", subject="plan:12")
    entries = entries_for(secretary).filter(sequence__gte=old)
    found = {
        "action": LogFilter(action="change_duty"),
        "kind": LogFilter(kind="plan", number=12),
        "since": LogFilter(since=date(2026, 10, 2)),
        "nobody": LogFilter(person="không ai"),
    }
    lines = {
        name: [row.sequence for row in page_of(narrowed(entries, wanted), before=None).rows]
        for name, wanted in found.items()
    }
    assert lines == {"action": [other], "kind": [other], "since": [other], "nobody": []}
    until = page_of(narrowed(entries, LogFilter(until=date(2026, 10, 1), kind="plan")), before=None)
    assert [row.sequence for row in until.rows] == [old]


def test_pages_go_on_without_gaps_or_doubles(cell: Organization, secretary: Actor) -> None:
    record_many(
        (Act(action="add_duty", subject="plan:1", place=cell.path) for _ in range(120)), by=make_office()
    )
    entries, pages, before = entries_for(secretary), [], None
    while True:
        page = page_of(entries, before=before)
        pages.append([row.sequence for row in page.rows])
        before = page.next_before
        if before is None:
            break
    assert list(chain.from_iterable(pages)) == list(entries.values_list("sequence", flat=True))


def secretary_client(client: Client, cell: Organization) -> Client:
    member = make_member(cell)
    make_post(member, cell, since=date(2025, 8, 1))
    client.force_login(make_user(member))
    return client


def test_the_page_tells_lines_in_words_and_asks_few_questions(client: Client, cell: Organization) -> None:
    secretary_client(client, cell)
    counts = []
    for lines in (1, 2):
        record_many(
            (Act(action="give_duty", subject="plan:7", place=cell.path) for _ in range(lines)),
            by=make_actor("office", user_id=3),
        )
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/nhat-ky/")
        counts.append(len(captured))
    assert "Giao việc" in page.content.decode()
    assert "Kế hoạch 7" in page.content.decode()
    assert counts[0] == counts[1]


def test_checking_again_says_that_the_chain_is_whole(client: Client, cell: Organization) -> None:
    secretary_client(client, cell)
    assert "chưa kiểm lần nào" in client.get("/nhat-ky/").content.decode()
    assert client.post("/nhat-ky/kiem-tra/").status_code == 302
    assert "nguyên vẹn đến dòng" in client.get("/nhat-ky/").content.decode()
    assert AuditEntry.objects.filter(action="check_log").count() == 1


def test_a_broken_chain_names_the_line_and_what_to_do(client: Client, cell: Organization) -> None:
    secretary_client(client, cell)
    remove_triggers(connection)
    connection.cursor().execute("UPDATE audit_auditentry SET actor_name = 'x' WHERE sequence = 2")
    add_triggers(connection)
    client.post("/nhat-ky/kiem-tra/")
    page = client.get("/nhat-ky/").content.decode()
    assert "hỏng từ dòng 2" in page
    assert "Không sửa, không xóa gì" in page


def test_taking_the_log_away_is_a_line_of_it(client: Client, cell: Organization) -> None:
    secretary_client(client, cell)
    note(cell.path)
    answer = client.get("/nhat-ky/xuat/", {"viec": "add_duty"})
    book = load_workbook(BytesIO(answer.getvalue()))
    assert [row[4].value for row in book["Nhật ký"].iter_rows()] == ["Việc", "Thêm việc vào kế hoạch"]
    assert AuditEntry.objects.get(action="export_log").detail["count"] == 1


def test_the_office_writes_the_anchor_and_sees_it_to_print(client: Client, cell: Organization) -> None:
    assert cell.parent is not None
    client.force_login(make_office_user(cell.parent))
    assert client.post("/nhat-ky/moc-neo/").status_code == 302
    line = AuditEntry.objects.get(action="write_anchor")
    assert line.detail["hash"][:8] in client.get("/nhat-ky/moc-neo/").content.decode()


def test_who_may_not_read_the_log_does_not_find_it(client: Client, cell: Organization) -> None:
    client.force_login(make_user(make_member(cell)))
    answers = [
        client.get("/nhat-ky/"),
        client.post("/nhat-ky/kiem-tra/"),
        client.get("/nhat-ky/xuat/"),
        client.post("/nhat-ky/moc-neo/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert ChainCheck.objects.count() == 0


def _codes(tree: ast.Module) -> set[str]:
    """Codes of acts in calls: `action="…"`, a constant of the module, or the first text given to a helper."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "add_argument":
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
        if name in ("_note", "_record", "record", "_log", "_log_many"):
            given += node.args[:2]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
            elif isinstance(value, ast.Name) and isinstance(constants.get(value.id), str):
                found.add(str(constants[value.id]))
    return found


def test_every_act_has_words() -> None:
    written = {f"organization_{kind.value}" for kind in EventKind}
    written |= {f"work_{kind.value}" for kind in EntryKind}
    written |= {f"review_{kind.value}" for kind in LineKind}
    for path in SOURCE.rglob("*.py"):
        written |= _codes(ast.parse(path.read_text("utf-8")))
    assert written - set(ACTIONS) == set()
    assert set(ACTIONS) - written == set()
