"""Two people write at the same moment: one is done, the other is told, nothing is lost."""

import pytest
from django.db import connection

from phancong.audit.log import first_broken_line
from phancong.yearbook import actions
from phancong.yearbook.actions import Given, Mark
from phancong.yearbook.models import Correction, Pledge, Remark, ResidenceContact, StudyAttendance
from tests.factories import TODAY
from tests.planning.test_two_writers import at_once
from tests.yearbook.places import YEAR, make_places, record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_of_two_first_records_of_one_contact_one_is_refused() -> None:
    places = make_places()
    assert sorted(at_once(lambda: record(places), lambda: record(places))) == ["done", "refused"]
    assert ResidenceContact.objects.count() == 1
    assert first_broken_line() is None


def test_asking_for_the_cell_twice_at_once_asks_once() -> None:
    places = make_places()
    record(places)

    def ask() -> object:
        return actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())

    assert sorted(at_once(ask, ask)) == ["done", "refused"]
    assert Remark.objects.count() == 1


def test_of_both_sides_writing_one_remark_one_is_refused() -> None:
    places = make_places()
    record(places)
    (remark,) = actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())

    def write(text: str) -> None:
        by = places.at_home() if text == "nhà" else places.at_work()
        found = Remark.objects.select_related("cell", "contact__residence_cell").get(pk=remark.pk)
        actions.write_remark(
            found, given=Given(text=text, given_by="x", given_on=TODAY), version=1, reason="x", by=by
        )

    ends = at_once(lambda: write("nhà"), lambda: write("cơ quan"))
    assert (sorted(ends), Correction.objects.count()) == (["done", "refused"], 0)


def test_a_pledge_changed_while_it_is_received_is_not_received_unseen() -> None:
    places = make_places()

    def register(content: str, version: int) -> Pledge:
        return actions.register_pledge(
            places.member, year=YEAR, content=content, registered_on=TODAY, version=version, reason="x",
            by=places.themself(),
        )  # fmt: skip

    pledge = register("Một", 0)
    ends = at_once(
        lambda: register("Hai", 1), lambda: actions.receive_pledge(pledge, version=1, by=places.at_work())
    )
    kept = Pledge.objects.get()
    assert sorted(ends) == ["done", "refused"]
    assert (kept.content, kept.received_on) in {("Hai", None), ("Một", TODAY)}


def test_of_two_pages_of_attendance_one_is_refused() -> None:
    places = make_places()
    session = actions.hold_session(
        places.work, kind="theme", title="x", documents="", held_on=TODAY, by=places.at_work()
    )

    def mark(*, is_present: bool) -> int:
        marks = {places.member.pk: Mark(is_present=is_present)}
        return actions.mark_attendance(
            session, places.work, marks=marks, version=1, reason="x", by=places.at_work()
        )

    ends = at_once(lambda: mark(is_present=True), lambda: mark(is_present=False))
    assert (sorted(ends), StudyAttendance.objects.get().version) == (["done", "refused"], 2)
