"""Files that appear whole or not at all."""

from pathlib import Path

import pytest

from phancong.common.files import whole_file


def test_a_file_has_its_content_when_it_appears(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.docx") as target:
        target.write(b"noi dung")
        assert not (tmp_path / "a.docx").exists()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.docx": b"noi dung"}


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"cu")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "a.docx") as target:
        target.write(b"moi" * (1 // 0))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.docx": b"cu"}


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.docx") as target:
        target.write(b"x")
    assert (tmp_path / "a.docx").stat().st_mode & 0o077 == 0
