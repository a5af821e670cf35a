"""What the level above says to an organisation: who writes, who reads, who answers; nothing said is changed."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.oversight import actions
from phancong.oversight.enums import NoteKind
from phancong.oversight.models import Note, Reply
from phancong.oversight.queries import note_page, notes_for, waiting_notes_for
from tests.factories import (
    TODAY,
    make_actor,
    make_cell,
    make_office,
    make_office_user,
    make_secretary_user,
    parent_of,
)
from tests.planning.test_two_writers import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(cell: Organization) -> Actor:
    return make_actor("office", parent_of(cell).path, name="Văn phòng đảng ủy", user_id=7)


@pytest.fixture
def leader(cell: Organization) -> Actor:
    return make_actor("secretary", cell.path, name="Bí thư", user_id=8)


@pytest.fixture
def note(cell: Organization, above: Actor) -> Note:
    return write(cell, above)


def write(cell: Organization, by: Actor, kind: NoteKind = NoteKind.PRAISE) -> Note:
    return actions.write_note(cell, kind=kind, text="Hoàn thành sớm kế hoạch.", by=by)


def answer(note: Note, by: Actor) -> Reply:
    return actions.answer_note(note, text="Chi bộ đã rõ.", by=by)


def withdraw(note: Note, by: Actor) -> Reply:
    return actions.withdraw_note(note, reason="Viết nhầm chi bộ.", by=by)


def test_a_note_carries_its_day_its_writer_and_the_level_it_came_from(note: Note, cell: Organization) -> None:
    found = (note.origin, note.written_on, note.recorded_by_name)
    assert found == (parent_of(cell), TODAY, "Văn phòng đảng ủy")
    assert AuditEntry.objects.filter(action="send_note", subject=f"note:{note.pk}").count() == 1


def test_whoever_writes_for_everything_writes_for_the_level_right_above(cell: Organization) -> None:
    assert write(cell, make_office()).origin == parent_of(cell)


def test_nobody_below_beside_or_outside_writes(
    cell: Organization, leader: Actor, colleague: Actor, sister_secretary: Actor, stranger: Actor
) -> None:
    for actor in (leader, colleague, sister_secretary, stranger):
        with pytest.raises(Refused):
            write(cell, actor)
    assert not Note.objects.exists()


def test_each_reads_the_notes_of_their_own_places(
    note: Note, sister_cell: Organization, leader: Actor, above: Actor, sister_secretary: Actor,
    colleague: Actor, stranger: Actor,
) -> None:  # fmt: skip
    other = write(sister_cell, above)
    seen = {
        "leader": {one.pk for one in notes_for(leader)},
        "above": {one.pk for one in notes_for(above)},
        "sister": {one.pk for one in notes_for(sister_secretary)},
        "colleague": {one.pk for one in notes_for(colleague)},
        "stranger": {one.pk for one in notes_for(stranger)},
    }
    assert seen == {
        "leader": {note.pk},
        "above": {note.pk, other.pk},
        "sister": {other.pk},
        "colleague": set(),
        "stranger": set(),
    }


def test_the_leader_finds_it_until_it_is_answered(note: Note, leader: Actor) -> None:
    before = waiting_notes_for(leader)
    answer(note, leader)
    assert (before, waiting_notes_for(leader)) == ([note], [])


def test_the_level_above_has_nothing_to_answer(note: Note, above: Actor) -> None:
    assert waiting_notes_for(above) == []
    with pytest.raises(Refused):
        answer(note, above)
    assert not note.replies.exists()


@pytest.mark.parametrize("reply", [answer, withdraw])
def test_it_is_answered_once_and_withdrawn_once(
    note: Note, leader: Actor, above: Actor, reply: Callable[[Note, Actor], Reply]
) -> None:
    by = leader if reply is answer else above
    reply(note, by)
    with pytest.raises(Refused):
        reply(note, by)
    assert note.replies.count() == 1


def test_what_was_withdrawn_waits_for_no_answer_and_stays_readable(
    note: Note, leader: Actor, above: Actor
) -> None:
    withdraw(note, above)
    with pytest.raises(Refused):
        answer(note, leader)
    assert (waiting_notes_for(leader), [one.text for one in notes_for(leader)]) == ([], [note.text])


def test_the_cell_does_not_withdraw_what_was_said_to_it(note: Note, leader: Actor) -> None:
    with pytest.raises(Refused):
        withdraw(note, leader)
    assert not note.replies.exists()


def test_the_database_refuses_to_change_or_remove_what_was_said(note: Note, leader: Actor) -> None:
    reply = answer(note, leader)
    for change in (
        lambda: Note.objects.filter(pk=note.pk).update(text="Khác"),
        lambda: Reply.objects.filter(pk=reply.pk).update(text="Khác"),
        lambda: Reply.objects.filter(pk=reply.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    note.refresh_from_db()
    assert note.text == "Hoàn thành sớm kế hoạch."


def test_the_list_asks_as_often_for_three_as_for_one(
    note: Note, sister_cell: Organization, above: Actor
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for one in note_page(above, place=None, waiting=False, after=None).rows:
                assert one.organization.name
                assert one.origin.name
        return len(queries)

    before = asked()
    write(sister_cell, above)
    write(make_cell(parent=sister_cell.parent), above)
    assert (before, asked()) == (1, 1)


def test_pages_go_on_without_gaps_or_doubles(
    cell: Organization, above: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [write(cell, above).pk for _ in range(5)]
    monkeypatch.setattr("phancong.oversight.queries.PAGE_ROWS", 2)
    found, after = [], None
    while True:
        page = note_page(above, place=cell, waiting=False, after=after)
        found += [one.pk for one in page.rows]
        after = page.next_after
        if after is None:
            break
    assert found == written[::-1]


def test_a_note_written_on_its_page_reaches_the_first_page_of_the_cell_and_is_answered(
    client: Client, cell: Organization
) -> None:
    client.force_login(make_office_user(parent_of(cell)))
    page = reverse("oversight:write", args=[cell.pk])
    client.post(page, {"kind": "guidance", "text": "Lập kế hoạch trước ngày 30."})
    note = Note.objects.get()
    client.force_login(make_secretary_user(cell))
    home = client.get("/").content.decode()
    client.post(reverse("oversight:note_answer", args=[note.pk]), {"tra-loi-text": "Sẽ xong trước ngày 28."})
    assert "Lập kế hoạch trước ngày 30." in home
    assert "Lập kế hoạch trước ngày 30." not in client.get("/").content.decode()
    assert "Sẽ xong trước ngày 28." in client.get(note.get_absolute_url()).content.decode()


def test_an_empty_note_says_how_to_mend_it_and_writes_nothing(client: Client, cell: Organization) -> None:
    client.force_login(make_office_user(parent_of(cell)))
    answered = client.post(reverse("oversight:write", args=[cell.pk]), {"text": ""}).content.decode()
    assert "Còn chỗ cần sửa" in answered
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_answers_at_once_one_is_refused() -> None:
    cell = make_cell()
    note = write(cell, make_actor("office", parent_of(cell).path, user_id=7))
    leader = make_actor("secretary", cell.path, user_id=8)
    assert sorted(at_once(lambda: answer(note, leader), lambda: answer(note, leader))) == ["done", "refused"]
    assert note.replies.count() == 1
