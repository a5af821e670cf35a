from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.config.reference import pages


class Command(BaseCommand):
    right = "open"
    help = "In lại docs/reference từ mã nguồn."

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "reference"
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages(timezone.localdate()).items():
            (folder / name).write_text(page(), "utf-8")
            self.stdout.write(f"docs/reference/{name}")
