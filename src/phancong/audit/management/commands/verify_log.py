from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit.checking import check_log
from phancong.common.refusal import Refused


class Command(BaseCommand):
    right = Permission.AUDIT_SEE
    help = "Kiểm tra cả chuỗi nhật ký và các mốc neo; chạy mỗi đêm. Mã kết thúc khác 0 khi có dòng bị hỏng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", default="Kiểm tra hằng đêm", help="tên ghi trong nhật ký")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            check = check_log(by=Actor(None, None, options["by"], timezone.localtime()))
        except Refused as error:
            raise CommandError(str(error)) from error
        if check.broken is not None:
            raise CommandError(
                f"Nhật ký hỏng từ dòng {check.broken}: {check.reason}. Các dòng trước đó nguyên vẹn "
                f"({check.lines} dòng, {check.seconds:.2f} giây). Đừng sửa gì; báo người phụ trách ngay."
            )
        anchor = (
            f"mốc neo gần nhất ở dòng {check.anchor_sequence}" if check.anchor_sequence else "chưa có mốc neo"
        )
        old = f", trong đó {check.unkeyed} dòng cũ chưa dùng khóa" if check.unkeyed else ""
        self.stdout.write(f"Nhật ký nguyên vẹn: {check.lines} dòng{old}, {check.seconds:.2f} giây, {anchor}.")
