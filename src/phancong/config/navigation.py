"""What the frame of every page shows: the sections the person may open, who they are and where."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from phancong.access.actor import Actor, may_anywhere
from phancong.access.doors import ActorRequest
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    view: str
    icon: str
    right: Permission | None = None
    for_members: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    items: list[Item]
    person: str
    role: str
    place: str


SECTIONS = (
    Section("Việc hôm nay", "home", "home"),
    Section("Việc của tôi", "followups:mine", "circle-check", for_members=True),
    Section("Phân công công tác", "planning:list", "clipboard-list", Permission.PLAN_SEE),
    Section("Sinh hoạt chi bộ", "meetings:list", "calendar", Permission.MEETING_SEE),
    Section("Theo dõi, đôn đốc", "directing:list", "activity", Permission.WORK_SEE),
    Section("Việc trong năm", "yearbook:list", "calendar", Permission.YEARBOOK_SEE),
    Section("Việc trong năm của tôi", "yearbook:mine", "heart-handshake", for_members=True),
    Section("Kiểm điểm, xếp loại", "reviews:list", "school", Permission.REVIEW_SEE),
    Section("Kiểm điểm của tôi", "reviews:mine", "school", for_members=True),
    Section("Toàn cảnh", "overview:place", "map-pin", Permission.FIGURES_SEE),
    Section("Biểu dương, nhắc nhở", "oversight:notes", "heart-handshake", Permission.NOTE_SEE),
    Section("Số liệu", "figures:sheet", "activity", Permission.FIGURES_SEE),
    Section("Danh sách đảng viên", "members:list", "users", Permission.MEMBER_LIST),
    Section("Chuyển sinh hoạt", "transfers:list", "users", Permission.MEMBER_LIST),
    Section("Thôn, tổ dân phố", "secondments:overview", "map-pin", Permission.MEMBER_LIST),
    Section("Tổ chức đảng", "organizations:tree", "sitemap", Permission.ORGANIZATION_SEE),
    Section("Sắp xếp tổ chức", "reorganizations:list", "sitemap", Permission.ORGANIZATION_CHANGE),
    Section("Nhập từ Excel", "members:import_start", "file-spreadsheet", Permission.MEMBER_IMPORT),
    Section("Tài khoản", "account_pages:list", "user", Permission.ACCOUNT_SEE),
    Section("Vai trò", "roles:list", "id-badge-2", Permission.ROLE_GIVE),
    Section("Ủy quyền", "roles:lend", "heart-handshake", Permission.ROLE_DELEGATE),
    Section("Việc chạy nền", "jobs:list", "activity", Permission.JOB_SEE),
    Section("Yêu cầu về dữ liệu", "data_requests:list", "user", Permission.DATA_REQUEST_ANSWER),
    Section("Dữ liệu của tôi", "personal_data:held", "lock", for_members=True),
    Section("Nhật ký và toàn vẹn", "audit:list", "history", Permission.AUDIT_SEE),
    Section("Mốc neo nhật ký", "audit:anchors", "lock", Permission.AUDIT_ANCHOR),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context: the navigation of a signed-in person, nothing for a guest."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {"navigation": None}
    return {"navigation": navigation_for(cast("ActorRequest", request).actor, current=request.path)}


def navigation_for(actor: Actor, *, current: str) -> Navigation:
    shown = [
        section
        for section in SECTIONS
        if (section.right is None or may_anywhere(actor, section.right))
        and (actor.member_id is not None or not section.for_members)
    ]
    urls = [reverse(section.view) for section in shown]
    # The longest address that the page lies under is its section: /dang-vien/nhap/ is not /dang-vien/.
    here = max(
        (url for url in urls if current.startswith(url) and (url != "/" or current == "/")), default=""
    )
    items = [
        Item(section.label, url, section.icon, url == here) for section, url in zip(shown, urls, strict=True)
    ]
    role, place = _highest_place(actor)
    return Navigation(items, actor.name, role, place)


def _highest_place(actor: Actor) -> tuple[str, str]:
    """Name of the role with the most rights, and of its organisation."""
    held = [grant for grant in actor.grants if grant.holds_on(actor.today)]
    if not held:
        return "Chưa được giao việc", ""
    highest = max(held, key=lambda grant: len(ROLES[grant.role].permissions))
    place = Organization.objects.active().filter(path=highest.path).values_list("name", flat=True).first()
    return ROLES[highest.role].name, place or ""
