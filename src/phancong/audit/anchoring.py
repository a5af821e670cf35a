"""Anchors: the last line of a day, written down outside of the database, so that cutting off the tail is found."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import chain
from phancong.audit.log import key, record
from phancong.audit.models import ChainHead
from phancong.common.files import whole_file
from phancong.common.refusal import Refused

NAME = "{sequence:012d}.json"


@dataclass(frozen=True, slots=True)
class Anchor:
    sequence: int
    hash: str
    at: datetime

    @property
    def groups(self) -> str:
        """The hash in groups of eight, so that people can compare it by eye."""
        return " ".join(self.hash[start : start + 8] for start in range(0, len(self.hash), 8))


def written_anchors() -> list[Anchor]:
    """All anchors of this installation, oldest first. One whose own seal is wrong was altered."""
    return [_read(path) for path in sorted(folder().glob("*.json"))]


def folder() -> Path:
    path = Path(settings.ANCHORS_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@transaction.atomic
def write_anchor(*, by: Actor) -> Anchor:
    """Write down the last line now. The act is itself a line, behind the one that is anchored."""
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None or not head.sequence:
        raise Refused("Nhật ký chưa có dòng nào nên chưa lập được mốc neo. Lập lại sau khi có việc đầu tiên.")
    anchor = Anchor(head.sequence, head.hash, by.now)
    record(
        by=by,
        action="write_anchor",
        subject=f"line:{anchor.sequence}",
        detail={"sequence": anchor.sequence, "hash": anchor.hash},
    )
    # Last, so that a file stands for an anchor that the log knows.
    _write(anchor)
    return anchor


def sheet_of(anchor: Anchor) -> str:
    """One page to print and keep in the safe."""
    return "\n".join(
        (
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "",
            "MỐC NEO NHẬT KÝ",
            f"Phần mềm Phân công công tác, ngày {anchor.at:%d/%m/%Y}, lúc {anchor.at:%H:%M}",
            "",
            f"Dòng cuối cùng: {anchor.sequence}",
            f"Dấu của dòng ấy: {anchor.groups}",
            "",
            "Giữ tờ này ngoài máy chủ. Khi cần chứng minh nhật ký không bị cắt bớt hay viết lại, mở trang",
            "Nhật ký và toàn vẹn, bấm “Kiểm tra lại”: dòng có số trên phải mang đúng dấu trên.",
            "",
            "Người in: ……………………………        Người giữ: ……………………………",
            "",
        )
    )


def mail_anchor(anchor: Anchor) -> bool:
    """Send the sheet where an address is set; the answer is whether it was sent."""
    if not settings.ANCHOR_MAIL_TO:
        return False
    subject = f"Mốc neo nhật ký ngày {anchor.at:%d/%m/%Y}: dòng {anchor.sequence}"
    return bool(send_mail(subject, sheet_of(anchor), None, [settings.ANCHOR_MAIL_TO]))


def _write(anchor: Anchor) -> None:
    fields = {"sequence": anchor.sequence, "hash": anchor.hash, "at": anchor.at.isoformat()}
    text = json.dumps({**fields, "seal": chain.digest(fields, key())})
    with whole_file(folder() / NAME.format(sequence=anchor.sequence)) as target:
        target.write(text.encode())
    with whole_file(folder() / f"{anchor.at:%Y-%m-%d}.txt") as target:
        target.write(sheet_of(anchor).encode())


def _read(path: Path) -> Anchor:
    refusal = Refused(
        f"Tệp mốc neo “{path.name}” bị sửa hoặc viết bằng khóa khác. "
        "Lấy lại tệp từ bản sao, hoặc so với tờ mốc neo đã in."
    )
    try:
        fields = json.loads(path.read_text())
        seal = fields.pop("seal")
        anchor = Anchor(fields["sequence"], fields["hash"], datetime.fromisoformat(fields["at"]))
    except (ValueError, KeyError, TypeError) as error:
        raise refusal from error
    if seal != chain.digest(fields, key()):
        raise refusal
    return anchor
