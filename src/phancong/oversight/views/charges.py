"""Phân công phụ trách: who of a committee is in charge of what, deciding it with a proposal, the register."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phancong import rules
from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.organizations.queries import organizations_for
from phancong.oversight import actions, policies
from phancong.oversight.actions import Charged
from phancong.oversight.actions.charges import last_charge
from phancong.oversight.documents import register_paper
from phancong.oversight.forms import ChargesForm
from phancong.oversight.queries import ChargeLine, charge_lines, earlier_charges
from phancong.planning.solving.in_charge import InCharge, holders_of, propose_in_charge


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation of the page on which it is decided. `why`: what speaks for who was proposed."""

    line: ChargeLine
    who: BoundField
    kept: BoundField
    why: str


@dataclass(frozen=True, slots=True)
class Load:
    """What a member of the committee would be in charge of, as the page stands."""

    name: str
    organizations: int
    members: int


def _committee(actor: Actor, organization_id: int) -> Organization:
    """A committee with organisations below it that the actor sees."""
    seen = organizations_for(actor).filter(pk=organization_id, holds_members=False)
    return found(seen.first())


@requires(Permission.ORGANIZATION_SEE)
@require_safe
def charges(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    committee = _committee(actor, organization_id)
    lines = charge_lines(committee, day=actor.today)
    context = {
        "committee": committee,
        "today": actor.today,
        "lines": lines,
        "without": sum(line.charge is None or line.has_left for line in lines),
        "loads": _loads(lines, {line.organization.pk: _of(line) for line in lines}, actor, committee),
        "earlier": earlier_charges(committee, day=actor.today),
        "may_decide": policies.may_decide(committee, by=actor),
    }
    return render(request, "oversight/charges.html", context)


def _of(line: ChargeLine) -> int | None:
    return line.charge.member_id if line.charge else None


def _loads(
    lines: list[ChargeLine], chosen: dict[int, int | None], actor: Actor, committee: Organization
) -> list[Load]:
    """The whole committee, those with nothing among them."""
    return [
        Load(
            name=one.full_name,
            organizations=sum(chosen.get(line.organization.pk) == one.pk for line in lines),
            members=sum(line.members for line in lines if chosen.get(line.organization.pk) == one.pk),
        )
        for one in holders_of(committee, today=actor.today)
    ]


@requires(Permission.CHARGE_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Choose, or let it be proposed around what is kept; then write it down as one decision."""
    actor = actor_of(request)
    committee = _committee(actor, organization_id)
    found(committee if policies.may_decide(committee, by=actor) else None)
    lines = charge_lines(committee, day=actor.today)
    holders = holders_of(committee, today=actor.today)
    asked: dict[str, Any] = {"below": [line.organization for line in lines], "holders": holders}
    current = {f"ai-{line.organization.pk}": str(_of(line) or "") for line in lines}
    today = f"{actor.today:%d/%m/%Y}"
    first = {"seen": last_charge(committee), "decided_on": today, "valid_from": today}
    form = ChargesForm(request.POST or None, initial=current | first, **asked)
    for name in ("decided_on", "valid_from"):
        form.fields[name].today = actor.today.replace(month=12, day=31)  # type: ignore[attr-defined]
    refusal, proposed = "", None
    if request.method == "POST" and request.POST.get("viec") == "goi-y":
        form.is_valid()
        proposed = _propose(committee, form, lines, actor)
        form = ChargesForm(initial=_proposed(form, proposed, request), **asked)
    elif request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        decision = Charged(
            who=form.chosen,
            **{name: told[name] for name in ("decision_number", "decided_on", "valid_from", "seen")},
        )
        try:
            count = actions.decide_charges(committee, decision, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã ghi phân công phụ trách của {count} tổ chức.")
            return redirect("charges:place", committee.pk)
    context = {
        "committee": committee,
        "form": form,
        "refusal": refusal,
        "rows": _rows(lines, form, proposed, actor),
        "loads": _loads(lines, _shown(form, lines), actor, committee),
        "proposed": proposed,
        "has_holders": bool(holders),
    }
    return render(request, "oversight/decide_charges.html", context)


def _propose(committee: Organization, form: ChargesForm, lines: list[ChargeLine], actor: Actor) -> InCharge:
    held = frozenset(
        (line.charge.member_id, line.organization.pk) for line in lines if line.charge and not line.has_left
    )
    return propose_in_charge(committee, today=actor.today, locks=form.locks, previous=held)


def _proposed(form: ChargesForm, plan: InCharge, request: HttpRequest) -> dict[str, Any]:
    """What the page shows after a proposal: its pairs, what was kept, and the decision as it was typed."""
    kept = {f"giu-{key}": True for _, key in form.locks}
    pairs = {f"ai-{key}": str(member) for member, key in plan.pairs}
    typed = {
        name: request.POST.get(name, "") for name in ("decision_number", "decided_on", "valid_from", "seen")
    }
    return {**typed, **kept, **pairs}


def _shown(form: ChargesForm, lines: list[ChargeLine]) -> dict[int, int | None]:
    values = {line.organization.pk: form.who(line.organization.pk).value() for line in lines}
    return {key: int(value) if str(value or "").isdigit() else None for key, value in values.items()}


def _rows(lines: list[ChargeLine], form: ChargesForm, plan: InCharge | None, actor: Actor) -> list[Row]:
    shown = _shown(form, lines)
    names = {one.code: one.name for one in rules.on(actor.today).fields}
    return [
        Row(line, form.who(key), form.kept(key), _why(line, shown[key], plan, names))
        for line in lines
        for key in [line.organization.pk]
    ]


def _why(line: ChargeLine, member: int | None, plan: InCharge | None, names: dict[str, str]) -> str:
    if plan is None or member is None:
        return ""
    pair = (member, line.organization.pk)
    told = []
    if _of(line) == member:
        told.append("đang phụ trách")
    if pair in plan.near:
        told.append("sinh hoạt hoặc cư trú tại đây")
    if field := plan.versed.get(pair):
        told.append(f"đã làm {names.get(field, field).lower()}")
    return "; ".join(told) or "chia đều khối lượng"


@requires(Permission.ORGANIZATION_SEE)
@require_safe
def register(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    name, content = register_paper(_committee(actor, organization_id), now=actor.now)
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
