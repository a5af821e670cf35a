"""A draft becomes a decision: carried out today, or on its day; and taken back while nothing depends on it."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.following import follow_reorganization
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.organizations.placing import lock_the_tree
from phancong.reorganizations import policies
from phancong.reorganizations.actions.drafting import held
from phancong.reorganizations.actions.recording import record
from phancong.reorganizations.carrying import Outcome, carry_out
from phancong.reorganizations.enums import State
from phancong.reorganizations.footprint import changes, check_untouched, put_back
from phancong.reorganizations.models import Reorganization, Trace
from phancong.reorganizations.preview import Counts, closing, preview_of, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    decision_number: str
    decided_on: date
    seen: int


@transaction.atomic
def decide(one: Reorganization, decision: Decided, *, by: Actor) -> Reorganization:
    """Carried out at once, or kept until its day; a decision that could not be carried out is not kept."""
    number = clean(decision.decision_number)
    one = held(one, seen=decision.seen, by=by)
    policies.check_decision(
        number, decided_on=decision.decided_on, effective_on=one.effective_on, today=by.today
    )
    steps = list(one.steps.all())
    if not steps and not one.placements.exists():
        raise Refused("Phương án chưa có dòng nào. Thêm việc cần làm, hoặc nhập từ tệp Excel.")
    policies.check_within(one, steps, set(one.placements.values_list("target", flat=True)), by=by)
    policies.check_nothing_twice(steps)
    one.decision_number, one.decided_on = number, decision.decided_on
    if one.effective_on > by.today:
        refusal = preview_of(one, by=by).refusal
        if refusal:
            raise Refused(refusal)
        one.state = State.WAITING
        one.save(update_fields=["decision_number", "decided_on", "state"])
        record("decide_reorganization", one, by=by, effective_on=one.effective_on.isoformat())
        return one
    _carry_out(one, by=by)
    return one


def _carry_out(one: Reorganization, *, by: Actor) -> None:
    with seeing(EVERYTHING):
        every = set(Organization.objects.in_subtree(one.committee.path).values_list("pk", flat=True))
        before = state_of(every, today=by.today)
        outcome = carry_out(one, by=by)
        after = state_of(every | outcome.organizations | outcome.created, today=by.today)
        if not closing(before.total, after.total):
            raise Refused(_does_not_close(before.total, after.total))
        one.keeper = _keeper(one)
        one.state, one.done_on, one.hindrance = State.DONE, by.today, ""
        one.figures = [asdict(before.total), asdict(after.total)]
        one.save()
        _keep_traces(one, outcome)
        record(
            "carry_out_reorganization", one, by=by, lines=one.steps.count(), rows=one.traces.count(),
            effective_on=one.effective_on.isoformat(),
        )  # fmt: skip


def _does_not_close(before: Counts, after: Counts) -> str:
    return (
        f"Số liệu không khớp: trước có {before.members} đảng viên, {before.areas} thôn, tổ; sau có {after.members} "
        f"đảng viên, {after.areas} thôn, tổ. Chưa ghi gì. Xem lại các dòng của phương án."
    )


def _keeper(one: Reorganization) -> Organization:
    """Who keeps the papers: the committee, or where its office goes when it ends."""
    committee: Organization = Organization.objects.get(pk=one.committee_id)
    if committee.path:
        return committee
    keeper = Organization.objects.active().filter(code=one.keeper_code).first()
    if keeper is None:
        raise Refused(
            f"{committee.name} kết thúc theo phương án này. Ghi mã tổ chức mà văn phòng và hồ sơ chuyển về."
        )
    return keeper


def _keep_traces(one: Reorganization, outcome: Outcome) -> None:
    Trace.objects.bulk_create(
        (
            Trace(reorganization=one, table=table, row=row, before=before, after=after)
            for table, row, before, after in changes(outcome.before, outcome.after)
        ),
        batch_size=500,
    )


@transaction.atomic
def undo(one: Reorganization, *, seen: int, by: Actor) -> None:
    """Everything is again as it was, row by row; refused once something depends on it."""
    lock_the_tree()
    one = (
        Reorganization.objects.select_for_update(of=("self",))
        .select_related("committee", "keeper")
        .get(pk=one.pk)
    )
    policies.check_may_undo(one, seen=seen, by=by)
    with seeing(EVERYTHING):
        if one.state == State.DONE:
            traces = list(one.traces.values_list("table", "row", "before", "after"))
            _let_go(one)
            check_untouched(traces)
            put_back(traces)
            touched = {row for table, row, *_ in traces if table == Organization._meta.label}
            people = [row for table, row, *_ in traces if table == Member._meta.label]
            cells = Member.objects.filter(pk__in=people).values("cell")
            paths = Organization.objects.active().filter(
                pk__in=touched
            ) | Organization.objects.active().filter(pk__in=cells)
            follow_reorganization(tuple(paths.values_list("path", flat=True)))
        one.state, one.keeper, one.done_on = State.UNDONE, one.committee, None
        one.version += 1
        one.save()
        one.traces.all().delete()
        one.keeper.refresh_from_db()
        record("undo_reorganization", one, by=by)


def _let_go(one: Reorganization) -> None:
    """The reorganisation itself points to what it brought about."""
    Reorganization.objects.filter(pk=one.pk).update(keeper=one.committee)


def carry_out_due(*, by: Actor) -> tuple[int, int]:
    """Decisions whose day has come; how many were carried out, and how many could not be. Done once a day."""
    done = failed = 0
    waiting = Reorganization.objects.filter(state=State.WAITING, effective_on__lte=by.today)
    for pk in list(waiting.order_by("effective_on", "pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows = Reorganization.objects.select_for_update(of=("self",)).select_related(
                    "committee", "keeper"
                )
                one = rows.filter(pk=pk, state=State.WAITING).first()
                if one is not None:
                    one.version += 1
                    _carry_out(one, by=by)
                    done += 1
        except Refused as refused:
            Reorganization.objects.filter(pk=pk).update(hindrance=str(refused))
            failed += 1
    return done, failed
