"""Named writes on requests about one's own data: policy first, audit last, all in one transaction."""

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.actions import update_member
from phancong.members.models import Member
from phancong.personal_data import packs, policies
from phancong.personal_data.held import HeldLine, line_about
from phancong.personal_data.holdings import Holding, holding_of
from phancong.personal_data.models import DataRequest, RequestKind, RequestState
from phancong.personal_data.wishes import is_set_directly, read_wish

# What is asked of a whole kind of data; a correction names a field.
OBJECTIONS = (RequestKind.OBJECTION, RequestKind.RESTRICTION, RequestKind.ERASURE)


@transaction.atomic
def ask_correction(member: Member, *, address: str, field: str, wish: str, by: Actor) -> DataRequest:
    """Ask that one field of one row says something else."""
    policies.check_is_own(member, by=by)
    holding, line = _reached(member, address, field, by=by)
    wished = read_wish(holding, field, wish, today=by.today)
    if wished.words == line.value:
        raise Refused("Nội dung đề nghị giống nội dung đang ghi. Ghi điều cần sửa thành.")
    return _ask(
        member,
        kind=RequestKind.CORRECTION,
        address=address,
        field=field,
        about=f"{holding.held.name}: {line.label}",
        value_then=line.value,
        wish=clean(wish),
        by=by,
    )


@transaction.atomic
def ask(member: Member, *, kind: str, about: str, wish: str, by: Actor) -> DataRequest:
    """Object to what is done with one's data, or ask that it be restricted or erased; `about` names a kind of rows."""
    policies.check_is_own(member, by=by)
    if kind not in OBJECTIONS:
        raise Refused("Chưa chọn loại yêu cầu. Chọn phản đối, xin hạn chế hoặc xin xóa.")
    policies.check_words(wish, what="Lời đề nghị")
    holding = holding_of(about)
    if holding is None:
        raise Refused("Chưa chọn phần dữ liệu. Chọn một phần trong danh sách.")
    return _ask(
        member,
        kind=RequestKind(kind),
        address=about,
        field="",
        about=holding.held.name,
        wish=clean(wish),
        by=by,
    )


def _reached(member: Member, address: str, field: str, *, by: Actor) -> tuple[Holding, HeldLine]:
    found = line_about(member, address, field, today=by.today)
    if found is None:
        raise Refused("Mục này không có trong dữ liệu của đồng chí. Mở lại trang rồi chọn mục cần sửa.")
    return found


def _ask(
    member: Member,
    *,
    kind: RequestKind,
    address: str,
    field: str,
    about: str,
    wish: str,
    by: Actor,
    value_then: str = "",
) -> DataRequest:
    # Two that come at once wait for each other here, so that the second meets the first.
    Member.objects.select_for_update().get(pk=member.pk)
    policies.check_not_asked(member, kind=kind, address=address, field=field)
    asked = DataRequest.objects.create(
        member=member,
        kind=kind,
        address=address,
        field=field,
        about=about,
        value_then=value_then,
        wish=wish,
        asked_at=by.now,
        due_on=packs.due_on(kind, asked=by.today),
    )
    _note("data_request_ask", asked, by=by, kind=kind.value)
    return asked


def _locked(request_id: int) -> DataRequest:
    return (
        DataRequest.objects.select_related("member__cell").select_for_update(of=("self",)).get(pk=request_id)
    )


@transaction.atomic
def accept(request_id: int, *, by: Actor, answer: str = "") -> DataRequest:
    """Accept: a field of the file is set at once; of anything else the answer says what was done."""
    request = _locked(request_id)
    policies.check_may_answer(request, by=by)
    holding = holding_of(request.address)
    if holding is not None and request.field and is_set_directly(holding, request.field):
        wished = read_wish(holding, request.field, request.wish, today=by.today)
        update_member(request.member_id, changes={request.field: wished.value}, by=by)
    else:
        policies.check_words(answer, what="Lời cho biết đã làm gì")
    return _close(request, RequestState.ACCEPTED, answer, action="data_request_accept", by=by)


@transaction.atomic
def refuse(request_id: int, *, reason: str, by: Actor) -> DataRequest:
    request = _locked(request_id)
    policies.check_may_answer(request, by=by)
    policies.check_words(reason, what="Lý do không chấp nhận")
    return _close(request, RequestState.REFUSED, reason, action="data_request_refuse", by=by)


@transaction.atomic
def extend(request_id: int, *, reason: str, by: Actor) -> DataRequest:
    """Answer later, once, with the reason."""
    request = _locked(request_id)
    policies.check_may_answer(request, by=by)
    policies.check_not_extended(request)
    policies.check_words(reason, what="Lý do gia hạn")
    request.extension_reason = clean(reason)[:300]
    request.due_on = packs.extended(request.kind, due=request.due_on, asked=localdate(request.asked_at))
    request.save(update_fields=["extension_reason", "due_on"])
    _note("data_request_extend", request, by=by, until=request.due_on.isoformat())
    return request


@transaction.atomic
def withdraw(request_id: int, *, by: Actor) -> DataRequest:
    request = _locked(request_id)
    policies.check_is_own(request.member, by=by)
    policies.check_open(request)
    return _close(request, RequestState.WITHDRAWN, "", action="data_request_withdraw", by=by)


def _close(request: DataRequest, state: RequestState, answer: str, *, action: str, by: Actor) -> DataRequest:
    request.state, request.answer = state, clean(answer)
    request.answered_at, request.answered_by = by.now, by.user_id
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    _note(action, request, by=by)
    return request


@transaction.atomic
def note_copy(member: Member, *, form: str, by: Actor) -> None:
    """Note that a member took a copy of their own data."""
    policies.check_is_own(member, by=by)
    place = member.cell.path if member.cell else ""
    log.record(
        by=by, action="data_copy_taken", subject=f"member:{member.pk}", place=place, detail={"form": form}
    )


def _note(action: str, request: DataRequest, *, by: Actor, **detail: Any) -> None:
    """The log names the request and the field, never what it says."""
    log.record(
        by=by,
        action=action,
        subject=f"member:{request.member_id}",
        place=policies.place_of(request),
        detail={"request": request.pk, "field": request.field, **detail},
    )
