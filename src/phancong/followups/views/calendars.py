"""Lịch đến hạn: an address for the calendar of one's own phone, and what it reads there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.doors import open_page, own
from phancong.common.ics import CONTENT_TYPE
from phancong.followups import actions
from phancong.followups.due_days import calendar_of, user_of
from phancong.followups.queries import has_calendar_link
from phancong.planning.views.acting import actor_of, found


@own
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Make an address, make another, or let it go. It is shown once."""
    actor = actor_of(request)
    if actor.member_id is None:
        raise Http404
    address = ""
    if request.method == "POST" and request.POST.get("lam") == "bo":
        actions.drop_calendar_link(by=actor)
        messages.success(request, "Đã bỏ địa chỉ lịch. Lịch trên máy sẽ không đọc được nữa.")
        return redirect("followups:calendar")
    if request.method == "POST":
        token = actions.make_calendar_link(by=actor)
        address = request.build_absolute_uri(reverse("due_feed", args=[token]))
    context = {"address": address, "has_link": has_calendar_link(actor)}
    return render(request, "followups/calendar.html", context)


@open_page
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Calendars cannot sign in: whoever has the address reads days with neutral titles, nothing of the work."""
    user = found(user_of(token))
    address = request.build_absolute_uri("/viec/{}/")
    content = calendar_of(user, stamp=timezone.now(), address=address.replace("%7B%7D", "{}"))
    return HttpResponse(content, content_type=CONTENT_TYPE)
