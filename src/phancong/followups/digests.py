"""The digest: how much waits for somebody, in numbers. What the work is stands behind the door of the site."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from phancong.access.roles import SECRETARY
from phancong.accounts.queries import posts_by_role
from phancong.followups.enums import State
from phancong.followups.models import MailChoice, Matter, Progress
from phancong.followups.terms import terms_on
from phancong.members.models import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Own work past its day and due soon; for whoever leads a cell, reports and matters that wait for a word."""

    choice: MailChoice
    late: int
    soon: int
    waiting: int
    matters: int

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.soon or self.waiting or self.matters)


def digests_on(day: date) -> list[Digest]:
    """For everybody who asked for it and was not written to on `day`. Five queries, however many they are."""
    choices = list(
        MailChoice.objects.filter(user__is_active=True)
        .exclude(sent_on=day)
        .select_related("user")
        .order_by("pk")
    )
    members = {choice.user.member_id for choice in choices} - {None}
    own = _own_work(members, day)
    led = _led(members, day)
    cells = {cell for found in led.values() for cell in found}
    waiting, matters = _waiting(cells), _matters(cells)
    nothing: Mapping[str, int] = {"late": 0, "soon": 0}
    found = []
    for choice in choices:
        member = choice.user.member_id or 0
        mine = led.get(member, ())
        found.append(
            Digest(
                choice=choice,
                **own.get(member, nothing),
                waiting=sum(waiting[cell] for cell in mine),
                matters=sum(matters[cell] for cell in mine),
            )
        )
    return found


def _own_work(members: Iterable[int | None], day: date) -> dict[int, dict[str, int]]:
    until = day + timedelta(days=terms_on(day).soon_days)
    rows = (
        Progress.objects.filter(member__in=list(members), state=State.RUNNING, due_on__lte=until)
        .order_by()
        .values("member")
        .annotate(late=Count("pk", filter=Q(due_on__lt=day)), soon=Count("pk", filter=Q(due_on__gte=day)))
    )
    return {row["member"]: {"late": row["late"], "soon": row["soon"]} for row in rows}


def _led(members: Iterable[int | None], day: date) -> dict[int, set[int]]:
    """Organisations that each of these leads by a post."""
    codes = posts_by_role(day).get(SECRETARY.code, [])
    posts = Post.objects.on(day).filter(member__in=list(members), position__in=codes)
    found: dict[int, set[int]] = defaultdict(set)
    for member, organization in posts.filter(organization__path__gt="").values_list("member", "organization"):
        found[member].add(organization)
    return found


def _waiting(cells: Iterable[int]) -> Counter[int]:
    rows = Progress.objects.filter(cell__in=list(cells), state=State.AWAITING).order_by().values("cell")
    return Counter({row["cell"]: row["n"] for row in rows.annotate(n=Count("pk"))})


def _matters(cells: Iterable[int]) -> Counter[int]:
    rows = Matter.objects.filter(holder__in=list(cells), answered_on__isnull=True).order_by().values("holder")
    return Counter({row["holder"]: row["n"] for row in rows.annotate(n=Count("pk"))})
