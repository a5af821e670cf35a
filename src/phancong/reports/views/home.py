"""Việc hôm nay: what needs the person now."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import may_anywhere
from phancong.access.doors import ActorRequest, own
from phancong.access.permissions import Permission
from phancong.followups.queries import own_works_for
from phancong.followups.watching import late_works_for, waiting_for
from phancong.meetings.queries import at_hand_for
from phancong.members.queries import leader_of
from phancong.oversight.queries import waiting_notes_for
from phancong.planning.opinions import plans_asking
from phancong.reports.in_charge import my_charges_for
from phancong.reports.links import plans_url
from phancong.reports.queries import (
    asked_of_office_for,
    gaps_for,
    led_cells_for,
    my_data_for,
    plans_for_many,
    running_jobs_for,
)
from phancong.transfers.queries import expiring_for


@own
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    year, looks_after_many = actor.today.year, plans_for_many(actor)
    context = {
        "today": actor.today,
        "year": year,
        "is_member": actor.member_id is not None,
        "gaps": gaps_for(actor, year=year) if looks_after_many else None,
        "led_cells": led_cells_for(actor, year=year),
        "duties": own_works_for(actor, year=year),
        "leader": leader_of(actor),
        "data_asked": asked_of_office_for(actor),
        "waiting": waiting_for(actor),
        "late": late_works_for(actor, year=year) if looks_after_many else (0, 0),
        "my_data": my_data_for(actor),
        "asking": list(plans_asking(actor)),
        "meetings": at_hand_for(actor),
        "charges": my_charges_for(actor),
        "notes": waiting_notes_for(actor),
        "papers": expiring_for(actor),
        "jobs": running_jobs_for(actor),
        "may_draft_many": may_anywhere(actor, Permission.PLAN_DRAFT_MANY),
        "plans_url": plans_url(),
    }
    return render(request, "reports/home.html", context)
