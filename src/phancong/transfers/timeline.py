"""The steps of one transfer, done and to come, each with its day and by when it is due."""

from dataclasses import dataclass
from datetime import date

from phancong.transfers.clocks import Clock, begin_by, clock_of, present_by
from phancong.transfers.enums import ON_THE_WAY, State
from phancong.transfers.models import Transfer

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True, slots=True)
class Step:
    """`due` is shown until the step is done. `words` are facts of the paper; `told` is what a person wrote."""

    name: str
    state: str
    side: str
    on: date | None = None
    due: date | None = None
    clock: Clock | None = None
    words: str = ""
    told: str = ""


def timeline_of(row: Transfer, *, today: date) -> list[Step]:
    clock = clock_of(row, today=today)
    steps = [_request(row)] if row.home else []
    steps += [_introduction(row, clock), _receipt(row, clock)]
    if row.is_temporary:
        steps.append(_stay(row, clock))
    if row.state in (State.REFUSED, State.CANCELLED):
        steps = [step for step in steps if step.state == DONE]
        side = row.to_name if row.state == State.REFUSED else row.from_name
        steps.append(Step(row.get_state_display(), DONE, side, on=row.closed_on, told=row.closing_reason))
    return steps


def _request(row: Transfer) -> Step:
    told = f"Lý do làm thủ tục chậm: {row.late_begin}" if row.late_begin else ""
    return Step("Đề nghị, tự kiểm điểm", DONE, row.from_name, on=row.requested_on, told=told)


def _introduction(row: Transfer, clock: Clock | None) -> Step:
    if row.introduced_on is None:
        state = NOW if row.state == State.REQUESTED else LATER
        return Step(
            "Họp, hoàn chỉnh hồ sơ, cấp giấy giới thiệu",
            state,
            row.from_name,
            due=begin_by(row.decided_on),
            clock=clock,
        )
    met = f", chi bộ họp ngày {row.met_on:%d/%m/%Y}" if row.met_on else ""
    return Step(
        "Cấp giấy giới thiệu", DONE, row.from_name, on=row.introduced_on, words=f"Số {row.paper_number}{met}"
    )


def _receipt(row: Transfer, clock: Clock | None) -> Step:
    name = "Kiểm tra, họp, tiếp nhận" if row.cell else "Nộp giấy giới thiệu ở nơi nhận"
    if row.received_on is not None:
        told = f"Lý do nộp giấy chậm: {row.late_receipt}" if row.late_receipt else ""
        return Step(name, DONE, row.to_name, on=row.received_on, told=told)
    if row.introduced_on is None or row.state not in ON_THE_WAY:
        return Step(name, LATER, row.to_name)
    return Step(name, NOW, row.to_name, due=present_by(row.introduced_on), clock=clock)


def _stay(row: Transfer, clock: Clock | None) -> Step:
    if row.state == State.ENDED:
        return Step("Kết thúc, về nơi cũ", DONE, row.from_name, on=row.closed_on, told=row.closing_reason)
    is_now = row.state == State.RECEIVED
    return Step(
        "Hết thời hạn tạm thời, về nơi cũ",
        NOW if is_now else LATER,
        row.from_name,
        due=row.last_day,
        clock=clock if is_now else None,
    )
