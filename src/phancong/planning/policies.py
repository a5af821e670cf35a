"""May this be done to the plan now?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from phancong.access.actor import Actor, Place, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.common.text import fold
from phancong.organizations.models import Organization
from phancong.planning.enums import PlanStage
from phancong.planning.models import OPINION_LENGTH, REASON_LENGTH, Assignment, Duty, Plan, PlanStep
from phancong.planning.packs import planning_rules
from phancong.planning.source_models import Target


class NeedsReason(Refused):
    """A limit speaks against it; people may go on when they say why. `warnings` are whole sentences."""

    def __init__(self, warnings: tuple[str, ...]) -> None:
        self.warnings = warnings
        super().__init__(" ".join(warnings) + " Nếu vẫn giao, ghi rõ lý do.")


class Outdated(Refused):
    """Somebody changed the plan since the page was opened. `seen` is the version of that page."""

    def __init__(self, text: str, *, plan: Plan, seen: int) -> None:
        self.plan, self.seen = plan, seen
        # What was to be done, in words; the page that asked knows them.
        self.wish = ""
        super().__init__(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """Who changed a plan last, and when in local time."""

    user_id: int | None
    name: str
    at: datetime


def check_may_change(cell: Organization, *, by: Actor) -> None:
    if not may(by, Permission.PLAN_CHANGE, cell.path):
        raise Refused(
            "Đồng chí chưa được giao sửa kế hoạch của chi bộ này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_has_members(cell: Organization) -> None:
    if not cell.holds_members or cell.dissolved_on is not None:
        raise Refused(f"{cell.name} không có đảng viên sinh hoạt, nên không lập kế hoạch phân công.")


def years_to_plan(today: date) -> range:
    """Plans are made for the year that runs and as many to come as the rules say."""
    return range(today.year, today.year + planning_rules(today).years_ahead + 1)


def may_open(year: int, *, today: date) -> bool:
    return year in years_to_plan(today)


def check_year(year: int, *, today: date) -> None:
    if not may_open(year, today=today):
        years = " hoặc ".join(str(one) for one in years_to_plan(today))
        raise Refused(f"Chỉ lập kế hoạch của năm {years}. Chọn lại năm rồi làm lại.")


def check_in_cell(members: Collection[int], *, people: Collection[int]) -> None:
    """Only who takes part in the cell can be named in its plan."""
    if not set(members) <= set(people):
        raise Refused("Chỉ chọn được đồng chí đang sinh hoạt ở chi bộ này. Tải lại trang rồi chọn lại.")


def check_is_draft(plan: Plan) -> None:
    if plan.stage != PlanStage.DRAFT:
        raise Refused(
            "Kế hoạch đã được chi bộ thông qua nên không sửa được nữa. Việc thay đổi ghi thành điều chỉnh."
        )


def check_may_adopt(cell: Organization, *, by: Actor) -> None:
    if not may(by, Permission.PLAN_ADOPT, cell.path):
        raise Refused(
            "Đồng chí chưa được giao ghi việc thông qua kế hoạch của chi bộ này. "
            "Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_may_adjust(cell: Organization, *, by: Actor) -> None:
    if not may(by, Permission.PLAN_ADJUST, cell.path):
        raise Refused(
            "Đồng chí chưa được giao điều chỉnh phân công của chi bộ này. "
            "Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_can_be_adopted(plan: Plan, *, on: date, today: date, given: int) -> None:
    """A plan of work with people in it, adopted on a day that has come and that suits its year."""
    if not given:
        raise Refused("Kế hoạch chưa giao ai việc nào. Giao việc hoặc bấm Gợi ý phân công rồi mới thông qua.")
    if on > today:
        raise Refused(f"Ngày thông qua {on:%d/%m/%Y} chưa đến. Ghi ngày chi bộ đã họp.")
    if not date(plan.year - 1, 1, 1) <= on <= date(plan.year, 12, 31):
        raise Refused(
            f"Ngày thông qua {on:%d/%m/%Y} không hợp với kế hoạch năm {plan.year}. "
            "Ghi ngày chi bộ họp bàn kế hoạch này."
        )


def check_is_adopted(plan: Plan) -> None:
    if plan.stage == PlanStage.DRAFT:
        raise Refused("Kế hoạch còn là dự thảo: sửa thẳng trên bảng, chưa cần điều chỉnh.")
    if plan.stage == PlanStage.CLOSED:
        raise Refused(
            "Kế hoạch đã tổng kết nên không điều chỉnh được nữa. Ghi việc mới vào kế hoạch năm sau."
        )


def check_decided_on(plan: Plan, *, on: date, today: date) -> None:
    if on > today:
        raise Refused(f"Ngày quyết định {on:%d/%m/%Y} chưa đến. Ghi ngày chi bộ, chi ủy đã quyết định.")
    if plan.adopted_on and on < plan.adopted_on:
        raise Refused(
            f"Ngày quyết định {on:%d/%m/%Y} trước ngày chi bộ thông qua kế hoạch "
            f"({plan.adopted_on:%d/%m/%Y}). Ghi lại ngày."
        )


def check_told(text: str, *, what: str) -> None:
    """Decisions are worth what their reason is worth. `what` names it, in words that follow "Ghi"."""
    if not text:
        raise Refused(f"Ghi {what}, để sau này còn xem lại vì sao có thay đổi.")
    check_reason(text)


def check_version(plan: Plan, *, seen: int, change: LastChange | None, by: Actor) -> None:
    """`seen` is the version on the page that the editor looked at; 0 when the page sent none."""
    if seen < 1:
        raise Refused(
            "Trang gửi lên thiếu số lần sửa của kế hoạch, nên chưa ghi gì. Mở lại trang rồi làm lại việc vừa chọn."
        )
    if plan.version != seen:
        raise Outdated(
            f"{_who_changed(change, by)}. Xem lại bản mới bên dưới rồi làm lại việc vừa chọn.",
            plan=plan,
            seen=seen,
        )


def _who_changed(change: LastChange | None, by: Actor) -> str:
    if change is None:
        return "Kế hoạch này vừa được sửa sau khi đồng chí mở trang"
    if change.user_id is not None and change.user_id == by.user_id:
        return f"Đồng chí vừa sửa kế hoạch này ở cửa sổ khác lúc {change.at:%H:%M}, sau khi mở trang này"
    return f"Đồng chí {change.name} (lúc {change.at:%H:%M}) vừa sửa kế hoạch này sau khi đồng chí mở trang"


def check_due_on(day: date, *, year: int) -> None:
    if day.year != year:
        raise Refused(
            f"Hạn {day:%d/%m/%Y} nằm ngoài năm {year} của kế hoạch. Ghi một ngày trong năm {year}, ví dụ 30/6/{year}."
        )


def check_is_new(duty: Duty, *, others: Iterable[Duty]) -> None:
    """The same duty may stand once for each area."""
    if any(fold(other.title) == fold(duty.title) and other.area_id == duty.area_id for other in others):
        raise Refused(
            f"Kế hoạch đã có việc “{duty.title}”. Sửa việc ấy, hoặc ghi tên khác để chi bộ phân biệt được hai việc."
        )


def check_reason(reason: str) -> None:
    if len(reason) > REASON_LENGTH:
        raise Refused(f"Lý do dài {len(reason)} ký tự, nhiều nhất là {REASON_LENGTH}. Rút ngắn rồi gửi lại.")


def check_headcount(least: int, most: int | None) -> None:
    if most is not None and most < least:
        raise Refused(f"Số người nhiều nhất ({most}) nhỏ hơn số người ít nhất ({least}). Ghi lại hai số này.")


def check_can_swap(first: Assignment, second: Assignment) -> None:
    if first.duty.plan_id != second.duty.plan_id:
        raise Refused("Hai việc không cùng một kế hoạch. Chọn lại hai việc trong bảng này.")
    if first.member_id == second.member_id or first.duty_id == second.duty_id:
        raise Refused("Chọn việc khác của một đồng chí khác để đổi.")


def check_can_undo(plan: Plan, *, last: PlanStep | None, by: Actor) -> PlanStep:
    """Only one's own change, and only while nothing came after it. The change to take back."""
    if last is None:
        raise Refused("Chưa có lần sửa nào để hoàn tác. Sửa thẳng trên bảng phân công.")
    if last.version != plan.version:
        raise Refused(
            "Kế hoạch đã được lập lại cùng nhiều chi bộ, nên không hoàn tác được nữa. Sửa thẳng trên bảng phân công."
        )
    if last.by_user != by.user_id:
        raise Refused(
            f"Đ/c {last.by_name} sửa sau đồng chí: {last.words}. Hoàn tác sẽ làm mất lần sửa ấy. "
            f"Bàn với đ/c {last.by_name}, hoặc sửa thẳng trên bảng phân công."
        )
    return last


