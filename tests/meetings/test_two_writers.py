"""Two people change one meeting at the same moment: one wins, the other is told, nothing is lost."""

from datetime import time

import pytest
from django.db import connection

from phancong.audit.log import first_broken_line
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind, State
from phancong.meetings.models import AgendaItem, Meeting, NumberSeries, SignedMinutes, Vote
from tests.factories import make_cell
from tests.meetings.rooms import begun, call_of, first_item, item_of, people_of, tally, writer
from tests.planning.test_two_writers import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_two_meetings_that_begin_at_once_take_two_numbers_without_a_gap() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    called = [actions.plan_meeting(cell, call=call_of(people), by=by) for _ in range(2)]
    ends = at_once(*(lambda one=one: actions.hold(one, version=1, by=by) for one in called))
    assert ends == ["done", "done"]
    assert set(Meeting.objects.values_list("number", flat=True)) == {1, 2}
    assert NumberSeries.objects.get().next_number == 3
    assert first_broken_line() is None


def test_a_meeting_begins_once() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    called = actions.plan_meeting(cell, call=call_of(people), by=by)
    ends = at_once(*[lambda: actions.hold(Meeting.objects.get(pk=called.pk), version=1, by=by)] * 2)
    assert sorted(ends) == ["done", "refused"]
    assert NumberSeries.objects.get().next_number == 2


def test_of_two_who_save_one_item_the_second_is_shown_the_first() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    item = first_item(begun(cell, people, by=by))
    ends = at_once(
        *(
            lambda words=words: actions.save_text(item, discussion=words, summary="", version=1, by=by)
            for words in ("một", "hai")
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert AgendaItem.objects.get(pk=item.pk).version == 2


def test_two_items_are_written_at_the_same_time() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    meeting = begun(cell, people, by=by)
    both = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting__cell")[:2])
    ends = at_once(
        *(
            lambda item=item: actions.save_text(item, discussion="x", summary="", version=1, by=by)
            for item in both
        )
    )
    assert ends == ["done", "done"]


def test_of_two_tallies_from_the_same_page_one_is_refused() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    meeting = begun(cell, people, by=by)
    item, seen = item_of(meeting, ItemKind.RESOLUTION), meeting.version
    ends = at_once(
        *(
            lambda count=count: actions.record_vote(item, tally=tally(count), version=seen, by=by)
            for count in (2, 3)
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert Vote.objects.count() == 1


def test_minutes_are_signed_once_and_never_while_they_change() -> None:
    cell = make_cell()
    people, by = people_of(cell), writer(cell)
    meeting = begun(cell, people, by=by)
    actions.read_back(meeting, ends_at=time(21, 0), version=meeting.version, by=by)
    seen = meeting.version
    ends = at_once(
        lambda: actions.sign(Meeting.objects.get(pk=meeting.pk), version=seen, by=by),
        lambda: actions.sign(Meeting.objects.get(pk=meeting.pk), version=seen, by=by),
        lambda: actions.reopen(Meeting.objects.get(pk=meeting.pk), version=seen, by=by),
    )
    assert sorted(ends) == ["done", "refused", "refused"]
    signed = SignedMinutes.objects.count()
    assert (Meeting.objects.get().state, signed) in ((State.SIGNED, 1), (State.HELD, 0))
    assert first_broken_line() is None
