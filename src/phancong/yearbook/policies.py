"""May this be done to it now, and who reads what people wrote?"""

from datetime import date

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.yearbook.models import TEXT_LENGTH
from phancong.yearbook.packs import Group

FIRST_YEAR = 2000
FACTS_ONLY = "Chỉ ghi sự việc, kết quả công việc; không ghi điều riêng tư, sức khỏe, chuyện gia đình."


def years_to_record(today: date) -> range:
    """The year before, while its papers still come in, this year and the next."""
    return range(today.year - 1, today.year + 2)


def may_show(year: int, *, today: date) -> bool:
    return FIRST_YEAR <= year <= today.year + 1


def may_read_texts(actor: Actor, cell: Organization) -> bool:
    """Pledges, notes and remarks are read by the cell's own secretary and by an inspector with a decision.

    A secretary of a committee leads the cells below it and yet does not read what their members wrote.
    """
    right = Permission.YEARBOOK_TEXT_SEE
    return any(
        grant.holds_on(actor.today)
        and grant.gives(right)
        and grant.place.covers(cell.path)
        and (ROLES[grant.role].by_decision or grant.path == cell.path)
        for grant in actor.grants
    )


def may_record(actor: Actor, cell: Organization) -> bool:
    return may(actor, Permission.YEARBOOK_RECORD, cell.path)


def check_may_record(cell: Organization, *, by: Actor) -> None:
    if not may_record(by, cell):
        raise Refused(
            f"Đồng chí chưa được giao ghi việc trong năm của {cell.name}. "
            "Gặp bí thư chi bộ hoặc văn phòng Đảng ủy."
        )


def check_may_write_text(cell: Organization, *, by: Actor) -> None:
    """Whoever may not read what people wrote does not write over it either."""
    check_may_record(cell, by=by)
    if not may_read_texts(by, cell):
        raise Refused("Nội dung này do bí thư, phó bí thư của chi bộ ghi. Chuyển bản giấy cho chi bộ.")


def check_year(year: int, *, today: date) -> None:
    years = years_to_record(today)
    if year not in years:
        raise Refused(f"Chỉ ghi việc của năm {years[0]} đến năm {years[-1]}. Chọn lại năm rồi làm lại.")


def check_happened(day: date, *, today: date, what: str) -> None:
    """`what` names the day, in words that begin a sentence."""
    if day > today:
        raise Refused(f"{what} {day:%d/%m/%Y} chưa đến. Ghi ngày đã làm việc ấy.")
    if day.year < FIRST_YEAR:
        raise Refused(f"{what} {day:%d/%m/%Y} quá xa. Xem lại năm.")


def check_version(held: int, *, seen: int) -> None:
    """`seen` is the version on the page that was sent; 0 when the page sent none."""
    if held != seen:
        raise Refused(
            "Dòng này vừa được sửa sau khi đồng chí mở trang, nên chưa ghi gì. "
            "Xem lại bản mới bên dưới rồi làm lại."
        )


def check_told(text: str, *, what: str) -> None:
    if not text:
        raise Refused(f"{what} còn trống. Ghi vào rồi gửi lại.")
    if len(text) > TEXT_LENGTH:
        raise Refused(f"{what} dài {len(text)} ký tự, nhiều nhất là {TEXT_LENGTH}. Rút ngắn rồi gửi lại.")


def check_group(group: Group | None, *, basis: str) -> Group:
    """Whoever is excused is excused for a reason of the guidance."""
    if group is None:
        raise Refused("Năm này quy định không có nhóm đã chọn. Chọn lại nhóm.")
    if not group.attends and not basis:
        raise Refused("Ghi lý do được miễn, ví dụ: đang đi học tập trung 12 tháng ở xa.")
    return group


def check_asks_remark(group: Group, *, purpose: str) -> None:
    """The ordinary group is remarked on every year; the excused only when it is needed for something."""
    if not group.is_introduced:
        raise Refused("Đồng chí này được miễn giới thiệu về nơi cư trú nên không xin nhận xét.")
    if not group.yearly_remark and not purpose:
        raise Refused(
            "Đồng chí này được miễn sinh hoạt nơi cư trú: chỉ xin nhận xét khi cần. Ghi xin để làm gì, "
            "ví dụ: làm quy trình bổ nhiệm."
        )
