"""What came of last year's plans: most work done in time, some late or beyond what was asked, some left lying."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from phancong.access.actor import Actor
from phancong.followups.enums import EntryKind
from phancong.followups.models import Entry, Progress
from phancong.followups.standing import Standing, fold, start
from phancong.planning.models import Assignment
from phancong.sample.chance import Chance

ON_TIME, LATE, BEYOND, WAITING, LEFT = "on_time", "late", "beyond", "waiting", "left"
HOW_DONE = ((ON_TIME, 70), (BEYOND, 8), (LATE, 9), (WAITING, 3), (LEFT, 10))
SPRING, AUTUMN = (45, 150), (200, 340)
"""Days after the plan, from and until: when one says how it goes, and when it is done in time."""
JUDGED_WITHIN = 12


def write_last_year_work(given: Sequence[Assignment], *, seed: int, by: Actor) -> int:
    """Store the register of these assignments and where each stands; answers with the number of lines."""
    entries: list[Entry] = []
    works: list[Progress] = []
    for one in given:
        chance = Chance(
            seed, "work", one.duty.plan.year, one.duty.plan.cell_id, one.duty.number, one.member_id
        )
        lines = list(_lines(one, chance, by))
        entries += lines
        begun_on = one.begun_on or one.duty.due_on
        works.append(_progress(one, fold(start(first_due_on=one.duty.due_on, begun_on=begun_on), lines)))
    Progress.objects.bulk_create(works, batch_size=500)
    Entry.objects.bulk_create(entries, batch_size=500)
    return len(entries)


def _lines(given: Assignment, chance: Chance, by: Actor) -> Iterable[Entry]:
    begun, due = given.begun_on or given.duty.due_on, given.duty.due_on
    how = chance.weighted(HOW_DONE)
    if chance.happens(0.6):
        yield _line(given, EntryKind.GOING, begun + timedelta(days=chance.between(*SPRING)), by)
    if how == LEFT:
        return
    late = how == LATE
    done = due + timedelta(days=chance.between(3, 25)) if late else _in_time(begun, due, chance)
    yield _line(given, EntryKind.DONE, done, by)
    if how != WAITING:
        judged = done + timedelta(days=chance.between(1, JUDGED_WITHIN))
        yield _line(given, EntryKind.ACCEPT, judged, by, exceeded=how == BEYOND)


def _in_time(begun: date, due: date, chance: Chance) -> date:
    return min(begun + timedelta(days=chance.between(*AUTUMN)), due)


def _line(given: Assignment, kind: EntryKind, on: date, by: Actor, *, exceeded: bool = False) -> Entry:
    """Written down on its day, by the account that loads the sample."""
    return Entry(
        assignment=given,
        kind=kind,
        on=min(on, by.today),
        text="" if kind == EntryKind.ACCEPT else kind.label,
        exceeded=exceeded,
        recorded_at=by.now,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )


def _progress(given: Assignment, stands: Standing) -> Progress:
    plan = given.duty.plan
    return Progress(
        assignment=given,
        cell_id=plan.cell_id,
        member_id=given.member_id,
        year=plan.year,
        state=stands.state,
        first_due_on=stands.first_due_on,
        due_on=stands.due_on,
        begun_on=stands.begun_on,
        news_on=stands.news_on,
        said_done_on=stands.said_done_on,
        done_on=stands.done_on,
        exceeded=stands.exceeded,
        extensions=stands.extensions,
        reminders=stands.reminders,
    )
