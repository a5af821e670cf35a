"""Each button of a duty, pressed by four actors, with things of their own cell and with things of another."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_cell, make_member, make_post, make_secretary_user, make_user
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Duty, Exclusion

pytestmark = pytest.mark.django_db


class Held:
    """A cell with its plan: one duty done by `doer`, one ruled out for `doer`, and `free` with no work."""

    def __init__(self, cell: Organization) -> None:
        self.cell = cell
        plan = make_plan(cell)
        self.doer: Member = belonging_member(cell)
        self.free: Member = belonging_member(cell)
        self.duty: Duty = make_duty(plan, headcount_max=2)
        self.assignment = Assignment.objects.create(duty=self.duty, member=self.doer, source="proposed")
        self.exclusion = Exclusion.objects.create(duty=make_duty(plan), member=self.doer, reason="Bận")


@pytest.fixture
def own() -> Held:
    return Held(make_cell(name="Chi bộ Thôn 1"))


@pytest.fixture
def sister(own: Held) -> Held:
    return Held(make_cell(parent=own.cell.parent, name="Chi bộ Thôn 2"))


@pytest.fixture
def users(own: Held, sister: Held) -> dict[str, User]:
    colleague = make_member(own.cell)
    make_post(colleague, own.cell, "cell_committee_member")
    return {
        "colleague": make_user(colleague),
        "stranger": make_user(),
        "sister_secretary": make_secretary_user(sister.cell),
        "secretary": make_secretary_user(own.cell),
    }


def press(user: User, address: str, **data: object) -> int:
    client = Client()
    client.force_login(user)
    return client.post(address, {"version": 1, **data}).status_code


ANSWERS = {
    "title": "Làm cầu",
    "field": "production",
    "headcount_min": "1",
    "headcount_max": "2",
    "monthly_hours": "4",
    "due_on": f"30/06/{YEAR}",
    "health_need": "1",
    "priority": "2",
}
Act = Callable[[User, Held], int]
ACTS: dict[str, Act] = {
    "give": lambda user, of: press(user, reverse("planning:give", args=[of.duty.pk]), ai=of.free.pk),
    "exclude": lambda user, of: press(
        user, reverse("planning:exclude", args=[of.duty.pk]), **{"ai": of.free.pk, "ly-do": "Bận"}
    ),
    "take": lambda user, of: press(user, reverse("planning:take", args=[of.assignment.pk])),
    "keep": lambda user, of: press(user, reverse("planning:keep", args=[of.assignment.pk]), giu="1"),
    "include_again": lambda user, of: press(user, reverse("planning:include_again", args=[of.exclusion.pk])),
    "change": lambda user, of: press(user, reverse("planning:change_duty", args=[of.duty.pk]), **ANSWERS),
    "remove": lambda user, of: press(user, reverse("planning:remove_duty", args=[of.duty.pk])),
}
LOGGED = {
    "give": "give_duty",
    "exclude": "exclude",
    "take": "take_duty",
    "keep": "lock_assignment",
    "include_again": "include_again",
    "change": "change_duty",
    "remove": "remove_duty",
}


def log_of_plans() -> list[str]:
    return list(AuditEntry.objects.filter(subject__startswith="plan:").values_list("action", flat=True))


@pytest.mark.parametrize("act", ACTS)
def test_only_the_secretary_of_the_cell_acts_on_its_duties(
    own: Held, users: dict[str, User], act: str
) -> None:
    answers = {name: ACTS[act](user, own) for name, user in users.items() if name != "secretary"}
    assert answers == {"colleague": 404, "stranger": 404, "sister_secretary": 404}
    assert log_of_plans() == []
    assert (ACTS[act](users["secretary"], own), log_of_plans()) == (302, [LOGGED[act]])


@pytest.mark.parametrize("act", ["give", "exclude"])
def test_a_member_of_another_cell_does_not_exist_for_a_duty(
    own: Held, sister: Held, users: dict[str, User], act: str
) -> None:
    address = reverse(f"planning:{act}", args=[own.duty.pk])
    answers = {
        name: [
            press(user, address, **{"ai": who, "ly-do": "Chi bộ đã bàn"})
            for who in (sister.free.pk, sister.free.pk + 1000)
        ]
        for name, user in users.items()
    }
    assert answers == {name: [404, 404] for name in users}
    assert (Assignment.objects.count(), Exclusion.objects.count(), log_of_plans()) == (2, 2, [])


@pytest.mark.parametrize("act", ACTS)
def test_things_of_another_cell_and_things_that_do_not_exist_answer_alike(
    own: Held, sister: Held, users: dict[str, User], act: str
) -> None:
    nothing = Held.__new__(Held)
    vars(nothing).update(vars(sister))
    for name in ("duty", "assignment", "exclusion"):
        gone = type(getattr(sister, name))(pk=10**9)
        setattr(nothing, name, gone)
    others = {name: user for name, user in users.items() if name != "sister_secretary"}
    assert {
        name: (ACTS[act](user, sister), ACTS[act](user, nothing)) for name, user in others.items()
    } == dict.fromkeys(others, (404, 404))
    assert log_of_plans() == []


@pytest.mark.parametrize("name", ["colleague", "stranger", "sister_secretary", "secretary"])
def test_why_not_answers_only_about_members_of_the_cell(
    own: Held, sister: Held, users: dict[str, User], name: str
) -> None:
    client = Client()
    client.force_login(users[name])
    address = reverse("planning:why", args=[own.assignment.pk])
    answers = [client.get(f"{address}?hoi=dong-chi&ai={who.pk}") for who in (own.free, sister.free)]
    told = [
        answer.context["told"].why_not is not None if answer.status_code == 200 else None
        for answer in answers
    ]
    judges = {"colleague", "secretary"}
    assert told == ([True, False] if name in judges else [None, None])
    assert sister.free.full_name not in "".join(answer.content.decode() for answer in answers)
