"""Entries of calendars (RFC 5545): pure text, lines folded at 75 octets, local time with its zone written out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Ho_Chi_Minh"
CONTENT_TYPE = "text/calendar; charset=utf-8"
_MOST_OCTETS = 75
# No summer time: one offset for every day that the product knows.
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
class Entry:
    """`uid` stays the same for ever, `sequence` grows with each change: a calendar then moves the entry it has."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    stamp: datetime
    place: str = ""
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDay:
    """An entry of a day that leaves the time of its owner free; `address` is the page it is about."""

    uid: str
    day: date
    title: str
    stamp: datetime
    address: str
    sequence: int = 0
    is_cancelled = False


def calendar(*entries: Entry | WholeDay, name: str = "") -> bytes:
    """A calendar with `entries`; when all are called off it says so to calendars that hold them."""
    cancels = bool(entries) and all(entry.is_cancelled for entry in entries)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Phan Cong//Phan Cong//VI",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if cancels else 'PUBLISH'}",
        *([f"X-WR-CALNAME:{escape(name)}"] if name else []),
        *_ZONE_LINES,
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return b"".join(fold_line(line) for line in lines)


def fold_line(line: str) -> bytes:
    """Pieces of at most 75 octets, no letter cut in two; a piece that goes on begins with a space."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode("utf-8")
        if len(piece) + len(octets) > _MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def escape(text: str) -> str:
    """Text as a value: what would end it is marked, and no line break gets through."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = marked.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter for letter in plain if letter.isprintable())


def _event(entry: Entry | WholeDay) -> list[str]:
    kind = _of_day(entry) if isinstance(entry, WholeDay) else _of_hours(entry)
    return [
        "BEGIN:VEVENT",
        f"UID:{escape(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{escape(entry.title)}",
        *kind,
        "END:VEVENT",
    ]


def _of_day(entry: WholeDay) -> list[str]:
    return [
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"URL:{entry.address}",
        "TRANSP:TRANSPARENT",
    ]


def _of_hours(entry: Entry) -> list[str]:
    place = [f"LOCATION:{escape(entry.place)}"] if entry.place else []
    return [
        f"DTSTART;TZID={ZONE}:{_local(entry.starts)}",
        f"DTEND;TZID={ZONE}:{_local(entry.ends)}",
        *place,
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
    ]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(ZONE)):%Y%m%dT%H%M%S}"
