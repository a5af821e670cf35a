"""A cell's part of a round: who has what, the meeting, passing it on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import act, actor_of, found, version_of
from phancong.common.refusal import Refused
from phancong.reviews import actions, policies
from phancong.reviews.collective import body_of
from phancong.reviews.forms import (
    MeetingForm,
    PromptForm,
    ReasonForm,
)
from phancong.reviews.models import CellReview
from phancong.reviews.queries import pages
from phancong.reviews.queries.doors import review_for
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import cap_states
from phancong.reviews.views.frame import answered_by, has_a_part, rights_of, trail_of


@requires(Permission.REVIEW_SEE)
@require_safe
def cell(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    review = found(review_for(actor, review_id))
    scheme = scheme_of(review.round)
    lines = pages.member_lines(review, scheme, actor)
    own = [state for state in cap_states(review.round, scheme) if state.key[0] in _scopes(review)]
    rated = [line for line in lines if not line.rating.not_rated]
    context = {
        "review": review,
        "scheme": scheme,
        "lines": lines,
        "caps": own,
        "sent": sum(line.has_sent for line in rated),
        "rated": len(rated),
        "graded": sum(bool(line.rating.latest_grade) for line in rated),
        "questions": pages.open_questions(review, answered_by(actor, review)),
        "prompts": pages.prompts_of(review),
        "steps": pages.steps_of_part(review),
        "body": body_of(review, scheme),
        "reason_form": ReasonForm(),
        "prompt_form": PromptForm(),
        "trail": trail_of(review)[:2],
        **rights_of(actor, review),
    }
    return render(request, "reviews/cell.html", context)


def _scopes(review: CellReview) -> set[int | str]:
    return {review.cell_id, review.grassroots_id}


@requires(Permission.REVIEW_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, review_id: int) -> HttpResponse:
    """The day of the meeting and who may vote."""
    actor = actor_of(request)
    review = _written(actor, review_id)
    day = review.held_on or actor.today
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        today=actor.today,
        initial={"held_on": f"{day:%d/%m/%Y}", "method": review.method, "eligible": review.eligible},
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_meeting(review, seen=version_of(request), by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("reviews:cell", review.pk)
    context = {"review": review, "form": form, "refusal": refusal, "trail": trail_of(review)}
    return render(request, "reviews/meeting.html", context)


def _written(actor: Actor, review_id: int) -> CellReview:
    """A part that the actor writes."""
    review = found(review_for(actor, review_id))
    if not policies.may_record(actor, review.cell):
        raise Http404
    return review


@requires(Permission.REVIEW_SEE, beside="và `review_record` hoặc `review_appraise` cho từng việc")
@require_POST
def step(request: HttpRequest, review_id: int) -> HttpResponse:
    """Pass the part on, send it back, or ask the cell to speak to a matter."""
    actor = actor_of(request)
    review = found(review_for(actor, review_id))
    if not has_a_part(actor, review):
        raise Http404
    seen, what = version_of(request), request.POST.get("viec", "")
    if what == "de-nghi":
        act(
            request, lambda: actions.propose(review, seen=seen, by=actor), done="Đã gửi đề nghị lên cấp trên."
        )
    elif what == "tham-dinh":
        act(request, lambda: actions.appraise(review, seen=seen, by=actor), done="Đã ghi thẩm định xong.")
    elif what == "tra-lai":
        reason = request.POST.get("reason", "")[:300]
        act(
            request,
            lambda: actions.send_back(review, reason=reason, seen=seen, by=actor),
            done="Đã trả lại kèm lý do.",
        )
    elif what == "goi-y":
        text = request.POST.get("text", "")
        act(request, lambda: actions.prompt(review, text=text, by=actor), done="Đã gửi gợi ý kiểm điểm.")
    else:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
    return redirect("reviews:cell", review.pk)
