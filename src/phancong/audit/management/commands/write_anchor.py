from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit.anchoring import mail_anchor, sheet_of, write_anchor
from phancong.common.refusal import Refused


class Command(BaseCommand):
    right = Permission.AUDIT_ANCHOR
    help = "Ghi mốc neo của nhật ký ra ngoài cơ sở dữ liệu, in tờ để giữ; chạy mỗi ngày một lần."

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            anchor = write_anchor(by=Actor(None, None, "Mốc neo hằng ngày", timezone.localtime()))
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(sheet_of(anchor))
        if mail_anchor(anchor):
            self.stdout.write("Đã gửi thư.")
