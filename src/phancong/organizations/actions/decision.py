"""What every act on the tree has: who, by which decision, from which day; and what it leaves behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from phancong.access.actor import Actor
from phancong.audit.log import record
from phancong.common.refusal import Refused
from phancong.organizations.enums import EventKind, PartyRole
from phancong.organizations.models import EventParty, Organization, OrganizationEvent, OrganizationVersion
from phancong.organizations.policies import check_decision, check_right


class Decision(TypedDict):
    """The keyword arguments that every act on the tree takes."""

    by: Actor
    effective_on: date
    decision_number: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Reorganization:
    """An act that was done. `moved` are the topmost paths, as of now, that came to stand elsewhere: rooms above
    refresh what they copied of the tree for these subtrees."""

    event: OrganizationEvent
    moved: tuple[str, ...]


def check_decided(decision: Decision) -> None:
    check_decision(
        decision_number=decision["decision_number"],
        decided_on=decision["decided_on"],
        today=decision["by"].today,
    )


def check_may_change(organization: Organization, *, decision: Decision) -> None:
    """The actor has the right where the organisation stands now and where it stood on the effective day."""
    places = {
        version.path
        for version in OrganizationVersion.objects.filter(organization=organization).on(
            decision["effective_on"]
        )
    }
    present = Organization.objects.values_list("path", flat=True).get(pk=organization.pk)
    for place in places | {present} - {""} or {""}:
        check_right(decision["by"], place)


def check_once(organization: Organization, kind: EventKind, *, decision: Decision) -> None:
    """Two decisions of one sort from the same day would contradict each other."""
    same = organization.events.filter(
        role=PartyRole.SOURCE, event__kind=kind, event__effective_on=decision["effective_on"]
    )
    if same.exists():
        raise Refused(
            f"{organization.name} đã có quyết định {kind.label} từ ngày {decision['effective_on']:%d/%m/%Y}. "
            "Chọn ngày khác hoặc xem lại quyết định đã ghi."
        )


def note_event(
    kind: EventKind,
    *,
    decision: Decision,
    sources: Iterable[Organization] = (),
    results: Iterable[Organization] = (),
) -> OrganizationEvent:
    """Keep the decision with its parties, and the audit line last."""
    event = OrganizationEvent.objects.create(
        kind=kind,
        decision_number=decision["decision_number"].strip(),
        decided_on=decision["decided_on"],
        effective_on=decision["effective_on"],
    )
    sources, results = list(sources), list(results)
    EventParty.objects.bulk_create(
        [EventParty(event=event, organization=one, role=PartyRole.SOURCE) for one in sources]
        + [EventParty(event=event, organization=one, role=PartyRole.RESULT) for one in results]
    )
    first = (results or sources)[0]
    record(
        by=decision["by"],
        action=f"organization_{kind.value}",
        subject=f"organization:{first.pk}",
        place=Organization.objects.values_list("path", flat=True).get(pk=first.pk),
        detail={
            "event": event.pk,
            "effective_on": decision["effective_on"].isoformat(),
            "sources": [one.pk for one in sources],
            "results": [one.pk for one in results],
        },
    )
    return event
