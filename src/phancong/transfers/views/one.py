"""One transfer: its steps with their days, the next step for whose turn it is, its paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found, version_of
from phancong.common.forms import PlainForm
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.members.queries import member_for
from phancong.transfers import actions, policies
from phancong.transfers.actions import Introduction
from phancong.transfers.clocks import clock_of
from phancong.transfers.documents import introduction_paper
from phancong.transfers.effects import coming, leaving
from phancong.transfers.enums import ON_THE_WAY
from phancong.transfers.forms import EndForm, ExtendForm, IntroduceForm, ReasonForm, ReceiveForm
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules
from phancong.transfers.queries import transfer_for
from phancong.transfers.timeline import timeline_of


@dataclass(frozen=True, slots=True)
class Task:
    """A step somebody may do on this page. `is_next`: the step that carries the transfer on."""

    title: str
    button: str
    form: type[PlainForm]
    may: Callable[..., bool]
    do: Callable[..., object]
    done: str
    is_next: bool = False


def _introduce(row: Transfer, seen: int, actor: Actor, told: dict[str, Any]) -> object:
    return actions.introduce(row, Introduction(**told), seen=seen, by=actor)


TASKS = {
    "gioi-thieu": Task(
        "Giới thiệu",
        "Ghi đã cấp giấy giới thiệu",
        IntroduceForm,
        policies.may_introduce,
        _introduce,
        "Đã ghi giấy giới thiệu. In giấy, trao đồng chí ấy mang nộp.",
        is_next=True,
    ),
    "tiep-nhan": Task(
        "Tiếp nhận",
        "Ghi đã tiếp nhận",
        ReceiveForm,
        policies.may_receive,
        lambda row, seen, actor, told: actions.receive(row, **told, seen=seen, by=actor),
        "Đã ghi tiếp nhận.",
        is_next=True,
    ),
    "khong-nhan": Task(
        "Không tiếp nhận",
        "Ghi không tiếp nhận",
        ReasonForm,
        policies.may_refuse,
        lambda row, seen, actor, told: actions.refuse(row, **told, seen=seen, by=actor),
        "Đã ghi không tiếp nhận, kèm lý do.",
    ),
    "ve": Task(
        "Kết thúc, về nơi cũ",
        "Ghi đã kết thúc",
        EndForm,
        policies.may_end,
        lambda row, seen, actor, told: actions.end_stay(row, **told, seen=seen, by=actor),
        "Đã ghi kết thúc sinh hoạt tạm thời.",
        is_next=True,
    ),
    "gia-han": Task(
        "Gia hạn",
        "Ghi gia hạn",
        ExtendForm,
        policies.may_extend,
        lambda row, seen, actor, told: actions.extend_stay(row, **told, seen=seen, by=actor),
        "Đã gia hạn.",
    ),
    "huy": Task(
        "Hủy hồ sơ",
        "Hủy hồ sơ",
        ReasonForm,
        policies.may_cancel,
        lambda row, seen, actor, told: actions.cancel(row, **told, seen=seen, by=actor),
        "Đã hủy hồ sơ chuyển sinh hoạt.",
    ),
}
DAYS = ("introduced_on", "met_on", "on")


@requires(Permission.MEMBER_LIST)
@require_safe
def one(request: HttpRequest, transfer_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, actor, found(transfer_for(actor, transfer_id)))


def _page(
    request: HttpRequest, actor: Actor, row: Transfer, failed: dict[str, PlainForm] | None = None
) -> HttpResponse:
    failed = failed or {}
    today = f"{actor.today:%d/%m/%Y}"
    tasks = [
        (code, task, failed.get(code) or task.form(initial=dict.fromkeys(DAYS, today), auto_id=f"{code}-%s"))
        for code, task in TASKS.items()
        if task.may(row, by=actor)
    ]
    context = {
        "row": row,
        "steps": timeline_of(row, today=actor.today),
        "clock": clock_of(row, today=actor.today),
        "next": [one for one in tasks if one[1].is_next],
        "others": [(code, task, form, code in failed) for code, task, form in tasks if not task.is_next],
        "failed": next(iter(failed.values()), None),
        "reads_words": policies.may_read_words(row, by=actor),
        "has_file": member_for(actor, row.member_id) is not None,
        "may_print": row.home is not None and _file(actor, row) is not None,
        "rules": transfer_rules(actor.today),
        **_effects(actor, row),
    }
    return render(request, "transfers/one.html", context)


def _file(actor: Actor, row: Transfer) -> Member | None:
    """Whoever sends, and whoever has the file by now: the letter tells days of birth and of admission."""
    if policies.may_send(row, by=actor):
        return Member.objects.filter(pk=row.member_id).first()
    return member_for(actor, row.member_id)


def _effects(actor: Actor, row: Transfer) -> dict[str, Any]:
    """Each side is told what changes on its own side, as long as the member has not gone."""
    effects: dict[str, Any] = {"leaving": None, "coming": None}
    if row.state not in ON_THE_WAY:
        return effects
    if row.home and policies.may_send(row, by=actor):
        member = Member.objects.filter(pk=row.member_id, cell=row.home).first()
        if member:
            effects["leaving"] = leaving(member, row.home, kind=row.kind, today=actor.today)
    if row.cell and policies.may_take(row, by=actor):
        effects["coming"] = coming(row.cell, today=actor.today)
    return effects


@requires(Permission.TRANSFER_RECORD, beside="ở bên làm bước ấy")
@require_POST
def step(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The next step, by the side whose turn it is; for the other side there is no such page."""
    actor = actor_of(request)
    row = found(transfer_for(actor, transfer_id))
    is_side = policies.may_send(row, by=actor) or policies.may_take(row, by=actor)
    found(row if is_side else None)
    code = request.POST.get("viec", "")
    task = TASKS.get(code)
    if task is None:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
        return redirect(row)
    if row.version == version_of(request):
        found(row if task.may(row, by=actor) else None)
    form = task.form(request.POST, auto_id=f"{code}-%s")
    if not form.is_valid():
        return _page(request, actor, row, {code: form})
    try:
        task.do(row, version_of(request), actor, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, found(transfer_for(actor, transfer_id)), {code: form})
    messages.success(request, task.done)
    return redirect(row)


@requires(Permission.MEMBER_LIST, beside="và xem được hồ sơ đồng chí ấy")
@require_safe
def paper(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The letter of introduction; before it is issued, a draft with blanks."""
    actor = actor_of(request)
    row = found(transfer_for(actor, transfer_id))
    home = found(row.home)
    row.member = found(_file(actor, row))
    name, content = introduction_paper(row, home, now=actor.now)
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
