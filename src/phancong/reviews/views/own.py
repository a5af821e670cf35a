"""Kiểm điểm của tôi: a member's own rows. What is drafted about the member is not shown here before the decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import own
from phancong.access.requests import actor_of, found
from phancong.common.refusal import Refused
from phancong.reviews import actions
from phancong.reviews.ceiling import ceiling_of
from phancong.reviews.enums import LineKind, RoundState, Stage
from phancong.reviews.forms import WordForm
from phancong.reviews.models import Rating, SelfReview
from phancong.reviews.queries import pages
from phancong.reviews.queries.doors import own_rating_for, own_ratings_for
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.views.papers import self_review_page
from phancong.reviews.views.rating import points_of, votes_of

MOST = 30
# What the member reads of the register before the decision: their own lines and the answers to them.
_TOLD = frozenset({LineKind.PROMPT, LineKind.SELF_REVIEW, LineKind.WORD, LineKind.APPEAL, LineKind.ANSWER})


@own
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.member_id is None:
        raise Http404
    rows = [
        (row, scheme_of(row.review.round).name(row.grade) if row.grade else "")
        for row in own_ratings_for(actor)[:MOST]
    ]
    return render(request, "reviews/mine.html", {"rows": rows})


@own
@require_safe
def own_rating(request: HttpRequest, rating_id: int) -> HttpResponse:
    held = found(own_rating_for(actor_of(request), rating_id))
    return render(request, "reviews/own.html", _context(request, held) | {"form": WordForm()})


def _context(request: HttpRequest, held: Rating) -> dict[str, object]:
    actor, review = actor_of(request), held.review
    scheme = scheme_of(review.round)
    evidence = pages.evidence_for(review, [held], actor)[held.member_id]
    paper: SelfReview | None = getattr(held, "self_review", None)
    is_decided = review.stage == Stage.DECIDED
    is_open = review.round.state == RoundState.OPEN
    register = [
        (line, scheme.short_name(line.grade))
        for line in pages.lines_of(held)
        if is_decided or line.kind in _TOLD
    ]
    waits = any(line.kind == LineKind.APPEAL and not hasattr(line, "answer") for line, _ in register)
    return {
        "rating": held,
        "review": review,
        "scheme": scheme,
        "evidence": evidence,
        "ceiling": ceiling_of(scheme, pages.measured_of(evidence, paper, held), group=held.group),
        "paper": paper,
        "self_grade": scheme.name(paper.grade) if paper else "",
        "points": points_of(scheme, paper) if paper else [],
        "not_rated": scheme.reason(held.not_rated),
        "is_decided": is_decided,
        "grade": scheme.name(held.grade),
        "first_grade": scheme.name(held.decided_grade) if held.revised_grade else "",
        "votes": votes_of(scheme, held) if is_decided else [],
        "prompts": [*pages.prompts_of(review), *pages.prompts_of(review, held)],
        "register": register,
        "may_write": is_open and review.stage == Stage.IN_CELL and not held.not_rated,
        "may_say": is_open and not is_decided,
        "may_appeal": is_open and is_decided and not waits and not held.not_rated,
        "trail": [("Kiểm điểm của tôi", reverse("reviews:mine"))],
    }


@own
@require_http_methods(["GET", "HEAD", "POST"])
def own_self_review(request: HttpRequest, rating_id: int) -> HttpResponse:
    held = found(own_rating_for(actor_of(request), rating_id))
    return self_review_page(request, held, on_paper=False, back=reverse("reviews:own", args=[held.pk]))


@own
@require_POST
def say(request: HttpRequest, rating_id: int) -> HttpResponse:
    """A word before the decision, an appeal after it."""
    actor = actor_of(request)
    held = found(own_rating_for(actor, rating_id))
    form = WordForm(request.POST)
    refusal = ""
    if form.is_valid():
        speak = actions.appeal if held.review.stage == Stage.DECIDED else actions.say_word
        try:
            speak(held, text=form.cleaned_data["text"], by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã gửi. Trả lời sẽ hiện ở trang này.")
            return redirect("reviews:own", held.pk)
    context = _context(request, held) | {"form": form, "refusal": refusal}
    return render(request, "reviews/own.html", context, status=422)
