"""Long work: what runs, how far it is, and how it ended."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.doors import ActorRequest, own
from phancong.jobs.queries import jobs_for, status_of

SHOWN = 50
TAGS = {"waiting": "waiting", "running": "running", "done": "done", "failed": "late", "interrupted": "late"}


@own
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Work that the person gave, and work of the places they look after."""
    actor = cast("ActorRequest", request).actor
    rows = [(job, status_of(job, now=actor.now)) for job in jobs_for(actor)[:SHOWN]]
    rows_tagged = [(job, status, TAGS[status.state]) for job, status in rows]
    return render(request, "jobs/list.html", {"rows": rows_tagged, "shown": SHOWN})


@own
@require_safe
def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    job = jobs_for(actor).filter(pk=job_id).first()
    if job is None:
        raise Http404
    status = status_of(job, now=actor.now)
    context = {
        "job": job,
        "status": status,
        "tag": TAGS[status.state],
        "ended_well": status.state == "done",
        "links": job.result.get("links", []),
    }
    return render(request, "jobs/detail.html", context)
