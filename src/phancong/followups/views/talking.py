"""Báo kết quả, Xin điều chỉnh: one question a page, kept on the server after each, sent once at the end."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import own
from phancong.common.refusal import Refused
from phancong.followups import actions, photos
from phancong.followups.enums import AskReason, EntryKind, State
from phancong.followups.models import Progress, ReportDraft
from phancong.followups.queries import draft_for, is_sent, own_work_for, title_of
from phancong.followups.terms import terms_on
from phancong.followups.work_forms import PhotoForm, TextForm
from phancong.planning.views.acting import actor_of, found

CHOICE, WORDS, WISH, PHOTO, REVIEW = "chon", "loi", "mong-muon", "anh", "xem-lai"
_RESULTS = (
    (EntryKind.DONE.value, "Đã xong", "Việc đã làm đủ như được giao."),
    (EntryKind.GOING.value, "Đang làm", "Báo cho chi bộ biết đã đến đâu."),
    (EntryKind.DIFFICULT.value, "Gặp khó", "Chi bộ sẽ trả lời, hoặc chuyển cấp trên."),
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One of the two things a member says of a duty, page after page. `choices`: value, words, hint."""

    view: str
    heading: str
    question: str
    choices: tuple[tuple[str, str, str], ...]
    steps: tuple[str, ...]
    words: str
    hint: str

    @property
    def is_ask(self) -> bool:
        return WISH in self.steps


REPORT = Talk(
    "followups:report",
    "Báo kết quả",
    "Việc này đến đâu rồi?",
    _RESULTS,
    (CHOICE, WORDS, PHOTO, REVIEW),
    "Kể bằng một câu",
    "Ví dụ: Đã vận động được 12 hộ ký cam kết.",
)
ASK = Talk(
    "followups:ask",
    "Xin điều chỉnh",
    "Vì sao đồng chí xin điều chỉnh?",
    tuple((one.value, one.label, "") for one in AskReason),
    (CHOICE, WORDS, WISH, REVIEW),
    "Kể rõ hơn bằng một câu",
    "Chỉ người theo dõi việc của chi bộ đọc được câu này.",
)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, work_id: int) -> HttpResponse:
    return _talk(request, work_id, REPORT)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, work_id: int) -> HttpResponse:
    return _talk(request, work_id, ASK)


@own
@require_safe
def draft_photo(request: HttpRequest, work_id: int) -> HttpResponse:
    """The photograph that waits to be sent, for whoever is writing the report."""
    actor = actor_of(request)
    draft = draft_for(actor, found(own_work_for(actor, work_id)))
    if draft is None or not draft.photo:
        raise Http404
    return picture(bytes(draft.photo))


def picture(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _talk(request: HttpRequest, work_id: int, talk: Talk) -> HttpResponse:
    actor = actor_of(request)
    work = found(own_work_for(actor, work_id))
    draft = _draft_of(actor, work, talk)
    step = request.GET.get("buoc", CHOICE)
    if step not in talk.steps or (step != CHOICE and draft is None and request.method != "POST"):
        return redirect(talk.view, work.pk)
    if request.method == "POST":
        return _take(request, actor, work, talk, step, draft)
    if work.state != State.RUNNING:
        messages.info(request, "Việc này đang không chờ báo cáo. Xem việc đã đến đâu bên dưới.")
        return redirect("followups:work", work.pk)
    return _show(request, work, talk, step, draft)


def _draft_of(actor: Actor, work: Progress, talk: Talk) -> ReportDraft | None:
    """What was begun of this talk; a report does not go on as a request."""
    draft = draft_for(actor, work)
    return draft if draft and (draft.kind == EntryKind.ASK) == talk.is_ask else None


def _take(
    request: HttpRequest, actor: Actor, work: Progress, talk: Talk, step: str, draft: ReportDraft | None
) -> HttpResponse:
    if step == REVIEW:
        return _send(request, actor, work, talk, draft)
    if step == CHOICE:
        return _choose(request, actor, work, talk, draft)
    if draft is None and request.POST.get("luu"):
        return HttpResponse(status=204)
    if draft is None:
        messages.error(request, "Chưa có phần đang viết của việc này. Bắt đầu từ câu hỏi đầu.")
        return redirect(talk.view, work.pk)
    if step == PHOTO:
        return _take_photo(request, actor, work, talk, draft)
    return _take_text(request, actor, work, talk, step, draft)


def _choose(
    request: HttpRequest, actor: Actor, work: Progress, talk: Talk, draft: ReportDraft | None
) -> HttpResponse:
    chosen = request.POST.get("chon", "")
    if chosen not in {value for value, _, _ in talk.choices}:
        return _show(request, work, talk, CHOICE, draft, refusal="Chọn một trong các câu trả lời bên dưới.")
    said = {"kind": EntryKind.ASK, "reason": chosen} if talk.is_ask else {"kind": chosen, "reason": ""}
    actions.save_draft(work.assignment, by=actor, **said)
    return _to(work, talk, WORDS)


def _take_text(
    request: HttpRequest, actor: Actor, work: Progress, talk: Talk, step: str, draft: ReportDraft
) -> HttpResponse:
    name = "wish" if step == WISH else "text"
    draft = actions.save_draft(work.assignment, by=actor, **{name: request.POST.get("text", "")})
    if request.POST.get("luu"):
        return HttpResponse(status=204)
    form = _text_form(talk, step, request.POST)
    if not form.is_valid():
        return _show(request, work, talk, step, draft, form=form)
    if step == WORDS and talk.is_ask:
        return _to(work, talk, WISH)
    return _to(work, talk, PHOTO if request.POST.get("toi") == PHOTO else REVIEW)


def _take_photo(
    request: HttpRequest, actor: Actor, work: Progress, talk: Talk, draft: ReportDraft
) -> HttpResponse:
    if request.POST.get("bo"):
        actions.save_draft(work.assignment, by=actor, photo=None)
        return _to(work, talk, REVIEW)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, work, talk, PHOTO, draft, form=form)
    try:
        made = photos.prepare(form.cleaned_data["photo"].read(), terms=terms_on(actor.today))
    except Refused as refused:
        form.add_error("photo", str(refused))
        return _show(request, work, talk, PHOTO, draft, form=form)
    actions.save_draft(work.assignment, by=actor, photo=made.content)
    return _to(work, talk, REVIEW)