def check_opinions_until(plan: Plan, *, until: date, today: date) -> None:
    if until < today:
        raise Refused(f"Ngày {until:%d/%m/%Y} đã qua. Ghi một ngày từ hôm nay trở đi.")
    if until > date(plan.year, 12, 31):
        raise Refused(
            f"Ngày {until:%d/%m/%Y} nằm sau năm {plan.year} của kế hoạch. Ghi một ngày trước buổi họp."
        )


def takes_opinions(plan: Plan, *, today: date) -> bool:
    """Whether members may say now what they think of the draft."""
    return plan.stage == PlanStage.DRAFT and plan.opinions_until is not None and today <= plan.opinions_until


def check_takes_opinions(plan: Plan, *, today: date) -> None:
    if not takes_opinions(plan, today=today):
        raise Refused("Chi bộ chưa mở hoặc đã hết ngày lấy ý kiến về dự thảo. Nêu ý kiến ở buổi họp chi bộ.")


def check_opinion(text: str) -> None:
    if not text:
        raise Refused("Ghi lý do, để bí thư hiểu đồng chí muốn đổi điều gì.")
    _check_opinion_length(text, "Ý kiến")


def check_answer(text: str) -> None:
    if not text:
        raise Refused("Ghi lời trả lời, để đồng chí gửi ý kiến biết vì sao.")
    _check_opinion_length(text, "Lời trả lời")


