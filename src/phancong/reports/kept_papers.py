"""Papers of organisations that ended, under their old names, as far as the actor may see them where they are kept."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.meetings.enums import State
from phancong.meetings.models import Meeting
from phancong.organizations.models import Organization, in_places
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """What one organisation left behind: adopted plans by year, signed minutes by day, the latest first."""

    organization: Organization
    plans: list[Plan]
    minutes: list[Meeting]


@dataclass(frozen=True, slots=True)
class KeptPage:
    lines: list[Kept]
    next_after: int | None


def _kept(actor: Actor, field: str) -> Q:
    """Rows whose organisation, reached by `field`, ended and is kept where the actor may see what is kept."""
    held = places(actor, Permission.KEPT_PAPERS_SEE)
    return in_places(held, field=f"{field}kept_by__path") & Q(**{f"{field}path": ""})


def kept_count(actor: Actor, keeper: Organization) -> int:
    return Organization.objects.filter(_kept(actor, ""), kept_by=keeper).count()


def kept_page(actor: Actor, keeper: Organization, *, after: int | None) -> KeptPage:
    """Organisations that ended and are kept here, the last ended first. Three queries, however many they are."""
    ended = Organization.objects.filter(_kept(actor, ""), kept_by=keeper).order_by("-dissolved_on", "-id")
    last = ended.filter(pk=after).values_list("dissolved_on", flat=True).first() if after else None
    if last is not None:
        ended = ended.filter(Q(dissolved_on__lt=last) | Q(dissolved_on=last, id__lt=after))
    rows = list(ended[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    plans = list(kept_plans_for(actor).filter(cell__in=shown).order_by("-year"))
    minutes = list(kept_minutes_for(actor).filter(cell__in=shown).order_by("-held_on", "-id"))
    lines = [
        Kept(
            one,
            [plan for plan in plans if plan.cell_id == one.pk],
            [row for row in minutes if row.cell_id == one.pk],
        )
        for one in shown
    ]
    return KeptPage(lines, shown[-1].pk if len(rows) > PAGE_ROWS else None)


def kept_plans_for(actor: Actor) -> QuerySet[Plan]:
    """Only what was adopted: a draft of a cell that is no more says nothing."""
    return (
        Plan.objects.filter(_kept(actor, "cell__"))
        .exclude(stage=PlanStage.DRAFT)
        .select_related("cell__kept_by")
    )


def kept_minutes_for(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.filter(_kept(actor, "cell__"), state=State.SIGNED).select_related("cell__kept_by")
