"""The list of several transfers, with a line in the log that it was taken out."""

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.organizations.queries import organizations_for
from phancong.transfers.documents import list_paper
from phancong.transfers.queries import Wanted, filtered

MOST_ROWS = 500


@transaction.atomic
def export_list(wanted: Wanted, *, by: Actor) -> tuple[str, bytes]:
    """What the list shows now, under the name of the highest organisation of the actor."""
    seen = organizations_for(by, right=Permission.MEMBER_LIST)
    place = seen.order_by("depth", "sort_key", "id").first()
    rows = list(filtered(by, wanted)[: MOST_ROWS + 1])
    if place is None or not rows:
        raise Refused("Danh sách đang trống, không có gì để in. Chọn phần khác của danh sách.")
    if len(rows) > MOST_ROWS:
        raise Refused(f"Danh sách dài quá {MOST_ROWS} dòng. Lọc theo chiều chuyển đi, chuyển đến rồi in.")
    log.record(
        by=by,
        action="export_transfers",
        subject=f"{len(rows)} đảng viên",
        place=place.path,
        detail={"count": len(rows), "view": wanted.view},
        right=Permission.MEMBER_LIST,
    )
    return list_paper(rows, place, now=by.now)
