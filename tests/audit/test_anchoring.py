"""Anchors stand outside of the database, and the nightly check compares with them."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from phancong.audit.anchoring import written_anchors
from phancong.audit.append_only import add_triggers, remove_triggers
from phancong.audit.log import Act, record, record_many
from phancong.audit.models import AuditEntry, ChainCheck, ChainHead
from tests.factories import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchors(tmp_path: Path, settings: LazySettings) -> Path:
    settings.ANCHORS_DIR = tmp_path
    return tmp_path


def run(command: str) -> str:
    output = io.StringIO()
    call_command(command, stdout=output)
    return output.getvalue()


def write(count: int) -> None:
    record_many((Act(action="try", subject=f"thing:{number}") for number in range(count)), by=make_office())


def cut_behind(sequence: int) -> None:
    """What somebody with the whole database can do: the tail goes, and the head tells the same."""
    remove_triggers(connection)
    connection.cursor().execute("DELETE FROM audit_auditentry WHERE sequence > %s", [sequence])
    add_triggers(connection)
    last = AuditEntry.objects.get(sequence=sequence)
    ChainHead.objects.update(sequence=sequence, hash=last.hash)


def test_a_whole_log_is_said_to_be_whole_with_its_lines_and_time() -> None:
    write(5)
    run("write_anchor")
    assert "Nhật ký nguyên vẹn: 6 dòng" in run("verify_log")
    check = ChainCheck.objects.get()
    assert (check.lines, check.broken, check.anchor_sequence) == (6, None, 5)


def test_the_anchor_is_a_file_a_page_and_a_line() -> None:
    write(5)
    sheet = run("write_anchor")
    (anchor,) = written_anchors()
    line = AuditEntry.objects.get(action="write_anchor")
    assert anchor.sequence == 5
    assert line.detail == {"sequence": 5, "hash": anchor.hash}
    assert anchor.groups in sheet
    assert mail.outbox == []


def test_the_anchor_is_mailed_where_an_address_is_set(settings: LazySettings) -> None:
    settings.ANCHOR_MAIL_TO = "vanphong@example.org"
    write(1)
    run("write_anchor")
    assert [message.to for message in mail.outbox] == [["vanphong@example.org"]]


def test_a_tail_cut_together_with_the_head_is_found() -> None:
    write(5)
    run("write_anchor")
    cut_behind(3)
    with pytest.raises(CommandError, match="hỏng từ dòng 4"):
        run("verify_log")


def test_a_changed_anchor_file_is_not_believed(anchors: Path) -> None:
    write(5)
    run("write_anchor")
    (file,) = anchors.glob("*.json")
    file.write_text(file.read_text().replace('"sequence": 5', '"sequence": 4'))
    with pytest.raises(CommandError, match="bị sửa"):
        run("verify_log")


def test_an_empty_log_gets_no_anchor(anchors: Path) -> None:
    with pytest.raises(CommandError, match="chưa có dòng nào"):
        run("write_anchor")
    assert list(anchors.iterdir()) == []


def test_a_broken_line_is_named_and_kept() -> None:
    write(5)
    remove_triggers(connection)
    connection.cursor().execute("UPDATE audit_auditentry SET actor_name = 'x' WHERE sequence = 2")
    add_triggers(connection)
    with pytest.raises(CommandError, match="hỏng từ dòng 2"):
        run("verify_log")
    assert ChainCheck.objects.get().broken == 2


def test_a_line_added_while_the_check_runs_is_none_of_its_business() -> None:
    record(by=make_office(), action="try", subject="thing:1")
    run("verify_log")
    assert "2 dòng" in run("verify_log")
