"""Entries of calendars, as the standard wants them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phancong.common import ics

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 12, 3, 19, 30, tzinfo=ZONE)


def entry(**fields: object) -> ics.Entry:
    values: dict[str, object] = {
        "uid": "meeting-7@phancong",
        "starts": START,
        "ends": START.replace(hour=21, minute=0),
        "title": "Sinh hoạt chi bộ",
        "stamp": START,
    }
    return ics.Entry(**{**values, **fields})  # type: ignore[arg-type]


def lines_of(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_meeting_is_written_in_local_time_with_its_zone() -> None:
    found = lines_of(ics.calendar(entry(place="Nhà văn hóa, thôn 1; nhà A", sequence=3)))
    assert {
        "UID:meeting-7@phancong",
        "DTSTAMP:20261203T123000Z",
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T193000",
        "DTEND;TZID=Asia/Ho_Chi_Minh:20261203T210000",
        "SEQUENCE:3",
        "LOCATION:Nhà văn hóa\\, thôn 1\\; nhà A",
        "METHOD:PUBLISH",
    } <= set(found)


def test_a_meeting_called_off_is_taken_out_of_calendars() -> None:
    found = lines_of(ics.calendar(entry(is_cancelled=True)))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:meeting-7@phancong"} <= set(found)


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(text: str) -> None:
    line = f"SUMMARY:{ics.escape(text)}"
    folded = ics.fold_line(line)
    assert all(len(piece) <= 75 for piece in folded.removesuffix(b"\r\n").split(b"\r\n"))
    assert folded.decode().removesuffix("\r\n").replace("\r\n ", "") == line


@pytest.mark.parametrize("text", ["a\nEND:VEVENT", "a\r\nEND:VEVENT", "a\rEND:VEVENT", "a\u2028END:VEVENT"])
def test_text_never_begins_a_line_of_its_own(text: str) -> None:
    assert lines_of(ics.calendar(entry(title=text))).count("END:VEVENT") == 1
