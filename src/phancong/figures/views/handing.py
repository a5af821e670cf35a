"""Handing figures in, who has, the workbook of a sheet."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found, number
from phancong.common.refusal import Refused
from phancong.figures.counting import table_of
from phancong.figures.exporting import export_table
from phancong.figures.handing import differences, hand_in, lines_below
from phancong.figures.models import HandedIn
from phancong.figures.packs import ReportKind, report_rules
from phancong.figures.telling import told
from phancong.figures.views.asking import asked_for, sheet_of
from phancong.organizations.models import Organization
from phancong.organizations.queries import organizations_for

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.FIGURES_SEE)
@require_safe
def workbook(request: HttpRequest, code: str) -> HttpResponseBase:
    asked, wanted = asked_for(request), sheet_of(code)
    place = _organization(asked.actor, asked.base.root_id).path if asked.base.root_id else ""
    file = export_table(told(table_of(asked.base, wanted)), place=place, by=asked.actor)
    name = f"so-lieu-{wanted.code}-{asked.base.day:%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK)


def _organization(actor: Actor, organization_id: int) -> Organization:
    seen = organizations_for(actor, right=Permission.FIGURES_SEE)
    return found(seen.filter(pk=organization_id).first())


def _asked_report(request: HttpRequest, actor: Actor) -> tuple[ReportKind, int]:
    """Which report of which year: the last one whose day has come, unless the page asks for another."""
    reports = report_rules(actor.today).reports
    asked = request.GET.get("bao-cao") or request.POST.get("bao-cao")
    year = number(request.GET.get("nam") or request.POST.get("nam"))
    come = [
        (one.counted_on(other), one, other)
        for other in (actor.today.year - 1, actor.today.year)
        for one in reports
        if one.counted_on(other) <= actor.today
    ]
    _, kind, last = max(come, key=lambda row: row[0])
    kind = next((one for one in reports if one.code == asked), kind)
    return kind, year if actor.today.year - 20 <= year <= actor.today.year else last


@requires(Permission.FIGURES_SEE, beside="và `figures_hand_in` để nộp")
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: HttpRequest, organization_id: int) -> HttpResponse:
    """The organisation's own hand-in, and those of the organisations right below."""
    actor = actor_of(request)
    organization = _organization(actor, organization_id)
    kind, year = _asked_report(request, actor)
    may_hand_in = may(actor, Permission.FIGURES_HAND_IN, organization.path)
    refusal = ""
    if request.method == "POST":
        found(organization if may_hand_in else None)
        try:
            made = hand_in(organization, kind=kind, year=year, reason=request.POST.get("ly-do", ""), by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã nộp {kind.name.lower()} {year}.")
            return redirect("figures:handed_in", made.pk)
    handed = HandedIn.objects.filter(organization=organization, kind=kind.code, year=year)
    context = {
        "organization": organization,
        "kind": kind,
        "year": year,
        "due_on": kind.due_on(year),
        "counted_on": kind.counted_on(year),
        "own": list(handed.defer("content").order_by("-number")),
        "lines": lines_below(organization, kind=kind, year=year, today=actor.today),
        "may_hand_in": may_hand_in,
        "refusal": refusal,
        "others": [
            (
                f"{one.name} {other}",
                f"?bao-cao={one.code}&nam={other}",
                one.code == kind.code and other == year,
            )
            for other in (actor.today.year, actor.today.year - 1)
            for one in report_rules(actor.today).reports
        ],
        "trail": _trail(organization),
    }
    return render(request, "figures/hand.html", context)


def _trail(organization: Organization) -> list[tuple[str, str]]:
    return [("Số liệu", f"{reverse('figures:sheet')}?to-chuc={organization.pk}")]


@requires(Permission.FIGURES_SEE)
@require_safe
def handed_in(request: HttpRequest, handed_id: int) -> HttpResponse:
    """What was handed in, and what the figures of that day say now."""
    actor = actor_of(request)
    seen = organizations_for(actor, right=Permission.FIGURES_SEE)
    handed = found(
        HandedIn.objects.filter(pk=handed_id, organization__in=seen).select_related("organization").first()
    )
    context = {
        "handed": handed,
        "kind": report_rules(handed.counted_on).report(handed.kind),
        "sheets": [(sheet_of(code).title, rows) for code, rows in handed.content.items()],
        "differences": differences(handed, by=actor),
        "trail": [
            *_trail(handed.organization),
            ("Nộp số liệu", reverse("figures:hand", args=[handed.organization_id])),
        ],
    }
    return render(request, "figures/handed_in.html", context)
