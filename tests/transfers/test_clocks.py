"""Days due and the reasons asked of whoever is late; the rules as data."""

from datetime import date, timedelta
from typing import Any

import pytest

from phancong.common.refusal import Refused
from phancong.rules.loader import version
from phancong.rules.working_days import Holiday, is_working_day, working_day_after, working_days_until, works
from phancong.transfers import actions
from phancong.transfers.clocks import begin_by, clock_of, present_by
from phancong.transfers.enums import STAYS, State
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules
from phancong.transfers.timeline import timeline_of
from tests.factories import TODAY
from tests.transfers.roads import Roads, ago, make_roads

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def roads() -> Roads:
    return make_roads()


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert [is_working_day(MONDAY + timedelta(days=day)) for day in range(7)] == [True] * 5 + [False] * 2
    assert not is_working_day(date(2026, 9, 2))
    assert not works(MONDAY, [Holiday(name="x", on=MONDAY, source="x")])


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 5, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        # The first of January is a Friday and a holiday.
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (MONDAY, 0, MONDAY),
    ],
)
def test_so_many_working_days_later(day: date, count: int, last: date) -> None:
    assert working_day_after(day, count) == last
    assert working_days_until(day, last) == count


def test_the_days_due_are_sixty_and_thirty_working_days() -> None:
    assert working_days_until(MONDAY, begin_by(MONDAY)) == 60
    assert working_days_until(MONDAY, present_by(MONDAY)) == 30


def test_the_rules_know_every_stay_and_every_step() -> None:
    rules = transfer_rules(TODAY)
    assert {one.code for one in rules.stays} == {one.value for one in STAYS}
    assert [one.code for one in rules.steps] == ["request", "introduce", "receive"]
    rows = [row for name in ("number", "stay", "step") for row in version("transfers", TODAY)[name]]
    assert all(row["source"] for row in rows)


def test_a_procedure_begun_late_needs_a_reason(roads: Roads) -> None:
    due = begin_by(ago(120))
    assert due < ago(10)
    with pytest.raises(Refused, match="Lý do chậm"):
        roads.request(decided_on=ago(120))
    roads.request(decided_on=ago(120), late_reason="Chờ quyết định bản gốc")
    assert roads.row.late_begin == "Chờ quyết định bản gốc"
    roads.introduce()


def test_a_paper_issued_late_needs_a_reason_once(roads: Roads) -> None:
    roads.request(decided_on=ago(120), requested_on=begin_by(ago(120)))
    with pytest.raises(Refused, match="Lý do chậm"):
        roads.introduce()
    roads.introduce(late_reason="Chi bộ chưa họp được")
    assert roads.row.late_begin == "Chi bộ chưa họp được"


def test_a_paper_handed_in_late_needs_a_reason(roads: Roads) -> None:
    roads.request(decided_on=ago(90), requested_on=ago(80))
    roads.introduce(met_on=ago(75), introduced_on=ago(70))
    last = present_by(ago(70))
    assert last < TODAY
    with pytest.raises(Refused, match="Lý do chậm"):
        roads.receive()
    roads.receive(late_reason="Đi công tác xa")
    assert roads.row.late_receipt == "Đi công tác xa"


def test_on_the_last_day_nothing_is_late(roads: Roads) -> None:
    roads.request(decided_on=ago(90), requested_on=ago(80))
    roads.introduce(met_on=ago(75), introduced_on=ago(70))
    roads.receive(on=present_by(ago(70)))
    assert roads.row.state == State.RECEIVED


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "chậm 3 ngày"),
        (0, "hôm nay là ngày cuối"),
        (1, "còn 1 ngày làm việc"),
        (14, "còn 10 ngày làm việc"),
    ],
)
def test_the_clock_says_how_long_there_is(roads: Roads, days: int, words: str) -> None:
    row = roads.request()
    row.due_on = TODAY + timedelta(days=days)
    clock = clock_of(row, today=TODAY)
    assert clock is not None
    assert (clock.words, clock.is_late) == (words, days < 0)


