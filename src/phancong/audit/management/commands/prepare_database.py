from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from phancong.audit.net.hanging import hang_net
from phancong.common.refusal import Refused


class Command(BaseCommand):
    right = "open"
    help = (
        "PostgreSQL: lập vai trò của phần mềm trong cơ sở dữ liệu, chỉ cho ghi thêm nhật ký, và lưới chặn theo đơn vị. "
        "Chủ cơ sở dữ liệu chạy sau mỗi lần migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default="phancong_app", help="tên vai trò, mặc định phancong_app")
        parser.add_argument("--password-file", type=Path, help="tệp chứa mật khẩu của vai trò")

    def handle(self, *_: Any, **options: Any) -> None:
        file: Path | None = options["password_file"]
        try:
            password = file.read_text("utf-8").strip() if file else ""
            tables = hang_net(role=options["role"], password=password)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Vai trò “{options['role']}” đã sẵn sàng; {tables} bảng có lưới chặn theo đơn vị. "
            f"Đặt DATABASE_URL của phần mềm nối bằng vai trò này rồi khởi động lại."
        )
