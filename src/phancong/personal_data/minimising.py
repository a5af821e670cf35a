"""Taking away what is no longer needed of people who left, by the times the rules name."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.dates import months_before
from phancong.common.refusal import Refused
from phancong.jobs.models import Job, JobChunk
from phancong.jobs.queries import OPEN
from phancong.members.enums import ENDED
from phancong.members.models import Member, RosterImport
from phancong.personal_data.holdings import Holding, holding_of
from phancong.personal_data.packs import Retention, data_rules
from phancong.planning.models import PlanStep
from phancong.rules.model import RuleError

BATCH = 200


@dataclass(frozen=True, slots=True)
class Minimised:
    """How many people were looked at, and how many rows of each kind go or went."""

    people: int
    rows: dict[str, int]


def people_who_left(today: date) -> QuerySet[Member]:
    """Members of an ended status since so long that some rule asks something of their rows."""
    shortest = min((rule.months for rule in data_rules(today).retention), default=0)
    return _left_before(months_before(today, shortest)).order_by("pk")


def _left_before(day: date) -> QuerySet[Member]:
    """Those who ended by `day`, which is itself included, and did not come back."""
    return Member.objects.filter(
        status__in=ENDED,
        status_periods__status__in=ENDED,
        status_periods__valid_from__lte=day,
        status_periods__valid_until__isnull=True,
    )


def minimise_members(
    *, by: Actor, write: bool = False, progress: Callable[[int], None] | None = None
) -> Minimised:
    """Count what the rules ask to go; with `write` take it away. Each batch of people is one transaction."""
    if not may(by, Permission.MEMBER_CHANGE, ""):
        raise Refused("Việc này đụng đến mọi người đã rời đi. Chỉ văn phòng của toàn đảng bộ làm được.")
    people, rows, ids = 0, Counter[str](), people_who_left(by.today).values_list("pk", flat=True)
    for batch in _batches(ids.iterator(chunk_size=BATCH)):
        rows += _minimise_batch(batch, by=by, write=write)
        people += len(batch)
        if progress:
            progress(people)
    rows += _minimise_working_copies(by=by, write=write)
    return Minimised(people, dict(rows))


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch


@transaction.atomic
def _minimise_batch(ids: list[int], *, by: Actor, write: bool) -> Counter[str]:
    total: Counter[str] = Counter()
    touched: dict[int, Counter[str]] = {}
    for rule in data_rules(by.today).retention:
        gone = set(
            _left_before(months_before(by.today, rule.months)).filter(pk__in=ids).values_list("pk", flat=True)
        )
        for member in _apply(rule, gone, write=write):
            total[rule.name] += 1
            touched.setdefault(member, Counter())[rule.model] += 1
    if write:
        for member, counts in sorted(touched.items()):
            log.record(by=by, action="minimise_member", subject=f"member:{member}", detail=dict(counts))
    return total


def _apply(rule: Retention, ids: set[int], *, write: bool) -> list[int]:
    """The members whose rows the rule touches, one for each row. Rows that are empty already do not count."""
    holding = _holding(rule)
    found: list[int] = []
    for path in holding.held.member:
        rows = holding.model._default_manager.filter(**{f"{path}__in": ids})
        if rule.way == "clear":
            rows = rows.filter(_not_empty(holding, rule))
        found += rows.values_list(path, flat=True)
        if write and rule.way == "clear":
            # By key: an update of rows reached over a relation would otherwise be told by what it changes.
            keys = list(rows.values_list("pk", flat=True))
            holding.model._default_manager.filter(pk__in=keys).update(**_empty_values(holding, rule))
        elif write:
            rows.delete()
    return found


def _holding(rule: Retention) -> Holding:
    found = holding_of(rule.model)
    if found is None or not found.held.member or rule.way not in {"delete", "clear"}:
        raise RuleError(f"Mục giữ dữ liệu “{rule.name}” sai: xem lại `model` và `way`.")
    return found


def _empty_values(holding: Holding, rule: Retention) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in rule.fields:
        field: Any = holding.model._meta.get_field(name)
        values[name] = None if field.null else field.get_default()
    return values


def _not_empty(holding: Holding, rule: Retention) -> Q:
    held = Q()
    for name, value in _empty_values(holding, rule).items():
        held |= Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})
    return held


@transaction.atomic
def _minimise_working_copies(*, by: Actor, write: bool) -> Counter[str]:
    """Lists that were sent and never written, and the parts that ended jobs were cut in."""
    found: Counter[str] = Counter()
    for rule in data_rules(by.today).files:
        oldest = months_before(by.today, rule.months)
        if rule.code == "unwritten_roster":
            unwritten = RosterImport.objects.filter(
                state=RosterImport.State.PREVIEWED, created_at__date__lt=oldest
            )
            found[rule.name] = unwritten.count()
            if write:
                unwritten.update(state=RosterImport.State.CANCELLED, content=b"", summary={})
        elif rule.code == "job_parts":
            ended = Job.objects.exclude(state__in=OPEN).filter(created_at__date__lt=oldest)
            parts = JobChunk.objects.filter(job__in=ended).exclude(payload={})
            found[rule.name] = parts.count()
            if write:
                parts.update(payload={}, result=None)
        elif rule.code == "plan_steps":
            steps = PlanStep.objects.filter(at__date__lt=oldest)
            found[rule.name] = steps.count()
            if write:
                steps.delete()
        else:
            raise RuleError(f"Mục giữ dữ liệu “{rule.name}” sai: không có loại “{rule.code}”.")
    if write and any(found.values()):
        log.record(by=by, action="minimise_working_copies", subject="working_copies", detail=dict(found))
    return +found
