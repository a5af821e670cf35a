"""The pages of planning: who sees what, what each button does, and in how many queries."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories import (
    FOUNDED,
    TODAY,
    make_cell,
    make_member,
    make_office,
    make_office_user,
    make_post,
    make_secretary_user,
    make_user,
    parent_of,
)
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.jobs import launching
from phancong.jobs.models import Job
from phancong.members.enums import LimitKind
from phancong.members.models import WorkLimit
from phancong.organizations.models import Organization
from phancong.planning.actions import load_catalogue
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell() -> Organization:
    return make_cell(name="Chi bộ Thôn 1")


@pytest.fixture
def assignment(cell: Organization) -> Assignment:
    """The first member of the cell on its only duty."""
    plan = make_plan(cell)
    member = belonging_member(cell, full_name="Siu H'Bia")
    return Assignment.objects.create(
        duty=make_duty(plan, title="Giữ rừng"), member=member, source="proposed", fit=50
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def secretary(cell: Organization) -> Client:
    return signed_in(make_secretary_user(cell))


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def addresses(assignment: Assignment) -> list[str]:
    cell = assignment.duty.plan.cell_id
    return [
        reverse("planning:board", args=[cell, YEAR]),
        reverse("planning:duty", args=[assignment.duty_id]),
        reverse("planning:why", args=[assignment.pk]),
        reverse("planning:change_duty", args=[assignment.duty_id]),
        reverse("planning:workbook", args=[cell, YEAR]),
        reverse("planning:document", args=[cell, YEAR, "list"]),
    ]


def test_each_page_opens_to_who_may_see_it_and_does_not_exist_for_others(
    cell: Organization, assignment: Assignment
) -> None:
    colleague = make_member(cell)
    make_post(colleague, cell, "cell_committee_member")
    actors = {
        "secretary": make_secretary_user(cell),
        "colleague": make_user(colleague),
        "stranger": make_user(),
        "sister_secretary": make_secretary_user(make_cell(parent=cell.parent)),
    }
    seen = {
        name: [signed_in(user).get(address).status_code for address in addresses(assignment)]
        for name, user in actors.items()
    }
    assert seen == {
        "secretary": [200] * 6,
        "colleague": [200, 200, 200, 404, 404, 404],
        "stranger": [404] * 6,
        "sister_secretary": [404] * 6,
    }


def test_a_plain_member_sees_the_board_without_the_limits_of_others(
    cell: Organization, assignment: Assignment
) -> None:
    WorkLimit.objects.create(member=assignment.member, kind=LimitKind.LIGHT_WORK, valid_from=FOUNDED)
    address = reverse("planning:board", args=[cell.pk, YEAR])
    plain = text_of(signed_in(make_user(make_member(cell))), address)
    judging = text_of(signed_in(make_secretary_user(cell)), address)
    assert ("Giữ rừng" in plain, "Chỉ làm việc nhẹ" in plain, "Chỉ làm việc nhẹ" in judging) == (
        True,
        False,
        True,
    )


def test_the_list_shows_the_cells_in_scope_with_their_figures(
    cell: Organization, assignment: Assignment
) -> None:
    make_cell(name="Chi bộ Thôn khác")
    page = text_of(signed_in(make_secretary_user(cell)), reverse("planning:list"))
    assert ("Chi bộ Thôn 1" in page, "Chi bộ Thôn khác" in page, "Dự thảo" in page) == (True, False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_for_any_number_of_cells(
    cell: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        make_plan(make_cell(parent=cell.parent))
    assert cell.parent is not None
    client = signed_in(make_office_user(cell.parent))
    client.get(reverse("planning:list"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("planning:list"))


LIST_QUERIES = 6
BOARD_QUERIES = 25


@pytest.mark.parametrize("count", [3, 60])
def test_the_board_costs_the_same_queries_for_any_number_of_members(
    cell: Organization, assignment: Assignment, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_member(cell)
    client = signed_in(make_secretary_user(cell))
    address = reverse("planning:board", args=[cell.pk, YEAR])
    client.get(address)
    with django_assert_num_queries(BOARD_QUERIES):
        client.get(address)


def test_the_list_goes_on_after_the_last_cell_of_a_page(cell: Organization) -> None:
    assert cell.parent is not None
    client = signed_in(make_office_user(cell.parent))
    make_cell(parent=cell.parent, name="Chi bộ Thôn 2")
    page = text_of(client, f"{reverse('planning:list')}?sau={cell.pk}")
    table = page[page.index("<tbody>") :]
    assert ("Chi bộ Thôn 1" in table, "Chi bộ Thôn 2" in table, "Trang đầu" in table) == (False, True, True)


def test_the_board_of_a_year_without_a_plan_offers_the_ways_on(cell: Organization, secretary: Client) -> None:
    page = text_of(secretary, reverse("planning:board", args=[cell.pk, YEAR]))
    assert "Chưa có kế hoạch năm" in page
    assert "Gợi ý phân công" in page


@pytest.mark.parametrize(("way", "given"), [("goi-y", 1), ("trong", 0)])
def test_a_first_plan_is_proposed_or_opened_empty(
    cell: Organization, secretary: Client, way: str, given: int
) -> None:
    load_catalogue(by=make_office())
    secretary.post(reverse("planning:draft", args=[cell.pk, YEAR]), {"cach": way})
    assert Plan.objects.get().duties.exists()
    assert min(1, Assignment.objects.count()) == given


def test_giving_with_a_warning_asks_for_a_reason_first(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    duty = make_duty(assignment.duty.plan, required={"law": 1})
    address = reverse("planning:give", args=[duty.pk])
    form = {"ai": assignment.member_id, "version": 1}
    asked = secretary.post(address, form).content.decode()
    assert "Cần cân nhắc trước khi giao" in asked
    secretary.post(address, form | {"ly-do": "Đang học lớp hòa giải"})
    assert list(duty.assignments.values_list("member", "despite")) == [
        (assignment.member_id, "Đang học lớp hòa giải")
    ]


def test_a_page_that_is_no_longer_current_is_told_on_the_board(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    Plan.objects.update(version=5)
    answer = secretary.post(reverse("planning:take", args=[assignment.pk]), {"version": 4}, follow=True)
    assert "vừa được sửa sau khi đồng chí mở trang" in answer.content.decode()
    assert Assignment.objects.exists()


@pytest.mark.parametrize("version", ["", "một", None])
def test_a_page_without_a_version_is_told_so_on_the_board(
    assignment: Assignment, secretary: Client, version: str | None
) -> None:
    data = {} if version is None else {"version": version}
    answer = secretary.post(reverse("planning:take", args=[assignment.pk]), data, follow=True)
    assert "thiếu số lần sửa của kế hoạch" in answer.content.decode()
    assert Assignment.objects.exists()


def test_buttons_of_the_board_take_off_and_keep(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    secretary.post(reverse("planning:keep", args=[assignment.pk]), {"version": 1, "giu": "1"})
    assert Assignment.objects.get().is_locked
    secretary.post(reverse("planning:take", args=[assignment.pk]), {"version": 2})
    assert not Assignment.objects.exists()


def test_a_member_is_ruled_out_with_a_reason_and_let_in_again(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    secretary.post(
        reverse("planning:exclude", args=[assignment.duty_id]),
        {"version": 1, "ai": assignment.member_id, "ly-do": "Sắp nghỉ"},
    )
    ruled_out = Exclusion.objects.get()
    secretary.post(reverse("planning:include_again", args=[ruled_out.pk]), {"version": 2})
    assert not Exclusion.objects.exists()


def test_two_members_are_set_apart_on_the_board(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    other = make_member(cell)
    address = reverse("planning:set_apart", args=[cell.pk, YEAR])
    pair = {"first": assignment.member_id, "second": other.pk}
    secretary.post(address, {"version": 1, **pair})
    assert Apartness.objects.count() == 1
    secretary.post(address, {"version": 2, **pair, "cho-phep": "1"})
    assert not Apartness.objects.exists()


def test_only_pairs_of_the_cell_are_shown_as_kept_apart(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    first, second = make_member(cell), make_member(make_cell(), full_name="Rơ Châm Lạ")
    plan = assignment.duty.plan
    shown = Apartness.objects.create(plan=plan, first=assignment.member, second=first)
    Apartness.objects.create(plan=plan, first=assignment.member, second=second)
    answer = secretary.get(reverse("planning:board", args=[cell.pk, YEAR]))
    assert answer.context["apart"] == [shown]
    assert "Rơ Châm Lạ" not in answer.content.decode()


def test_a_pair_is_removed_also_when_one_of_the_two_has_left(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    other = make_member(cell)
    Apartness.objects.create(plan=assignment.duty.plan, first=assignment.member, second=other)
    other.status = "transferred"
    other.save()
    pair = {"first": other.pk, "second": assignment.member_id}
    address = reverse("planning:set_apart", args=[cell.pk, YEAR])
    refused = secretary.post(address, {"version": 1, **pair})
    assert (refused.status_code, Apartness.objects.count()) == (404, 1)
    secretary.post(address, {"version": 1, **pair, "cho-phep": "1"})
    assert not Apartness.objects.exists()


def test_nobody_of_another_cell_can_be_named_in_a_plan(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    stranger = make_member(make_cell())
    address = reverse("planning:set_apart", args=[cell.pk, YEAR])
    answers = [
        secretary.post(address, {"version": 1, "first": assignment.member_id, "second": other})
        for other in (stranger.pk, stranger.pk + 1000)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Apartness.objects.exists()


@pytest.mark.parametrize("year", [0, 1, YEAR - 1, YEAR + 2, 99999])
def test_a_year_without_plans_has_no_board_and_none_can_be_made(
    cell: Organization, secretary: Client, year: int
) -> None:
    assert secretary.get(reverse("planning:board", args=[cell.pk, year])).status_code == 404
    assert secretary.post(reverse("planning:draft", args=[cell.pk, year])).status_code == 404
    assert not Plan.objects.exists()


@pytest.mark.parametrize("year", ["0000", "9999", str(YEAR - 1), str(YEAR + 2), "26", "abc", "٢٠٢٦"])
def test_a_year_without_plans_has_no_list_and_none_is_drafted(
    cell: Organization, secretary: Client, year: str
) -> None:
    office = signed_in(make_office_user(parent_of(cell)))
    assert secretary.get(reverse("planning:list"), {"nam": year}).status_code == 404
    assert office.post(reverse("planning:draft_many"), {"nam": year}).status_code == 404
    assert not Job.objects.exists()


def test_a_past_year_has_a_list_for_those_who_may_see_a_plan_of_it(
    cell: Organization, secretary: Client
) -> None:
    make_plan(cell, year=YEAR - 1)
    address = f"{reverse('planning:list')}?nam={YEAR - 1}"
    sister = signed_in(make_secretary_user(make_cell(parent=cell.parent)))
    assert [client.get(address).status_code for client in (secretary, sister)] == [200, 404]


def test_the_list_leads_only_to_years_that_have_pages(cell: Organization, secretary: Client) -> None:
    years = secretary.get(reverse("planning:list")).context["years"]
    next_years = secretary.get(reverse("planning:list"), {"nam": YEAR + 1}).context["years"]
    assert (years, next_years) == ([YEAR + 1], [YEAR])


def test_solving_again_tells_what_moved_once(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    make_duty(assignment.duty.plan, title="Hòa giải")
    board = reverse("planning:board", args=[cell.pk, YEAR])
    secretary.post(reverse("planning:solve_again", args=[cell.pk, YEAR]), {"version": 1, "cach": "it"})
    first, second = text_of(secretary, board), text_of(secretary, board)
    assert ("Đã tính lại, đổi" in first, "Đã tính lại, đổi" in second) == (True, False)


DUTY = {
    "title": "Làm cầu",
    "field": "production",
    "headcount_min": "1",
    "headcount_max": "2",
    "monthly_hours": "4",
    "due_on": f"30/06/{YEAR}",
    "health_need": "1",
    "priority": "2",
    "required": ["construction"],
}


def test_a_duty_of_the_cells_own_is_written_and_shows_what_is_not_clear_yet(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    answer = secretary.post(
        reverse("planning:add_duty", args=[cell.pk, YEAR]), {**DUTY, "version": 1}, follow=True
    )
    added = Duty.objects.get(title="Làm cầu")
    assert (added.required, added.source, added.due_on.month) == ({"construction": 1}, "resolution", 6)
    assert "Còn thiếu: rõ sản phẩm" in answer.content.decode()


def test_a_wrong_deadline_is_asked_again_with_everything_typed_kept(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    answer = secretary.post(
        reverse("planning:add_duty", args=[cell.pk, YEAR]), {**DUTY, "due_on": "30/02/2026", "version": 1}
    ).content.decode()
    assert ("Còn chỗ cần sửa" in answer, "Làm cầu" in answer, Duty.objects.count()) == (True, True, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "“Việc gì” còn trống."),
        ({"title": "Làm\0cầu"}, "“Việc gì” có ký tự hỏng"),
        ({"title": "\x01"}, "“Việc gì” còn trống."),
        ({"headcount_min": "hai"}, "phải là số nguyên"),
        ({"monthly_hours": "0"}, "nhỏ nhất là 1"),
        ({"due_on": f"30/06/{YEAR + 1}"}, f"nằm ngoài năm {YEAR} của kế hoạch"),
        ({"title": "giữ RỪNG"}, "Kế hoạch đã có việc"),
    ],
)
def test_a_wrong_answer_about_a_duty_is_told_in_a_sentence(
    cell: Organization, assignment: Assignment, secretary: Client, wrong: dict[str, str], sentence: str
) -> None:
    answer = secretary.post(
        reverse("planning:add_duty", args=[cell.pk, YEAR]), {**DUTY, "version": 1, **wrong}
    ).content.decode()
    assert (sentence in answer, Duty.objects.count()) == (True, 1)


def test_a_year_in_two_figures_is_that_of_the_plan(cell: Organization, secretary: Client) -> None:
    make_plan(cell, year=YEAR + 1)
    address = reverse("planning:add_duty", args=[cell.pk, YEAR + 1])
    secretary.post(address, {**DUTY, "version": 1, "due_on": f"30/6/{YEAR % 100 + 1}"})
    assert Duty.objects.get().due_on.year == YEAR + 1


def test_changing_a_duty_keeps_the_levels_of_skills_that_stay(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    Duty.objects.update(required={"construction": 3, "law": 2})
    address = reverse("planning:change_duty", args=[assignment.duty_id])
    assert "Giữ rừng" in text_of(secretary, address)
    secretary.post(address, {**DUTY, "version": 1})
    assert Duty.objects.get().required == {"construction": 3}


def test_a_duty_is_removed_from_the_plan(assignment: Assignment, secretary: Client) -> None:
    secretary.post(reverse("planning:remove_duty", args=[assignment.duty_id]), {"version": 1})
    assert not Duty.objects.exists()


def test_why_says_reasons_and_answers_each_question(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    other = belonging_member(cell, full_name="Nay Dũng")
    Assignment.objects.update(is_locked=True)
    address = reverse("planning:why", args=[assignment.pk])
    assert "Đề xuất đ/c Siu H&#x27;Bia làm “Giữ rừng” vì:" in text_of(secretary, address)
    assert "Lựa chọn 1" in text_of(secretary, f"{address}?hoi=phuong-an")
    assert "Đ/c Nay Dũng làm “Giữ rừng” được." in text_of(secretary, f"{address}?hoi=dong-chi&ai={other.pk}")
    assert "Nếu thôi giữ" in text_of(secretary, f"{address}?hoi=thoi-giu")


def test_why_not_names_the_condition_that_is_not_met(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    Duty.objects.update(categories=["residential"])
    other = belonging_member(cell, full_name="Nay Dũng", category="agency")
    page = text_of(secretary, f"{reverse('planning:why', args=[assignment.pk])}?hoi=dong-chi&ai={other.pk}")
    assert "Không đề xuất đ/c Nay Dũng làm “Giữ rừng”, vì chưa đạt: đúng diện đảng viên của việc." in page


def test_why_of_a_member_who_has_left_says_so(assignment: Assignment, secretary: Client) -> None:
    assignment.member.status = "transferred"
    assignment.member.save()
    page = text_of(secretary, reverse("planning:why", args=[assignment.pk]))
    assert "không còn sinh hoạt ở chi bộ" in page


def test_taking_papers_away_leaves_a_line(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    secretary.get(reverse("planning:document", args=[cell.pk, YEAR, "list"]))
    secretary.get(reverse("planning:workbook", args=[cell.pk, YEAR]))
    assert (
        AuditEntry.objects.filter(action="export_plan", subject=f"plan:{Plan.objects.get().pk}").count() == 2
    )


def test_the_office_starts_drafting_all_cells_as_a_job(
    cell: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launching, "launch", lambda _job_id: None)
    belonging_member(cell)
    assert cell.parent is not None
    client = signed_in(make_office_user(cell.parent))
    answer = client.post(reverse("planning:draft_many"), {"nam": YEAR, "gom": "thieu"})
    job = Job.objects.get()
    assert (job.kind, job.parameters["cells"], job.place) == ("draft_plans", [cell.pk], cell.parent.path)
    assert answer["Location"] == reverse("jobs:detail", args=[job.pk])


def test_the_catalogue_is_shown_by_group(secretary: Client) -> None:
    load_catalogue(by=make_office(TODAY))
    page = text_of(secretary, reverse("planning:catalogue"))
    assert (
        page.index("Phát triển sản xuất") < page.index("Trật tự, an toàn xã hội") < page.index("Việc sự vụ")
    )


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (1, 1, "cần 1"),
        (1, 2, "cần 1 đến 2"),
        (2, None, "cần ít nhất 2"),
        (0, 3, "có thể giao đến 3 người"),
        (0, None, "không bắt buộc có người"),
    ],
)
def test_the_board_says_in_words_how_many_people_a_duty_asks_for(
    cell: Organization, assignment: Assignment, secretary: Client, least: int, most: int | None, words: str
) -> None:
    Duty.objects.update(headcount_min=least, headcount_max=most)
    page = secretary.get(reverse("planning:board", args=[cell.pk, YEAR]))
    assert [line.wanted for line in page.context["board"].duties] == [words]
    assert f'<br><span class="soft">{words}</span>' in page.content.decode()


def test_the_board_says_in_words_how_much_of_the_time_is_taken(
    cell: Organization, assignment: Assignment, secretary: Client
) -> None:
    assert "4 trong 20 giờ mỗi tháng" in text_of(secretary, reverse("planning:board", args=[cell.pk, YEAR]))
