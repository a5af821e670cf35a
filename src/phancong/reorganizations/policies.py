"""Whether a reorganisation may be prepared, decided and undone now, and by this person."""

from datetime import date, timedelta

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.organizations.models import Area, Organization
from phancong.reorganizations.enums import AIMED, ENDING, NAMED, NEW, TYPED, State, StepKind
from phancong.reorganizations.models import CODE_LENGTH, NAME_LENGTH, Reorganization, Step
from phancong.reorganizations.packs import reorganization_rules


def may_lead(committee: Organization, *, by: Actor) -> bool:
    """Whoever changes organisations there and files of members: both are part of a decision."""
    return may(by, Permission.ORGANIZATION_CHANGE, committee.path) and may(
        by, Permission.MEMBER_CHANGE, committee.path
    )


def check_may_lead(committee: Organization, *, by: Actor) -> None:
    if not committee.path or not may_lead(committee, by=by):
        raise Refused(
            "Đồng chí chưa được giao lập, quyết định việc sắp xếp tổ chức ở đây. Gặp văn phòng Đảng ủy."
        )


def check_open(one: Reorganization, *, seen: int) -> None:
    """`seen` is the version on the page that was sent."""
    if one.state != State.DRAFT:
        raise Refused("Phương án này không còn là dự thảo nên không sửa được. Lập phương án mới.")
    check_seen(one, seen=seen)


def check_seen(one: Reorganization, *, seen: int) -> None:
    if one.version != seen:
        raise Refused(
            "Phương án vừa được đồng chí khác sửa, nên chưa ghi gì. Xem bản mới bên dưới rồi làm lại."
        )


def check_day(effective_on: date, *, today: date) -> None:
    limits = reorganization_rules(today)
    first, last = today - timedelta(days=limits.days_back), today + timedelta(days=limits.days_ahead)
    if not first <= effective_on <= last:
        raise Refused(
            f"Ngày có hiệu lực phải từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}. Xem lại ngày trong quyết định."
        )


def check_title(title: str) -> None:
    if not title:
        raise Refused("Ghi tên việc sắp xếp, ví dụ: Sáp nhập chi bộ tổ dân phố 3 và 4.")


def check_decision(number: str, *, decided_on: date, effective_on: date, today: date) -> None:
    if not number:
        raise Refused("Ghi số quyết định, ví dụ 12-QĐ/ĐU.")
    if decided_on > today:
        raise Refused(f"Ngày ký {decided_on:%d/%m/%Y} chưa đến. Ghi ngày đã ký.")
    check_day(effective_on, today=today)


def check_step(step: Step) -> None:
    """A line says all that its kind asks for."""
    if step.kind not in StepKind.values:
        words = ", ".join(kind.label for kind in StepKind)
        raise Refused(f"Dòng {step.number}: chưa rõ việc cần làm. Chọn một trong: {words}.")
    label = StepKind(step.kind).label
    if not step.code:
        raise Refused(f"Dòng {step.number} ({label}): thiếu mã tổ chức.")
    if max(len(step.code), len(step.target)) > CODE_LENGTH:
        raise Refused(f"Dòng {step.number} ({label}): mã tổ chức dài quá {CODE_LENGTH} chữ. Ghi mã ngắn hơn.")
    if len(step.name) > NAME_LENGTH:
        raise Refused(
            f"Dòng {step.number} ({label} {step.code}): tên dài quá {NAME_LENGTH} chữ. Ghi tên ngắn hơn."
        )
    if step.kind in NAMED and not step.name:
        raise Refused(f"Dòng {step.number} ({label} {step.code}): thiếu tên mới.")
    if step.kind in TYPED and not step.organization_kind:
        raise Refused(f"Dòng {step.number} ({label} {step.code}): thiếu loại hình.")
    if step.kind in AIMED and not step.target:
        raise Refused(f"Dòng {step.number} ({label} {step.code}): thiếu mã tổ chức kia.")
    if step.code == step.target:
        raise Refused(
            f"Dòng {step.number} ({label} {step.code}): hai mã giống nhau. Ghi mã của tổ chức kia, khác {step.code}."
        )


def check_within(one: Reorganization, steps: list[Step], targets: set[str], *, by: Actor) -> None:
    """Every organisation and area that is touched lies where the actor may change it, or comes to be here."""
    new = {step.code for step in steps if step.kind in NEW}
    codes = {step.code for step in steps} | {step.target for step in steps if step.target} | targets
    known = dict(Organization.objects.filter(code__in=codes).values_list("code", "path"))
    for step in steps:
        if step.kind in NEW and step.code in known:
            raise Refused(f"Mã {step.code} đã dùng cho một tổ chức khác. Chọn mã khác cho tổ chức mới.")
        _check_root(one, step)
    strange = sorted(code for code in codes - new if not _may_touch(known.get(code), by))
    if strange:
        raise Refused(
            f"Không có tổ chức mang mã {', '.join(strange[:3])} trong phạm vi {one.committee.name}. Xem lại mã."
        )
    wanted = {code for step in steps for code in step.areas}
    areas = dict(Area.objects.filter(code__in=wanted).values_list("code", "committee__path"))
    missing = sorted(code for code in wanted if not _may_touch(areas.get(code), by))
    if missing:
        raise Refused(f"Không có thôn, tổ dân phố mang mã {', '.join(missing[:3])} trong phạm vi này.")


def _check_root(one: Reorganization, step: Step) -> None:
    """What stands at the top takes the place of the top: only who rebuilds the whole tree may found it."""
    if step.kind == StepKind.FOUNDING and not step.target and one.committee.parent_id is not None:
        raise Refused(
            f"Dòng {step.number} (Thành lập {step.code}): thiếu mã cấp trên. Ghi mã tổ chức mà nó trực thuộc."
        )


def _may_touch(path: str | None, by: Actor) -> bool:
    return bool(path) and may(by, Permission.ORGANIZATION_CHANGE, str(path))


def check_nothing_twice(steps: list[Step]) -> None:
    """No organisation ends twice."""
    ends: set[str] = set()
    for step in steps:
        if step.kind in ENDING:
            if step.code in ends:
                raise Refused(f"{step.code} vừa sáp nhập vừa giải thể, hoặc ghi hai lần. Giữ lại một dòng.")
            ends.add(step.code)


def check_may_undo(one: Reorganization, *, seen: int, by: Actor) -> None:
    if not one.keeper.path or not may_lead(one.keeper, by=by):
        raise Refused("Đồng chí chưa được giao hoàn tác việc sắp xếp này. Gặp văn phòng Đảng ủy.")
    if one.state not in (State.DONE, State.WAITING):
        raise Refused("Việc sắp xếp này chưa thực hiện hoặc đã hoàn tác. Tải lại trang để xem.")
    check_seen(one, seen=seen)
