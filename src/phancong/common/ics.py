"""Entries of a calendar as text (RFC 5545): pure functions, for one meeting to take away and for whole feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

ZONE = "Asia/Ho_Chi_Minh"
CONTENT_TYPE = "text/calendar; charset=utf-8"
# Octets of a line without its end; longer ones go on behind a space.
LINE = 75
# The country keeps one offset all year.
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`starts`, `ends`: local time. `sequence` grows with each change, so that calendars take the newer one."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    text: str = ""
    is_cancelled: bool = False


def calendar(events: Iterable[Event], *, stamp: datetime, name: str = "", cancels: bool = False) -> bytes:
    """A whole calendar. `cancels`: its only entry is called off, so that the calendar that takes it strikes it out."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Phan Cong//Sinh hoat chi bo//VI",
        "CALSCALE:GREGORIAN",
    ]
    lines.append(f"METHOD:{'CANCEL' if cancels else 'PUBLISH'}")
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    lines.extend(_ZONE_LINES)
    for event in events:
        lines.extend(_event(event, stamp))
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as a value: what has a meaning of its own is marked, the end of a line becomes two characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line with its end, in pieces of at most 75 octets; no letter is cut in two."""
    pieces, piece, room = [], b"", LINE
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", LINE - 1
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"


def _event(event: Event, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={ZONE}:{event.starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE}:{event.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escaped(event.title)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.text:
        lines.append(f"DESCRIPTION:{escaped(event.text)}")
    return [*lines, "END:VEVENT"]
