"""May this request be made or answered now? Each function raises Refused with the reason and the way out."""

from django.utils.timezone import localdate

from phancong.access.actor import Actor, may
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.enums import MembershipKind
from phancong.members.models import Member
from phancong.personal_data.models import DataRequest, RequestState

SHORTEST_REASON = 10
LONGEST_WORDS = 1000


def check_is_own(member: Member, *, by: Actor) -> None:
    if by.member_id != member.pk:
        raise Refused(
            "Chỉ chính đồng chí có dữ liệu mới gửi và rút được yêu cầu. Nhờ người khác thì gửi giấy."
        )


def check_not_asked(member: Member, *, kind: str, address: str, field: str) -> None:
    same = DataRequest.objects.filter(
        member=member, kind=kind, address=address, field=field, state=RequestState.OPEN
    )
    if asked := same.first():
        raise Refused(
            f"Đồng chí đã gửi yêu cầu này ngày {localdate(asked.asked_at):%d/%m/%Y}. "
            f"Văn phòng sẽ trả lời trước {asked.due_on:%d/%m/%Y}."
        )


def check_words(text: str, *, what: str) -> None:
    if len(text.strip()) < SHORTEST_REASON:
        raise Refused(f"{what} còn ngắn. Viết một câu từ {SHORTEST_REASON} chữ cái trở lên.")
    if len(text) > LONGEST_WORDS:
        raise Refused(f"{what} dài quá {LONGEST_WORDS} chữ cái. Viết gọn lại.")


def place_of(request: DataRequest) -> str:
    """Where the request is answered: the cell of the member, for those who left the one they left."""
    if request.member.cell is not None:
        return str(request.member.cell.path)
    stays = request.member.memberships.filter(kind=MembershipKind.OFFICIAL).select_related("cell")
    last = stays.order_by("-valid_from").first()
    return str(last.cell.path) if last else ""


def check_may_answer(request: DataRequest, *, by: Actor) -> None:
    if not may(by, Permission.DATA_REQUEST_ANSWER, place_of(request)):
        raise Refused("Đồng chí chưa được giao việc trả lời yêu cầu về dữ liệu ở tổ chức đảng này.")
    check_not_oneself(by, member_id=request.member_id)
    check_open(request)


def check_open(request: DataRequest) -> None:
    if request.state != RequestState.OPEN:
        raise Refused(
            f"Yêu cầu này đã kết thúc: {RequestState(request.state).label.lower()}. Mở lại danh sách để xem."
        )


def check_not_extended(request: DataRequest) -> None:
    if request.extension_reason:
        raise Refused("Yêu cầu này đã gia hạn một lần. Trả lời trước ngày đã hẹn.")
