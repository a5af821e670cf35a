"""Default closed: every address names its right or says that it is open, and the printed reference is not old."""

from pathlib import Path

import pytest
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.config.reference import commands, pages, views

ROOT = Path(__file__).resolve().parents[2]


def test_every_address_names_its_right_or_is_marked_open() -> None:
    known = {"open", "own", *(right.value for right in Permission)}
    assert [address for address, right, _ in views() if right not in known] == []


def test_every_command_names_the_right_behind_it_or_is_marked_open() -> None:
    known = {"open", "giver", *(right.value for right in Permission)}
    assert [name for name, command in commands() if getattr(command, "right", "") not in known] == []


@pytest.mark.parametrize("name", ["addresses.md", "commands.md", "rights.md", "rules.md", "settings.md"])
def test_the_printed_reference_equals_the_code(name: str) -> None:
    page = pages(timezone.localdate())[name]()
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == page, "Chạy `make docs` rồi ghi lại."