def _check_opinion_length(text: str, what: str) -> None:
    if len(text) > OPINION_LENGTH:
        raise Refused(f"{what} dài {len(text)} ký tự, nhiều nhất là {OPINION_LENGTH}. Rút ngắn rồi gửi lại.")


def check_serves(target: Target | None, *, cell: Organization) -> None:
    """A duty carries out what the cell, or a committee above it, set itself."""
    if target is not None and not Place(target.resolution.organization.path).covers(cell.path):
        raise Refused(
            "Chỉ tiêu này không phải của chi bộ hay của cấp trên. Chọn chỉ tiêu khác trong danh sách."
        )


def check_may_set_out(organization: Organization, *, by: Actor) -> None:
    """Resolutions are written down by whoever plans there: the cell its own, the office those of its committee."""
    if not organization.path or not may(by, Permission.PLAN_CHANGE, organization.path):
        raise Refused(
            "Đồng chí chưa được giao ghi nghị quyết của nơi này. Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_issued_on(day: date | None, *, year: int, today: date) -> None:
    """Known days only; many resolutions of a year are adopted at the end of the year before."""
    if day is None:
        return
    if day > today:
        raise Refused(f"Ngày ban hành {day:%d/%m/%Y} chưa đến. Để trống nếu văn bản còn đang soạn.")
    if day.year not in (year - 1, year):
        raise Refused(
            f"Ngày ban hành {day:%d/%m/%Y} không hợp với nghị quyết của năm {year}. Ghi lại ngày trên văn bản."
        )


def check_number_is_free(number: str, *, taken: bool) -> None:
    if number and taken:
        raise Refused(f"Năm này đã có văn bản số {number}. Mở văn bản ấy để sửa, hoặc ghi số khác.")


def check_not_carried_out(is_adopted: bool) -> None:
    if is_adopted:
        raise Refused(
            "Đã có chi bộ thông qua việc để làm chỉ tiêu này nên không sửa, không bỏ được nữa. Thêm chỉ tiêu mới."
        )


def check_without_duties(count: int) -> None:
    if count:
        raise Refused(f"Còn {count} việc gắn với chỉ tiêu này. Bỏ gắn các việc ấy trước, rồi bỏ chỉ tiêu.")


def check_can_be_copied(*, last_year: int, this_year: int, year: int) -> None:
    if not last_year:
        raise Refused(f"Năm {year - 1} chưa ghi nghị quyết nào. Bấm Thêm nghị quyết để ghi mới.")
    if this_year:
        raise Refused(f"Năm {year} đã có nghị quyết nên không chép nữa. Sửa hoặc thêm vào danh sách đang có.")
