"""Names of cells as people write them: short and long, with and without the words "Chi bộ"."""

import re

from phancong.members.importing.columns import normalized

# What rosters shorten, and what it stands for.
ABBREVIATIONS = {
    "cb": "Chi bộ",
    "tdp": "Tổ dân phố",
    "kdc": "Khu dân cư",
    "kp": "Khu phố",
    "thcs": "Trung học cơ sở",
    "thpt": "Trung học phổ thông",
}
# "TDP3" is a place; "CB03" is a code.
_BEFORE_DIGITS = "|".join(name for name in ABBREVIATIONS if name != "cb")
_SHORT = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\b\.?|\b({_BEFORE_DIGITS})(?=\d)", re.IGNORECASE)
_CELL_WORD = re.compile(r"^(?:chi bo )+")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


def spelled_out(name: str) -> str:
    """ "CB TDP3" is "Chi bộ Tổ dân phố 3"."""
    return " ".join(_SHORT.sub(_in_full, name).split())


def _in_full(short: re.Match[str]) -> str:
    return f"{ABBREVIATIONS[(short[1] or short[2]).lower()]} "


def place_key(name: str) -> str:
    """ "Thôn 01" and "thôn 1" are one place."""
    return _LEADING_ZEROS.sub("", normalized(spelled_out(name)))


def cell_key(name: str) -> str:
    """ "Chi bộ thôn 01" and "Thôn 1" mean one cell."""
    return _CELL_WORD.sub("", place_key(name))


def full_cell_name(name: str) -> str:
    """The name a new cell is given."""
    full = spelled_out(name)
    return full if normalized(full).startswith("chi bo ") else f"Chi bộ {full}"
