"""Lịch đến hạn: an address for the calendar of one's own phone, and what it reads there."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import open_page, own
from phancong.access.requests import act
from phancong.common.ics import CONTENT_TYPE
from phancong.followups import actions
from phancong.followups.due_days import calendar_of, user_of
from phancong.followups.models import MailChoice
from phancong.followups.queries import has_calendar_link, mail_choice_of
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
    context = {
        "address": address,
        "has_link": has_calendar_link(actor),
        "sends_mail": bool(settings.SITE_ADDRESS),
        "mail": mail_choice_of(actor),
        "address_length": MailChoice._meta.get_field("address").max_length,
    }
    return render(request, "followups/calendar.html", context)


@own
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Ask for the digest by mail, or give it up."""
    actor = actor_of(request)
    if actor.member_id is None:
        raise Http404
    if request.POST.get("lam") == "thoi":
        act(request, lambda: actions.refuse_mail(by=actor), done="Đã thôi gửi thư.")
    else:
        address = request.POST.get("dia_chi", "")
        act(
            request,
            lambda: actions.ask_for_mail(address, by=actor),
            done="Đã ghi địa chỉ. Thư gửi mỗi tuần một lần, khi có việc đang chờ.",
        )
    return redirect("followups:calendar")


@open_page
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Calendars cannot sign in: whoever has the address reads days with neutral titles, nothing of the work."""
    user = found(user_of(token))
    address = request.build_absolute_uri("/viec/{}/")
    content = calendar_of(user, stamp=timezone.now(), address=address.replace("%7B%7D", "{}"))
    return HttpResponse(content, content_type=CONTENT_TYPE)
