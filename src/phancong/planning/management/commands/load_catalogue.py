"""Loads the common catalogue of duties from the rule pack; run again after the pack has changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.planning.actions import load_catalogue


class Command(BaseCommand):
    right = Permission.DUTY_CATALOGUE_CHANGE
    help = "Nạp danh mục nhiệm vụ chung từ rules/duties.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_catalogue(by=system_actor(now=timezone.localtime()))
        total = loaded.added + loaded.changed + loaded.unchanged
        self.stdout.write(
            f"Danh mục nhiệm vụ: {total} việc (thêm {loaded.added}, sửa {loaded.changed}, "
            f"ngừng dùng {loaded.retired})."
        )
