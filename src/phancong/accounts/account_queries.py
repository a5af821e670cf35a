"""Reads for the pages of accounts."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.accounts.models import Appointment, CodeApp, Passkey, User
from phancong.members.models import Member
from phancong.organizations.models import Organization, in_places

PAGE_ROWS = 50
CELLS_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account for whoever looks after accounts: no content, no rights of the person."""

    id: int
    person: str
    username: str
    place: str
    state: str
    has_second_step: bool


def accounts_for(actor: Actor, right: Permission = Permission.ACCOUNT_SEE) -> QuerySet[User]:
    """Accounts that belong where the actor has `right`; those of no member go by the roles they were given."""
    held = places(actor, right)
    given = Appointment.objects.filter(in_places(held, field="organization__path")).values("user")
    inside = Q(member__in=Member.objects.in_places(held)) | Q(member__isnull=True, pk__in=given)
    return User.objects.filter(inside)


def page_of_accounts(
    actor: Actor, *, words: str = "", cell_id: int | None = None, after: int | None = None
) -> tuple[list[AccountRow], int | None]:
    """One page in the order in which accounts were made, and the row the next page starts behind."""
    found = accounts_for(actor)
    if words.strip():
        named = Member.objects.matching(words)
        found = found.filter(Q(member__in=named) | Q(username__icontains=words.strip()))
    if cell_id is not None:
        found = found.filter(member__cell=cell_id)
    rows = list(
        found.filter(pk__gt=after or 0)
        .annotate(
            keys=Exists(Passkey.objects.filter(user=OuterRef("pk"))),
            app=Exists(CodeApp.objects.filter(user=OuterRef("pk"))),
        )
        .select_related("member__cell")
        .order_by("pk")[: PAGE_ROWS + 1]
    )
    shown = [
        AccountRow(
            user.pk, str(user), user.username, str(user.member.cell or "") if user.member else "",
            state_of(user), bool(user.keys or user.app),
        )
        for user in rows[:PAGE_ROWS]
    ]  # fmt: skip
    return shown, shown[-1].id if len(rows) > PAGE_ROWS else None


def state_of(user: User) -> str:
    if not user.is_active:
        return "Đang khóa"
    return "Đang dùng" if user.has_usable_password() or user.last_login else "Chưa kích hoạt"


def account_for(actor: Actor, user_id: int, right: Permission = Permission.ACCOUNT_SEE) -> User | None:
    return accounts_for(actor, right).select_related("member__cell").filter(pk=user_id).first()


def cells_for_cards(actor: Actor) -> list[tuple[int, str]]:
    """Cells for which the actor prints cards."""
    inside = in_places(places(actor, Permission.ACCOUNT_CARD_PRINT), field="path")
    cells = Organization.objects.active().cells().filter(inside).order_by("sort_key", "pk")
    return list(cells.values_list("pk", "name")[:CELLS_AT_MOST])


def cell_for_cards(actor: Actor, cell_id: int) -> Organization | None:
    inside = in_places(places(actor, Permission.ACCOUNT_CARD_PRINT), field="path")
    return Organization.objects.active().cells().filter(inside, pk=cell_id).first()
