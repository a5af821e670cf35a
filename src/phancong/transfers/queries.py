"""Transfers as each side reads them: the list with the late first, the figures above it, one of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from phancong.access.actor import Actor, may_anywhere, places
from phancong.access.permissions import Permission
from phancong.members.models import Member
from phancong.members.queries import members_for
from phancong.organizations.models import Organization, in_places
from phancong.rules.working_days import working_day_after
from phancong.transfers.clocks import Clock, clock_of
from phancong.transfers.enums import ON_THE_WAY, Direction, State
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules

PAGE_ROWS = 50
PICKED = 50
OPEN, STAYING, OVER = "dang-lam", "tam-thoi", "da-xong"
VIEWS = ((OPEN, "Đang làm thủ tục"), (STAYING, "Đang tạm thời"), (OVER, "Đã xong"))


@dataclass(frozen=True, slots=True)
class Wanted:
    direction: str = ""
    view: str = OPEN


@dataclass(frozen=True, slots=True)
class Line:
    row: Transfer
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class TransferPage:
    lines: list[Line]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    under_way: int
    late: int
    staying: int
    this_year: int


def transfers_for(actor: Actor, *, direction: str = "") -> QuerySet[Transfer]:
    """Those that the actor's places send or receive."""
    seen = places(actor, Permission.MEMBER_LIST)
    sent, received = in_places(seen, field="home__path"), in_places(seen, field="cell__path")
    if direction == Direction.OUT:
        return Transfer.objects.filter(sent)
    return Transfer.objects.filter(received if direction == Direction.IN else sent | received)


def transfer_for(actor: Actor, transfer_id: int) -> Transfer | None:
    return transfers_for(actor).select_related("home", "cell").filter(pk=transfer_id).first()


def filtered(actor: Actor, wanted: Wanted) -> QuerySet[Transfer]:
    """The most urgent first; what is over by the last written."""
    found = transfers_for(actor, direction=wanted.direction).select_related("home", "cell")
    if wanted.view == OVER:
        return found.filter(due_on__isnull=True).order_by("-id")
    state = (
        Q(state=State.RECEIVED, due_on__isnull=False) if wanted.view == STAYING else Q(state__in=ON_THE_WAY)
    )
    return found.filter(state).order_by("due_on", "id")


def transfer_page(actor: Actor, wanted: Wanted, *, after: int | None) -> TransferPage:
    found = filtered(actor, wanted)
    last = Transfer.objects.filter(pk=after).values_list("due_on", flat=True).first() if after else None
    if after and wanted.view == OVER:
        found = found.filter(pk__lt=after)
    elif last is not None:
        found = found.filter(Q(due_on__gt=last) | Q(due_on=last, id__gt=after))
    rows = list(found[: PAGE_ROWS + 1])
    shown = [Line(row, clock_of(row, today=actor.today)) for row in rows[:PAGE_ROWS]]
    return TransferPage(shown, rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None)


def figures_for(actor: Actor, *, direction: str = "") -> Figures:
    """One query."""
    year = actor.today.year
    under_way = Q(state__in=ON_THE_WAY)
    counted = transfers_for(actor, direction=direction).aggregate(
        under_way=Count("pk", filter=under_way),
        late=Count("pk", filter=Q(due_on__lt=actor.today)),
        staying=Count("pk", filter=Q(state=State.RECEIVED, due_on__isnull=False)),
        this_year=Count("pk", filter=Q(received_on__gte=date(year, 1, 1))),
    )
    return Figures(**counted)


def expiring_for(actor: Actor) -> tuple[int, int]:
    """Papers that are late, and that soon will be; only for those who act on them. No query for others."""
    if not may_anywhere(actor, Permission.TRANSFER_RECORD):
        return 0, 0
    seen = places(actor, Permission.TRANSFER_RECORD)
    mine = in_places(seen, field="home__path") | in_places(seen, field="cell__path")
    soon = working_day_after(actor.today, transfer_rules(actor.today).warn.value)
    counted = Transfer.objects.filter(mine, state=State.INTRODUCED).aggregate(
        late=Count("pk", filter=Q(due_on__lt=actor.today)),
        near=Count("pk", filter=Q(due_on__gte=actor.today, due_on__lte=soon)),
    )
    return counted["late"], counted["near"]


def sendable_for(actor: Actor, *, words: str = "") -> list[Member]:
    """Members whose transfer the actor may write down: a first page, or those the words find."""
    found = members_for(actor, Permission.TRANSFER_RECORD).on_roll().matching(words)
    if actor.member_id is not None:
        found = found.exclude(pk=actor.member_id)
    return list(found.select_related("cell").order_by("sort_key", "id")[:PICKED])


def sendable(actor: Actor, member_id: int) -> Member | None:
    """Nobody writes down their own."""
    if actor.member_id == member_id:
        return None
    found = members_for(actor, Permission.TRANSFER_RECORD).on_roll().filter(pk=member_id)
    return found.select_related("cell").first()


def open_transfer_of(member: Member) -> Transfer | None:
    return Transfer.objects.filter(member=member, due_on__isnull=False).first()


def receiving_cells_for(actor: Actor) -> QuerySet[Organization]:
    """Cells for which the actor may write down who comes in from outside."""
    cells = Organization.objects.active().cells()
    entered = in_places(places(actor, Permission.MEMBER_IMPORT), field="path")
    kept = in_places(places(actor, Permission.TRANSFER_RECORD), field="path")
    return cells.filter(entered).filter(kept).order_by("sort_key", "id")


def cells_page(cells: QuerySet[Organization], *, after: int | None) -> tuple[list[Organization], int | None]:
    """One page of cells by name, behind the cell `after`."""
    last = Organization.objects.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if after and last is not None:
        cells = cells.filter(Q(sort_key__gt=last) | Q(sort_key=last, id__gt=after))
    rows = list(cells[: PAGE_ROWS + 1])
    return rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None
