"""Việc hôm nay: what needs the person now."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import may_anywhere
from phancong.access.doors import ActorRequest, own
from phancong.access.permissions import Permission
from phancong.meetings.queries import at_hand_for
from phancong.reports.links import plans_url
from phancong.reports.queries import (
    asked_of_office_for,
    gaps_for,
    leader_of,
    led_cells_for,
    my_data_for,
    my_duties_for,
    plans_for_many,
    running_jobs_for,
)


@own
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    year = actor.today.year
    context = {
        "today": actor.today,
        "year": year,
        "is_member": actor.member_id is not None,
        "gaps": gaps_for(actor, year=year) if plans_for_many(actor) else None,
        "led_cells": led_cells_for(actor, year=year),
        "duties": my_duties_for(actor, year=year),
        "leader": leader_of(actor),
        "data_asked": asked_of_office_for(actor),
        "my_data": my_data_for(actor),
        "meetings": at_hand_for(actor),
        "jobs": running_jobs_for(actor),
        "may_draft_many": may_anywhere(actor, Permission.PLAN_DRAFT_MANY),
        "plans_url": plans_url(),
    }
    return render(request, "reports/home.html", context)
