"""The self-review as it is written, and answers to what members say."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found, version_of
from phancong.common.refusal import Refused
from phancong.reviews import actions, policies
from phancong.reviews.enums import LineKind
from phancong.reviews.forms import (
    AnswerForm,
    SelfReviewForm,
)
from phancong.reviews.models import Rating, SelfReview
from phancong.reviews.queries import pages
from phancong.reviews.queries.doors import question_for, rating_for
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.views.frame import trail_of


@requires(Permission.REVIEW_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, rating_id: int) -> HttpResponse:
    """Typing in the self-review of a member who wrote it by hand."""
    actor = actor_of(request)
    held = found(rating_for(actor, rating_id))
    if not policies.may_record(actor, held.review.cell) or not policies.may_read_texts(
        actor, held.review.cell
    ):
        raise Http404
    return self_review_page(request, held, on_paper=True, back=held.get_absolute_url())


def self_review_page(request: HttpRequest, held: Rating, *, on_paper: bool, back: str) -> HttpResponse:
    """The form of the self-review, for the member or for whoever types in their paper."""
    actor, scheme = actor_of(request), scheme_of(held.review.round)
    written: SelfReview | None = getattr(held, "self_review", None)
    send = request.POST.get("viec") != "luu"
    form = SelfReviewForm(
        request.POST if request.method == "POST" else None,
        scheme=scheme,
        must=send,
        initial=_written_initial(written),
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        words = {name: told[name].strip() for name in ("strengths", "shortcomings", "earlier", "remedy")}
        try:
            actions.save_self_review(
                held,
                written=actions.Written(grade=told["grade"], points=form.points, **words),
                send=send,
                seen=version_of(request),
                on_paper=on_paper,
                by=actor,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã gửi bản tự kiểm điểm." if send else "Đã lưu, chưa gửi.")
            return redirect(back)
    evidence = pages.evidence_for(held.review, [held], actor)[held.member_id]
    context = {
        "rating": held,
        "review": held.review,
        "scheme": scheme,
        "form": form,
        "refusal": refusal,
        "on_paper": on_paper,
        "back": back,
        "seen": written.version if written else 0,
        "evidence": evidence,
        "group": scheme.group(held.group),
        "prompts": [*pages.prompts_of(held.review), *pages.prompts_of(held.review, held)],
    }
    return render(request, "reviews/self_review.html", context)


def _written_initial(written: SelfReview | None) -> dict[str, Any]:
    if written is None:
        return {}
    told = {
        name: getattr(written, name) for name in ("strengths", "shortcomings", "earlier", "remedy", "grade")
    }
    return told | {f"diem-{code}": points for code, points in written.points.items()}


@requires(Permission.REVIEW_SEE, beside="và `review_record`, với đề nghị xem xét lại là `review_appraise`")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, line_id: int) -> HttpResponse:
    """Answering a word or an appeal of a member."""
    actor = actor_of(request)
    line = found(question_for(actor, line_id))
    held = line.rating
    if held is None:
        raise Http404
    is_appeal = line.kind == LineKind.APPEAL
    entitled = policies.may_judge if is_appeal else policies.may_record
    if not entitled(actor, held.review.cell):
        raise Http404
    scheme = scheme_of(held.review.round)
    form = AnswerForm(request.POST if request.method == "POST" else None, scheme=scheme, is_appeal=is_appeal)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = {"grade": "", "basis": "", **form.cleaned_data}
        try:
            actions.answer(line, by=actor, **told)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã ghi trả lời.")
            return redirect("reviews:rating", held.pk)
    context = {
        "line": line,
        "rating": held,
        "is_appeal": is_appeal,
        "form": form,
        "refusal": refusal,
        "trail": trail_of(held.review),
    }
    return render(request, "reviews/answer.html", context)
