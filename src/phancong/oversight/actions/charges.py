"""Deciding which committee member is in charge of which organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.spans import SpanQuerySet
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.oversight import policies
from phancong.oversight.models import Charge
from phancong.planning.solving.in_charge import holders_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """A decision: for each organisation the member in charge of it, None for nobody. `seen`: see `last_charge`."""

    who: Mapping[int, int | None]
    decision_number: str
    decided_on: date
    valid_from: date
    seen: int


@transaction.atomic
def decide_charges(committee: Organization, decision: Charged, *, by: Actor) -> int:
    """End what changes and begin what is new, all from one day; how many organisations got somebody else."""
    policies.check_may_decide(committee, by=by)
    number = clean(decision.decision_number)
    policies.check_charge_decision(number, decided_on=decision.decided_on, today=by.today)
    Organization.objects.select_for_update(no_key=True).get(pk=committee.pk)
    policies.check_seen(last_charge(committee), seen=decision.seen)
    below = {one.pk: one for one in committee.children.filter(dissolved_on__isnull=True)}
    holders = {one.pk: one for one in holders_of(committee, today=decision.valid_from)}
    held = {one.organization_id: one for one in open_charges(committee).select_related("member")}
    ended = _last_ends(committee)
    acts = []
    for key, wanted in decision.who.items():
        organization = below.get(key)
        if organization is None:
            raise Refused("Có tổ chức không còn trực thuộc cấp ủy này. Tải lại trang rồi làm lại.")
        current = held.get(key)
        if (current.member_id if current else None) == wanted:
            continue
        member = _holder(wanted, holders)
        if current:
            _end(current, organization, decision.valid_from)
        if member:
            policies.check_after_earlier(organization.name, ended.get(key), day=decision.valid_from)
            _begin(committee, organization, member, decision, number)
        acts.append(_act(organization, current, member, decision))
    if not acts:
        raise Refused("Không có tổ chức nào đổi người phụ trách nên chưa ghi gì.")
    log.record_many(acts, by=by)
    return len(acts)


def last_charge(committee: Organization) -> int:
    """The last row written for the committee, so that a page shows that somebody was faster; 0: none."""
    found: int | None = (
        Charge.objects.filter(committee=committee).order_by("-id").values_list("id", flat=True).first()
    )
    return found or 0


def open_charges(committee: Organization) -> SpanQuerySet:
    """Rows without an end, those that begin in the future among them."""
    return Charge.objects.filter(committee=committee, valid_until__isnull=True)


def _last_ends(committee: Organization) -> dict[int, date]:
    """By organisation, the day from which the last that ended no longer holds."""
    rows = Charge.objects.filter(committee=committee, valid_until__isnull=False).order_by()
    return dict(
        rows.values("organization").annotate(last=Max("valid_until")).values_list("organization", "last")
    )


def _holder(member_id: int | None, holders: Mapping[int, Member]) -> Member | None:
    if member_id is None:
        return None
    if member_id not in holders:
        raise Refused(
            "Có đồng chí không giữ chức vụ trong cấp ủy vào ngày hiệu lực. Chọn đồng chí khác hoặc ngày khác."
        )
    return holders[member_id]


def _end(current: Charge, organization: Organization, day: date) -> None:
    if current.valid_from >= day:
        raise Refused(
            f"{organization.name}: đ/c {current.member.full_name} phụ trách từ ngày {current.valid_from:%d/%m/%Y}. "
            "Chọn ngày hiệu lực sau ngày ấy."
        )
    current.valid_until = day
    current.save(update_fields=["valid_until"])


def _begin(
    committee: Organization, organization: Organization, member: Member, decision: Charged, number: str
) -> None:
    Charge.objects.create(
        committee=committee,
        organization=organization,
        member=member,
        decision_number=number,
        decided_on=decision.decided_on,
        valid_from=decision.valid_from,
    )


def _act(
    organization: Organization, before: Charge | None, member: Member | None, decision: Charged
) -> log.Act:
    return log.Act(
        action="decide_charge",
        subject=f"organization:{organization.pk}",
        place=organization.path,
        detail={
            "before": before.member_id if before else None,
            "after": member.pk if member else None,
            "valid_from": decision.valid_from.isoformat(),
        },
        right=Permission.CHARGE_DECIDE,
    )
