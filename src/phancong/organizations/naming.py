"""The order of organisations and areas by name: Vietnamese, and 2 before 10."""

import re

from phancong.common.text import clean, order_key

_NUMBER = re.compile(r"(\d+)")
KEY_WIDTH = 300


def name_key(name: str) -> str:
    """A key of digits and spaces: numbers stand before letters, by their value."""
    keys = []
    for part in _NUMBER.split(clean(name)):
        if part.isdigit():
            keys.append(f"06{int(part):06d}")
        elif part.strip():
            keys.append(order_key(part.strip()))
    return " ".join(keys)[:KEY_WIDTH]
