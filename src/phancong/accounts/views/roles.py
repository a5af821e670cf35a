"""Vai trò: who may do what, roles by decision, and lending one's own for a while."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor, may_anywhere
from phancong.access.doors import ActorRequest, needs_fresh_proof, own, requires
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.accounts import role_queries as queries
from phancong.accounts.appointments import delegate_role, end_appointment, give_role
from phancong.accounts.role_forms import LendingForm, RoleForm
from phancong.common.refusal import Refused
from phancong.common.text import fold
from phancong.organizations.models import Organization


@own
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """The table of rights, as the product reads it; the signed-in person's own roles are marked."""
    mine = _actor(request).roles
    roles = list(ROLES.values())
    rows = [
        (right.label, ", ".join(role.name for role in roles if right in role.permissions))
        for right in sorted(Permission, key=lambda right: fold(right.label))
    ]
    context = {"roles": [(role, role.code in mine) for role in roles], "rows": rows}
    return render(request, "accounts/who_may.html", context)


@requires(Permission.ROLE_GIVE)
@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    words = request.GET.get("tim", "")[:120]
    rows, next_after = queries.held(
        queries.appointments_for(actor), by=actor, after=_number(request.GET.get("sau", ""))
    )
    context = {
        "rows": rows,
        "next_after": next_after,
        "is_first": "sau" not in request.GET,
        "words": words,
        "people": queries.people_for(actor, words),
    }
    return render(request, "accounts/roles.html", context)


@requires(Permission.ROLE_GIVE)
@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = _actor(request)
    user = queries.person_for(actor, user_id)
    if user is None:
        raise Http404
    form = RoleForm(
        request.POST or None,
        initial={"since": f"{actor.today:%d/%m/%Y}"},
        roles=queries.roles_to_give(),
        organizations=queries.places_to_choose(actor, Permission.ROLE_GIVE),
        today=actor.today,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            given = give_role(
                user,
                role=form.cleaned_data["role"],
                organization=Organization.objects.get(pk=form.cleaned_data["organization"]),
                decision_number=form.cleaned_data["decision_number"],
                valid_from=form.cleaned_data["since"],
                valid_until=form.until,
                by=actor,
            )
        except Refused as error:
            refusal = str(error)
        else:
            messages.success(request, f"Đã giao vai trò “{ROLES[given.role].name}” cho đồng chí {user}.")
            return redirect("roles:list")
    context = {"form": form, "refusal": refusal, "person": user, "roles": queries.roles_to_give()}
    return render(request, "accounts/role_form.html", context)


@own
@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """For whoever holds a role by post: lend the first of them; for everybody else there is no such page."""
    actor = _actor(request)
    held = queries.lendable(actor)
    if not held:
        raise Http404
    wanted = request.POST.get("noi") or request.GET.get("noi", "")
    role, organization = next((pair for pair in held if str(pair[1].pk) == wanted), held[0])
    form = LendingForm(
        request.POST or None,
        initial={"since": f"{actor.today:%d/%m/%Y}"},
        people=queries.colleagues(organization, by=actor),
        organization=organization,
        today=actor.today,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        user = next(
            one for one in queries.colleagues(organization, by=actor) if one.pk == form.cleaned_data["person"]
        )
        try:
            delegate_role(
                user,
                role=role,
                organization=organization,
                valid_from=form.cleaned_data["since"],
                valid_until=form.until or form.cleaned_data["since"],
                by=actor,
            )
        except Refused as error:
            refusal = str(error)
        else:
            messages.success(request, f"Đã ủy quyền cho đồng chí {user}.")
            return redirect("roles:lend")
    lent = queries.appointments_for(actor).filter(delegated_by=actor.user_id)
    context = {
        "form": form,
        "refusal": refusal,
        "role": ROLES[role],
        "organization": organization,
        "others": [(one.pk, one.name) for _, one in held if one != organization],
        "rows": queries.held(lent, by=actor)[0],
    }
    return render(request, "accounts/lend.html", context)


@own
@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Ask once more, then take a role back; for those who may give it or have lent it."""
    actor = _actor(request)
    appointment = queries.appointments_for(actor).filter(pk=appointment_id).first()
    if appointment is None:
        raise Http404
    back = "roles:list" if may_anywhere(actor, Permission.ROLE_GIVE) else "roles:lend"
    if request.method == "POST":
        try:
            end_appointment(appointment, by=actor)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Đã thôi giao. Quyền hết ngay, kể cả ở phiên đang mở.")
        return redirect(back)
    role = ROLES[appointment.role]
    context = {
        "question": "Thôi giao vai trò này?",
        "facts": [
            ("Đồng chí", str(appointment.user)),
            ("Vai trò", role.name),
            ("Ở", appointment.organization.name),
        ],
        "act": "Thôi giao",
        "back_url": reverse(back),
    }
    return render(request, "common/confirm.html", context)


def _actor(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
