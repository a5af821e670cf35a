"""Asking about one's own data and answering: who may, by when, once, and what is written."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.actions import change_status
from phancong.members.enums import Status
from phancong.members.models import Member, Wish
from phancong.organizations.models import Organization
from phancong.personal_data import actions
from phancong.personal_data.models import DataRequest, RequestState
from phancong.personal_data.packs import DataRules, Term, due_on
from phancong.personal_data.queries import open_requests_for, request_for
from phancong.rules.working_days import Holiday
from tests.factories import TODAY, make_actor, make_member, make_office, moment

pytestmark = pytest.mark.django_db
REASON = "Hồ sơ gốc ghi đúng như đang lưu."


@pytest.fixture
def member(cell: Organization) -> Member:
    return make_member(cell, full_name="Siu Y Thương")


@pytest.fixture
def me(member: Member, cell: Organization) -> Actor:
    return replace(make_actor("member", cell.path, name="Siu Y Thương", user_id=501), member_id=member.pk)


def _ask(member: Member, by: Actor, field: str = "workplace", wish: str = "Trạm y tế") -> DataRequest:
    return actions.ask_correction(
        member, address=f"members.Member:{member.pk}", field=field, wish=wish, by=by
    )


def _says(answer: pytest.ExceptionInfo[Refused]) -> str:
    return str(answer.value)


def test_a_request_remembers_what_stood_there_and_by_when_it_is_answered(member: Member, me: Actor) -> None:
    asked = _ask(member, me, "birth_date", "20/5/1980")
    assert (asked.about, asked.value_then, asked.wish) == (
        "Thông tin chung: Ngày sinh",
        "19/05/1980",
        "20/5/1980",
    )
    assert (asked.due_on, asked.state) == (date(2026, 12, 3), RequestState.OPEN)


def test_accepting_sets_the_field_at_once_through_the_file(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me, "birth_date", "20/5/1980")
    actions.accept(asked.pk, by=office)
    member.refresh_from_db()
    assert member.birth_date == date(1980, 5, 20)
    assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))[-3:] == [
        "data_request_ask",
        "update_member",
        "data_request_accept",
    ]


def test_accepting_a_choice_sets_its_code(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me, "education", "upper_secondary")
    actions.accept(asked.pk, by=office)
    member.refresh_from_db()
    assert member.education == "upper_secondary"


def test_a_correction_that_the_file_refuses_leaves_the_request_open(
    member: Member, me: Actor, office: Actor
) -> None:
    asked = _ask(member, me, "admitted_on", "3/2/1981")
    with pytest.raises(Refused) as refused:
        actions.accept(asked.pk, by=office)
    assert "chưa đủ" in _says(refused)
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_what_is_no_field_of_the_file_is_accepted_by_saying_what_was_done(
    member: Member, me: Actor, office: Actor
) -> None:
    wish = Wish.objects.create(member=member, year=2026, field="economy", note="chăn nuôi")
    asked = actions.ask_correction(
        member, address=f"members.Wish:{wish.pk}", field="note", wish="trồng trọt", by=me
    )
    with pytest.raises(Refused):
        actions.accept(asked.pk, by=office)
    actions.accept(asked.pk, answer="Đã sửa ở hồ sơ ngày 24/11.", by=office)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("accepted", "Đã sửa ở hồ sơ ngày 24/11.")


def test_refusing_takes_a_reason_that_the_member_reads(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me)
    with pytest.raises(Refused):
        actions.refuse(asked.pk, reason="không", by=office)
    actions.refuse(asked.pk, reason=REASON, by=office)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", REASON)
    member.refresh_from_db()
    assert member.workplace == ""


@pytest.mark.parametrize("who", ["secretary", "colleague", "stranger", "sister_office"])
@pytest.mark.parametrize("act", ["accept", "refuse", "extend"])
def test_nobody_else_answers(
    member: Member,
    me: Actor,
    sister_cell: Organization,
    who: str,
    act: str,
    request: pytest.FixtureRequest,
) -> None:
    asked = _ask(member, me)
    by = make_actor("office", sister_cell.path) if who == "sister_office" else request.getfixturevalue(who)
    words = {} if act == "accept" else {"reason": REASON}
    with pytest.raises(Refused) as refused:
        getattr(actions, act)(asked.pk, by=by, **words)
    assert "chưa được giao" in _says(refused)
    assert request_for(by, asked.pk) is None
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_nobody_answers_their_own_request(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me)
    both = replace(office, member_id=member.pk, user_id=me.user_id)
    with pytest.raises(Refused) as refused:
        actions.accept(asked.pk, by=both)
    assert "không tự quyết định" in _says(refused)
    assert not open_requests_for(both).exists()


def test_the_office_finds_the_requests_of_its_places_the_first_due_first(
    member: Member, me: Actor, office: Actor, sister_cell: Organization
) -> None:
    later = actions.ask(member, kind="erasure", about="members.Wish", wish="Không cần giữ nữa.", by=me)
    first = _ask(member, me)
    assert [one.pk for one in open_requests_for(office)] == [first.pk, later.pk]
    assert not open_requests_for(make_actor("office", sister_cell.path)).exists()


def test_requests_of_people_who_left_are_answered_where_they_were_last(
    member: Member, me: Actor, office: Actor, sister_cell: Organization
) -> None:
    change_status(member.pk, status=Status.TRANSFERRED, on=TODAY, by=make_office())
    asked = actions.ask(member, kind="erasure", about="members.Wish", wish="Không cần giữ nữa.", by=me)
    assert not open_requests_for(make_actor("office", sister_cell.path)).exists()
    assert list(open_requests_for(office)) == [asked]
    actions.accept(asked.pk, answer="Đã xóa nguyện vọng.", by=office)


@pytest.mark.parametrize("act", ["accept", "refuse", "extend", "withdraw"])
def test_an_ended_request_is_not_answered_again(member: Member, me: Actor, office: Actor, act: str) -> None:
    asked = _ask(member, me)
    actions.withdraw(asked.pk, by=me)
    words = {} if act in {"accept", "withdraw"} else {"reason": REASON}
    with pytest.raises(Refused) as refused:
        getattr(actions, act)(asked.pk, by=me if act == "withdraw" else office, **words)
    assert "đã kết thúc" in _says(refused)


def test_the_same_field_is_not_asked_twice_while_it_waits(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me)
    with pytest.raises(Refused) as refused:
        _ask(member, me, wish="Trường học")
    assert _says(refused) == (
        "Đồng chí đã gửi yêu cầu này ngày 23/11/2026. Văn phòng sẽ trả lời trước 03/12/2026."
    )
    actions.refuse(asked.pk, reason=REASON, by=office)
    assert _ask(member, me, wish="Trường học").state == RequestState.OPEN


def test_nobody_asks_or_withdraws_for_another(
    member: Member, me: Actor, colleague: Actor, office: Actor
) -> None:
    with pytest.raises(Refused):
        _ask(member, colleague)
    asked = _ask(member, me)
    with pytest.raises(Refused):
        actions.withdraw(asked.pk, by=office)


def test_a_row_of_somebody_else_is_not_reached(member: Member, me: Actor, cell: Organization) -> None:
    other = make_member(cell)
    with pytest.raises(Refused) as refused:
        actions.ask_correction(
            member, address=f"members.Member:{other.pk}", field="workplace", wish="Trạm y tế", by=me
        )
    assert "không có trong dữ liệu" in _says(refused)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("members.Member:x", "workplace"),
        ("members.Nothing:1", "workplace"),
        ("members.Member:{0}", "nothing"),
        ("members.Member:{0}", ""),
        ("members.Member:{0}", "sort_key"),
        ("members.Member:99999999999999999999", "workplace"),
        ("", ""),
    ],
)
def test_what_is_not_held_is_not_asked_about(member: Member, me: Actor, address: str, field: str) -> None:
    with pytest.raises(Refused):
        actions.ask_correction(member, address=address.format(member.pk), field=field, wish="x", by=me)


def test_the_log_itself_is_not_corrected(member: Member, me: Actor) -> None:
    _ask(member, me)
    line = AuditEntry.objects.get(action="data_request_ask")
    with pytest.raises(Refused):
        actions.ask_correction(
            member, address=f"audit.AuditEntry:{line.pk}", field="action", wish="khác", by=me
        )


@pytest.mark.parametrize(
    ("field", "wish", "sentence"),
    [
        ("birth_date", "5/20/1980", "ghi tháng trước ngày"),
        ("birth_date", "1980", "Chỉ có năm"),
        ("birth_date", "19/5/1980", "giống nội dung đang ghi"),
        ("education", "giáo sư", "chọn trong danh sách"),
        ("card_number", "12", "8 chữ số"),
        ("workplace", "   ", "Chưa ghi nội dung đúng"),
        ("workplace", "x" * 200, "160"),
    ],
)
def test_a_wish_that_cannot_be_is_said_before_it_is_sent(
    member: Member, me: Actor, field: str, wish: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        _ask(member, me, field, wish)
    assert sentence in _says(refused)
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    ("kind", "due"),
    [("objection", date(2026, 12, 8)), ("restriction", date(2026, 12, 8)), ("erasure", date(2026, 12, 13))],
)
def test_each_kind_has_its_own_term(member: Member, me: Actor, kind: str, due: date) -> None:
    asked = actions.ask(member, kind=kind, about="members.Wish", wish="Không cần giữ nữa.", by=me)
    assert asked.due_on == due


@pytest.mark.parametrize(
    ("kind", "about", "wish"),
    [
        ("correction", "members.Wish", "Không cần giữ nữa."),
        ("x", "members.Wish", "Không cần giữ nữa."),
        ("erasure", "nothing", "Không cần giữ nữa."),
        ("erasure", "members.Wish", "xóa"),
        ("erasure", "members.Wish", "x" * 1001),
    ],
)
def test_an_objection_that_is_not_clear_is_not_sent(
    member: Member, me: Actor, kind: str, about: str, wish: str
) -> None:
    with pytest.raises(Refused):
        actions.ask(member, kind=kind, about=about, wish=wish, by=me)
    assert not DataRequest.objects.exists()


def test_the_term_is_extended_once_with_a_reason(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me)
    assert actions.extend(asked.pk, reason="Chờ hồ sơ gốc từ nơi khác.", by=office).due_on == date(
        2026, 12, 18
    )
    with pytest.raises(Refused) as refused:
        actions.extend(asked.pk, reason="Vẫn chờ hồ sơ gốc.", by=office)
    assert "đã gia hạn một lần" in _says(refused)


def test_the_log_names_the_field_and_never_what_it_says(member: Member, me: Actor, office: Actor) -> None:
    asked = _ask(member, me, wish="Trạm y tế bí mật")
    actions.refuse(asked.pk, reason="Lý do rất riêng tư.", by=office)
    told = str(list(AuditEntry.objects.values_list("detail", flat=True)))
    assert "workplace" in told
    assert "bí mật" not in told
    assert "riêng tư" not in told


TET = Holiday(name="Tết", on=date(2027, 2, 5), source="x")
NEW_YEAR = Holiday(name="Tết Dương lịch", month_day="01-01", source="x")


@pytest.mark.parametrize(
    ("counts", "days", "first", "last"),
    [
        ("calendar", 10, date(2026, 12, 30), date(2027, 1, 8)),
        ("calendar", 1, date(2026, 12, 30), date(2026, 12, 30)),
        ("working", 2, date(2026, 12, 31), date(2027, 1, 4)),  # Thursday, a holiday, a weekend, Monday
        ("working", 1, date(2026, 11, 21), date(2026, 11, 23)),  # a Saturday counts for nothing
        ("working", 2, date(2027, 2, 4), date(2027, 2, 8)),
    ],
)
def test_days_are_counted_from_the_day_of_receipt(counts: str, days: int, first: date, last: date) -> None:
    term = Term(code="x", name="x", days=days, counts=counts, extension_days=1, source="x")
    found = DataRules((term,), (TET, NEW_YEAR), (), (), (), ())
    assert found.last_day(term, first=first, days=days) == last


def test_an_answer_is_due_before_the_day_after_the_last_one() -> None:
    assert due_on("correction", asked=date(2026, 12, 30)) == date(2027, 1, 9)


def test_the_database_itself_keeps_open_requests_apart(member: Member, me: Actor) -> None:
    asked = _ask(member, me)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.create(
            member=member, kind=asked.kind, address=asked.address, field=asked.field, about="x",
            asked_at=moment(), due_on=TODAY,
        )  # fmt: skip
