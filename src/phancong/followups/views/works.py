"""Việc của tôi, the page of one piece of work, its photographs, the slip to print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong import rules
from phancong.access.actor import Actor, may
from phancong.access.doors import own
from phancong.access.permissions import Permission
from phancong.followups.chain import chain_of
from phancong.followups.enums import State
from phancong.followups.models import Progress
from phancong.followups.queries import (
    is_own,
    may_direct,
    own_works_for,
    photo_for,
    state_words,
    title_of,
    work_for,
)
from phancong.followups.views.talking import picture
from phancong.followups.work_forms import AnswerForm, JudgeForm, NoteForm
from phancong.members.queries import leader_of
from phancong.planning.views.acting import actor_of, found
from phancong.rules.model import name_of


@own
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    year = actor.today.year
    works = own_works_for(actor, year=year)
    context = {
        "year": year,
        "works": works,
        "open_works": [one for one in works if not one.is_over],
        "over_works": [one for one in works if one.is_over],
        "member_id": actor.member_id,
        "leader": "" if works else leader_of(actor),
    }
    return render(request, "followups/mine.html", context)


@own
@require_safe
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    """One piece of work: for the member it was given to, and for those who follow the cell's work."""
    actor = actor_of(request)
    return show_work(request, actor, found(work_for(actor, work_id)))


def show_work(
    request: HttpRequest,
    actor: Actor,
    shown: Progress,
    *,
    refusal: str = "",
    judge: JudgeForm | None = None,
    note: NoteForm | None = None,
    answer: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    """The page; what was typed in one of its forms stays there after a refusal."""
    duty, directs = shown.assignment.duty, may_direct(actor, shown)
    links = chain_of(shown)
    word, kind = state_words(shown, actor.today)
    answered_id, answering = answer or (0, None)
    open_matters = [one.matter for one in links if one.matter and one.matter.answered_on is None]
    context: dict[str, Any] = {
        "work": shown,
        "duty": duty,
        "title": title_of(duty),
        "field": name_of(rules.on(actor.today).fields, duty.field),
        "word": word,
        "kind": kind,
        "days_left": (shown.due_on - actor.today).days,
        "links": links,
        "seen": max((one.entry.pk for one in links if one.entry), default=0),
        "is_own": is_own(actor, shown),
        "may_direct": directs,
        "may_follow": may(actor, Permission.WORK_SEE, shown.cell.path),
        "may_adjust": directs and may(actor, Permission.PLAN_ADJUST, shown.cell.path),
        "is_running": shown.state == State.RUNNING,
        "is_awaiting": shown.state == State.AWAITING,
        "is_ended": shown.state == State.ENDED,
        "judge": judge or JudgeForm(),
        "note": note or NoteForm(prefix="them"),
        "matters": [
            (one, answering if one.pk == answered_id and answering else AnswerForm(prefix=f"m{one.pk}"))
            for one in open_matters
            if not is_own(actor, shown) and may(actor, Permission.WORK_DIRECT, one.holder.path)
        ],
        "waiting": open_matters,
        "refusal": refusal,
    }
    return render(request, "followups/work.html", context)


@own
@require_safe
def photo(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The photograph of a report, for those who may see the piece of work."""
    return picture(bytes(found(photo_for(actor_of(request), entry_id)).content))
