"""Writing reorganisations: a new draft, its lines, the workbook, the decision, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import act, actor_of, found, number, version_of
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.reorganizations import actions, policies
from phancong.reorganizations.actions.deciding import Decided
from phancong.reorganizations.enums import State
from phancong.reorganizations.forms import DecisionForm, FileForm, PlaceForm, PrepareForm, StepForm
from phancong.reorganizations.models import Reorganization, Step
from phancong.reorganizations.queries import committees_for, member_by_words, reorganization_for
from phancong.reorganizations.views.pages import LED, kinds_of, page_of
from phancong.reorganizations.workbook import read_workbook


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    places = {place.pk: place for place in committees_for(actor) if policies.may_lead(place, by=actor)}
    found(places or None)
    committees = [(pk, place.name) for pk, place in places.items()]
    initial = {"effective_on": f"{actor.today:%d/%m/%Y}"}
    form = PrepareForm(request.POST or None, committees=committees, initial=initial)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            one = actions.prepare(
                places[int(asked["committee"])],
                title=asked["title"],
                effective_on=asked["effective_on"],
                keeper_code=asked["keeper_code"],
                by=actor,
            )
            return redirect(one)
        except Refused as refused:
            refusal = str(refused)
    return render(request, "reorganizations/prepare.html", {"form": form, "refusal": refusal})


def _led(actor: Actor, reorganization_id: int) -> Reorganization:
    one = found(reorganization_for(actor, reorganization_id))
    return found(one if policies.may_lead(one.keeper, by=actor) else None)


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_POST
def step(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    """One change of the draft: a line more or less, a member more or less, all of it given up."""
    actor = actor_of(request)
    one = _led(actor, reorganization_id)
    seen, what, key = version_of(request), request.POST.get("viec", ""), number(request.POST.get("khoa"))
    if what == "them":
        return _add(request, one, seen, actor)
    if what == "nguoi":
        return _place(request, one, seen, actor)
    if what == "bo-dong":
        act(
            request,
            lambda: actions.remove_step(one, step_id=key, seen=seen, by=actor),
            done="Đã bỏ một dòng.",
        )
    elif what == "bo-nguoi":
        act(
            request,
            lambda: actions.unplace_member(one, member_id=key, seen=seen, by=actor),
            done="Đồng chí ấy đi theo chi bộ của mình.",
        )
    elif what == "bo":
        if act(request, lambda: actions.drop(one, seen=seen, by=actor), done="Đã bỏ phương án."):
            return redirect("reorganizations:list")
    else:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
    return redirect(one)


def _add(request: HttpRequest, one: Reorganization, seen: int, actor: Actor) -> HttpResponse:
    form = StepForm(request.POST, kinds=kinds_of(one), auto_id="viec-%s")
    if not form.is_valid():
        return page_of(request, actor, one, step_form=form)
    try:
        actions.add_step(one, Step(**form.cleaned_data), seen=seen, by=actor)
    except Refused as refused:
        return page_of(request, actor, one, step_form=form, refusal=str(refused))
    messages.success(request, "Đã thêm một dòng.")
    return redirect(one)


def _place(request: HttpRequest, one: Reorganization, seen: int, actor: Actor) -> HttpResponse:
    form = PlaceForm(request.POST, auto_id="nguoi-%s")
    if not form.is_valid():
        return page_of(request, actor, one, place_form=form)
    members = member_by_words(one, form.cleaned_data["who"])
    if len(members) != 1:
        return page_of(request, actor, one, place_form=form, refusal=_not_one(members))
    target = form.cleaned_data["target"]
    try:
        actions.place_member(one, members[0], target=target, seen=seen, by=actor)
    except Refused as refused:
        return page_of(request, actor, one, place_form=form, refusal=str(refused))
    messages.success(request, f"Đã ghi chi bộ mới của đ/c {members[0].full_name}.")
    return redirect(one)


def _not_one(members: list[Member]) -> str:
    if not members:
        return "Không thấy đảng viên có họ tên hay số thẻ ấy trong phạm vi này. Xem lại, có thể ghi số thẻ."
    names = "; ".join(f"{row.full_name} ({row.cell})" for row in members[:3])
    return f"Có nhiều đồng chí cùng khớp: {names}. Ghi số thẻ của đồng chí cần chuyển."


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_POST
def upload(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    """The workbook that was filled in takes the place of the draft's lines."""
    actor = actor_of(request)
    one = _led(actor, reorganization_id)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for found in form.errors.values() for error in found))
        return redirect(one)
    content, seen = form.cleaned_data["file"].read(), version_of(request)

    def replace() -> None:
        policies.check_open(one, seen=seen)
        steps, placed = read_workbook(content, one)
        actions.replace_lines(one, steps, placed, seen=seen, by=actor)

    act(request, replace, done="Đã ghi các dòng và danh sách chuyển từ tệp. Xem trước rồi quyết định.")
    return redirect(one)


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_POST
def decide(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = _led(actor, reorganization_id)
    form = DecisionForm(request.POST, auto_id="qd-%s")
    if not form.is_valid():
        return page_of(request, actor, one, decision_form=form)
    try:
        decided = actions.decide(one, Decided(**form.cleaned_data, seen=version_of(request)), by=actor)
    except Refused as refused:
        return page_of(request, actor, one, decision_form=form, refusal=str(refused))
    waits = decided.state == State.WAITING
    messages.success(
        request,
        f"Đã ghi quyết định. Việc sắp xếp thực hiện ngày {decided.effective_on:%d/%m/%Y}."
        if waits
        else "Đã thực hiện việc sắp xếp. Số liệu trước và sau khớp nhau.",
    )
    return redirect(decided)


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_POST
def undo(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = _led(actor, reorganization_id)
    act(
        request,
        lambda: actions.undo(one, seen=version_of(request), by=actor),
        done="Đã hoàn tác: tổ chức và đảng viên trở lại như trước khi sắp xếp.",
    )
    return redirect(one)
