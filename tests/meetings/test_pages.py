"""The pages of meetings: who reaches them, what they keep, how many statements they need."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phancong.accounts.models import User
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind, State
from phancong.meetings.models import AgendaItem, Attendance, Meeting, SignedMinutes, TextDraft
from phancong.meetings.queries import PAGE
from phancong.organizations.models import Organization
from phancong.planning.enums import PlanStage
from tests.factories import (
    TODAY,
    make_actor,
    make_member,
    make_post,
    make_secretary_user,
    make_user,
    parent_of,
)
from tests.followups.works import make_works
from tests.meetings.rooms import CALL, begun, draft_with_work, finished, first_item, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(cell: Organization) -> User:
    return make_secretary_user(cell)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def under_way(cell: Organization, user: User, count: int = 3) -> Meeting:
    people = [make_member(cell) for _ in range(count - 1)]
    by = make_actor("secretary", cell.path, TODAY, user_id=user.pk)
    assert user.member is not None
    return begun(cell, [user.member, *people], by=by, held_on=TODAY)


def where(name: str, pk: int, *more: str) -> str:
    return reverse(f"meetings:{name}", args=[pk, *more])


@pytest.mark.parametrize(
    ("who", "sees", "writes"),
    [("secretary", 200, 200), ("colleague", 200, 404), ("stranger", 404, 404), ("sister", 404, 404)],
)
def test_the_cell_sees_its_meeting_and_its_secretary_writes(
    cell: Organization, sister_cell: Organization, user: User, who: str, sees: int, writes: int
) -> None:
    meeting = under_way(cell, user)
    item = first_item(meeting)
    users: dict[str, Callable[[], User]] = {
        "secretary": lambda: user,
        "colleague": lambda: make_user(make_member(cell)),
        "stranger": make_user,
        "sister": lambda: make_secretary_user(sister_cell),
    }
    client = client_of(users[who]())
    seen = {client.get(where(name, meeting.pk)).status_code for name in ("meeting", "calendar")}
    written = {
        client.get(where(name, meeting.pk)).status_code
        for name in ("agenda", "attendance", "items", "reading")
    }
    written |= {client.get(where(name, item.pk)).status_code for name in ("item", "vote", "conclusions")}
    written.add(client.get(where("paper", meeting.pk, "minutes")).status_code)
    assert (seen, written) == ({sees}, {writes})


def test_a_colleague_reads_the_minutes_once_they_are_signed(cell: Organization, user: User) -> None:
    meeting = under_way(cell, user)
    colleague = client_of(make_user(make_member(cell)))
    assert colleague.get(where("paper", meeting.pk, "minutes")).status_code == 404
    finished(meeting, by=make_actor("secretary", cell.path, TODAY))
    answer = colleague.get(where("paper", meeting.pk, "minutes"))
    assert answer.content == bytes(SignedMinutes.objects.get().docx)
    assert colleague.get(where("paper", meeting.pk, "sheet")).status_code == 404


def test_the_list_goes_on_where_the_page_ends(cell: Organization, user: User) -> None:
    Meeting.objects.bulk_create(
        Meeting(
            cell=cell,
            kind="regular",
            held_on=TODAY + timedelta(days=number // 2),
            starts_at=time(19),
            place="x",
        )
        for number in range(PAGE + 3)
    )
    client = client_of(user)
    first = client.get(reverse("meetings:list"))
    second = client.get(f"{reverse('meetings:list')}?sau={first.context['next_after']}")
    shown = [row.pk for row, _ in [*first.context["rows"], *second.context["rows"]]]
    assert (len(shown), len(set(shown))) == (PAGE + 3, PAGE + 3)
    assert (len(first.context["rows"]), second.context["next_after"]) == (PAGE, "")


@pytest.mark.parametrize("sau", ["x", "2026-13-01-4", "2026-11-01-", "-", "2026-11-01-" + "9" * 40])
def test_an_unreadable_place_in_the_list_shows_its_beginning_or_nothing(
    cell: Organization, user: User, sau: str
) -> None:
    actions.plan_meeting(cell, call=CALL, by=writer(cell))
    assert client_of(user).get(f"{reverse('meetings:list')}?sau={sau}").status_code == 200


def test_the_series_of_a_year_is_made_by_one_form(cell: Organization, user: User) -> None:
    sent = {"viec": "ca-nam", "year": TODAY.year + 1, "day": 3, "starts_at": "19h30", "place": "Nhà Rông"}
    answer = client_of(user).post(reverse("meetings:plan", args=[cell.pk]), sent)
    days = list(Meeting.objects.order_by("held_on").values_list("held_on", flat=True))
    assert answer.status_code == 302
    assert [(day.month, day.day) for day in days] == [(month, 3) for month in range(1, 13)]


def test_what_is_typed_is_kept_and_shown_again(cell: Organization, user: User) -> None:
    item, client = first_item(under_way(cell, user)), client_of(user)
    sent = {"version": item.version, "discussion": "Đ/c Hoa: cần", "summary": ""}
    answer = client.post(where("draft", item.pk), sent, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert b"\xc4\x90/c Hoa: c\xe1\xba\xa7n" in client.get(where("item", item.pk)).content
    client.post(where("item", item.pk), {**sent, "viec": "bo-nhap"})
    assert not TextDraft.objects.exists()


def test_of_two_writers_the_second_sees_both_versions_and_keeps_both(cell: Organization, user: User) -> None:
    item, client = first_item(under_way(cell, user)), client_of(user)
    actions.save_text(
        item,
        discussion="Đ/c B: bàn thêm",
        summary="",
        version=1,
        by=make_actor("secretary", cell.path, TODAY),
    )
    sent = {"version": 1, "discussion": "Đ/c A: nhất trí", "summary": ""}
    answer = client.post(where("item", item.pk), sent)
    assert answer.context["discussion"] == "Đ/c B: bàn thêm\nĐ/c A: nhất trí"
    merged = {"version": answer.context["seen"], "discussion": answer.context["discussion"], "summary": ""}
    client.post(where("item", item.pk), merged)
    assert AgendaItem.objects.get(pk=item.pk).discussion == "Đ/c B: bàn thêm\nĐ/c A: nhất trí"
    assert not TextDraft.objects.exists()


def test_an_item_of_another_cell_is_not_moved_through_this_meeting(
    cell: Organization, sister_cell: Organization, user: User
) -> None:
    other = actions.plan_meeting(sister_cell, call=CALL, by=writer(sister_cell))
    mine = under_way(cell, user)
    client_of(user).post(where("agenda", mine.pk), {"viec": "bo", "muc": first_item(other).pk})
    assert other.items.count() == 5


def test_last_months_results_stand_beside_their_item(cell: Organization, user: User) -> None:
    meeting = under_way(cell, user)
    works = make_works(
        cell,
        [
            (make_member(cell, full_name="Rah Lan Trễ"), "Việc quá hạn", TODAY - timedelta(days=3), True),
            (make_member(cell, full_name="Siu Kịp"), "Việc còn hạn", TODAY + timedelta(days=9), True),
        ],
    )
    item = next(one for one in meeting.items.all() if one.kind == ItemKind.RESULTS)
    results = client_of(user).get(where("item", item.pk)).context["results"]
    assert [[work.pk for work in rows] for _, rows in results] == [[], [], [works[0].pk]]
    plain = client_of(user).get(where("item", first_item(meeting).pk))
    assert plain.context["results"] == []


def test_a_whole_meeting_over_http(cell: Organization, user: User) -> None:
    meeting, client = under_way(cell, user), client_of(user)
    plan = draft_with_work(
        cell, [one.member for one in Attendance.objects.select_related("member")], year=TODAY.year
    )
    client.post(where("agenda", meeting.pk), {"viec": "them", "title": "Kế hoạch", "kind": "plan"})
    item = AgendaItem.objects.get(kind=ItemKind.PLAN)
    meeting.refresh_from_db()
    sent = {
        "version": meeting.version,
        "kind": "plan",
        "method": "hands",
        "in_favour": 3,
        "against": 0,
        "other": 0,
    }
    assert client.post(where("vote", item.pk), sent).status_code == 302
    meeting.refresh_from_db()
    client.post(
        where("reading", meeting.pk), {"viec": "thong-qua", "version": meeting.version, "ends_at": "21:15"}
    )
    meeting.refresh_from_db()
    client.post(where("reading", meeting.pk), {"viec": "ky", "version": meeting.version})
    plan.refresh_from_db()
    meeting.refresh_from_db()
    assert (meeting.state, plan.stage) == (State.SIGNED, PlanStage.ADOPTED)
    page = client.get(where("meeting", meeting.pk)).content.decode()
    assert f"/sinh-hoat/{meeting.pk}/van-ban/minutes-pdf/" in page
    assert f"/phan-cong/{cell.pk}/{plan.year}/van-ban/list/" in page


@pytest.mark.parametrize("name", ["meeting", "agenda", "attendance", "items", "reading"])
def test_a_page_needs_as_many_statements_for_three_as_for_sixty(
    cell: Organization, sister_cell: Organization, name: str
) -> None:
    counts = []
    for place, count in ((cell, 3), (sister_cell, 60)):
        user = make_secretary_user(place)
        meeting = under_way(place, user, count)
        client = client_of(user)
        client.get(where(name, meeting.pk))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where(name, meeting.pk)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_minutes_need_as_many_statements_for_three_as_for_sixty(
    cell: Organization, sister_cell: Organization
) -> None:
    counts = []
    for place, count in ((cell, 3), (sister_cell, 60)):
        user = make_secretary_user(place)
        meeting = under_way(place, user, count)
        client = client_of(user)
        client.get(where("paper", meeting.pk, "minutes"))
        with CaptureQueriesContext(connection) as asked:
            client.get(where("paper", meeting.pk, "minutes"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_committee_above_sees_the_meeting_and_writes_nothing(cell: Organization, user: User) -> None:
    meeting = under_way(cell, user)
    above = make_member(cell)
    make_post(above, parent_of(cell), "committee_member")
    client = client_of(make_user(above))
    assert client.get(where("meeting", meeting.pk)).status_code == 200
    assert client.get(where("attendance", meeting.pk)).status_code == 404


def test_reasons_of_absence_are_shown_to_whoever_writes_the_minutes_alone(
    cell: Organization, user: User
) -> None:
    meeting = under_way(cell, user)
    Attendance.objects.filter(meeting=meeting).update(presence="excused", reason="đi điều trị gan")
    assert "điều trị gan" in client_of(user).get(where("attendance", meeting.pk)).content.decode()
    colleague = client_of(make_user(make_member(cell)))
    assert "điều trị gan" not in colleague.get(where("meeting", meeting.pk)).content.decode()
