"""A member's work over the years: what was given, what came of it, what was changed by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from phancong import rules
from phancong.followups.actions.writing import standing_of
from phancong.followups.enums import State
from phancong.members.models import Member
from phancong.planning.enums import PlanStage
from phancong.planning.models import Adjustment, Assignment
from phancong.rules.model import name_of

# What became of a piece of work, in the order of the picture and its legend.
ON_TIME, LATE_DONE, ADJUSTED, UNDER_WAY, OVERDUE, UNKNOWN = (
    "done",
    "slow",
    "adjusted",
    "running",
    "late",
    "unknown",
)
OUTCOMES = {
    ON_TIME: "Hoàn thành đúng hạn",
    LATE_DONE: "Hoàn thành sau hạn",
    ADJUSTED: "Đã điều chỉnh",
    UNDER_WAY: "Đang thực hiện",
    OVERDUE: "Quá hạn",
    UNKNOWN: "Không ghi kết quả",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One duty in one year. `changed` says how it was adjusted, in words without the reason."""

    assignment: Assignment
    title: str
    field: str
    cell: str
    outcome: str
    word: str
    due_on: date
    first_due_on: date
    done_on: date | None
    exceeded: bool
    extensions: int
    changed: tuple[str, ...]

    @property
    def is_followed(self) -> bool:
        """Whether there is a register to look into."""
        return self.outcome != UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The work of one year, and the parts of the picture: outcome, count, first and width in hundredths of the bar."""

    year: int
    works: tuple[Work, ...]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Code, words and number of each outcome that there is."""
        found = [
            (code, words, sum(one.outcome == code for one in self.works)) for code, words in OUTCOMES.items()
        ]
        return [one for one in found if one[2]]

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Code, start and width of each part of the bar, out of 1000."""
        found, begun, total = [], 0, len(self.works)
        for code, _, count in self.counts:
            end = begun + count
            start = 1000 * begun // total
            found.append((code, start, 1000 * end // total - start))
            begun = end
        return found

    @property
    def errands_only(self) -> bool:
        return not any(one.assignment.duty.is_substantive for one in self.works)


def work_history(member: Member, *, today: date) -> list[Year]:
    """The latest year first; drafts are not history. Two queries, whatever the number of years."""
    rows = (
        Assignment.objects.filter(member=member)
        .exclude(duty__plan__stage=PlanStage.DRAFT)
        .select_related("duty__plan__cell", "duty__area", "progress")
        .order_by("-duty__plan__year", "duty__number", "id")
    )
    changes = _changes(rows)
    works = [(row.duty.plan.year, _work(row, changes, today)) for row in rows]
    return [
        Year(year=year, works=tuple(work for _, work in group))
        for year, group in groupby(works, key=lambda one: one[0])
    ]


def _changes(rows: Iterable[Assignment]) -> dict[int, list[Adjustment]]:
    found: dict[int, list[Adjustment]] = {}
    own = {row.pk for row in rows}
    for one in Adjustment.objects.filter(plan__in={row.duty.plan_id for row in rows}).order_by("number"):
        for assignment in {one.ended_id, one.given_id} & own:
            found.setdefault(int(assignment or 0), []).append(one)
    return found


def _work(row: Assignment, changes: dict[int, list[Adjustment]], today: date) -> Work:
    duty, progress = row.duty, getattr(row, "progress", None)
    standing = standing_of(progress) if progress else None
    outcome = _outcome(row, today)
    return Work(
        assignment=row,
        title=f"{duty.title} – {duty.area.name}" if duty.area else duty.title,
        field=name_of(rules.on(min(today, date(duty.plan.year, 12, 31))).fields, duty.field),
        cell=duty.plan.cell.name,
        outcome=outcome,
        word=OUTCOMES[outcome],
        due_on=standing.due_on if standing else duty.due_on,
        first_due_on=standing.first_due_on if standing else duty.due_on,
        done_on=standing.done_on if standing else None,
        exceeded=bool(standing and standing.exceeded),
        extensions=standing.extensions if standing else 0,
        changed=tuple(_told(one, row) for one in changes.get(row.pk, ())),
    )


def _outcome(row: Assignment, today: date) -> str:
    progress = getattr(row, "progress", None)
    if progress is None:
        return UNKNOWN
    standing = standing_of(progress)
    if standing.state == State.ENDED:
        return ADJUSTED
    if standing.state == State.DONE:
        return ON_TIME if standing.was_on_time else LATE_DONE
    return OVERDUE if standing.is_late(today) else UNDER_WAY


def _told(change: Adjustment, row: Assignment) -> str:
    day, basis = f"{change.decided_on:%d/%m/%Y}", change.basis
    if change.ended_id == row.pk:
        return f"Thôi giao ngày {day}, theo {basis}"
    return f"Giao trong năm, ngày {day}, theo {basis}"
