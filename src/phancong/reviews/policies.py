"""May this be done in the review now, and by this person?"""

from collections.abc import Collection, Iterable
from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.conflicts import check_not_oneself, check_second_person
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.reviews.enums import MOVES, Move, RoundState, Stage
from phancong.reviews.models import CellReview, Rating, Round

FIRST_YEAR = 2000


def may_record(actor: Actor, cell: Organization) -> bool:
    return may(actor, Permission.REVIEW_RECORD, cell.path)


def may_judge(actor: Actor, cell: Organization) -> bool:
    """Whoever appraises and decides stands above the cell: by a decision, or by a post in a body over it."""
    right = Permission.REVIEW_APPRAISE
    return any(
        grant.holds_on(actor.today)
        and grant.gives(right)
        and grant.place.covers(cell.path)
        and (ROLES[grant.role].by_decision or len(grant.path) < len(cell.path))
        for grant in actor.grants
    )


def may_read_words(actor: Actor, cell: Organization) -> bool:
    """What the cell remarked and members said is read by whoever writes or judges the part, and by an inspector."""
    return may_record(actor, cell) or may_judge(actor, cell) or may_read_texts(actor, cell)


def may_read_texts(actor: Actor, cell: Organization) -> bool:
    return may(actor, Permission.REVIEW_TEXT_SEE, cell.path)


def check_may_lead(committee: Organization, *, by: Actor) -> None:
    if not may(by, Permission.REVIEW_LEAD, committee.path):
        raise Refused("Đồng chí chưa được giao mở, chốt đợt kiểm điểm ở đây. Gặp văn phòng Đảng ủy.")


def check_may_record(cell: Organization, *, by: Actor) -> None:
    if not may_record(by, cell):
        raise Refused(
            "Đồng chí chưa được giao ghi kiểm điểm của chi bộ này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_may_judge(cell: Organization, *, by: Actor) -> None:
    if not may_judge(by, cell):
        raise Refused("Mức xếp loại của chi bộ này do cấp ủy cấp trên thẩm định, quyết định.")


def check_not_own(rating: Rating, *, by: Actor) -> None:
    check_not_oneself(by, member_id=rating.member_id)


def check_is_own(rating: Rating, *, by: Actor) -> None:
    if by.member_id is None or by.member_id != rating.member_id:
        raise Refused("Đây là phần của đồng chí khác. Mở Kiểm điểm của tôi để viết phần của mình.")


def check_round_days(*, year: int, rules_on: date, counted_on: date, today: date) -> None:
    """A round of an earlier year is recorded later by the rules and the roll of that year."""
    if not FIRST_YEAR <= year <= today.year:
        raise Refused(f"Năm kiểm điểm từ {FIRST_YEAR} đến {today.year}. Ghi lại năm.")
    if counted_on.year not in (year, year + 1):
        raise Refused(
            f"Danh sách tính đến {counted_on:%d/%m/%Y} không thuộc năm {year}. Ghi một ngày cuối năm đó."
        )
    if rules_on.year not in (year, year + 1):
        raise Refused(f"Ngày quy định {rules_on:%d/%m/%Y} không thuộc đợt năm {year}. Ghi lại ngày.")


def check_open(round_: Round) -> None:
    if round_.state != RoundState.OPEN:
        raise Refused(f"Đợt kiểm điểm năm {round_.year} đã chốt, không ghi thêm được.")


def check_stage(review: CellReview, wanted: Collection[Stage]) -> None:
    stage = Stage(review.stage)
    if stage in wanted:
        return
    if stage == Stage.DECIDED:
        raise Refused("Đã có quyết định xếp loại nên không sửa được. Đảng viên có thể đề nghị xem xét lại.")
    raise Refused(
        f"Phần của chi bộ đang ở bước “{stage.label}” nên chưa làm được việc này. "
        "Cấp đang giữ có thể trả lại kèm lý do."
    )


def check_may_move(review: CellReview, move: Move) -> Stage:
    """The stage that `move` leads to."""
    to = MOVES.get((Stage(review.stage), move))
    if to is None:
        raise Refused(
            f"Phần của chi bộ đang ở bước “{Stage(review.stage).label}” nên chưa {move.label.lower()} được. "
            "Tải lại trang để xem."
        )
    return to


def check_version(held: int, *, seen: int) -> None:
    """`seen` is the version on the page that was sent; 0 when the page sent none."""
    if held != seen:
        raise Refused(
            "Phần này vừa được đồng chí khác sửa, nên chưa ghi gì. Xem bản mới bên dưới rồi làm lại."
        )


def check_told(text: str, *, what: str, most: int) -> None:
    """`what` names the sentence, in words that follow "Ghi"."""
    if not text:
        raise Refused(f"Ghi {what}.")
    if len(text) > most:
        raise Refused(f"Lời ghi dài {len(text)} ký tự, nhiều nhất là {most}. Rút ngắn rồi gửi lại.")


def check_grade(grade: str, *, known: Collection[str]) -> None:
    if grade not in known:
        raise Refused("Quy định của đợt này không có mức đã chọn. Chọn lại trong danh sách.")


def check_tally(*, eligible: int, handed_out: int, invalid: int, votes: Iterable[int]) -> None:
    total = sum(votes)
    if handed_out > eligible:
        raise Refused(
            f"Phát ra {handed_out} phiếu, nhiều hơn {eligible} đồng chí có quyền bỏ phiếu. Đếm lại."
        )
    if total + invalid > handed_out:
        raise Refused(
            f"Cộng các mức và phiếu không hợp lệ được {total + invalid}, nhiều hơn {handed_out} phiếu phát ra. "
            "Đếm lại phiếu."
        )


def check_backed(*, votes: int, eligible: int, least: int, reason: str) -> None:
    """A grade without enough votes is for the meeting to settle, which says why."""
    if votes < least and not reason:
        raise Refused(
            f"Mức này được {votes}/{eligible} phiếu, cần từ {least} phiếu. "
            "Chọn mức đủ phiếu, hoặc ghi lý do chi bộ vẫn đề nghị mức này."
        )


def check_every_grade(ratings: Iterable[Rating], *, field: str, what: str) -> None:
    """Before a level passes the part on, everybody on the roll has a grade or a reason for none."""
    missing = [
        one.member_name for one in ratings if one.is_on_roll and not one.not_rated and not getattr(one, field)
    ]
    if missing:
        named = ", ".join(missing[:5]) + (f" và {len(missing) - 5} đồng chí khác" if len(missing) > 5 else "")
        raise Refused(f"Còn {len(missing)} đồng chí chưa có {what}: {named}. Ghi đủ rồi làm lại.")


def check_was_left_out(rating: Rating) -> None:
    if rating.decided_grade or rating.not_rated:
        raise Refused(
            "Đồng chí này đã có mức hoặc lý do không xếp loại trong quyết định. Tải lại trang để xem."
        )


def check_has_grade(rating: Rating) -> None:
    if not rating.decided_grade:
        raise Refused(
            "Quyết định chưa có mức của đồng chí này nên không đổi được. "
            "Trả lời bằng lời; nếu cần, ghi mức ở phần Bổ sung mức còn thiếu."
        )


def check_other_than_proposer(review: CellReview, *, by: Actor) -> None:
    check_second_person(by, proposed_by=review.proposed_by)


def check_has_come(day: date, *, today: date, what: str) -> None:
    """`what` names the day, in words that begin a sentence."""
    if day > today:
        raise Refused(f"{what} {day:%d/%m/%Y} chưa đến. Ghi ngày đã làm việc ấy.")
