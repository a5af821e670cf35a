"""Last year's plan is used again: what still stands is kept, what does not is told with its reason."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_secretary_user
from tests.planning.cells import YEAR, belonging_member, make_duty, make_entry, make_plan

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.models import Assignment, Plan, Unmet

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(cell: Organization) -> Plan:
    return make_plan(cell, year=YEAR - 1)


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Siu H'Bia")


def give(plan: Plan, member: Member, title: str, *, despite: str = "", **fields: object) -> Assignment:
    duty = make_duty(plan, title=title, **fields)
    return Assignment.objects.create(duty=duty, member=member, source="proposed", fit=50, despite=despite)


def this_year() -> set[tuple[str, str]]:
    rows = Assignment.objects.filter(duty__plan__year=YEAR)
    return set(rows.values_list("member__full_name", "duty__title"))


def test_duties_and_people_that_still_stand_are_kept(
    cell: Organization, last: Plan, member: Member, secretary: Actor
) -> None:
    give(last, member, "Giữ rừng")
    make_duty(last, title="Hòa giải")
    copied = actions.copy_last_year(cell, year=YEAR, by=secretary)
    assert (this_year(), copied.kept, copied.left_out) == ({("Siu H'Bia", "Giữ rừng")}, 1, ())
    assert set(copied.plan.duties.values_list("title", "source", "due_on__year")) == {
        ("Giữ rừng", "last_year", YEAR),
        ("Hòa giải", "last_year", YEAR),
    }
    assert list(Unmet.objects.filter(plan=copied.plan).values_list("duty__title", flat=True)) == ["Hòa giải"]
    last_line = AuditEntry.objects.order_by("-sequence")[:1].get()
    assert last_line.action == "copy_last_year"


def test_who_has_left_is_told_and_not_kept(
    cell: Organization, last: Plan, member: Member, secretary: Actor
) -> None:
    give(last, member, "Giữ rừng")
    member.status = "transferred"
    member.save()
    belonging_member(cell)
    copied = actions.copy_last_year(cell, year=YEAR, by=secretary)
    assert copied.left_out == ("Việc “Giữ rừng”: đ/c Siu H'Bia không còn sinh hoạt ở chi bộ.",)
    assert this_year() == set()


def test_what_speaks_against_a_choice_now_is_told(
    cell: Organization, last: Plan, member: Member, secretary: Actor
) -> None:
    give(last, member, "Hòa giải", required={"law": 2})
    give(last, member, "Tuyên truyền luật", required={"law": 2}, despite="đang học luật")
    copied = actions.copy_last_year(cell, year=YEAR, by=secretary)
    assert [sentence.split(" chưa")[0] for sentence in copied.left_out] == ["Việc “Hòa giải”: đ/c Siu H'Bia"]
    assert Assignment.objects.get(duty__plan__year=YEAR).despite == "đang học luật"


def test_a_duty_no_longer_in_the_catalogue_is_told(
    cell: Organization, last: Plan, member: Member, secretary: Actor
) -> None:
    give(last, member, "Giữ rừng", catalogue=make_entry("rừng", is_active=False))
    copied = actions.copy_last_year(cell, year=YEAR, by=secretary)
    assert copied.left_out == ("Việc “Giữ rừng” không còn trong danh mục.",)
    assert not copied.plan.duties.exists()


def test_without_a_plan_of_last_year_or_with_one_of_this_year_nothing_is_copied(
    cell: Organization, member: Member, secretary: Actor
) -> None:
    with pytest.raises(Refused, match=f"chưa có kế hoạch năm {YEAR - 1}"):
        actions.copy_last_year(cell, year=YEAR, by=secretary)
    make_plan(cell, year=YEAR - 1)
    make_plan(cell)
    with pytest.raises(Refused, match=f"đã có kế hoạch năm {YEAR}"):
        actions.copy_last_year(cell, year=YEAR, by=secretary)


def test_only_who_makes_the_plan_copies(
    cell: Organization, last: Plan, colleague: Actor, stranger: Actor, sister_secretary: Actor
) -> None:
    for actor in (colleague, stranger, sister_secretary):
        with pytest.raises(Refused, match="chưa được giao sửa"):
            actions.copy_last_year(cell, year=YEAR, by=actor)
    assert Plan.objects.count() == 1


def test_the_empty_board_offers_it_and_tells_once_what_was_left_out(
    cell: Organization, last: Plan, member: Member
) -> None:
    client = Client()
    client.force_login(make_secretary_user(cell))
    give(last, member, "Hòa giải", required={"law": 2})
    board = reverse("planning:board", args=[cell.pk, YEAR])
    assert "Dùng lại năm trước" in client.get(board).content.decode()
    client.post(reverse("planning:draft", args=[cell.pk, YEAR]), {"cach": "nam-truoc"})
    first, second = (client.get(board).content.decode() for _ in range(2))
    assert ("Không giữ được từ năm trước (1)" in first, "Không giữ được" in second) == (True, False)
