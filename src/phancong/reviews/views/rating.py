"""One member in a cell's part, seen by whoever writes, appraises or reads it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found, version_of
from phancong.common.refusal import Refused
from phancong.reviews import actions
from phancong.reviews.ceiling import ceiling_of
from phancong.reviews.forms import (
    CompleteForm,
    GradeForm,
    NotRatedForm,
    PromptForm,
    RemarkForm,
    TallyForm,
)
from phancong.reviews.models import Rating, SelfReview
from phancong.reviews.queries import pages
from phancong.reviews.queries.doors import rating_for
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import Scheme
from phancong.reviews.views.frame import answered_by, has_a_part, note_reading, rights_of, trail_of


@requires(Permission.REVIEW_SEE, beside="và `review_record` hoặc `review_appraise` cho từng việc")
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, rating_id: int) -> HttpResponse:
    """One member: evidence, papers, votes, grades. Each form of the page is one act, named by `viec`."""
    actor = actor_of(request)
    held = found(rating_for(actor, rating_id))
    scheme = scheme_of(held.review.round)
    forms = _forms(held, scheme, request)
    refusal, failed = "", None
    if request.method == "POST":
        what = request.POST.get("viec", "")
        if not has_a_part(actor, held.review):
            raise Http404
        form = failed = forms.get(what)
        if form is None:
            refusal = "Chưa chọn việc cần làm. Bấm một nút ở trang này."
        elif form.is_valid():
            try:
                done = _DO[what](held, form, version_of(request), actor)
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, done)
                return redirect("reviews:rating", held.pk)
    context = _rating_context(actor, held, scheme)
    if context["paper"]:
        note_reading(actor, held)
    context |= {
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "failed": failed,
        "refusal": refusal,
    }
    return render(request, "reviews/rating.html", context)


def _forms(held: Rating, scheme: Scheme, request: HttpRequest) -> dict[str, Form]:
    tally = getattr(held, "tally", None)
    told = {f"muc-{code}": count for code, count in tally.votes.items()} if tally else {}
    counted = {"handed_out": tally.handed_out, "invalid": tally.invalid} if tally else {}
    handed_out = {"handed_out": held.review.eligible} if held.review.eligible else {}

    def data(what: str) -> Any:
        return request.POST if request.method == "POST" and request.POST.get("viec") == what else None

    return {
        "nhan-xet": RemarkForm(
            data("nhan-xet"),
            initial={"text": held.committee_remark, "dues": held.dues, "mended": held.mended},
            auto_id="nhan-xet-%s",
        ),
        "phieu": TallyForm(
            data("phieu"), scheme=scheme, initial=handed_out | counted | told, auto_id="phieu-%s"
        ),
        "de-nghi": GradeForm(
            data("de-nghi"),
            scheme=scheme,
            initial={"grade": held.cell_grade, "reason": held.reason},
            auto_id="de-nghi-%s",
        ),
        "khong-xep": NotRatedForm(
            data("khong-xep"),
            scheme=scheme,
            initial={"code": held.not_rated, "reason": held.reason},
            auto_id="khong-xep-%s",
        ),
        "tham-dinh": GradeForm(
            data("tham-dinh"),
            scheme=scheme,
            initial={"grade": held.appraised_grade or held.cell_grade},
            auto_id="tham-dinh-%s",
        ),
        "bo-sung": CompleteForm(data("bo-sung"), scheme=scheme, auto_id="bo-sung-%s"),
        "goi-y": PromptForm(data("goi-y"), auto_id="goi-y-%s"),
    }


def _remark(held: Rating, form: Any, seen: int, by: Actor) -> str:
    actions.write_remark(held, seen=seen, by=by, **form.cleaned_data)
    return "Đã ghi nhận xét của chi ủy."


def _tally(held: Rating, form: Any, seen: int, by: Actor) -> str:
    told = form.cleaned_data
    actions.record_tally(
        held, votes=form.votes, handed_out=told["handed_out"], invalid=told["invalid"] or 0, seen=seen, by=by
    )
    return "Đã ghi kết quả bỏ phiếu."


def _propose(held: Rating, form: Any, seen: int, by: Actor) -> str:
    actions.propose_grade(held, seen=seen, by=by, **form.cleaned_data)
    return "Đã ghi mức chi bộ đề nghị."


def _leave_unrated(held: Rating, form: Any, seen: int, by: Actor) -> str:
    actions.leave_unrated(held, seen=seen, by=by, **form.cleaned_data)
    return "Đã ghi."


def _appraise(held: Rating, form: Any, seen: int, by: Actor) -> str:
    actions.appraise_grade(held, seen=seen, by=by, **form.cleaned_data)
    return "Đã ghi mức thẩm định."


def _complete(held: Rating, form: Any, seen: int, by: Actor) -> str:
    actions.complete(held, seen=seen, by=by, **form.cleaned_data)
    return "Đã ghi theo quyết định bổ sung."


def _prompt(held: Rating, form: Any, seen: int, by: Actor) -> str:  # noqa: ARG001 -- one of a table
    actions.prompt(held.review, rating=held, text=form.cleaned_data["text"], by=by)
    return "Đã gửi gợi ý kiểm điểm."


_DO: dict[str, Callable[[Rating, Any, int, Actor], str]] = {
    "nhan-xet": _remark,
    "phieu": _tally,
    "de-nghi": _propose,
    "khong-xep": _leave_unrated,
    "tham-dinh": _appraise,
    "bo-sung": _complete,
    "goi-y": _prompt,
}


def _rating_context(actor: Actor, held: Rating, scheme: Scheme) -> dict[str, Any]:
    review = held.review
    evidence = pages.evidence_for(review, [held], actor)[held.member_id]
    paper: SelfReview | None = getattr(held, "self_review", None)
    rights = rights_of(actor, review)
    return {
        "rating": held,
        "review": review,
        "scheme": scheme,
        "evidence": evidence,
        "ceiling": ceiling_of(scheme, pages.measured_of(evidence, paper, held), group=held.group),
        "paper": paper if paper and paper.sent_on and rights["may_read_texts"] else None,
        "paper_sent": bool(paper and paper.sent_on),
        "self_grade": scheme.name(paper.grade) if paper and paper.sent_on else "",
        "points": points_of(scheme, paper) if paper and paper.sent_on else [],
        "votes": votes_of(scheme, held),
        "grades": grades_of(scheme, held),
        "not_rated": scheme.reason(held.not_rated),
        "group": scheme.group(held.group),
        "prompts": pages.prompts_of(review, held),
        "register": [(line, scheme.short_name(line.grade)) for line in pages.lines_of(held)],
        "questions": pages.open_questions(review, answered_by(actor, review), held),
        "trail": trail_of(review),
        "may_complete": rights["may_complete"] and not held.decided_grade and not held.not_rated,
        **{name: value for name, value in rights.items() if name != "may_complete"},
    }


def points_of(scheme: Scheme, paper: SelfReview) -> list[tuple[str, int, int]]:
    """The points the member gave, part by part, with the most a part gives."""
    return [
        (part.name, paper.points[part.code], part.most) for part in scheme.parts if part.code in paper.points
    ]


def votes_of(scheme: Scheme, held: Rating) -> list[tuple[str, int, int]]:
    """Votes by grade, with the number they are counted against."""
    tally = getattr(held, "tally", None)
    if tally is None:
        return []
    return [(level.name, tally.votes.get(level.code, 0), tally.eligible) for level in scheme.best_first]


def grades_of(scheme: Scheme, held: Rating) -> list[tuple[str, str]]:
    """What each level has said so far."""
    told = (
        ("Chi bộ đề nghị", held.cell_grade),
        ("Thẩm định", held.appraised_grade),
        ("Quyết định", held.decided_grade),
        ("Sau khi xem xét lại", held.revised_grade),
    )
    return [(name, scheme.name(code)) for name, code in told if code]