def test_the_steps_show_what_is_done_what_comes_next_and_by_when(roads: Roads) -> None:
    roads.request()

    def told() -> list[tuple[str, date | None]]:
        return [(step.state, step.due) for step in timeline_of(roads.row, today=TODAY)]

    assert told() == [("done", None), ("now", begin_by(ago(20))), ("later", None)]
    roads.introduce()
    assert told() == [("done", None), ("done", None), ("now", present_by(ago(8)))]
    roads.receive()
    assert told() == [("done", None), ("done", None), ("done", None)]


def test_the_steps_of_one_that_was_taken_back_end_with_the_reason(roads: Roads) -> None:
    row = roads.request()
    actions.cancel(row, reason="Đồng chí ở lại", seen=row.version, by=roads.sender)
    last = timeline_of(roads.row, today=TODAY)[-1]
    assert (last.name, last.told, last.clock) == ("Đã hủy", "Đồng chí ở lại", None)


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"valid_from": None}, "cần cả hai ngày"),
        ({"last_day": ago(20)}, "Ngày cuối phải sau"),
        ({"last_day": TODAY + timedelta(days=30)}, "từ 3 đến 12 tháng"),
        ({"last_day": TODAY + timedelta(days=500)}, "từ 3 đến 12 tháng"),
        ({"reason": "study", "last_day": TODAY + timedelta(days=900)}, "từ 3 đến 24 tháng"),
        ({"reason": "home"}, "chưa hợp với hình thức"),
        ({"kind": "official"}, "chưa hợp với hình thức"),
        ({"kind": "official", "reason": "home"}, "không có thời hạn"),
    ],
)
def test_a_stay_keeps_to_the_terms_of_its_reason(roads: Roads, told: dict[str, Any], match: str) -> None:
    with pytest.raises(Refused, match=match):
        roads.request_stay(**told)
    assert not Transfer.objects.exists()


def test_a_student_stays_longer_than_a_traveller(roads: Roads) -> None:
    roads.request_stay(reason="study", last_day=TODAY + timedelta(days=600))
    assert roads.row.is_temporary


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"decided_on": TODAY + timedelta(days=1)}, "chưa đến"),
        ({"requested_on": TODAY + timedelta(days=1)}, "chưa đến"),
        ({"cell": None}, "một nơi nhận"),
        ({"reason": "x"}, "Chọn hình thức"),
    ],
)
def test_a_request_that_does_not_hold_says_what_to_mend(
    roads: Roads, told: dict[str, Any], match: str
) -> None:
    with pytest.raises(Refused, match=match):
        roads.request(**told)


def test_a_member_is_not_transferred_to_the_own_cell(roads: Roads) -> None:
    with pytest.raises(Refused, match="Chọn chi bộ khác"):
        roads.request(cell=roads.home)


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"is_complete": False}, "Hồ sơ chưa đủ"),
        ({"is_clear": False}, "Chưa chuyển khi"),
        ({"paper_number": " "}, "số giấy giới thiệu"),
        ({"met_on": ago(11)}, "trước bước liền trước"),
        ({"introduced_on": ago(10), "met_on": ago(9)}, "trước bước liền trước"),
        ({"introduced_on": TODAY + timedelta(days=1)}, "chưa đến"),
    ],
)
def test_no_paper_without_a_complete_file_a_meeting_and_days_in_order(
    roads: Roads, told: dict[str, Any], match: str
) -> None:
    roads.request()
    with pytest.raises(Refused, match=match):
        roads.introduce(**told)
    assert roads.row.state == State.REQUESTED


def test_a_receipt_before_the_paper_is_refused(roads: Roads) -> None:
    roads.request()
    roads.introduce()
    with pytest.raises(Refused, match="trước bước liền trước"):
        roads.receive(on=ago(9))


def test_a_stay_whose_term_has_passed_is_not_received(roads: Roads) -> None:
    row = roads.request_stay(decided_on=ago(70), requested_on=ago(60))
    roads.introduce(met_on=ago(60), introduced_on=ago(30))
    Transfer.objects.filter(pk=row.pk).update(valid_from=ago(200), valid_until=ago(1))
    with pytest.raises(Refused, match="đã hết"):
        roads.receive()
