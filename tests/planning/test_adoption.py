"""The cell adopts its plan; from then on changes are decisions added to it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.factories import TODAY
from tests.planning.cells import belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.actions import Decision
from phancong.planning.actions.adopting import digest_of
from phancong.planning.enums import AssignmentSource
from phancong.planning.models import Adjustment, Adoption, Assignment, Duty, Plan
from phancong.planning.policies import NeedsReason

ADOPTED = date(2026, 1, 5)
DECISION = Decision(
    decided_on=TODAY, basis="Biên bản họp chi bộ số 11-BB/CB", reason="Chuyển nhà sang thôn khác"
)


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Rah Lan H'Bia")


@pytest.fixture
def successor(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Siu Blơh")


@pytest.fixture
def draft(cell: Organization, member: Member, successor: Member, secretary: Actor) -> Plan:
    plan = make_plan(cell)
    duty = make_duty(plan, title="Phụ trách tổ 3", headcount_max=2, health_need=2)
    actions.give_duty(duty, member=member, version=plan.version, by=secretary)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def adopted(draft: Plan, secretary: Actor) -> Plan:
    adopt(draft, secretary)
    return draft


def adopt(plan: Plan, by: Actor, *, on: date = ADOPTED, basis: str = "Biên bản số 01-BB/CB") -> Adoption:
    return actions.adopt_plan(plan, version=plan.version, adopted_on=on, basis=basis, by=by)


def held() -> Assignment:
    return Assignment.objects.select_related("duty__plan__cell").get(source=AssignmentSource.CHOSEN)


def test_the_adopted_version_is_kept_word_for_word(draft: Plan, member: Member, secretary: Actor) -> None:
    adoption = adopt(draft, secretary)
    people = [{"member": member.pk, "name": "Rah Lan H'Bia", "lead": False}]
    assert [(row["title"], row["people"]) for row in adoption.content] == [("Phụ trách tổ 3", people)]
    assert adoption.digest == digest_of(adoption.content)
    assert (draft.stage, draft.adopted_on, held().begun_on) == ("adopted", ADOPTED, ADOPTED)


def test_the_adoption_stands_in_the_log(draft: Plan, secretary: Actor) -> None:
    adoption = adopt(draft, secretary)
    line = AuditEntry.objects.get(action="adopt_plan")
    assert (line.subject, line.detail["digest"]) == (f"plan:{draft.pk}", adoption.digest)


@pytest.mark.parametrize("who", ["colleague", "stranger", "sister_secretary"])
def test_only_who_leads_the_cell_records_the_adoption(
    draft: Plan, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        adopt(draft, request.getfixturevalue(who))
    assert Adoption.objects.count() == 0


@pytest.mark.parametrize(
    ("on", "basis", "says"),
    [
        (date(2026, 11, 24), "Biên bản số 1", "chưa đến"),
        (date(2024, 12, 31), "Biên bản số 1", "không hợp với kế hoạch năm 2026"),
        (ADOPTED, " ", "Ghi căn cứ"),
    ],
)
def test_an_adoption_names_its_day_and_its_paper(
    draft: Plan, secretary: Actor, on: date, basis: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        adopt(draft, secretary, on=on, basis=basis)
    draft.refresh_from_db()
    assert draft.stage == "draft"


def test_a_plan_without_people_is_not_adopted(cell: Organization, secretary: Actor) -> None:
    plan = make_plan(cell)
    make_duty(plan)
    with pytest.raises(Refused, match="chưa giao ai"):
        adopt(plan, secretary)


def test_a_page_that_is_behind_does_not_adopt_what_it_did_not_show(draft: Plan, secretary: Actor) -> None:
    draft.version -= 1
    with pytest.raises(Refused, match="vừa sửa"):
        adopt(draft, secretary)


def test_an_adopted_plan_is_no_longer_edited(adopted: Plan, successor: Member, secretary: Actor) -> None:
    with pytest.raises(Refused, match="đã được chi bộ thông qua"):
        actions.give_duty(adopted.duties.get(), member=successor, version=adopted.version, by=secretary)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Assignment.objects.update(fit=1),
        lambda: Assignment.objects.all().delete(),
        lambda: Duty.objects.update(title="Việc khác"),
        lambda: Plan.objects.update(stage="draft", adopted_on=None),
        lambda: Adoption.objects.update(digest="0"),
        lambda: Adoption.objects.all().delete(),
    ],
    ids=["assignment", "assignment gone", "duty", "plan", "adoption", "adoption gone"],
)
def test_the_database_itself_refuses_to_change_what_was_adopted(adopted: Plan, change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DatabaseError, match="không sửa được"), transaction.atomic():
        change()


def test_handing_over_ends_the_old_and_links_the_new(
    adopted: Plan, member: Member, successor: Member, secretary: Actor
) -> None:
    old = held()
    done = actions.hand_over(old, to=successor, decision=DECISION, version=adopted.version, by=secretary)
    assert done.ended is not None
    assert done.given is not None
    assert (done.ended.member, done.ended.ended_on) == (member, TODAY)
    assert (done.given.member, done.given.begun_on, done.given.duty) == (successor, TODAY, old.duty)
    assert (done.number, done.reason, done.basis) == (1, DECISION.reason, DECISION.basis)
    assert list(Assignment.objects.standing()) == [done.given]


def test_ending_leaves_the_need_open_on_the_board(adopted: Plan, secretary: Actor) -> None:
    assert not adopted.unmet.filter(duty__isnull=False).exists()
    actions.end_assignment(held(), decision=DECISION, version=adopted.version, by=secretary)
    assert adopted.unmet.filter(duty__isnull=False).count() == 1


def test_what_has_ended_is_not_ended_again(adopted: Plan, secretary: Actor) -> None:
    one, same = held(), held()
    actions.end_assignment(one, decision=DECISION, version=adopted.version, by=secretary)
    with pytest.raises(Refused, match="đã thôi giao"):
        actions.end_assignment(same, decision=DECISION, version=adopted.version + 1, by=secretary)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Decision(decided_on=TODAY, basis="Biên bản", reason=" "), "Ghi lý do điều chỉnh"),
        (Decision(decided_on=TODAY, basis="", reason="Ốm"), "Ghi căn cứ"),
        (Decision(decided_on=date(2026, 1, 4), basis="Biên bản", reason="Ốm"), "trước ngày chi bộ thông qua"),
        (Decision(decided_on=date(2026, 11, 24), basis="Biên bản", reason="Ốm"), "chưa đến"),
    ],
)
def test_a_change_names_reason_basis_and_day(
    adopted: Plan, secretary: Actor, decision: Decision, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.end_assignment(held(), decision=decision, version=adopted.version, by=secretary)
    assert Adjustment.objects.count() == 0


def test_nobody_changes_their_own_work(adopted: Plan, member: Member, secretary: Actor) -> None:
    self_same = Actor(None, member.pk, secretary.name, secretary.now, secretary.grants)
    with pytest.raises(Refused, match="của chính mình"):
        actions.end_assignment(held(), decision=DECISION, version=adopted.version, by=self_same)


@pytest.mark.parametrize("who", ["colleague", "stranger", "sister_secretary"])
def test_only_who_leads_the_cell_changes_an_adopted_plan(
    adopted: Plan, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        actions.end_assignment(
            held(), decision=DECISION, version=adopted.version, by=request.getfixturevalue(who)
        )


def test_passing_over_a_limit_asks_why(adopted: Plan, cell: Organization, secretary: Actor) -> None:
    exempt = belonging_member(cell, category="exempt")
    duty = adopted.duties.get()
    with pytest.raises(NeedsReason):
        actions.give_more(duty, member=exempt, decision=DECISION, version=adopted.version, by=secretary)
    told = Decision(decided_on=TODAY, basis="Biên bản", reason="Thiếu người", despite="Đồng chí tự xin nhận")
    done = actions.give_more(duty, member=exempt, decision=told, version=adopted.version, by=secretary)
    assert done.given is not None
    assert (done.given.despite, done.ended) == ("Đồng chí tự xin nhận", None)


def test_a_meeting_gives_a_new_duty_of_the_adopted_plan(
    adopted: Plan, successor: Member, secretary: Actor
) -> None:
    given = actions.give_after_adoption(
        adopted,
        title="Vận động dọn tuyến mương",
        member=successor,
        due_on=date(2026, 12, 20),
        basis="Biên bản họp chi bộ số 11-BB/CB",
        reason="Kết luận cuộc họp",
        is_substantive=True,
        decided_on=TODAY,
        by=secretary,
    )
    assert (given.duty.source, given.duty.number, given.begun_on) == ("meeting", 2, TODAY)
    assert Adjustment.objects.get().given == given
    assert len(adopted.adoption.content) == 1


def test_the_same_member_may_take_the_duty_again_later(
    adopted: Plan, member: Member, secretary: Actor
) -> None:
    duty = adopted.duties.get()
    actions.end_assignment(held(), decision=DECISION, version=adopted.version, by=secretary)
    adopted.refresh_from_db()
    again = actions.give_more(duty, member=member, decision=DECISION, version=adopted.version, by=secretary)
    assert again.given is not None
    assert Assignment.objects.filter(member=member, duty=duty).count() == 2