def _send(
    request: HttpRequest, actor: Actor, work: Progress, talk: Talk, draft: ReportDraft | None
) -> HttpResponse:
    key = request.POST.get("khoa", "")
    if _is_key(key) and is_sent(work, key):
        return _sent(request, work)
    if draft is None or str(draft.key) != key:
        messages.error(request, "Phần đang viết đã đổi ở cửa sổ khác, nên chưa gửi. Xem lại rồi bấm Gửi.")
        return _to(work, talk, REVIEW) if draft else redirect(talk.view, work.pk)
    try:
        if talk.is_ask:
            actions.ask_change(
                work.assignment,
                reason=AskReason(draft.reason),
                text=draft.text,
                wish=draft.wish,
                by=actor,
                key=draft.key,
            )
        else:
            photo = photos.kept(bytes(draft.photo)) if draft.photo else None
            kind = EntryKind(draft.kind)
            actions.report(work.assignment, kind=kind, text=draft.text, photo=photo, by=actor, key=draft.key)
    except Refused as refused:
        return _show(request, work, talk, REVIEW, draft, refusal=str(refused))
    return _sent(request, work)


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _sent(request: HttpRequest, work: Progress) -> HttpResponse:
    messages.success(request, f"Đã gửi lúc {timezone.localtime():%H:%M}. Bí thư chi bộ sẽ đọc.")
    return redirect("followups:work", work.pk)


def _to(work: Progress, talk: Talk, step: str) -> HttpResponse:
    return redirect(f"{reverse(talk.view, args=[work.pk])}?buoc={step}")


def _text_form(talk: Talk, step: str, data: Any = None, **kwargs: Any) -> TextForm:
    if step == WISH:
        label, hint = "Đồng chí mong muốn thế nào?", "Ví dụ: chuyển việc nhẹ hơn, lùi hạn. Có thể để trống."
        return TextForm(data, label=label, hint=hint, needed=False, **kwargs)
    return TextForm(data, label=talk.words, hint=talk.hint, **kwargs)


def _show(
    request: HttpRequest,
    work: Progress,
    talk: Talk,
    step: str,
    draft: ReportDraft | None,
    *,
    form: Any = None,
    refusal: str = "",
) -> HttpResponse:
    if form is None and step in {WORDS, WISH} and draft:
        form = _text_form(talk, step, initial={"text": draft.wish if step == WISH else draft.text})
    elif form is None and step == PHOTO:
        form = PhotoForm()
    chosen = (draft.reason if talk.is_ask else draft.kind) if draft else ""
    context = {
        "work": work,
        "title": title_of(work.assignment.duty),
        "talk": talk,
        "step": step,
        "number": talk.steps.index(step) + 1,
        "draft": draft,
        "form": form,
        "chosen": chosen,
        "chosen_words": next((words for value, words, _ in talk.choices if value == chosen), ""),
        "refusal": refusal,
    }
    return render(request, "followups/talk.html", context)
