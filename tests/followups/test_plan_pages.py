"""Writing down the adoption, and deciding on work that changes of people stand against."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phancong.accounts.models import User
from phancong.followups.models import Entry, Progress
from phancong.members.enums import LimitKind
from phancong.members.models import Member, WorkLimit
from phancong.organizations.models import Organization
from phancong.planning.models import Adoption, Assignment, Plan
from tests.factories import FOUNDED, TODAY, make_office_user, make_secretary_user, make_user, parent_of
from tests.followups.works import DUE, make_works
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

pytestmark = pytest.mark.django_db
SENT = {"adopted_on": "05/01/2026", "basis": "Biên bản số 01-BB/CB"}


@pytest.fixture
def leader(cell: Organization) -> User:
    return make_secretary_user(cell)


@pytest.fixture
def draft(cell: Organization) -> Plan:
    plan = make_plan(cell)
    Assignment.objects.create(
        duty=make_duty(plan, title="Sửa đường"), member=belonging_member(cell), source="chosen"
    )
    return plan


@pytest.fixture
def affected(cell: Organization) -> list[Assignment]:
    """Two pieces of work of people who may only do light work now, and somebody who is free."""
    members = [belonging_member(cell, full_name=f"Nguyễn Văn {name}") for name in ("An", "Bình", "Chung")]
    works = make_works(cell, [(member, f"Việc {member.given_name}", DUE, True) for member in members[:2]])
    for member in members[:2]:
        WorkLimit.objects.create(member=member, kind=LimitKind.AWAY, valid_from=FOUNDED)
    return works


def page(user: User, address: str) -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def send(user: User, address: str, **data: object) -> str:
    client = Client()
    client.force_login(user)
    return client.post(address, data, follow=True).content.decode()


def adopt_address(cell: Organization) -> str:
    return f"/phan-cong/{cell.pk}/{YEAR}/thong-qua/"


def affected_address(cell: Organization) -> str:
    return f"/phan-cong/{cell.pk}/{YEAR}/can-xem-lai/"


def decision(work: Assignment, how: str, **fields: str) -> dict[str, object]:
    prefix = f"v{work.pk}-"
    told = {"decided_on": f"{TODAY:%d/%m/%Y}", "basis": "Ý kiến chi ủy", "reason": "Đi làm xa"} | fields
    version = Plan.objects.get(pk=work.duty.plan_id).version
    return {"version": version, "viec": work.pk, "lam": how} | {prefix + name: told[name] for name in told}


def test_the_page_shows_what_will_be_frozen_and_writes_it_down(
    cell: Organization, draft: Plan, leader: User
) -> None:
    status, html = page(leader, adopt_address(cell))
    assert (status, "Sửa đường" in html) == (200, True)
    html = send(leader, adopt_address(cell), version=draft.version, **SENT)
    assert "Đã ghi chi bộ thông qua" in html
    assert (Adoption.objects.get().plan, Progress.objects.count()) == (draft, 1)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"adopted_on": "31/02/2026"}, "31/02/2026"),
        ({"adopted_on": "05/01/2027"}, "chưa đến"),
        ({"basis": ""}, "còn trống"),
        ({"version": 99}, "vừa"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cell: Organization, draft: Plan, leader: User, fields: dict[str, object], says: str
) -> None:
    html = send(leader, adopt_address(cell), **({"version": draft.version} | SENT | fields))
    assert says in html
    assert "05/01/2026" in html or "adopted_on" in fields
    assert Adoption.objects.count() == 0


def test_only_who_leads_the_cell_or_the_office_sees_the_pages(
    cell: Organization, sister_cell: Organization, draft: Plan, leader: User
) -> None:
    users = {
        "leader": leader,
        "office": make_office_user(parent_of(cell)),
        "colleague": make_user(belonging_member(cell)),
        "stranger": make_user(),
        "sister": make_secretary_user(sister_cell),
    }
    expected = {"leader": 200, "office": 200, "colleague": 404, "stranger": 404, "sister": 404}
    for address in (adopt_address(cell), affected_address(cell)):
        assert {name: page(user, address)[0] for name, user in users.items()} == expected


def test_the_work_of_people_who_cannot_is_shown_with_a_proposal(
    cell: Organization, affected: list[Assignment], leader: User
) -> None:
    _, html = page(leader, affected_address(cell))
    assert "Đ/c Nguyễn Văn An đi vắng khỏi địa bàn" in html
    assert "Giao cho đ/c Nguyễn Văn Chung" in html


@pytest.mark.parametrize(
    ("how", "standing", "kinds"),
    [("giao", 2, ["end"]), ("thoi", 1, ["end"]), ("giu", 2, ["note"])],
)
def test_the_secretary_decides_each_way(
    cell: Organization,
    affected: list[Assignment],
    leader: User,
    how: str,
    standing: int,
    kinds: list[str],
) -> None:
    html = send(leader, affected_address(cell), **decision(affected[0], how))
    assert "alert" not in html
    assert Assignment.objects.standing().count() == standing
    assert list(Entry.objects.values_list("kind", flat=True)) == kinds


def test_a_decision_without_a_reason_is_asked_again(
    cell: Organization, affected: list[Assignment], leader: User
) -> None:
    html = send(leader, affected_address(cell), **decision(affected[0], "giao", reason=""))
    assert "“Lý do” còn trống" in html
    assert "Ý kiến chi ủy" in html
    assert Assignment.objects.standing().count() == 2


def test_what_was_settled_meanwhile_is_said(
    cell: Organization, affected: list[Assignment], leader: User
) -> None:
    sent = decision(affected[0], "thoi")
    send(leader, affected_address(cell), **sent)
    assert "không còn trong danh sách" in send(leader, affected_address(cell), **sent)


def test_the_first_page_of_the_secretary_counts_what_is_to_be_looked_at(
    cell: Organization, affected: list[Assignment], leader: User
) -> None:
    _, html = page(leader, "/")
    words = " ".join(html.split())
    assert (
        '<span class="task__count">2</span><span class="task__text"><span class="task__title">việc cần xem lại'
        in words
    )
    assert affected_address(cell) in html


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_ask_a_fixed_number_of_queries(
    cell: Organization, leader: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    members = [belonging_member(cell) for _ in range(count)]
    make_works(cell, [(member, f"Việc {member.pk}", DUE, True) for member in members])
    Member.objects.filter(pk__in=[member.pk for member in members[:2]]).update(status="suspended")
    client = Client()
    client.force_login(leader)
    client.get(affected_address(cell))
    with django_assert_num_queries(21):
        client.get(affected_address(cell))
