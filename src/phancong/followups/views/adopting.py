"""Writing down that the cell adopted its plan, where the meeting itself was written on paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.actor import may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.forms import AdoptForm
from phancong.planning.board import board_for, plan_for
from phancong.planning.models import Plan
from phancong.planning.views.acting import actor_of, found, version_of


@requires(Permission.PLAN_ADOPT)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Everything that will be frozen, then the day and the paper; after that the plan changes only by decisions."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    if not may(actor, Permission.PLAN_ADOPT, plan.cell.path):
        raise Http404
    if plan.stage != "draft":
        messages.info(request, "Kế hoạch này đã được chi bộ thông qua.")
        return redirect("planning:board", cell_id, year)
    data = request.POST if request.method == "POST" else None
    form = AdoptForm(data, today=actor.today, initial={"adopted_on": f"{actor.today:%d/%m/%Y}"})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt(plan, version=version_of(request), by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã ghi chi bộ thông qua. Từ nay việc của từng đồng chí được theo dõi.")
            return redirect("planning:board", cell_id, year)
    # After a refusal the page shows the plan as it is now, with the version that goes with it.
    plan = Plan.objects.select_related("cell").get(pk=plan.pk)
    context = {"form": form, "plan": plan, "board": board_for(actor, plan.cell, year), "refusal": refusal}
    return render(request, "followups/adopt.html", context)
