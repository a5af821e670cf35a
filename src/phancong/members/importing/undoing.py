"""Taking an import back: what stands in the way, where to see it, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import ForeignObjectRel, Model
from django.urls import reverse

from phancong.common.refusal import Refused
from phancong.members.importing.snapshots import Snapshot, digest_of, put_back, snapshots_of
from phancong.members.models import Member, RosterImport, RosterImportChange

BATCH = 500


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an import stays, and the page of what depends on it."""

    sentence: str
    url: str
    label: str


class CannotUndo(Refused):
    """The refusal to undo, with the obstacle that can be gone and seen to."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.sentence)
        self.obstacle = obstacle


def undo_batch(batch: Sequence[RosterImportChange]) -> None:
    """Put back what some rows of an import changed. Raises CannotUndo."""
    now = snapshots_of(change.member_id for change in batch)
    new = [change.member_id for change in batch if change.before is None]
    if obstacle := _changed_since(batch, now) or _used_somewhere(new):
        raise CannotUndo(obstacle)
    for change in batch:
        if change.before is not None:
            put_back(change.before, now[change.member_id])
    Member.objects.filter(pk__in=new).delete()


def obstacle_to_undo(roster_import: RosterImport) -> Obstacle | None:
    """What is seen at once to stand in the way, from the first rows; undoing looks at all of them."""
    batch = list(roster_import.changes.order_by("pk")[:BATCH])
    now = snapshots_of(change.member_id for change in batch)
    new = [change.member_id for change in batch if change.before is None]
    return _changed_since(batch, now) or _used_somewhere(new)


def _changed_since(batch: Sequence[RosterImportChange], now: dict[int, Snapshot]) -> Obstacle | None:
    for change in batch:
        if change.member_id not in now or digest_of(now[change.member_id]) != change.after["digest"]:
            return Obstacle(
                f"Hồ sơ ở dòng {change.row_number} đã được sửa sau lần nhập này nên không hoàn tác được. "
                "Sửa từng hồ sơ, hoặc nhập lại danh sách đúng.",
                *_page_of_member(change.member_id),
            )
    return None


def _used_somewhere(member_ids: Sequence[int]) -> Obstacle | None:
    """Other parts of the product point to members: whatever points to a new one keeps it."""
    # Hidden relations too: what nobody reads backwards would otherwise be deleted along with the member.
    for relation in Member._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        table, name = relation.related_model, relation.field.name
        if table._meta.app_label == Member._meta.app_label:
            continue
        user = table._default_manager.filter(**{f"{name}__in": member_ids}).order_by("pk").first()
        if user is not None:
            return _used_by(user, member_id=getattr(user, f"{name}_id"))
    return None


def _used_by(user: Model, *, member_id: int) -> Obstacle:
    name = Member.objects.only("full_name").get(pk=member_id).full_name
    if (page := getattr(user, "get_absolute_url", None)) is not None:
        return Obstacle(
            f"Đ/c {name} đã có trong một kế hoạch phân công nên không hoàn tác được. Mở kế hoạch, bỏ phần có đồng chí "
            "ấy, rồi hoàn tác lại.",
            page(),
            "Mở kế hoạch có đồng chí này",
        )
    return Obstacle(
        f"Đ/c {name} đã có tài khoản hoặc việc khác nên không hoàn tác được. Sửa từng hồ sơ, hoặc nhập lại danh sách "
        "đúng.",
        *_page_of_member(member_id),
    )


def _page_of_member(member_id: int) -> tuple[str, str]:
    if not Member.objects.filter(pk=member_id).exists():
        return reverse("members:list"), "Xem danh sách đảng viên"
    return reverse("members:detail", args=[member_id]), "Mở hồ sơ này"
