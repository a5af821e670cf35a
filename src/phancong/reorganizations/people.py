"""What becomes of members, posts and running work when their organisations end: dated like the decision."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from phancong.accounts.models import Appointment
from phancong.common.refusal import Refused
from phancong.followups.models import Matter, Progress
from phancong.members.enums import MembershipKind
from phancong.members.following import follow_reorganization
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import Organization, OrganizationVersion
from phancong.oversight.models import Charge
from phancong.secondments.enums import State as SecondmentState
from phancong.secondments.models import Secondment
from phancong.transfers.models import Transfer
from phancong.yearbook.models import ResidenceContact

SHOWN = 3


def lasting(day: date) -> Q:
    """Spans that hold on `day` or on some later day."""
    return Q(valid_until__isnull=True) | Q(valid_until__gt=day)


def touched_members(cells: Collection[int], day: date) -> set[int]:
    """Members in one of these cells on `day` or later, officially or for a time."""
    found = Membership.objects.filter(lasting(day), cell__in=cells)
    return set(found.values_list("member", flat=True))


def rehome(targets: Mapping[int, Organization], day: date, *, number: str) -> None:
    """Each member (by id) is in the given cell from `day`, instead of the one they were in on that day."""
    rows = Membership.objects.filter(
        lasting(day), member__in=list(targets), kind=MembershipKind.OFFICIAL
    ).order_by("member", "valid_from")
    first: dict[int, int] = {}
    chosen = []
    for row in rows:
        left = first.setdefault(row.member_id, row.cell_id)
        if row.cell_id == left:
            chosen.append((row, targets[row.member_id]))
    _repoint(chosen, day, number=number)


def hand_over_members(sources: Collection[int], into: Organization, day: date, *, number: str) -> None:
    """Everybody of cells that are merged goes along, those who are there for a time too."""
    rows = Membership.objects.filter(lasting(day), cell__in=sources).order_by("member", "valid_from")
    chosen = [(row, into) for row in rows if row.kind == MembershipKind.OFFICIAL]
    _repoint(chosen, day, number=number)
    own = Membership.objects.filter(lasting(day), cell=into, kind=MembershipKind.OFFICIAL)
    at_home = set(own.values_list("member", flat=True))
    temporary = [row for row in rows if row.kind != MembershipKind.OFFICIAL]
    _repoint([(row, into) for row in temporary if row.member_id not in at_home], day, number=number)
    _end(Membership.objects.filter(pk__in=[row.pk for row in temporary if row.member_id in at_home]), day)
    # Who was here for a time from one of the sources is at home now.
    both = Membership.objects.filter(lasting(day), cell=into, kind=MembershipKind.TEMPORARY)
    _end(both.filter(member__in=at_home), day)


def _repoint(rows: list[tuple[Membership, Organization]], day: date, *, number: str) -> None:
    later, new, ended = [], [], []
    for row, cell in rows:
        if row.cell_id == cell.pk:
            continue
        if row.valid_from >= day:
            row.cell = cell
            later.append(row)
            continue
        new.append(
            Membership(
                member_id=row.member_id,
                cell=cell,
                kind=row.kind,
                valid_from=day,
                valid_until=row.valid_until,
                decision_number=number,
            )
        )
        row.valid_until = day
        ended.append(row)
    Membership.objects.bulk_update(ended, ["valid_until"], batch_size=500)
    Membership.objects.bulk_update(later, ["cell"], batch_size=500)
    Membership.objects.bulk_create(new, batch_size=500)


def _end(spans: QuerySet[Membership], day: date) -> None:
    spans.filter(valid_from__gte=day).delete()
    spans.filter(lasting(day)).update(valid_until=day)


def end_offices(ended: Collection[int], moved: Collection[int], day: date) -> None:
    """Posts, roles and charges in organisations that end stop; so do posts of members who left their cell."""
    late = Post.objects.filter(organization__in=ended, valid_from__gte=day).select_related("organization")
    if post := late.first():
        raise Refused(
            f"{post.organization.name} có chức vụ ghi từ {post.valid_from:%d/%m/%Y}, sau ngày kết thúc. "
            "Sửa chức vụ ấy trước, hoặc chọn ngày có hiệu lực sau đó."
        )
    Post.objects.filter(lasting(day), organization__in=ended).update(valid_until=day)
    left = Post.objects.filter(lasting(day), member__in=moved, organization__holds_members=True)
    for post in left.select_related("member"):
        if post.member.cell_id != post.organization_id and post.valid_from < day:
            Post.objects.filter(pk=post.pk).update(valid_until=day)
    for spans in (
        Appointment.objects.filter(organization__in=ended),
        Charge.objects.filter(Q(organization__in=ended) | Q(committee__in=ended)),
    ):
        spans.filter(lasting(day), valid_from__lt=day).update(valid_until=day)


def carry_work_over(ended: Collection[int], heirs: Mapping[int, Organization], day: date) -> None:
    """Work of the year goes on where its member is now; what waits for an answer goes to who takes over."""
    works = list(Progress.objects.filter(cell__in=ended, year__gte=day.year).select_related("member"))
    for work in works:
        if work.member.cell_id is not None and work.member.cell_id not in ended:
            work.cell_id = work.member.cell_id
        elif work.cell_id in heirs:
            work.cell = heirs[work.cell_id]
    Progress.objects.bulk_update(works, ["cell"], batch_size=500)
    for pk, heir in heirs.items():
        Matter.objects.filter(holder=pk, answered_on__isnull=True).update(holder=heir)
        contacts = ResidenceContact.objects.filter(year__gte=day.year)
        contacts.filter(work_cell=pk).update(work_cell=heir)
        contacts.filter(residence_cell=pk).update(residence_cell=heir)


def carry_stays_over(ended: Collection[int], heirs: Mapping[int, Organization]) -> None:
    """Transfers under way and members serving elsewhere have their two sides where these are now."""
    here = Q(home__in=ended) | Q(cell__in=ended)
    moves = list(Transfer.objects.filter(here, due_on__isnull=False).select_related("member"))
    stays = list(Secondment.objects.filter(here, state=SecondmentState.SERVING).select_related("member"))
    rows: list[Transfer | Secondment] = [*moves, *stays]
    for row in rows:
        if row.home_id in ended:
            row.home_id = row.member.cell_id
        if (heir := heirs.get(row.cell_id or 0)) is not None:
            row.cell_id = heir.pk
        if row.home_id == row.cell_id:
            raise Refused(
                f"Đồng chí {row.member.full_name} đang chuyển sinh hoạt giữa hai chi bộ nay là một. "
                "Kết thúc việc chuyển ấy trước."
            )
    Transfer.objects.bulk_update(moves, ["home", "cell"])
    Secondment.objects.bulk_update(stays, ["home", "cell"])


def show_present(members: Collection[int], today: date) -> None:
    """The cell of today, and the places above it, for these members."""
    homes: dict[int, list[int]] = defaultdict(list)
    present = Membership.objects.on(today).filter(member__in=members, kind=MembershipKind.OFFICIAL)
    for member, cell in present.values_list("member", "cell"):
        homes[cell].append(member)
    for cell, people in homes.items():
        Member.objects.filter(pk__in=people).update(cell=cell)
    paths = Organization.objects.active().filter(pk__in=list(homes)).values_list("path", flat=True)
    follow_reorganization(tuple(paths))


def check_everybody_has_a_cell(places: Collection[int], day: date) -> None:
    """From `day` on nobody belongs to what has ended or holds no members."""
    holding = OrganizationVersion.objects.filter(lasting(day), organization__in=places, holds_members=True)
    left = (
        Membership.objects.filter(lasting(day), kind=MembershipKind.OFFICIAL, cell__in=places)
        .exclude(cell__in=holding.values("organization"))
        .select_related("member", "cell")
        .order_by("cell", "member__sort_key")
    )
    found = list(left)
    if found:
        names = ", ".join(row.member.full_name for row in found[:SHOWN])
        more = f" và {len(found) - SHOWN} đồng chí khác" if len(found) > SHOWN else ""
        raise Refused(
            f"{found[0].cell.name}: {len(found)} đồng chí chưa có chi bộ mới ({names}{more}). "
            "Ghi chi bộ mới cho từng đồng chí ở bảng “Đảng viên”, hoặc sáp nhập chi bộ ấy vào chi bộ khác."
        )
