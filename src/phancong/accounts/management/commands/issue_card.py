"""The first card of an installation comes from whoever keeps the server; all later ones from the office's pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts import actions
from phancong.accounts.models import User
from phancong.accounts.queries import system_actor


class Command(BaseCommand):
    right = Permission.ACCOUNT_CARD_PRINT
    help = "In thẻ kích hoạt cho một tài khoản: issue_card TÊN [--codes] (thêm một tờ mã dùng một lần)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--codes", action="store_true", help="in thêm mã dùng một lần cho bước thứ hai")

    def handle(self, *args: object, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(
                f"Không có tài khoản “{options['username']}”. Lập bằng appoint_office, hoặc xem lại tên."
            )
        by = system_actor(now=timezone.localtime())
        card = actions.issue_card(user, by=by)
        self.stdout.write(f"Tên đăng nhập: {card.username}\nMã kích hoạt:  {card.code}")
        self.stdout.write(f"Dùng ở trang /kich-hoat/ trước {card.until:%H:%M %d/%m/%Y}. Mã chỉ hiện lần này.")
        if options["codes"]:
            codes = actions.issue_one_time_codes(user, by=by)
            self.stdout.write("Mã dùng một lần:\n" + "\n".join(f"  {code}" for code in codes))
